"""How a spreadsheet shows a number: stored value and number format → the text in the cell.

Knows decimals, thousands, per cent and dates. A format it does not know shows the number plainly, with the
fifteen digits a spreadsheet keeps.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from jixiao.values import decimal_text, round_half_up

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    42: "#,##0",
    43: "#,##0.00",
    44: "#,##0.00",
    **dict.fromkeys([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 57, 58], "yyyy-m-d"),
}
_PLAIN = re.compile(r"[#0?]*(,?)[#0?]*(?:\.([0?#]+))?\s*(%?)")
_DRESS = re.compile(r'"[^"]*"|\[[^\]]*\]|_.|\*.|\\.|[¥￥$]')
_FIRST_DAY = date(1899, 12, 30)
_LARGEST_EXPONENT = 30
_LONGEST_FORM = 255
_LAST_DAY = 2_958_465


def shown(stored: str, form: str) -> str:
    """The number as the cell shows it; what is no number stays as it is."""
    try:
        value = Decimal(stored)
    except InvalidOperation:
        return stored
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
        return stored
    value = round_half_up(value, 14 - value.adjusted()) if value else Decimal(0)
    pattern = _DRESS.sub("", form.split(";")[0]).strip() if len(form) <= _LONGEST_FORM else ""
    if "y" in pattern.lower() and 0 < value < _LAST_DAY:
        return (_FIRST_DAY + timedelta(days=int(value))).isoformat()
    match = _PLAIN.fullmatch(pattern)
    if not match or "0" not in pattern:
        return decimal_text(value)
    decimals, is_share = match[2] or "", bool(match[3])
    rounded = round_half_up(value * 100 if is_share else value, len(decimals))
    text = f"{rounded:,f}" if match[1] else f"{rounded:f}"
    for optional in reversed(decimals):
        if optional != "#" or not text.endswith("0"):
            break
        text = text[:-1]
    return text.rstrip(".") + match[3]
