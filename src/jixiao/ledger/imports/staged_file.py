"""What was read of a file, kept in the home until its import is over, and its tables matched with kinds."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from jixiao import sheets
from jixiao.catalogue import Catalogue, guard
from jixiao.catalogue.kinds import Kind
from jixiao.errors import BadInput, NotFound
from jixiao.ledger.home import home
from jixiao.ledger.models import Import, ImportHeading
from jixiao.ledger.queries.workbooks import family_of
from jixiao.sheets import Column, Matching, Table
from jixiao.sheets.columns import PROBLEMS
from jixiao.sheets.match import IGNORE, plain

FEWEST_COLUMNS = 2  # of a sheet that is known by its columns alone


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of a file: whose records it holds and which column is which."""

    table: Table
    kind: Kind
    columns: tuple[Column, ...]
    matching: Matching


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: its texts by column id. `place` counts the rows of the whole file."""

    place: int
    kind: Kind
    number: int
    cells: Mapping[str, str]
    formulas: tuple[str, ...] = ()  # the columns in which a formula stands


def keep(id: str, parts: Sequence[Part], book: sheets.Book) -> None:
    """Store what was read, under the id of the import. Banned columns and sheets that are left out are not kept."""
    kept = [_without_banned(part) for part in parts]
    content = {
        "name": book.name,
        "org": book.org,
        "ids": book.ids,
        "tables": [{**asdict(table), "formulas": sorted(table.formulas)} for table in kept],
    }
    path = _path(id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(gzip.compress(json.dumps(content, ensure_ascii=False).encode(), compresslevel=1))
        file.flush()
        os.fsync(file.fileno())


def _without_banned(part: Part) -> Table:
    """The sheet with nothing in its banned columns; their headings stay, so that they can be told."""
    if not part.matching.banned:
        return part.table
    rows = [
        (number, tuple("" if place in part.matching.banned else cell for place, cell in enumerate(cells)))
        for number, cells in part.table.rows
    ]
    return replace(part.table, rows=rows)


def _load(id: str) -> sheets.Book:
    try:
        content = json.loads(gzip.decompress(_path(id).read_bytes()))
    except FileNotFoundError:
        raise NotFound("这次导入的文件已经不在；请重新上传") from None
    tables = [
        Table(
            title=table["title"],
            kind=table["kind"],
            titles=tuple(table["titles"]),
            ids=tuple(table["ids"]),
            rows=[(number, tuple(cells)) for number, cells in table["rows"]],
            formulas=frozenset((row, column) for row, column in table["formulas"]),
            heading=table.get("heading", 0),
            left=tuple(table.get("left", ())),
        )
        for table in content["tables"]
    ]
    return sheets.Book(content["name"], tuple(tables), content["org"], content["ids"])


def forget(id: str) -> None:
    _path(id).unlink(missing_ok=True)


def is_kept(id: str) -> bool:
    return _path(id).exists()


def parts_of(
    staged: Import, catalogue: Catalogue, book: sheets.Book | None = None
) -> tuple[sheets.Book, list[Part]]:
    """The file and its sheets, parents first. Raises NotFound where it is gone."""
    book = book or _load(staged.id)
    remembered = dict(
        ImportHeading.objects.filter(org_id=staged.org_id, kind=staged.kind).values_list("heading", "column")
    )
    family = family_of(catalogue.kind(staged.kind), catalogue)
    found = []
    for table in book.tables:
        kind = _kind_of(table, family, is_only=len(book.tables) == 1)
        if kind is not None:
            found.append(_part(table, kind, catalogue, remembered))
    if not found:  # sheets called as the office likes: the one that knows most of the columns
        likely = [_part(table, family[0], catalogue, remembered) for table in book.tables if not table.kind]
        found = [one for one in likely if len(one.matching.columns) >= FEWEST_COLUMNS]
        found = sorted(found, key=lambda one: -len(one.matching.columns))[:1]
    order = [kind.full_id for kind in family]
    return book, sorted(found, key=lambda part: order.index(part.kind.full_id))


def _part(table: Table, kind: Kind, catalogue: Catalogue, remembered: Mapping[str, str]) -> Part:
    columns = sheets.columns_of(kind, catalogue)
    headed = sheets.under_heading(table, columns, remembered)
    of_person = guard.speaks_of_person(kind, catalogue)
    matching = sheets.match(columns, headed.titles, headed.ids, remembered, of_person=of_person)
    return Part(headed, kind, columns, matching)


def kind_of_book(book: sheets.Book, kinds: Sequence[Kind]) -> Kind | None:
    """The kind a file is about, as it says itself or as its sheets are titled; None where it does not tell.

    Of several registers in one file, one that holds rows goes first.
    """
    by_id = {kind.full_id: kind for kind in kinds}
    tables = sorted(book.tables, key=lambda table: not table.rows)
    said = [by_id[table.kind] for table in tables if table.kind in by_id]
    titled = [kind for table in tables for kind in kinds if sheets.sheet_title(kind.title) == table.title]
    roots = [kind for kind in said or titled if kind.parent is None]
    return next(iter(roots or said or titled), None)


def _kind_of(table: Table, family: Sequence[Kind], *, is_only: bool) -> Kind | None:
    for kind in family:
        if table.kind == kind.full_id or (not table.kind and table.title == sheets.sheet_title(kind.title)):
            return kind
    return family[0] if is_only else None


def lines_of(parts: Sequence[Part]) -> Iterator[Line]:
    """Every row of every sheet, in an order that stays the same."""
    place = 0
    for part in parts:
        formulas: dict[int, list[int]] = {}
        for number, column in part.table.formulas:
            formulas.setdefault(number, []).append(column)
        for number, row in part.table.rows:
            cells = {
                column.id: row[at]
                for at, column in part.matching.columns.items()
                if at < len(row) and row[at]
            }
            made = [
                part.matching.columns[at].id for at in formulas.get(number, ()) if at in part.matching.columns
            ]
            if cells or made:
                yield Line(place, part.kind, number, cells, tuple(made))
                place += 1


def told(book: sheets.Book, parts: Sequence[Part]) -> dict[str, object]:
    """What the reader of the file should know before anything is judged."""
    mine = {part.table.title for part in parts}
    return {
        "sheets": [
            {
                "title": part.table.title or part.kind.title,
                "kind": part.kind.full_id,
                "rows": len(part.table.rows),
                "unknown": list(part.matching.unknown.values()),
                "suggested": part.matching.suggested,
                "banned": [list(pair) for pair in part.matching.banned.values()],
                "ignored": list(part.matching.ignored.values()),
                "repeated": list(part.matching.repeated.values()),
                "missing": [column.title for column in part.matching.missing],
                "heading": part.table.heading,
                "left": list(part.table.left),
            }
            for part in parts
        ],
        "left_out": [table.title for table in book.tables if table.rows and table.title not in mine],
    }


def remember(staged: Import, said: Mapping[str, str], catalogue: Catalogue) -> None:
    """Keep what headings mean to this org, for this file and the next. Raises BadInput for an unknown column."""
    family = family_of(catalogue.kind(staged.kind), catalogue)
    known = {column.id for kind in family for column in sheets.columns_of(kind, catalogue)} - {PROBLEMS}
    for heading, column in said.items():
        if column and column not in known and column != IGNORE:
            raise BadInput(f"没有“{column}”这一列；请从列出的各列中选取")
        if column:
            ImportHeading.objects.update_or_create(
                org_id=staged.org_id,
                kind=staged.kind,
                heading=plain(heading)[:200],
                defaults={"column": column},
            )


def _path(id: str) -> Path:
    return home() / "imports" / f"{id}.file"
