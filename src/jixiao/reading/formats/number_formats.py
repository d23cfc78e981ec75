"""How a spreadsheet shows a number: stored value and number format → the text in the cell.

Knows decimals, thousands, per cent, scales, words behind the number and dates. A format it does not know shows the number plainly, with the
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
_PLAIN = re.compile(r"[#0?]*(,?)[#0?]*(?:\.([0?#]+))?(,*)\s*(%?)")
_POINT_SET_IN = re.compile(r"[#,]*0[!\\]\.(0+)(,*)")  # 0!.0, shows ten-thousands with one decimal
_GENERAL = re.compile(r"(?i)general|G/通用格式")
_DRESS = re.compile(r"\[[^\]]*\]|_.|\*.|[¥￥$]")
_WORDS = re.compile(r'"([^"]*)"|[!\\](.)')
_DATE = re.compile(r"[ymdhs]")
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
    section = _section(value, form if len(form) <= _LONGEST_FORM else "")
    if section is None:
        return ""
    if moved := _POINT_SET_IN.match(section):
        value = round_half_up(value / 1000 ** len(moved[2]), 0).scaleb(-len(moved[1]))
        return f"{value:f}" + _words(section[moved.end() :])
    pattern = _WORDS.sub("", section).strip()
    if _DATE.search(pattern.lower()) and not _GENERAL.search(pattern) and 0 <= value < _LAST_DAY:
        return _moment(value, pattern.lower())
    return _digits(value, _GENERAL.sub("", pattern).strip()) + _words(section)


def _section(value: Decimal, form: str) -> str | None:
    """The part of a format that applies to a value, without its dress; None where it shows nothing.

    A format for zero that holds no digits shows its words: a dash. Negative numbers keep their sign.
    """
    sections = [_DRESS.sub("", section).strip() for section in form.split(";")]
    if len(sections) >= 3 and not value:
        return sections[2] or None
    if len(sections) > 1 and value < 0 and not sections[1]:
        return None
    return sections[0] if sections[0] or len(sections) == 1 else None


def _words(section: str) -> str:
    """What a format puts behind the number (件, 万元), or in its stead (a dash)."""
    last = max(section.rfind(sign) for sign in ("0", "#", "l", "式"))
    found = _WORDS.findall(section[last + 1 :])
    return "".join(quoted or single for quoted, single in found).rstrip()


def _digits(value: Decimal, pattern: str) -> str:
    match = _PLAIN.fullmatch(pattern)
    if not match or "0" not in pattern:
        return "" if pattern not in ("", "@") and not set(pattern) & set("0#") else decimal_text(value)
    decimals, is_share = match[2] or "", bool(match[4])
    scaled = (value * 100 if is_share else value) / 1000 ** len(match[3])
    rounded = round_half_up(scaled, len(decimals))
    text = f"{rounded:,f}" if match[1] else f"{rounded:f}"
    for optional in reversed(decimals):
        if optional != "#" or not text.endswith("0"):
            break
        text = text[:-1]
    return (text.rstrip(".") if decimals else text) + match[4]


def _moment(value: Decimal, pattern: str) -> str:
    """A day or a time, in words that are no figure."""
    day = _FIRST_DAY + timedelta(days=int(value))
    if "y" in pattern:
        return day.isoformat() if "d" in pattern else f"{day.year}年{day.month}月"
    if "d" in pattern or not set(pattern) & set("hs"):
        return f"{day.month}月{day.day}日"
    minutes = int(value % 1 * 24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
