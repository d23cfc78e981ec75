"""What a scored form of a record says row by row: aimed at, come of it, points, score, why; and which rows lost points.

A row is known by its id, so that what is done about it stays with it when its name or its place changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.catalogue.cycles import Losses, ScoredCell
from jixiao.forms.cells import Content, printed
from jixiao.forms.fill import TOTAL, Filled, Grid, Line
from jixiao.ledger import filling
from jixiao.ledger.models import Record
from jixiao.values import decimal_text, round_half_up


@dataclass(frozen=True, slots=True)
class Scored:
    """A scored row as its form tells it. `id` names record and row: rows of two projects may bear the same words. `lost` are
    the points lost, empty where none are or the score is not there yet; `cells` are the addresses of points and score.
    """

    record: Record
    id: str
    name: str
    target: str
    actual: str
    points: str
    score: str
    reason: str
    lost: str
    place: str
    cells: tuple[str, str]

    @property
    def is_loss(self) -> bool:
        """It lost points, or deviates so that somebody explained it."""
        return bool(self.lost or self.reason)


def scored_of(row: Record, losses: Losses) -> list[Scored]:
    """Every scored row of a record's form: those outside its list first, then the list in its order."""
    filled = filling.filled_form(row, losses.form)
    grid = filled.grid(losses.list)
    listed = [
        _line(row, filled, grid, line, number, losses)
        for number, line in enumerate(grid.lines, 1)
        if line.key != TOTAL
    ]
    return [*(_cell(row, filled, cell) for cell in losses.cells), *listed]


def lost_of(row: Record, losses: Losses) -> list[Scored]:
    """The rows that lost points, or that somebody had to explain."""
    return [one for one in scored_of(row, losses) if one.is_loss]


def _line(row: Record, filled: Filled, grid: Grid, line: Line, number: int, names: Losses) -> Scored:
    points, score = line.cells[names.points], line.cells[names.score]
    return Scored(
        row, _id(row, line.id), *(_text(line.cells[name]) for name in (names.name, names.target, names.actual)),
        _text(points), _text(score), _text(line.cells[names.reason]), _lost(points, score),
        f"{filled.form.title}{grid.block.caption}第{number}行",
        (f"{grid.block.id}.{line.key}.{names.points}", f"{grid.block.id}.{line.key}.{names.score}"),
    )  # fmt: skip


def _cell(row: Record, filled: Filled, cell: ScoredCell) -> Scored:
    points, score, actual = filled.cell(cell.points), filled.cell(cell.score), filled.cell(cell.actual)
    block, key, column = cell.actual.split(".")
    grid = filled.grid(block)
    line = grid.line(key)
    told = _rate(actual, grid.unit(line, column) if line else None)
    reason = str(row.data.get(cell.reason) or "") if cell.reason else ""
    return Scored(
        row, _id(row, cell.id), cell.title, cell.target, told, _text(points), _text(score), reason, _lost(points, score),
        f"{filled.form.title}·{cell.title}", (cell.points, cell.score),
    )  # fmt: skip


def _id(row: Record, own: str) -> str:
    return f"{row.pk[:8]}-{own}"


def _rate(content: Content, unit: str | None) -> str:
    return f"{printed(content, unit, 2)}{unit or ''}" if content.is_number else printed(content, unit, 2)


def _text(content: Content) -> str:
    return decimal_text(round_half_up(content.value, 2)) if content.is_number else printed(content, None, 2)


def _lost(points: Content, score: Content) -> str:
    if not (points.is_number and score.is_number) or score.value >= points.value:
        return ""
    return decimal_text(round_half_up(points.value - score.value, 2))
