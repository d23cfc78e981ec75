"""Do the points of each first level add up to a set that is prescribed for the year of the form?

A set may be departed from where a row says why. Where all points together miss their total, that is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from jixiao.catalogue.forms import PointSet, Rule
from jixiao.forms.fill import TOTAL, Filled, Line
from jixiao.values import Finding, Verdict, decimal_text

_EXCUSES = ("权重", "分值调整", "调整分值")


def level_points(filled: Filled, rule: Rule) -> list[Finding]:
    """One finding where the levels fit none of the sets, at the points of the first row."""
    grid = filled.grid(rule.block or "")
    lines = [line for line in grid.lines if line.key != TOTAL]
    cells = [(line.cells[rule.columns["level"]].words, line.cells[rule.columns["points"]]) for line in lines]
    sets = [one for one in rule.sets if one.is_of(filled.year)]
    if not cells or not sets or not all(points.is_number for _, points in cells):
        return []
    told = _by_level(sets, [(level, points.value) for level, points in cells])
    whole = sum(told.values(), Fraction(0))
    if whole not in {sum(one.points.values()) for one in sets} or _is_excused(lines, rule):
        return []
    if any(told == {level: Fraction(points) for level, points in one.points.items()} for one in sets):
        return []
    due = "，或".join(_listed(one.points) for one in sets)
    reason = f"一级指标的分值是{_listed(told)}；规定是{due}。{rule.mend}"
    address = f"{grid.block.id}.{lines[0].key}.{rule.columns['points']}"
    return [Finding(rule.id, rule.title, Verdict.BROKEN, reason, subjects=(address,))]


def _by_level(sets: Sequence[PointSet], cells: Sequence[tuple[str, Fraction]]) -> dict[str, Fraction]:
    """The points of each level, by the word of the sets that its name begins with, else by its name."""
    known = {word for one in sets for word in one.points}
    found: dict[str, Fraction] = {}
    for name, points in cells:
        level = next((word for word in known if name.startswith(word)), name)
        found[level] = found.get(level, Fraction(0)) + points
    return found


def _is_excused(lines: Sequence[Line], rule: Rule) -> bool:
    reasons = [line.cells[rule.columns["reason"]].words for line in lines if "reason" in rule.columns]
    return any(word in reason for reason in reasons for word in _EXCUSES)


def _listed(points: Mapping[str, Fraction | int]) -> str:
    return "、".join(f"{level}{decimal_text(Fraction(value))}" for level, value in points.items())
