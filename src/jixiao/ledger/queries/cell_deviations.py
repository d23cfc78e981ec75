"""Cells of forms that are stated otherwise than the ledger gives them: what is in force, every version, for the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jixiao.forms.cells import shown
from jixiao.forms.fill import Filled
from jixiao.ledger import filling
from jixiao.ledger.actions.cell_deviations import cell_title
from jixiao.ledger.models import FigureDeviation, Org, Record
from jixiao.ledger.names import names_of
from jixiao.reports.issue_record import DeviationEntry

FORM = "form."


@dataclass(frozen=True, slots=True)
class CellDeviation:
    """One in force, or the latest version that waits (`approved_by` empty)."""

    cell: str
    title: str
    ledger: str
    stated: str
    version: FigureDeviation
    entered_by: str
    approved_by: str

    @property
    def told(self) -> str:
        """As it stands below the form."""
        return (
            f"{self.title}不取台账数：台账为{self.ledger}，本表写作{self.stated}；理由：{self.version.reason.rstrip('。')}；"
            f"{self.version.ordered_by}提出，{self.approved_by}批准。"
        )


def deviations_of(row: Record, field: str) -> list[CellDeviation]:
    """What is in force in a form, in the order in which it was first entered."""
    plain = filling.filled_form(row, field, as_ledger=True)
    return _told(plain, filling.deviating(row, field, plain.year))


def waiting_in(row: Record, field: str) -> list[CellDeviation]:
    """The latest versions that nobody has approved yet."""
    plain = filling.filled_form(row, field, as_ledger=True)
    own = filling.cell_name(row, field)
    versions = FigureDeviation.objects.filter(org=row.org_id, year=plain.year, figure__startswith=own)
    latest = {one.figure.removeprefix(own): one for one in versions.order_by("version")}
    return _told(plain, {cell: one for cell, one in latest.items() if not one.approved_by})


def entries(org: Org, names: Iterable[str]) -> dict[str, DeviationEntry]:
    """What the record of issue keeps of those among the names placed in a report."""
    found: dict[str, DeviationEntry] = {}
    forms = dict.fromkeys(tuple(name.split(".")[1:3]) for name in names if name.startswith(FORM))
    rows = Record.objects.filter(org=org).in_bulk([record for record, _ in forms])
    for record, field in forms:
        for one in deviations_of(rows[record], field) if record in rows else ():
            found[filling.cell_name(rows[record], field, one.cell)] = DeviationEntry(
                title=one.title,
                ledger=one.ledger,
                stated=one.stated,
                reason=one.version.reason,
                ordered_by=one.version.ordered_by,
                approved_by=one.approved_by,
                entered_by=one.entered_by,
                approved_at=one.version.stated_at.isoformat(timespec="seconds"),
            )
    return found


def _told(plain: Filled, versions: dict[str, FigureDeviation]) -> list[CellDeviation]:
    if not versions:
        return []
    called = names_of(
        {name for one in versions.values() for name in (one.approved_by, one.entered_by) if name}
    )
    told = []
    for cell, one in versions.items():
        block, key, column = cell.split(".")
        grid = plain.grid(block)
        line = grid.line(key)
        unit = grid.unit(line, column) if line else None
        approved = called[one.approved_by] if one.approved_by else ""
        told.append(
            CellDeviation(
                cell, cell_title(plain, cell), shown(plain.cell(cell), unit), f"{one.value.removesuffix(unit or '')}{unit or ''}",
                one, called[one.entered_by], approved,
            )
        )  # fmt: skip
    return told
