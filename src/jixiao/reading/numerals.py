"""What number do these digits write? Arabic, Chinese, full-width and formal numerals to Decimals.

Answers None for a run of numeral characters that is no number (五一, 十十). Knows nothing of units.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
FORMAL = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
FORMAL_UNITS = {"拾": "十", "佰": "百", "仟": "千", "萬": "万", "億": "亿"}
SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
LARGE_UNITS = {"万": 10_000, "亿": 100_000_000}
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}

NUMERAL_CHARACTERS = "".join(DIGITS) + "十百千万亿"
FORMAL_CHARACTERS = "".join(FORMAL)[1:] + "".join(FORMAL_UNITS) + "廿卅"

_NARROW = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_PLAIN = str.maketrans(
    {character: "零一二三四五六七八九"[value] for character, value in FORMAL.items()}
    | FORMAL_UNITS
    | {"廿": "二十", "卅": "三十"}
)


def arabic(text: str) -> tuple[Decimal, int]:
    """The number and how many decimals it was printed with.

    >>> arabic("1,100.90"), arabic("３５")
    ((Decimal('1100.90'), 2), (Decimal('35'), 0))
    """
    plain = (text if text.isascii() else text.translate(_NARROW)).replace(",", "")
    _, _, decimals = plain.partition(".")
    return Decimal(plain), len(decimals)


def multiplier(text: str) -> int:
    """The product of multiplier words: 万 → 10^4, 千万 → 10^7, 万亿 → 10^12, "" → 1."""
    product = 1
    for character in text:
        product *= SMALL_UNITS.get(character) or LARGE_UNITS[character]
    return product


@cache
def power(text: str) -> int:
    """The power of ten that multiplier words stand for: 万 → 4, 千万 → 7, "" → 0."""
    return sum(_POWERS[character] for character in text)


def leading_power(value: Decimal) -> int:
    """The place of the last non-zero digit of a whole number: 30 → 1, 1000 → 3, 0 → 0."""
    digits = str(int(value))
    return len(digits) - len(digits.rstrip("0")) if value else 0


def chinese(text: str) -> tuple[Decimal, Decimal | None] | None:
    """The number a Chinese numeral writes, and the upper end where it names two neighbours (三四百).

    >>> chinese("二十"), chinese("一万二"), chinese("七八")
    ((Decimal('20'), None), (Decimal('12000'), None), (Decimal('7'), Decimal('8')))
    >>> chinese("五一") is None
    True
    """
    plain = text.translate(_PLAIN)
    if "点" in plain:
        return _with_point(plain)
    pair = _neighbours(plain)
    if pair is not None:
        return pair
    whole = _whole(plain)
    return None if whole is None else (Decimal(whole), None)


def _with_point(text: str) -> tuple[Decimal, None] | None:
    whole, _, rest = text.partition("点")
    digits = rest.rstrip("百千万亿")
    head = _whole(whole)
    if head is None or not digits or any(character not in DIGITS for character in digits):
        return None
    number = Decimal(f"{head}." + "".join(str(DIGITS[character]) for character in digits))
    return number * multiplier(rest[len(digits) :]), None


def _neighbours(text: str) -> tuple[Decimal, Decimal] | None:
    """三四个, 七八十人, 十五六家, 三五百: two digits that follow each other, or 三五."""
    head, tail = ("十", text[1:]) if text.startswith("十") else ("", text)
    if len(tail) < 2 or tail[0] not in DIGITS or tail[1] not in DIGITS or "两" in tail[1:2]:
        return None
    low, high, scale = DIGITS[tail[0]], DIGITS[tail[1]], tail[2:]
    if not low or not (high == low + 1 or (low, high) == (3, 5)) or any(c in DIGITS for c in scale):
        return None
    if head and scale:
        return None
    size, base = multiplier(scale), 10 if head else 0
    return Decimal((base + low) * size), Decimal((base + high) * size)


def _whole(text: str) -> int | None:
    """Positional (二〇二〇) or with units (一千零五万); None where the units do not fall."""
    if len(text) > 1 and all(character in DIGITS for character in text):
        return int("".join(str(DIGITS[c]) for c in text)) if len(text) > 2 and "两" not in text else None
    total = section = 0
    digit: int | None = None
    smallest, last_unit = 10_000, 1
    for character in text:
        if character in DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = DIGITS[character]
            last_unit = last_unit if digit else 1
        elif character in SMALL_UNITS:
            size = SMALL_UNITS[character]
            if size >= smallest:
                return None
            section += (1 if digit is None else digit) * size
            digit, smallest, last_unit = None, size, size
        else:
            size = LARGE_UNITS[character]
            section += digit or 0
            if total and size > 10_000 and total >= size:
                return None
            total = (total + section or 1) * size if size > 10_000 else total + (section or 1) * size
            section, digit, smallest, last_unit = 0, None, 10_000, size
    if digit and last_unit > 1 and len(text) > 1:
        digit *= last_unit // 10 if text[-2] not in "十零〇" else 1  # 一万二 is twelve thousand
    return total + section + (digit or 0)
