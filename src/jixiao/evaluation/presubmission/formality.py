"""Checks of problems and measures: sections that say nothing, measures of nobody, what earlier years left, other papers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from jixiao.catalogue.presubmissions import Check, Deduction
from jixiao.evaluation.presubmission.material import Material
from jixiao.evaluation.presubmission.places import (
    SHOWN,
    Finder,
    Places,
    amount,
    cell_of,
    named_by,
    passages_under,
    rows,
    scored,
)

_EMPTY = re.compile(r"(?:\d+[.、．])?(?:暂无|无|没有|不存在)(?:问题|措施|建议|偏差|其他)?[。．.]?")
_NO_PROBLEM = re.compile(r".{0,30}没有(?:另外的|其他)?(?:失分|偏差|问题).{0,30}")
_OWNER = re.compile(r"责任未填报|措施、责任和时限未填报")
_DATE = re.compile(r"\d{1,2}\s*月|年底|季度|年内|\d{4}\s*年|上半年|下半年|每[年季月周]")
_WHO = re.compile(r"由.{1,20}?(?:负责|牵头|落实)|责任(?:单位|部门|科室|人)|牵头")
_SENTENCE = re.compile(r"[^。；\n]+")
_AMOUNTS = re.compile(r"\d+(?:\.\d+)?\s*(?:[%‰]|[一-鿿㎡]{0,3})")


def _empty_section(rule: Deduction, material: Material) -> Places:
    """A section that says there is nothing."""
    found = passages_under(rule, material)
    if found and all(_EMPTY.fullmatch(one.text.strip()) for one in found):
        yield found[0].place, f"只写“{found[0].text.strip()[:SHOWN]}”"


def _owners(rule: Deduction, material: Material) -> Places:
    """Measures without somebody who answers for them, or without a time."""
    for one in passages_under(rule, material):
        lacking = []
        if _OWNER.search(one.text) or not _WHO.search(one.text):
            lacking.append("责任")
        if "时限未填报" in one.text or not _DATE.search(one.text):
            lacking.append("时限")
        if lacking and not _EMPTY.fullmatch(one.text.strip()):
            yield one.place, f"“{one.text[:SHOWN]}…”没有{'和'.join(lacking)}"


def _answered(rule: Deduction, material: Material) -> Places:
    """More problems than measures: `section` is that of the problems, the pattern 措施 that of the measures."""
    told = [one.text.strip() for one in passages_under(rule, material)]
    problems = [one for one in told if not (_EMPTY.fullmatch(one) or _NO_PROBLEM.fullmatch(one))]
    measures = [
        one
        for one in material.passages
        if re.search(rule.patterns.get("措施", "措施"), one.section) and not one.is_heading
    ]
    if len(problems) > len(measures):
        yield "措施", f"问题 {len(problems)} 条，措施 {len(measures)} 条"


def _silent_section(rule: Deduction, material: Material) -> Places:
    """A section that is not there, or has nothing under its heading."""
    if not passages_under(rule, material):
        yield "全文", "没有这一段，或这一段下面没有内容"


def _carried(rule: Deduction, material: Material) -> Places:
    """What earlier years left to be put right and the paper does not speak of."""
    for title in material.carried or ():
        if not any(title in one.text for one in material.passages):
            yield "全文", f"以前年度的整改事项“{title[:SHOWN]}”还没有销号，报告没有交代"


def _notes(rule: Deduction, material: Material) -> Places:
    """Rectification papers that say of an indicator another actual value than the table; and crossed facts of the text.

    A sentence of theirs that names the indicator and has numbers in the unit of its actual value, none of them that value
    (the target aside), disagrees.
    """
    yield from material.crossed
    for grid, named in scored(material):
        for row, place in rows(grid):
            name, actual = cell_of(row, named, "name"), amount(cell_of(row, named, "actual"))
            target = amount(cell_of(row, named, "target"))
            if len(name) < 4 or actual is None:
                continue
            for note in material.notes or ():
                told = _others(name, note.text, actual, target)
                if told:
                    said = cell_of(row, named, "actual")
                    yield place, f"{named_by(row)}表里完成{said}，{note.place}写的是{told}"


def _others(name: str, text: str, actual: tuple[Decimal, str], target: tuple[Decimal, str] | None) -> str:
    """The numbers a note gives for the indicator where the actual value is not among them; empty where it agrees."""
    for sentence in _SENTENCE.findall(text):
        if name not in sentence:
            continue
        found = [one for piece in _AMOUNTS.findall(sentence.replace(name, "")) if (one := amount(piece))]
        same = [one for one in found if one[1] == actual[1] and one != target]
        if same and actual not in same:
            return "、".join(f"{number}{unit}" for number, unit in same)
    return ""


CHECKS: Mapping[Check, Finder] = {
    "empty_section": _empty_section,
    "silent_section": _silent_section,
    "owners": _owners,
    "answered": _answered,
    "carried": _carried,
    "notes": _notes,
}
