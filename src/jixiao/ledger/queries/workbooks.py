"""A register as a workbook, as its reader may see it: the export is the template with the records in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from jixiao import sheets
from jixiao.catalogue import Catalogue
from jixiao.catalogue.kinds import Kind
from jixiao.errors import BadInput, NotFound
from jixiao.ledger import fold, permissions
from jixiao.ledger.imports.names import Names, orgs, records_of
from jixiao.ledger.imports.parts import in_parts
from jixiao.ledger.models import EvidenceUse, Org, Record
from jixiao.ledger.queries.lists import records
from jixiao.ledger.queries.orgs import kinds_for, org_for
from jixiao.ledger.rules import catalogue as rules
from jixiao.sheets.columns import EVIDENCE, ID, ORGS, OUTSIDE, PARENT, SEEN, SOURCE, Column, Sort
from jixiao.sheets.rows import GRADES, Cell
from jixiao.sheets.write import needed, plain_choices

BATCH = 500
MOST_OFFERED = 2000
MOST_EXPORTED = 200_000


def template(user: permissions.Actor, kind: str, org: Org | str) -> bytes:
    """An empty workbook to be filled in. Raises NotFound."""
    return export(user, kind, org, Record.objects.none())


def export(user: permissions.Actor, kind: str, org: Org | str, rows: QuerySet[Record] | None = None) -> bytes:
    """The register (or `rows` of it) with all below its records, as a workbook. Raises NotFound, BadInput."""
    place = org_for(user, org)
    catalogue = rules()
    readable = {one.full_id for one in kinds_for(user, place)}
    family = [one for one in family_of(catalogue.kind(kind), catalogue) if one.full_id in readable]
    found = records(user, kind, place) if rows is None else rows
    if not family:
        raise NotFound("本单位没有这类台账，或者您无权查看")
    count = found.count()
    if count > MOST_EXPORTED:
        raise BadInput(f"有 {count} 条，一次最多导出 {MOST_EXPORTED // 10_000} 万条；请先筛选，再分次导出")
    called = Called(user, place.pk, catalogue)
    pages = [_page(one, found, called) for one in family]
    choices = {}
    for page in pages:
        choices |= plain_choices(page.columns, catalogue)
        choices |= {name: called.of(name).offered(MOST_OFFERED) for name in sorted(needed(page.columns))}
    return sheets.write(pages, choices, org=place.pk)


def family_of(kind: Kind, catalogue: Catalogue) -> list[Kind]:
    """A kind and every kind below it, parents first."""
    found = [kind]
    for child in catalogue.children_of(kind.full_id):
        found += family_of(child, catalogue)
    return found


class Called:
    """The names of what columns point to; each list is fetched once."""

    def __init__(self, user: permissions.Actor, org: str, catalogue: Catalogue) -> None:
        self.user, self.org, self.catalogue = user, org, catalogue
        self._lists: dict[str, Names] = {}

    def of(self, choices: str) -> Names:
        """The list called `orgs` or `kind:<full id>`."""
        if choices not in self._lists:
            if choices == ORGS:
                self._lists[choices] = orgs()
            else:
                kind = self.catalogue.kind(choices.removeprefix("kind:"))
                self._lists[choices] = records_of(self.user, kind.full_id, kind.title, self.org)
        return self._lists[choices]

    def list_of(self, kind: Kind, column: Column) -> str:
        """Which list a column of a kind's sheet points into."""
        match column.sort:
            case Sort.LINK:
                return f"kind:{kind.links[column.name].to}"
            case Sort.PARENT:
                return f"kind:{kind.parent}"
        return column.choices


def _page(kind: Kind, found: QuerySet[Record], called: Called) -> sheets.Page:
    columns = sheets.columns_of(kind, called.catalogue)
    if kind.parent:
        below = Record.objects.filter(kind=kind.full_id, voided=False, org_id=called.org)
        is_direct = called.catalogue.kind(kind.parent).parent is None
        ids = found.order_by().values("pk")
        found = below.filter(parent__in=ids) if is_direct else below.filter(root__in=ids)
        found = found.order_by("created_at", "id")
    count = found.count()
    return sheets.Page(kind, columns, _rows(kind, columns, found, called) if count else [], count)


def _rows(
    kind: Kind, columns: Sequence[Column], found: QuerySet[Record], called: Called
) -> Iterator[list[Cell]]:
    lists = {column.id: called.list_of(kind, column) for column in columns}
    for part in in_parts(found.iterator(BATCH), BATCH):
        papers = _papers([row.id for row in part])
        for row in part:
            yield sheets.cells_of(
                columns,
                data=row.data,
                path=dict(row.path),
                others=_others(row, papers.get(row.id, []), called, lists),
                links=links_of(kind, row),
                name_of=lambda column, id_: called.of(lists[column.id]).call(id_),
                catalogue=called.catalogue,
            )


def _others(row: Record, papers: list[str], called: Called, lists: dict[str, str]) -> dict[str, str]:
    return {
        ID: row.id,
        SEEN: sheets.fingerprint(row.data, dict(row.path)),
        PARENT: called.of(lists[PARENT]).call(row.parent_id) if row.parent_id else "",
        SOURCE: row.source_system,
        OUTSIDE: row.outside_number,
        EVIDENCE: "；".join(papers),
    }


def links_of(kind: Kind, row: Record) -> dict[str, list[str]]:
    """The records a row is linked to, by role, as its facts tell them."""
    found: dict[str, list[str]] = {}
    for name, fact in row.attached.items():
        if name.startswith(fold.LINK):
            found.setdefault(fact["role"].rpartition(".")[2], []).append(fact["target"])
    return {role: targets for role, targets in found.items() if role in kind.links}


def _papers(ids: list[str]) -> dict[str, list[str]]:
    words = {grade: word for word, grade in GRADES.items()}
    found: dict[str, list[str]] = {}
    uses = EvidenceUse.objects.filter(record_id__in=ids).order_by("added_at", "id")
    for use in uses:
        title, number = (
            text.replace(":", " ").replace("；", " ") for text in (use.title, use.document_number)
        )
        told = f"{words.get(use.grade, use.grade)}:{title}" + (f":{number}" if number else "")
        found.setdefault(use.record_id, []).append(told)
    return found
