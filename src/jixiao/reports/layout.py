"""The numbers of GB/T 9704—2012 that every format lays out by, and the arithmetic of its signature block."""

from __future__ import annotations

PAGE_MM = (210, 297)
MARGINS_MM = {"top": 37, "bottom": 35, "left": 28, "right": 26}
BODY_PT = 16
TITLE_PT = 22
PAGE_NUMBER_PT = 14
TABLE_PT = 10.5
LINE_PT = 28.95  # 579 twips: 22 lines in 225 mm; 580 would leave room for 21
TRACKING_PT = -0.25  # 28 characters of 16 pt in 156 mm
CHARACTERS = 28


def width(text: str) -> float:
    """The width of a line in characters: ASCII counts a half."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def signature_indents(org: str, day: str) -> tuple[float, float]:
    """Right indents, in characters, of the signature and of the date below it (clause 7.3.5.2, without seal).

    The name ends two characters from the edge and the date begins two characters to the right of its
    beginning; a date longer than the name ends two characters from the edge and the name gives way.

    >>> signature_indents("示例区政协办公室", "2021年1月15日"), signature_indents("某局", "2021年1月15日")
    ((2, 1.5), (8.5, 2))
    """
    name, date = width(org), width(day)
    if date > name:
        return date + 4 - name, 2
    return 2, min(name - date, CHARACTERS - 2 - date)


def column_widths(shares: tuple[int, ...], total: int) -> list[int]:
    """Split a total among columns by their shares; what rounding leaves goes to the last."""
    widths = [total * share // sum(shares) for share in shares]
    return [*widths[:-1], total - sum(widths[:-1])]
