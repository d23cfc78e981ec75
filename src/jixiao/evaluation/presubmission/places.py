"""What every check of the self-check shares: the shape of an answer, scored tables, sections, numbers in cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from jixiao.catalogue.presubmissions import Deduction
from jixiao.evaluation.presubmission.material import Grid, Material, Passage

Places = Iterator[tuple[str, str]]  # where, and what was found there
Finder = Callable[[Deduction, Material], Places]

NUMBER = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")
SHOWN = 24
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([%‰]|[一-鿿㎡]{0,3})")
COLUMNS = {
    "name": r"三级指标|指标名称",
    "level2": r"二级指标|三级指标分类",
    "target": r"指标值|目标值",
    "actual": r"实际完成|完成值|完成情况",
    "points": r"分值|权重",
    "score": r"得分",
    "reason": r"原因|偏差",
}


def scored(material: Material) -> Iterator[tuple[Grid, dict[str, int]]]:
    """The tables that have points and scores, with the places of their columns."""
    for grid in material.grids:
        named = {}
        for name, pattern in COLUMNS.items():
            found = [place for place, head in enumerate(grid.head) if re.search(pattern, head)]
            if found:
                named[name] = found[-1 if name in ("score", "reason", "name") else 0]
        if {"points", "score", "target"} <= named.keys():
            yield grid, named


def rows(grid: Grid) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every row that is no total, with its place."""
    for row, place in zip(grid.rows, grid.places, strict=True):
        if any(row) and not is_total(row):
            yield row, place


def cell_of(row: Sequence[str], named: Mapping[str, int], name: str) -> str:
    """The text of a named column; empty where the row is too short."""
    return row[named[name]] if name in named and named[name] < len(row) else ""


def passages_under(rule: Deduction, material: Material) -> list[Passage]:
    """The sentences under the headings that the rule names."""
    return [
        one
        for one in material.passages
        if one.section and re.search(rule.section, one.section) and not one.is_heading
    ]


def is_total(row: Sequence[str]) -> bool:
    return any(re.fullmatch(r"(?:合计|总计|总分|小计).{0,8}", text) for text in row[:2])


def named_by(row: Sequence[str]) -> str:
    """The words that name a row: the last words before its first number."""
    words = [text for text in row if text not in ("", "—") and not NUMBER.search(text)]
    return f"“{(words[min(2, len(words) - 1)] if words else row[0])[:SHOWN]}”"


def number_in(text: str) -> Decimal | None:
    """The number that a cell is, None for words."""
    plain = text.strip().rstrip("分").replace(",", "")
    return Decimal(plain) if re.fullmatch(r"-?\d+(?:\.\d+)?", plain) else None


def amount(text: str) -> tuple[Decimal, str] | None:
    """The first number of a cell and the unit after it: ≥95% is (95, %); None for words."""
    found = _AMOUNT.search(unicodedata.normalize("NFKC", text).replace(",", ""))
    return (Decimal(found[1]), found[2]) if found else None
