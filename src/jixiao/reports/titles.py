"""Where a long title breaks: never inside a name or word it is put together from, lines of even length."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import ceil

from jixiao.reports.layout import width

LINE = 20  # characters of 22 pt in 156 mm
_OPEN = "“《（〈「"
_CLOSE = "”》）〉」、，。：；"


def break_title(pieces: list[str]) -> tuple[str, ...]:
    """Lines of a title given as the pieces it is made of; a piece "\\n" is a break its author asked for.

    >>> break_title(["2020", "年度", "示例区政协办公室", "部门整体支出绩效评价报告"])
    ('2020年度示例区政协办公室', '部门整体支出绩效评价报告')
    >>> break_title(["关于“企业走访帮扶专项”绩效评价结果的反馈函"])
    ('关于“企业走访帮扶专项”', '绩效评价结果的反馈函')
    """
    if "\n" in pieces:
        return tuple(line for line in "".join(pieces).split("\n") if line)
    title = "".join(pieces)
    if width(title) <= LINE:
        return (title,) if title else ()
    marks = [sum(map(len, pieces[:n])) for n in range(1, len(pieces))]
    for breaks in range(1, len(marks) + 1):
        cuts = [_cut(title, chosen) for chosen in combinations(marks, breaks)]
        fitting = [lines for lines in cuts if max(map(width, lines)) <= LINE]
        if fitting:
            return min(fitting, key=_unevenness)
    return _even(title)


def _even(title: str) -> tuple[str, ...]:
    """As few lines as hold the words, of even length; not inside quotation marks where that can be helped, and no line
    begins with a mark that closes or ends with one that opens.
    """
    count = ceil(width(title) / LINE)
    allowed = [n for n in range(1, len(title)) if title[n] not in _CLOSE and title[n - 1] not in _OPEN]
    outside = [n for n in allowed if _depth(title[:n]) == 0]
    for places in (outside, allowed):
        cuts = [_cut(title, _nearest(places, title, lines)) for lines in (count, count + 1) if places]
        for lines in cuts:
            if max(map(width, lines)) <= LINE:
                return lines
    return _cut(title, tuple(round(len(title) * n / count) for n in range(1, count)))


def _nearest(places: list[int], title: str, count: int) -> tuple[int, ...]:
    wanted = [len(title) * n / count for n in range(1, count)]
    return tuple(sorted({min(places, key=lambda place: abs(place - one)) for one in wanted}))


def _depth(words: str) -> int:
    return sum(words.count(mark) for mark in _OPEN) - sum(
        words.count(mark) for mark in _CLOSE if mark in "”》）〉」"
    )


def _unevenness(lines: tuple[str, ...]) -> float:
    widths = [width(line) for line in lines]
    return max(widths) - min(widths)


def _cut(title: str, marks: tuple[int, ...]) -> tuple[str, ...]:
    ends = (0, *marks, len(title))
    return tuple(title[start:end] for start, end in pairwise(ends) if start < end)
