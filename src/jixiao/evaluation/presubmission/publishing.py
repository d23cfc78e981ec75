"""Checks of what may not be published: words, names of persons, telephones, numbers of identity cards and accounts.

A cell is read after the head of its column and after the cell to its left, which say what it is. Names are found by what
stands around them; a name in plain running text is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from jixiao.catalogue.personal_numbers import Sort, numbers_in
from jixiao.catalogue.presubmissions import Check, Deduction
from jixiao.evaluation.presubmission.material import Material
from jixiao.evaluation.presubmission.names import NAME, SURNAME
from jixiao.evaluation.presubmission.places import NUMBER, Finder, Places

_TITLES: Mapping[Sort, str] = {
    "identity": "身份证号",
    "mobile": "手机号",
    "landline": "固定电话",
    "bank": "银行账号",
}
_LONGEST_LABEL = 12


def _matches(rule: Deduction, material: Material) -> Places:
    """Words that may not stand in what is published; {name} in a pattern is a person's name, {surname} a surname."""
    for place, label, text in _everything(material):
        before = f"{label}：" if label else ""
        for title, pattern in rule.patterns.items():
            for found in _ready(pattern).finditer(before + text):
                if found.end() > len(before):
                    whole = before + text
                    yield place, f"{title}：“{whole[max(0, found.start() - 6) : found.end() + 6]}”"


@cache
def _ready(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("{name}", NAME).replace("{surname}", SURNAME))


def _numbers(*sorts: Sort) -> Finder:
    def find(rule: Deduction, material: Material) -> Places:
        for place, label, text in _everything(material):
            for one in numbers_in(text, label):
                if one.sort in sorts:
                    yield place, f"{_TITLES[one.sort]}：“{_masked(one.text)}”"

    return find


def _masked(number: str) -> str:
    """Enough of a number to find it, not enough to copy it."""
    return f"{number[:3]}…{number[-2:]}"


def _everything(material: Material) -> Iterator[tuple[str, str, str]]:
    """(place, what names it, text) of every sentence and cell: its left neighbour where that is a label, else its head."""
    for one in (*material.passages, *material.behind):
        yield one.place, "", one.text
    for grid in material.grids:
        for text in grid.head:
            if text:
                yield f"{grid.caption}表头", "", text
        for row, place in zip(grid.rows, grid.places, strict=True):
            for column, text in enumerate(row):
                if text:
                    yield place, _label(grid.head, row, column), text


def _label(head: tuple[str, ...], row: tuple[str, ...], column: int) -> str:
    left = row[column - 1] if column else ""
    if left and len(left) <= _LONGEST_LABEL and not NUMBER.search(left) and _LABELS.search(left):
        return left
    return head[column][-_LONGEST_LABEL:] if column < len(head) else ""


_LABELS = re.compile(r"(?:人|电话|手机|账号|帐号|证号|号码|姓名|开户行|签字|编码|编号|代码)[:：]?$")

CHECKS: Mapping[Check, Finder] = {
    "matches": _matches,
    "numbers_of_persons": _numbers("identity", "mobile"),
    "telephones": _numbers("landline"),
    "bank_numbers": _numbers("bank"),
}
