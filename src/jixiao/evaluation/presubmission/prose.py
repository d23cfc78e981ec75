"""Checks of the text: elements, sections, sentences without a number, samples, typing slips, figures without evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jixiao.catalogue.presubmissions import Check, Deduction
from jixiao.evaluation.presubmission.material import Material, section_of
from jixiao.evaluation.presubmission.places import (
    NUMBER,
    SHOWN,
    Finder,
    Places,
    number_in,
    passages_under,
)


def _wanted(rule: Deduction, material: Material) -> Places:
    """Elements that must stand somewhere; the signature of a paper with attachments stands in its middle."""
    texts = [one.text for one in material.passages[: rule.first]]
    near = "\n".join([one.text for one in passages_under(rule, material)] if rule.section else texts)
    for title, pattern in rule.patterns.items():
        if not re.search(pattern, near):
            yield rule.section or ("开头" if rule.first else "全文"), f"没有找到“{title}”"


def _outline(rule: Deduction, material: Material) -> Places:
    """Sections that are missing, or stand there twice."""
    heads = [(one.place, section_of(one.text)) for one in material.passages if section_of(one.text)]
    for title, pattern in rule.patterns.items():
        found = [place for place, head in heads if re.search(pattern, head)]
        if not found:
            yield "全文", f"缺“{title}”一段"
        for place in found[1:]:
            yield place, f"“{title}”一段重复"


def _statements(rule: Deduction, material: Material) -> Places:
    """Sentences about performance without a number."""
    for one in passages_under(rule, material):
        if len(one.text) > 8 and not NUMBER.search(one.text):
            yield one.place, f"“{one.text[:SHOWN]}…”没有数据或事例"


def _sample(rule: Deduction, material: Material) -> Places:
    """Samples smaller than the limit; `patterns` find the number in their first group."""
    for one in material.passages:
        for title, pattern in rule.patterns.items():
            for found in re.finditer(pattern, one.text):
                size = number_in(found[1])
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


def _told_with(rule: Deduction, material: Material) -> Places:
    """What must be told where the first pattern is: a satisfaction rate with its sample, its valid forms, its method."""
    texts = [one.text for one in material.passages]
    everything = "\n".join([*texts, *(text for grid in material.grids for row in grid.rows for text in row)])
    (_, asking), *wanted = rule.patterns.items()
    first = next((one for one in material.passages if re.search(asking, one.text)), None)
    if first is None:
        return
    for title, pattern in wanted:
        if not re.search(pattern, everything):
            yield first.place, f"“{first.text[:SHOWN]}…”没有写{title}"


CHECKS: Mapping[Check, Finder] = {
    "wanted": _wanted,
    "outline": _outline,
    "statements": _statements,
    "sample": _sample,
    "told_with": _told_with,
    "evidence": _evidence,
    "slips": _slips,
}
