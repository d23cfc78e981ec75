"""Acts on records. Each is atomic, checks who may, leaves one event per record, and keeps row and projection
equal to it.
"""

from jixiao.ledger.actions.records.advance import advance
from jixiao.ledger.actions.records.backfill import Paper, Past, backfill, backfill_all
from jixiao.ledger.actions.records.correct import Correction, correct_all
from jixiao.ledger.actions.records.create import create
from jixiao.ledger.actions.records.edit import edit
from jixiao.ledger.actions.records.origin import set_origin
from jixiao.ledger.actions.records.undo import undo
from jixiao.ledger.actions.records.void import restore, void

__all__ = [
    "Correction",
    "Paper",
    "Past",
    "advance",
    "backfill",
    "backfill_all",
    "correct_all",
    "create",
    "edit",
    "restore",
    "set_origin",
    "undo",
    "void",
]
