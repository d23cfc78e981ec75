"""Pasted text as proposals of records: one row, one fact. Pure proposals; nothing is recorded before a person confirms."""

from jixiao.ledger.pasting.propose import Proposal, Reader, Speaker

__all__ = ["Proposal", "Reader", "Speaker"]
