"""Does what stands beside the records still say what they say: projection, names, links, papers, files?

Part of the audit (`jixiao.ledger.audit`): everything here can be tampered with without touching a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from jixiao.catalogue import Catalogue
from jixiao.catalogue.columns import FILED_COLUMNS, FILED_TABLE, LINK_COLUMNS, LINK_TABLE, Column
from jixiao.catalogue.fields import show
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.errors import BadInput, NotFound
from jixiao.ledger import evidence_store, fold, handings, projection
from jixiao.ledger.actions.evidence import fact_of
from jixiao.ledger.labels import LONGEST
from jixiao.ledger.models import EvidenceUse, FiledValue, Issue, Link, Record

Wrong = tuple[str, str]  # subject, reason
BATCH = 1000


def derived(org: str, catalogue: Catalogue) -> Iterator[Wrong]:
    """What is derived from the records and no longer follows from them; `packs migrate` writes it anew."""
    if behind := [change.words for change in projection.plan(catalogue).changes if not change.drops]:
        yield "", f"投影还没有跟上规则包（{behind[0]}），请先运行 jixiao packs migrate"
        return
    gone = projection.gone()
    for kind in catalogue.kinds.values():
        rows = Record.objects.filter(org_id=org, kind=kind.full_id)
        yield from _wrong_names(rows.iterator(BATCH), kind, catalogue)
        counted = (row for row in rows.iterator(BATCH) if row.id not in gone)
        columns, images = projection.images(counted, kind)
        yield from _differences(kind.table, columns, images, org, kind.title)
        for row in handings.wrong(rows.iterator(BATCH), kind, catalogue):
            yield row.id, f"“{row.label}”交给哪个单位办理，与流转记录不一致"
    links = Link.objects.filter(source__org_id=org).select_related("source")
    standing = [link for link in links if link.source_id not in gone and link.target_id not in gone]
    yield from _differences(LINK_TABLE, LINK_COLUMNS, projection.link_images(standing), org, "关联")
    filed = FiledValue.objects.filter(org_id=org, superseded_by__isnull=True)
    yield from _differences(FILED_TABLE, FILED_COLUMNS, projection.filed_images(filed), org, "填报数")


def attachments(org: str) -> Iterator[Wrong]:
    """Links and papers whose rows are not what the chain knows of their record."""
    there: dict[str, dict[str, Any]] = {}
    for link in Link.objects.filter(source__org_id=org):
        on = link.linked_on.isoformat() if link.linked_on else None
        fact = {"role": link.role, "target": link.target_id, "on": on}
        there.setdefault(link.source_id, {})[fold.LINK + link.id] = fact
    for use in EvidenceUse.objects.filter(record__org_id=org):
        there.setdefault(use.record_id, {})[fold.EVIDENCE + use.id] = fact_of(use)
    for row in Record.objects.filter(org_id=org).only("id", "label", "attached").iterator(BATCH):
        known, found = row.attached, there.get(row.id, {})
        for name in sorted({*known, *found}):
            if not _is_same(known.get(name), found.get(name)):
                what = "关联" if name.startswith(fold.LINK) else "佐证材料"
                yield row.id, f"“{row.label}”的{what}与流转记录不一致（{name.rpartition('/')[2]}）"


def files(org: str) -> Iterator[Wrong]:
    """Files of evidence and of issued reports that are gone from the disk, or changed on it."""
    titles: dict[str, str] = {}
    for use in EvidenceUse.objects.filter(record__org_id=org, evidence__isnull=False):
        titles.setdefault(use.evidence_id or "", f"佐证“{use.title}”")
    for issue in Issue.objects.filter(org_id=org):
        for form, content in issue.files.items():
            titles.setdefault(content, f"{issue.year} 年定稿的 {form}")
    for content, title in titles.items():
        try:
            evidence_store.read(content)
        except (NotFound, BadInput) as wrong:
            yield content, f"{title}：{wrong}"


def _is_same(known: Mapping[str, Any] | None, found: Mapping[str, Any] | None) -> bool:
    """A document known by its number alone goes by the number where it has no title."""
    if known is None or found is None:
        return known is found
    named = known | {"title": known["title"] or found["title"]} if "title" in known else known
    return dict(named) == dict(found)


def _wrong_names(rows: Iterable[Record], kind: Kind, catalogue: Catalogue) -> Iterator[Wrong]:
    """Names that are their record's own text; those taken from elsewhere may be older than what they name."""
    spec = kind.fields[kind.label]
    if spec.type is not FieldType.TEXT:
        return
    for row in rows:
        name = (show(spec, row.data.get(kind.label), catalogue) or kind.title)[:LONGEST]
        if row.label != name:
            yield row.id, f"列表中的名称“{row.label}”与台账不一致，应为“{name}”"


def _differences(
    table: str, columns: Sequence[Column], images: Iterable[Sequence[Any]], org: str, title: str
) -> Iterator[Wrong]:
    """Rows of a projection's table that are missing, too many, or say something else."""
    there = _stored(table, columns, org)
    for image in images:
        wanted = tuple(_plain(value) for value in image)
        found = there.pop(wanted[0], None)
        if found is None:
            yield str(wanted[0]), f"{table} 中缺“{title}”的一行（{wanted[0]}）"
        elif found != wanted:
            wrong = [column.title for column, a, b in zip(columns, found, wanted, strict=True) if a != b]
            yield str(wanted[0]), f"{table} 中“{title}”一行的{'、'.join(wrong)}与台账不一致（{wanted[0]}）"
    for name in there:
        yield str(name), f"{table} 中多出“{title}”的一行（{name}）"


def _stored(table: str, columns: Sequence[Column], org: str) -> dict[Any, tuple[Any, ...]]:
    names = ", ".join(f'"{column.name}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {names} FROM "{table}" WHERE "org" = %s', [org])
        rows = [tuple(_plain(value) for value in row) for row in cursor.fetchall()]
    return {row[0]: row for row in rows}


def _plain(value: Any) -> Any:
    """SQLite keeps days as text and yes or no as numbers."""
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value
