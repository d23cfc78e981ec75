"""How it is said that something came after a period was closed."""

from __future__ import annotations

from jixiao.ledger.models import LateEntry


def late_words(one: LateEntry) -> str:
    """补录（关账后） or 更正（关账后）, with the period."""
    return f"{'更正' if one.is_correction else '补录'}（关账后）：{one.period.label}"
