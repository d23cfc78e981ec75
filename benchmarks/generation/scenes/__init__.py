"""Scenes: each makes one piece, a few sentences or a table with its numbers and what holds between them.

A scene is a function of dice and a setting; `SCENES` lists them all with the styles of report they suit.
"""

from __future__ import annotations

from benchmarks.generation.scenes import (
    budgets,
    growth,
    hard,
    hard_tables,
    levels,
    lists,
    money_parts,
    offices,
    parts,
    people,
    plain,
    rates,
    repeats,
    scores,
    several,
    sheets,
    tables,
    targets,
)
from benchmarks.generation.scenes.setting import Scene

SCENES: tuple[Scene, ...] = tuple(
    scene
    for module in (
        parts,
        money_parts,
        people,
        rates,
        growth,
        levels,
        lists,
        repeats,
        scores,
        budgets,
        targets,
        tables,
        sheets,
        plain,
        offices,
        several,
        hard,
        hard_tables,
    )
    for scene in module.SCENES
)
