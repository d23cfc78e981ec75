"""Checks of the tables: empty cells, targets of words, scores and reasons, execution, pace, projects nobody speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from jixiao.catalogue.presubmissions import Check, Deduction
from jixiao.evaluation.presubmission.material import Material
from jixiao.evaluation.presubmission.places import (
    NUMBER,
    SHOWN,
    Finder,
    Places,
    amount,
    cell_of,
    is_total,
    named_by,
    number_in,
    rows,
    scored,
)
from jixiao.values import decimal_text


def _blank_cells(rule: Deduction, material: Material) -> Places:
    """Cells with nothing in them, under the heads that must be filled."""
    for grid in material.grids:
        for column, head in enumerate(grid.head):
            if any(re.search(pattern, head) for pattern in rule.patterns.values()):
                for row, place in zip(grid.rows, grid.places, strict=True):
                    if column < len(row) and not row[column] and any(row) and not is_total(row):
                        yield place, f"{named_by(row)}的“{head}”是空的"


def _findings(rule: Deduction, material: Material) -> Places:
    """What does not add up, of the relations named."""
    for one in material.broken:
        if not rule.patterns or any(re.search(pattern, one.relation) for pattern in rule.patterns.values()):
            yield one.place, one.told


def _full_marks(rule: Deduction, material: Material) -> Places:
    """Every row has all its points: nobody was asked."""
    for grid, named in scored(material):
        pairs = [(cell_of(row, named, "points"), cell_of(row, named, "score")) for row, _ in rows(grid)]
        numbers = [(number_in(points), number_in(score)) for points, score in pairs]
        known = [one for one in numbers if None not in one]
        if len(known) >= 3 and all(points == score for points, score in known):
            yield grid.caption, f"{len(known)} 项全部满分"


def _reasons(rule: Deduction, material: Material) -> Places:
    """A score below its points without a reason, or one above them."""
    for grid, named in scored(material):
        for row, place in rows(grid):
            points, score = number_in(cell_of(row, named, "points")), number_in(cell_of(row, named, "score"))
            if points is None or score is None:
                continue
            if score > points:
                yield place, f"{named_by(row)}得分 {score} 高于分值 {points}"
            elif score < points and not cell_of(row, named, "reason"):
                yield place, f"{named_by(row)}失 {points - score} 分，没有写原因"


def _targets(rule: Deduction, material: Material) -> Places:
    """Targets left blank, or without a number and a unit where a number is asked for."""
    for grid, named in scored(material):
        for row, place in rows(grid):
            if not cell_of(row, named, "target"):
                yield place, f"{named_by(row)}没有指标值"


def _vague(rule: Deduction, material: Material) -> Places:
    """Targets of words alone."""
    for grid, named in scored(material):
        for row, place in rows(grid):
            target = cell_of(row, named, "target")
            if target and not NUMBER.search(target):
                for pattern in rule.patterns.values():
                    if re.search(pattern, target):
                        yield place, f"{named_by(row)}的指标值“{target[:SHOWN]}”没有数量、质量、时间或成本"
                        break


def _misplaced(rule: Deduction, material: Material) -> Places:
    """A rate among quantities, money among quantities: `patterns` from class to what may not stand in it."""
    for grid, named in scored(material):
        for row, place in rows(grid):
            level, target = cell_of(row, named, "level2"), cell_of(row, named, "target")
            for title, pattern in rule.patterns.items():
                if title in level and re.search(pattern, target):
                    yield place, f"{named_by(row)}列在“{level}”，指标值却是“{target[:SHOWN]}”"


def _coverage(rule: Deduction, material: Material) -> Places:
    """Classes of indicators that no row speaks of."""
    for grid, _ in scored(material):
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
            rate = number_in(row[column].rstrip("%％")) if column < len(row) else None
            if rate is not None and abs(rate / 100 - 1) > limit:
                yield (
                    place,
                    f"{named_by(row)}执行率 {rate}%，离 100% 超过 {decimal_text(limit * 100)} 个百分点",
                )


def _deviations(rule: Deduction, material: Material) -> Places:
    """An actual value further from its target than the limit, without a reason; both numbers in one unit."""
    limit = rule.limit or Decimal("0.2")
    for grid, named in scored(material):
        for row, place in rows(grid):
            target, actual = (amount(cell_of(row, named, name)) for name in ("target", "actual"))
            if target is None or actual is None or target[1] != actual[1] or not target[0]:
                continue
            if abs(actual[0] / target[0] - 1) > limit and not cell_of(row, named, "reason"):
                told = f"指标值{cell_of(row, named, 'target')}，完成{cell_of(row, named, 'actual')}"
                yield place, f"{named_by(row)}{told}，偏离超过 {decimal_text(limit * 100)}%，没有写原因"


def _ahead(rule: Deduction, material: Material) -> Places:
    """Payment further ahead of the work than the limit: the columns are named by the patterns 支付 and 进度."""
    limit = rule.limit or Decimal("0.2")
    for grid in material.grids:
        places = [
            next((at for at, head in enumerate(grid.head) if re.search(pattern, head)), None)
            for pattern in rule.patterns.values()
        ]
        if len(places) != 2 or None in places or places[0] == places[1]:
            continue
        for row, place in rows(grid):
            texts = [row[at].rstrip("%％") if at is not None and at < len(row) else "" for at in places]
            paid, done = (number_in(text) for text in texts)
            if paid is not None and done is not None and (paid - done) / 100 > limit:
                yield (
                    place,
                    f"{named_by(row)}支付进度 {paid}%，工作进度 {done}%，支付超前 {paid - done} 个百分点",
                )


def _unmatched(rule: Deduction, material: Material) -> Places:
    """A project with money that no indicator and no other place of the paper speaks of; its column is the pattern."""
    for grid in material.grids:
        for pattern in rule.patterns.values():
            column = next((at for at, head in enumerate(grid.head) if re.search(pattern, head)), None)
            if column is None:
                continue
            for row, place in rows(grid):
                name = row[column] if column < len(row) else ""
                has_money = any(number_in(text) for at, text in enumerate(row) if at != column)
                if (
                    len(name) > 2
                    and not NUMBER.fullmatch(name)
                    and has_money
                    and not _spoken_of(name, place, material)
                ):
                    yield place, f"项目“{name[:SHOWN]}”有资金，没有绩效指标，也没有写完成情况"


def _spoken_of(name: str, place: str, material: Material) -> bool:
    """Whether a sentence with a number, or a row of another table, names it."""
    told = any(name in one.text and NUMBER.search(one.text.replace(name, "")) for one in material.passages)
    return told or any(
        any(name in text for text in row)
        for grid in material.grids
        if place not in grid.places
        for row in grid.rows
    )


CHECKS: Mapping[Check, Finder] = {
    "blank_cells": _blank_cells,
    "findings": _findings,
    "full_marks": _full_marks,
    "reasons": _reasons,
    "targets": _targets,
    "vague": _vague,
    "misplaced": _misplaced,
    "coverage": _coverage,
    "execution": _execution,
    "deviations": _deviations,
    "ahead": _ahead,
    "unmatched": _unmatched,
}
