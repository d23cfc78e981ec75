"""Numbers of headings in the order of official papers: 一、 （一） 1. （1）. They are written as text."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """1 to 99 in Chinese.

    >>> chinese(3), chinese(10), chinese(21)
    ('三', '十', '二十一')
    """
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")


class Counter:
    """Counts headings as they come; a heading of a level starts the deeper levels anew."""

    def __init__(self) -> None:
        self._counts = [0, 0, 0, 0]

    def number(self, level: int) -> str:
        """The printed number of the next heading of this level (1 to 4)."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        count = self._counts[level - 1]
        return (f"{chinese(count)}、", f"（{chinese(count)}）", f"{count}.", f"（{count}）")[level - 1]
