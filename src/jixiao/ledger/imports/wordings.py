"""Words of a file that stand for nothing in a drop-down: how often each, and what it may mean. One answer puts right every
row that bears it, in the staged file alone; what goes into the ledger is judged again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jixiao import sheets
from jixiao.catalogue import Catalogue
from jixiao.catalogue.kinds import FieldType
from jixiao.catalogue.nearest import nearest
from jixiao.ledger import permissions
from jixiao.ledger.imports import staged_file
from jixiao.ledger.models import Import, ImportRow
from jixiao.ledger.queries.workbooks import Called
from jixiao.sheets import Column

MOST_ROWS, MOST_WORDINGS, MOST_CHOICES = 20_000, 20, 500
Said = Mapping[tuple[str, str, str], str]  # (kind, column, what stands there) → what it is to be


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that stands in `count` wrong rows where one of `choices` should; `likely` is one of them or empty."""

    kind: str
    column: str
    title: str
    text: str
    count: int
    choices: tuple[str, ...]
    likely: str


def unknown(staged: Import, by: permissions.Actor, catalogue: Catalogue) -> list[Wording]:
    """Those of the wrong rows, the most frequent first; none of a file that is wrong all over."""
    wrong = ImportRow.objects.filter(staged=staged, outcome=ImportRow.Outcome.WRONG)
    if wrong.count() > MOST_ROWS:
        return []
    found: Counter[tuple[str, str, str]] = Counter()
    for kind, cells, problems in wrong.values_list("kind", "cells", "problems").iterator(2000):
        found.update((kind, name, cells[name]) for name in problems if cells.get(name))
    called = Called(by, staged.org_id, catalogue)
    told = []
    for (kind, name, text), count in found.most_common():
        column = next(
            (one for one in sheets.columns_of(catalogue.kind(kind), catalogue) if one.id == name), None
        )
        choices = _choices(column, catalogue, called) if column else ()
        if choices and text not in choices and len(told) < MOST_WORDINGS:
            told.append(Wording(kind, name, column.title, text, count, choices, _likely(text, choices)))
    return told


def _choices(column: Column, catalogue: Catalogue, called: Called) -> tuple[str, ...]:
    """What may stand in a column of codes or orgs; nothing for any other."""
    if column.type is FieldType.CODE and column.spec and column.spec.codes in catalogue.codes:
        return tuple(one.title for one in catalogue.codes[column.spec.codes].codes.values())
    if column.type is FieldType.ORG:
        return tuple(name for name, _ in called.of(column.choices).offered(MOST_CHOICES))
    return ()


def _likely(text: str, choices: tuple[str, ...]) -> str:
    inside = [one for one in choices if len(text) > 1 and len(one) > 1 and (text in one or one in text)]
    return next(iter([*inside, *nearest(text, choices, 1)]), "")


def put_right(staged: Import, said: Said, catalogue: Catalogue) -> None:
    """Write what the words were said to mean into the staged file. Raises NotFound where it is gone."""
    book, parts = staged_file.parts_of(staged, catalogue)
    kept = []
    for part in parts:
        kind, columns = part.kind.full_id, part.matching.columns
        rows = [
            (
                number,
                tuple(
                    said.get((kind, columns[place].id, cell), cell) if place in columns else cell
                    for place, cell in enumerate(cells)
                ),
            )
            for number, cells in part.table.rows
        ]
        kept.append(replace(part, table=replace(part.table, rows=rows)))
    staged_file.keep(staged.pk, kept, book)
