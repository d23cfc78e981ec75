"""Marks a paper before it is handed in, by a pack's table: what would cost points, where, and how to mend it.

Works on plain material (headings, paragraphs, tables, what a reader found broken), whoever wrote the paper. Every
check answers places; the price is the pack's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.catalogue.guard import warnings
from jixiao.catalogue.presubmissions import Check, Deduction, Item, Presubmission
from jixiao.values import decimal_text

_NUMBER = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")
_HEADING = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])\s*(\S.{0,40})")
_EMPTY = re.compile(r"(?:\d+[.、．])?(?:暂无|无|没有|不存在)(?:问题|措施|建议|偏差|其他)?[。．.]?")
_NO_PROBLEM = re.compile(r".{0,30}没有(?:另外的|其他)?(?:失分|偏差|问题).{0,30}")
_OWNER = re.compile(r"责任未填报|措施、责任和时限未填报")
_DATE = re.compile(r"\d{1,2}\s*月|年底|季度|年内|\d{4}\s*年|上半年|下半年|每[年季月周]")
_WHO = re.compile(r"由.{1,20}?(?:负责|牵头|落实)|责任(?:单位|部门|科室|人)|牵头")
_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or heading; `section` is the heading of the first level above it."""

    place: str
    text: str
    section: str = ""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: words of its heading cells, and the rows below; `places` names each row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that does not add up: the relation's id, where, and what is wrong."""

    relation: str
    place: str
    told: str


@dataclass(frozen=True, slots=True)
class Material:
    """`unproved` are figures without evidence; None where nobody can know (a stranger's paper)."""

    passages: tuple[Passage, ...]
    grids: tuple[Grid, ...] = ()
    broken: tuple[Broken, ...] = ()
    unproved: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One place: what was found there and what to do."""

    rule: str
    title: str
    place: str
    found: str
    mend: str


@dataclass(frozen=True, slots=True)
class Line:
    """An item of the table as marked; `unasked` are rules for which the material says nothing."""

    item: Item
    earned: Decimal
    faults: tuple[Fault, ...]
    unasked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The self-check. `publication` must be gone before anything is published; it costs no points."""

    title: str
    lines: tuple[Line, ...]
    publication: tuple[Fault, ...]

    @property
    def points(self) -> Decimal:
        return sum((line.item.points for line in self.lines), Decimal(0))

    @property
    def earned(self) -> Decimal:
        return sum((line.earned for line in self.lines), Decimal(0))

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(fault for line in self.lines for fault in line.faults)


def mark(rules: Presubmission, material: Material) -> Sheet:
    """Mark the material by the table."""
    lines = tuple(_line(item, material) for item in rules.items)
    publication = tuple(fault for rule in rules.publication for fault in faults_of(rule, material))
    return Sheet(rules.title, lines, publication)


def faults_of(rule: Deduction, material: Material) -> list[Fault]:
    """Every place at which a rule is broken, in reading order."""
    return [
        Fault(rule.id, rule.title, place, found, rule.mend)
        for place, found in _CHECKS[rule.check](rule, material)
    ]


def section_of(text: str) -> str:
    """The words of a heading of the first level (一、…); empty for any other text."""
    plain = text.strip()
    found = _HEADING.fullmatch(plain)
    return found[1] if found and plain[0] not in "（(" else ""


def is_heading(text: str) -> bool:
    """Whether a line is a numbered heading rather than a sentence."""
    return bool(_HEADING.fullmatch(text.strip())) and not text.strip().endswith(("。", "；"))


def _line(item: Item, material: Material) -> Line:
    lost = Decimal(0)
    faults: list[Fault] = []
    unasked = []
    for rule in item.deductions:
        if rule.check == "evidence" and material.unproved is None:
            unasked.append(rule.title)
            continue
        found = faults_of(rule, material)
        cost = rule.each * len(found)
        lost += min(cost, rule.most) if rule.most is not None else cost
        faults += found
    return Line(item, max(Decimal(0), item.points - lost), tuple(faults), tuple(unasked))


Places = Iterator[tuple[str, str]]


def _wanted(rule: Deduction, material: Material) -> Places:
    """Elements that must stand somewhere; the signature of a paper with attachments stands in its middle."""
    texts = [one.text for one in material.passages]
    near = "\n".join(_in_section(rule, material) if rule.section else texts)
    for title, pattern in rule.patterns.items():
        if not re.search(pattern, near):
            yield rule.section or "全文", f"没有找到“{title}”"


def _outline(rule: Deduction, material: Material) -> Places:
    """Sections that are missing, or stand there twice."""
    heads = [(one.place, section_of(one.text)) for one in material.passages if section_of(one.text)]
    for title, pattern in rule.patterns.items():
        found = [place for place, head in heads if re.search(pattern, head)]
        if not found:
            yield "全文", f"缺“{title}”一段"
        for place in found[1:]:
            yield place, f"“{title}”一段重复"


def _blank_cells(rule: Deduction, material: Material) -> Places:
    """Cells with nothing in them, under the heads that must be filled."""
    for grid in material.grids:
        for column, head in enumerate(grid.head):
            if any(re.search(pattern, head) for pattern in rule.patterns.values()):
                for row, place in zip(grid.rows, grid.places, strict=True):
                    if column < len(row) and not row[column] and any(row) and not _is_total(row):
                        yield place, f"{_of(row)}的“{head}”是空的"


def _findings(rule: Deduction, material: Material) -> Places:
    """What does not add up, of the relations named."""
    for one in material.broken:
        if not rule.patterns or any(re.search(pattern, one.relation) for pattern in rule.patterns.values()):
            yield one.place, one.told


def _scored(material: Material) -> Iterator[tuple[Grid, dict[str, int]]]:
    """The tables that have points and scores, with the places of their columns."""
    for grid in material.grids:
        named = {}
        for name, pattern in _COLUMNS.items():
            found = [place for place, head in enumerate(grid.head) if re.search(pattern, head)]
            if found:
                named[name] = found[-1 if name in ("score", "reason", "name") else 0]
        if {"points", "score", "target"} <= named.keys():
            yield grid, named


_COLUMNS = {
    "name": r"三级指标|指标名称",
    "level2": r"二级指标|三级指标分类",
    "target": r"指标值|目标值",
    "actual": r"实际完成|完成值|完成情况",
    "points": r"分值|权重",
    "score": r"得分",
    "reason": r"原因|偏差",
}


def _rows(grid: Grid) -> Iterator[tuple[tuple[str, ...], str]]:
    for row, place in zip(grid.rows, grid.places, strict=True):
        if any(row) and not _is_total(row):
            yield row, place


def _cell(row: Sequence[str], named: Mapping[str, int], name: str) -> str:
    return row[named[name]] if name in named and named[name] < len(row) else ""


def _full_marks(rule: Deduction, material: Material) -> Places:
    """Every row has all its points: nobody was asked."""
    for grid, named in _scored(material):
        pairs = [(_cell(row, named, "points"), _cell(row, named, "score")) for row, _ in _rows(grid)]
        numbers = [(_decimal(points), _decimal(score)) for points, score in pairs]
        known = [one for one in numbers if None not in one]
        if len(known) >= 3 and all(points == score for points, score in known):
            yield grid.caption, f"{len(known)} 项全部满分"


def _reasons(rule: Deduction, material: Material) -> Places:
    """A score below its points without a reason, or one above them."""
    for grid, named in _scored(material):
        for row, place in _rows(grid):
            points, score = _decimal(_cell(row, named, "points")), _decimal(_cell(row, named, "score"))
            if points is None or score is None:
                continue
            if score > points:
                yield place, f"{_of(row)}得分 {score} 高于分值 {points}"
            elif score < points and not _cell(row, named, "reason"):
                yield place, f"{_of(row)}失 {points - score} 分，没有写原因"


def _targets(rule: Deduction, material: Material) -> Places:
    """Targets left blank, or without a number and a unit where a number is asked for."""
    for grid, named in _scored(material):
        for row, place in _rows(grid):
            if not _cell(row, named, "target"):
                yield place, f"{_of(row)}没有指标值"


def _vague(rule: Deduction, material: Material) -> Places:
    """Targets of words alone."""
    for grid, named in _scored(material):
        for row, place in _rows(grid):
            target = _cell(row, named, "target")
            if target and not _NUMBER.search(target):
                for pattern in rule.patterns.values():
                    if re.search(pattern, target):
                        yield place, f"{_of(row)}的指标值“{target[:_SHOWN]}”没有数量、质量、时间或成本"
                        break


def _misplaced(rule: Deduction, material: Material) -> Places:
    """A rate among quantities, money among quantities: `patterns` from class to what may not stand in it."""
    for grid, named in _scored(material):
        for row, place in _rows(grid):
            level, target = _cell(row, named, "level2"), _cell(row, named, "target")
            for title, pattern in rule.patterns.items():
                if title in level and re.search(pattern, target):
                    yield place, f"{_of(row)}列在“{level}”，指标值却是“{target[:_SHOWN]}”"


def _coverage(rule: Deduction, material: Material) -> Places:
    """Classes of indicators that no row speaks of."""
    for grid, _ in _scored(material):
        everything = "\n".join(text for row in grid.rows for text in row)
        for title, pattern in rule.patterns.items():
            if not re.search(pattern, everything):
                yield grid.caption, f"没有{title}"


def _execution(rule: Deduction, material: Material) -> Places:
    """Execution further from 100 % than the limit."""
    limit = rule.limit or Decimal("0.2")
    for grid in material.grids:
        column = next((place for place, head in enumerate(grid.head) if "执行率" in head), None)
        if column is None:
            continue
        for row, place in zip(grid.rows, grid.places, strict=True):
            rate = _decimal(row[column].rstrip("%％")) if column < len(row) else None
            if rate is not None and abs(rate / 100 - 1) > limit:
                yield place, f"{_of(row)}执行率 {rate}%，离 100% 超过 {decimal_text(limit * 100)} 个百分点"


def _in_section(rule: Deduction, material: Material) -> list[str]:
    return [one.text for one in _section(rule, material)]


def _section(rule: Deduction, material: Material) -> list[Passage]:
    return [
        one
        for one in material.passages
        if one.section and re.search(rule.section, one.section) and not one.is_heading
    ]


def _empty_section(rule: Deduction, material: Material) -> Places:
    """A section that says there is nothing."""
    found = _section(rule, material)
    if found and all(_EMPTY.fullmatch(one.text.strip()) for one in found):
        yield found[0].place, f"只写“{found[0].text.strip()[:_SHOWN]}”"


def _statements(rule: Deduction, material: Material) -> Places:
    """Sentences about performance without a number."""
    for one in _section(rule, material):
        if len(one.text) > 8 and not _NUMBER.search(one.text):
            yield one.place, f"“{one.text[:_SHOWN]}…”没有数据或事例"


def _owners(rule: Deduction, material: Material) -> Places:
    """Measures without somebody who answers for them, or without a time."""
    for one in _section(rule, material):
        lacking = []
        if _OWNER.search(one.text) or not _WHO.search(one.text):
            lacking.append("责任")
        if "时限未填报" in one.text or not _DATE.search(one.text):
            lacking.append("时限")
        if lacking and not _EMPTY.fullmatch(one.text.strip()):
            yield one.place, f"“{one.text[:_SHOWN]}…”没有{'和'.join(lacking)}"


def _answered(rule: Deduction, material: Material) -> Places:
    """More problems than measures: `section` is that of the problems, the pattern 措施 that of the measures."""
    told = [one.text.strip() for one in _section(rule, material)]
    problems = [one for one in told if not (_EMPTY.fullmatch(one) or _NO_PROBLEM.fullmatch(one))]
    measures = [
        one
        for one in material.passages
        if re.search(rule.patterns.get("措施", "措施"), one.section) and not one.is_heading
    ]
    if len(problems) > len(measures):
        yield "措施", f"问题 {len(problems)} 条，措施 {len(measures)} 条"


def _sample(rule: Deduction, material: Material) -> Places:
    """Samples smaller than the limit; `patterns` find the number in their first group."""
    for one in material.passages:
        for title, pattern in rule.patterns.items():
            for found in re.finditer(pattern, one.text):
                size = _decimal(found[1])
                if size is not None and rule.limit is not None and size < rule.limit:
                    yield one.place, f"{title} {size} 份，少于 {rule.limit} 份"


def _evidence(rule: Deduction, material: Material) -> Places:
    yield from material.unproved or ()


def _slips(rule: Deduction, material: Material) -> Places:
    """Typing slips: doubled signs and words, and what `patterns` name."""
    for one in material.passages:
        for title, pattern in rule.patterns.items():
            for found in re.finditer(pattern, one.text):
                yield one.place, f"{title}：“{one.text[max(0, found.start() - 6) : found.end() + 6]}”"


def _matches(rule: Deduction, material: Material) -> Places:
    """Words that may not stand in what is published, in the text and in the tables."""
    for place, text in _everything(material):
        for title, pattern in rule.patterns.items():
            for found in re.finditer(pattern, text):
                yield place, f"{title}：“{text[max(0, found.start() - 6) : found.end() + 6]}”"


def _numbers_of_persons(rule: Deduction, material: Material) -> Places:
    """Numbers of identity cards and mobile telephones."""
    for place, text in _everything(material):
        yield from ((place, told.removesuffix("，请删去")) for told in warnings(text))


def _everything(material: Material) -> Places:
    yield from ((one.place, one.text) for one in material.passages)
    for grid in material.grids:
        for row, place in zip(grid.rows, grid.places, strict=True):
            yield from ((place, text) for text in row if text)


def _is_total(row: Sequence[str]) -> bool:
    return any(re.fullmatch(r"(?:合计|总计|总分|小计).{0,8}", text) for text in row[:2])


def _of(row: Sequence[str]) -> str:
    """The words that name a row: the last words before its first number."""
    words = [text for text in row if text not in ("", "—") and not _NUMBER.search(text)]
    return f"“{(words[min(2, len(words) - 1)] if words else row[0])[:_SHOWN]}”"


def _decimal(text: str) -> Decimal | None:
    plain = text.strip().rstrip("分").replace(",", "")
    return Decimal(plain) if re.fullmatch(r"-?\d+(?:\.\d+)?", plain) else None


_CHECKS: Mapping[Check, Callable[[Deduction, Material], Places]] = {
    "wanted": _wanted,
    "outline": _outline,
    "blank_cells": _blank_cells,
    "findings": _findings,
    "full_marks": _full_marks,
    "reasons": _reasons,
    "targets": _targets,
    "vague": _vague,
    "misplaced": _misplaced,
    "coverage": _coverage,
    "execution": _execution,
    "empty_section": _empty_section,
    "statements": _statements,
    "owners": _owners,
    "answered": _answered,
    "sample": _sample,
    "evidence": _evidence,
    "slips": _slips,
    "matches": _matches,
    "numbers_of_persons": _numbers_of_persons,
}
