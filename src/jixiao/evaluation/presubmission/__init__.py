"""Marks a paper before it is handed in, by a pack's table: what would cost points, where, and how to mend it.

Works on plain material (headings, paragraphs, tables, what a reader found broken), whoever wrote the paper. Every
check answers places; the price is the pack's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jixiao.catalogue.presubmissions import Check, Deduction, Item, Presubmission
from jixiao.evaluation.presubmission import formality, prose, publishing, tables
from jixiao.evaluation.presubmission.material import (
    Broken,
    Grid,
    Material,
    Passage,
    is_heading,
    section_of,
)
from jixiao.evaluation.presubmission.places import Finder

__all__ = [
    "Broken", "Fault", "Grid", "Line", "Material", "Passage", "Sheet", "faults_of", "is_heading", "mark", "section_of",
]  # fmt: skip

_CHECKS: Mapping[Check, Finder] = {
    **tables.CHECKS,
    **prose.CHECKS,
    **formality.CHECKS,
    **publishing.CHECKS,
}
# What the material of a stranger's paper may not say: such a rule is told as one that could not be asked.
_KNOWN_TO_US: Mapping[Check, Callable[[Material], Any]] = {
    "evidence": lambda material: material.unproved,
    "carried": lambda material: material.carried,
    "notes": lambda material: material.notes,
}


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


def mark(rules: Presubmission, material: Material, *, only_publication: bool = False) -> Sheet:
    """Mark the material by the table; `only_publication` for what is no report."""
    lines = () if only_publication else tuple(_line(item, material) for item in rules.items)
    publication = dict.fromkeys(fault for rule in rules.publication for fault in faults_of(rule, material))
    return Sheet(rules.title, lines, tuple(publication))


def faults_of(rule: Deduction, material: Material) -> list[Fault]:
    """Every place at which a rule is broken, in reading order."""
    return [
        Fault(rule.id, rule.title, place, found, rule.mend)
        for place, found in _CHECKS[rule.check](rule, material)
    ]


def _line(item: Item, material: Material) -> Line:
    lost = Decimal(0)
    faults: list[Fault] = []
    unasked = []
    for rule in item.deductions:
        if rule.check in _KNOWN_TO_US and _KNOWN_TO_US[rule.check](material) is None:
            unasked.append(rule.title)
            continue
        found = faults_of(rule, material)
        cost = rule.each * len(found)
        lost += min(cost, rule.most) if rule.most is not None else cost
        faults += found
    return Line(item, max(Decimal(0), item.points - lost), tuple(faults), tuple(unasked))
