"""No cell of a table for spreadsheets may be run as a formula: whoever opens a .csv gets text, not a command."""

from __future__ import annotations

import re
from typing import Any

_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?")
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: Any) -> Any:
    """A cell a spreadsheet shows as text: what could start a formula gets an apostrophe before it; a plain number stays.

    >>> harmless("=1+1"), harmless("-12.5%"), harmless("-2+3+cmd|' /C calc'!A0"), harmless(7)
    ("'=1+1", '-12.5%', "'-2+3+cmd|' /C calc'!A0", 7)
    """
    if not isinstance(value, str) or _NUMBER.fullmatch(value.strip()):
        return value
    starts = value.startswith(_STARTS) or value.lstrip().startswith(_STARTS)
    return f"'{value}" if starts else value
