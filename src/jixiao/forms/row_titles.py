"""The rows and columns of a form by their words, as other hands write them: numbered or not, 其中 before them or not, brackets
wide or narrow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jixiao.catalogue.forms import Block

_NARROW = str.maketrans("（）：，％／", "():,%/")
_YEAR = re.compile(r"(20[0-9]{2})年度?")
_MONEY = re.compile(r"(?:金额)?单位:(?:人民币)?(亿元|万元|元)(?!.)")
_UNITS = re.compile(r"\((?:万元|元|亿元|%|人|㎡|平方米)\)")
_BEFORE = re.compile(
    r"^(?:其中:?|按[^:]{2,8}分:|[0-9一二三四五六七八九十]+[、.．]|[(][0-9一二三四五六七八九十]+[)])(?=.)"
)


class Titles:
    """The rows of a block by their titles, also where numbering or 其中 stands before them and where they do not."""

    def __init__(self, block: Block) -> None:
        self.whole = {plain(row.title): name for name, row in block.rows.items()}
        cores = [(core(row.title), name) for name, row in block.rows.items()]
        told = [words for words, _ in cores]
        self.cores = {words: name for words, name in cores if told.count(words) == 1}

    def find(self, leading: Sequence[str]) -> tuple[str, str]:
        """The title among the words before the numbers, and the id of its row; the words next to the numbers where none is."""
        for known, told in ((self.whole, plain), (self.cores, core)):
            for text in reversed(leading):
                if name := known.get(told(text), ""):
                    return text, name
        return (leading[-1] if leading else ""), ""


def columns_of(row: Sequence[str]) -> list[str]:
    """The words of a heading row; years in them count from the newest: 2018年决算数 is 本年决算数, 2017年决算数 上年决算数."""
    newest = max((int(year) for text in row for year in _YEAR.findall(text)), default=0)
    names = {newest: "本年", newest - 1: "上年"}

    def told(found: re.Match[str]) -> str:
        return names.get(int(found[1]), found[0])

    return [column_word(_YEAR.sub(told, text)) for text in row]


def column_word(title: str) -> str:
    """A heading without what goes without saying: that it is of this year."""
    return plain(title).removeprefix("本年")


def money_told(rows: Sequence[Sequence[str]]) -> str:
    """The unit of money that a sheet says above its table (单位：元); empty where it says none."""
    for row in rows:
        for text in row:
            if found := _MONEY.match(plain(text)):
                return found[1]
    return ""


def core(title: str) -> str:
    """A title without what only says where it belongs: 其中：, 按收入性质分：, 1、, （一）, a colon at its end."""
    words, before = plain(title).rstrip(":"), ""
    while words != before:
        words, before = _BEFORE.sub("", words), words
    return words


def plain(text: str) -> str:
    """Words without the blanks that layout puts between characters, brackets narrow, without units in brackets."""
    return _UNITS.sub("", "".join(text.split()).translate(_NARROW))
