"""Pasted text as proposals of records: one line, one fact. Pure proposals; nothing is recorded before a person confirms."""

from jixiao.ledger.pasting.propose import Proposal, Speaker, propose

__all__ = ["Proposal", "Speaker", "propose"]
