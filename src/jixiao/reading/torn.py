"""Numbers torn within their digits: `1 243名` in thousands, `215.⏎04万元` and `14⏎.5%` where a line was broken.

Says where a number begins whose last digits alone were read. Joins only where the words around leave no other
reading: what may be the number of an item, the cell of a table or a line of its own is left alone.
"""

from __future__ import annotations

import re
from re import Match

LONGEST = 48  # how far before a number its beginning, and the line that beginning stands in, are looked for

_BLANK = "[ \u2009\u202f\u00a0]"
_TEARS = frozenset(" \u2009\u202f\u00a0\n.")
_THE_LOT = "".join(_TEARS) + "\r\u3000"
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_WORD = r"[\u4e00-\u9fff](?<![表图标目段楼册章节型])(?<!编号)(?<!序号)(?<!文号)(?<!附件)(?<!方案)(?<!任务)(?<!附录)(?<!专栏)"
_IN_THOUSANDS = re.compile(
    rf"(?:{_WORD}|(?<![0-9０-９])[，、；：（”》）≥≤“,;:()])([1-9１-９][0-9０-９]{{0,2}}(?:{_BLANK}[0-9０-９]{{3}})?{_BLANK})\Z"
)
_BEFORE_NOUGHT = re.compile(rf"{_WORD}{_BLANK}?([1-9１-９][0-9０-９]{{0,2}}{_BLANK})\Z")
_AT_POINT = re.compile(rf"{_WORD}[ ]?([0-9]{{1,9}}(?:,[0-9]{{3}}){{0,4}}(?:[.][ ]|[ ][.]))\Z")
_OVER_LINES = re.compile(
    rf"(?:{_WORD}[ ]?(?=[0-9,]{{1,16}}(?:[.]|[ ]?\r?\n[ ]{{0,4}}[.]))|[^\n\t]{{14}}{_WORD}[ ]?)"
    r"([0-9]{1,9}(?:,[0-9]{3}){0,4}(?:[.][0-9]{0,6})?,?[ ]?\r?\n[ \u3000]{0,4}[.]?)\Z"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}[ ]?\r?\n")
_GROUP = re.compile(r"[0-9０-９]{3}(?![0-9０-９,])")
_DECIMAL = re.compile(r"[0-9]{1,18}[.．][0-9]")


def beginning(text: str, start: int) -> int:
    """Where the number begins whose last digits stand at `start`: `start` itself where nothing tears it."""
    if text[start - 1 : start] not in _TEARS:
        return start
    window = max(0, start - LONGEST)
    before = text[window:start]
    if before.rstrip(_THE_LOT)[-1:] not in _DIGITS:
        return start
    match = _torn(before, text, start)
    return start if match is None else window + match.start(1)


def mended(text: str, begin: int, start: int) -> str:
    """The digits from `begin` to `start` without what tears them off."""
    return "".join(text[begin:start].split())


def _torn(before: str, text: str, start: int) -> Match[str] | None:
    over_lines = "\n" in before[-6:]
    if not over_lines and "." not in before[-2:]:
        if not _GROUP.match(text, start):
            return None
        noughts = text[start] in "0０" and _BEFORE_NOUGHT.search(before)
        return noughts or _IN_THOUSANDS.search(before)
    match = (_OVER_LINES if over_lines else _AT_POINT).search(before)
    if match is None or _YEAR.match(match[1]) or ("." in match[1] and _DECIMAL.match(text, start)):
        return None
    return match
