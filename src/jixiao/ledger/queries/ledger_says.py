"""What the ledger has for the rows of a scored form: a row that bears the title of a figure of the office is told its value.

It is told, not filled in: which figure a goal means is for the person to say.
"""

from __future__ import annotations

from collections import Counter

from jixiao.catalogue.cycles import Losses
from jixiao.forms.fill import TOTAL, Filled
from jixiao.forms.targets import amount
from jixiao.ledger import filling
from jixiao.ledger.actions.opening import bound_packs
from jixiao.ledger.models import Record
from jixiao.ledger.rules import catalogue as rules
from jixiao.values import Status


def ledger_says(row: Record, field: str, filled: Filled) -> dict[str, str]:
    """By address of the cell for the result: the figure as printed, and that it differs where it does."""
    losses = _scored(row, field)
    if losses is None:
        return {}
    grid = filled.grid(losses.list)
    names = {line.key: line.cells[losses.name].words.strip() for line in grid.lines if line.key != TOTAL}
    meant = _figures_called(row, set(names.values()) - {""})
    if not meant:
        return {}
    figures = filling.figures_of(row.org_id, list(meant.values()), filled.year, rules())
    told = {}
    for line in grid.lines:
        figure = figures.get(meant.get(names.get(line.key, ""), ""))
        if figure is not None and figure.status is Status.REPORTED:
            said = line.cells[losses.actual].words.strip()
            differs = "，与所填不同" if said and _differ(said, figure.text) else ""
            told[f"{grid.block.id}.{line.key}.{losses.actual}"] = f"台账为{figure.text}{differs}"
    return told


def _scored(row: Record, field: str) -> Losses | None:
    """Which columns of the form hold names and results, as the year's cycle says."""
    for cycle in rules().cycles.values():
        for part in cycle.parts:
            if part.kind == row.kind and part.losses is not None and part.losses.form == field:
                return part.losses
    return None


def _figures_called(row: Record, names: set[str]) -> dict[str, str]:
    """Title → indicator, where just one of the office's packs is called so."""
    catalogue = rules()
    bound = bound_packs(row.org_id, catalogue)
    found = [one for one in catalogue.indicators.values() if one.pack in bound and one.title in names]
    times = Counter(one.title for one in found)
    return {one.title: one.full_id for one in found if times[one.title] == 1}


def _differ(said: str, figure: str) -> bool:
    """Whether both are exact amounts of one unit and not the same; other words cannot be compared."""
    ours, theirs = amount(said), amount(figure)
    if ours is None or theirs is None or ours.unit != theirs.unit or ours.about or theirs.about:
        return False
    return ours.number != theirs.number
