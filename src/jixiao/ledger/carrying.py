"""上年结转: was a case begun before a year and still open when it began? The record stays the same; this is only said of it."""

from __future__ import annotations

from datetime import date

from jixiao.catalogue.kinds import Kind, NeutralState
from jixiao.ledger import clock
from jixiao.ledger.models import Record

OVER = frozenset({NeutralState.DONE, NeutralState.NOT_DONE, NeutralState.PASSED_ON, NeutralState.WITHDRAWN})


def is_carried(kind: Kind, row: Record, first_day: date | None = None) -> bool:
    """True where the way of the case, as it now stands, leads over the first day (default: of this year) while open."""
    begins = (first_day or date(clock.today().year, 1, 1)).isoformat()
    before = [state for state, day in row.path if day < begins]
    return bool(before) and before[-1] in kind.states and kind.states[before[-1]].type not in OVER


def is_waiting_since_last_year(kind: Kind, row: Record) -> bool:
    """Carried over, and open to this day."""
    return is_carried(kind, row) and row.state in kind.states and kind.states[row.state].type not in OVER
