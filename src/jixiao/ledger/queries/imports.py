"""Imports as the person who began them sees them: how far, what each row would do, the file given back with marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from jixiao import sheets
from jixiao.catalogue.kinds import FieldType
from jixiao.errors import NotFound
from jixiao.ledger import permissions
from jixiao.ledger.actions.imports import is_under_way
from jixiao.ledger.imports import progress, wordings
from jixiao.ledger.imports.commit import place_of
from jixiao.ledger.imports.staged_file import is_kept, parts_of
from jixiao.ledger.models import Import, ImportRow, Org
from jixiao.ledger.queries.orgs import org_for
from jixiao.ledger.queries.workbooks import MOST_OFFERED, Called, family_of
from jixiao.ledger.rules import catalogue as rules
from jixiao.sheets.rows import Cell
from jixiao.sheets.write import needed, plain_choices

__all__ = [
    "ImportView",
    "given_back",
    "import_rows",
    "import_view",
    "imports",
    "place_of",
    "unknown_wordings",
]


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import and how far it is. `done` of `total` is of the work under way; `counts` are rows by outcome."""

    row: Import
    counts: dict[str, int]
    warned: int
    undecided: int
    is_running: bool
    done: int
    total: int

    @property
    def state(self) -> str:
        return str(Import.State(self.row.state).label)


def imports(user: permissions.Actor, org: Org | str) -> QuerySet[Import]:
    """The person's own imports in an org, the last first."""
    return Import.objects.filter(org=org_for(user, org), by=user.username)


def import_view(user: permissions.Actor, id: str) -> ImportView:
    """Raises NotFound for somebody else's."""
    row = Import.objects.select_related("org").filter(pk=id, by=user.username).first()
    if row is None:
        raise NotFound("没有找到这次导入；它可能已经取消，或者由别人发起")
    rows = ImportRow.objects.filter(staged=row)
    found = dict(rows.order_by().values_list("outcome").annotate(Count("id")))
    told = progress.asked(row.pk)
    done, total = (told[0], told[1]) if told else (row.checked, row.total)
    return ImportView(
        row,
        {outcome: found.get(outcome, 0) for outcome in ImportRow.Outcome.values},
        rows.exclude(warnings=[]).count(),
        rows.filter(outcome=ImportRow.Outcome.CONFLICT, keep="").count(),
        is_under_way(row),
        done,
        total,
    )


def import_rows(user: permissions.Actor, id: str, outcome: str = "") -> QuerySet[ImportRow]:
    """The judged rows in the order of the file, of one outcome or all."""
    rows = ImportRow.objects.filter(staged=import_view(user, id).row)
    return rows.filter(outcome=outcome) if outcome else rows


def unknown_wordings(user: permissions.Actor, id: str) -> list[wordings.Wording]:
    """Words of the file that stand for nothing in a drop-down, with what they may mean."""
    return wordings.unknown(import_view(user, id).row, user, rules())


def given_back(user: permissions.Actor, id: str, *, all_rows: bool = True) -> bytes:
    """The file as a workbook of the register with wrong cells marked; without `all_rows` the wrong rows alone."""
    row = import_view(user, id).row
    if not is_kept(row.pk):
        raise NotFound("这次导入的文件已经不在；请重新上传")
    catalogue = rules()
    _, parts = parts_of(row, catalogue)
    called = Called(user, row.org_id, catalogue)
    there = {part.kind.full_id for part in parts}
    pages, choices = [], {}
    for kind in family_of(catalogue.kind(row.kind), catalogue):
        if kind.full_id in there:
            columns = sheets.columns_of(kind, catalogue)
            rows = ImportRow.objects.filter(staged=row, kind=kind.full_id).order_by("place")
            if not all_rows:
                rows = rows.filter(outcome=ImportRow.Outcome.WRONG)
            pages.append(sheets.Page(kind, columns, _marked(columns, rows), rows.count()))
            choices |= plain_choices(columns, catalogue)
            choices |= {name: called.of(name).offered(MOST_OFFERED) for name in sorted(needed(columns))}
    return sheets.write(pages, choices, org=row.org_id, marked=True)


def _marked(columns: tuple[sheets.Column, ...], rows: QuerySet[ImportRow]) -> Iterator[sheets.Marked]:
    for row in rows.iterator(2000):
        problems = dict(row.problems)
        if not problems and row.warnings:
            problems = {"": "；".join(row.warnings)}
        yield sheets.Marked([_cell(column, row.cells.get(column.id, "")) for column in columns], problems)


def _cell(column: sheets.Column, text: str) -> Cell:
    """A text as the cell it came from: numbers and days again as such, where they are nothing but that."""
    from datetime import date

    if column.type is FieldType.DATE:
        try:
            day = date.fromisoformat(text)
            return day if day.year > 1900 else text
        except ValueError:
            return text
    if column.type in (FieldType.MONEY, FieldType.INTEGER, FieldType.DECIMAL):
        try:
            return float(text) if "." in text else int(text)
        except ValueError:
            return text
    return text
