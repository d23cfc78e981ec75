"""Fill the projection from the records: after a pack has changed, or to check that nothing drifted."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction

from jixiao.catalogue import Catalogue
from jixiao.catalogue.columns import FILED_TABLE, LINK_TABLE
from jixiao.catalogue.fields import carried, show
from jixiao.catalogue.kinds import FieldSpec, FieldType, Kind
from jixiao.catalogue.meanings import MEANINGS
from jixiao.ledger import handings
from jixiao.ledger.models import FiledValue, Link, Record
from jixiao.ledger.projection.rows import write, write_filed, write_links
from jixiao.ledger.projection.tables import plan

BATCH = 1000


@transaction.atomic
def ensure(catalogue: Catalogue) -> list[str]:
    """Bring the tables up to the packs without dropping anything, and fill what is new. Returns what was
    done.
    """
    found = plan(catalogue)
    refill = found.apply(connection)
    if refill:
        rebuild(catalogue, only=refill)
    handings.ensure(catalogue)
    return [change.words for change in found.changes if not change.drops]


def unreadable(catalogue: Catalogue) -> list[str]:
    """What a change of type would leave out of the figures: a line for each field with values it cannot read."""
    altered = {change.table for change in plan(catalogue).changes if change.refills}
    return [
        _left_out(kind, spec, lost)
        for kind in catalogue.kinds.values()
        if kind.table in altered
        for spec, lost in _lost(kind)
    ]


def _lost(kind: Kind) -> list[tuple[FieldSpec, list[tuple[str, str]]]]:
    """The fields with values that cannot be read as their type: what each record is called, and what it says."""
    found: dict[str, list[tuple[str, str]]] = {}
    for record in Record.objects.filter(kind=kind.full_id, voided=False).iterator(BATCH):
        for name, spec in kind.fields.items():
            stored = record.data.get(name)
            if stored is not None and carried(spec, stored) is None:
                found.setdefault(name, []).append((record.label, show(spec, stored)))
    return [(kind.fields[name], lost) for name, lost in found.items()]


def _left_out(kind: Kind, spec: FieldSpec, lost: list[tuple[str, str]]) -> str:
    label, written = lost[0]
    return (
        f"{kind.title}的{spec.title}：{len(lost)} 条原来写的读不成{MEANINGS[FieldType][spec.type]}，不计入数据，"
        f"如“{label}”中的“{written}”；原文留在台账中，请逐条更正"
    )


@transaction.atomic
def rebuild(catalogue: Catalogue, only: Collection[str] | None = None) -> None:
    """Empty the tables (all, or those named) and write them again from the records."""
    out = gone()
    for kind in catalogue.kinds.values():
        if only is None or kind.table in only:
            _empty(kind.table)
            _refill(kind.full_id, out, catalogue)
            if only is None and kind.hands_to:
                handings.rebuild(kind, catalogue)
    if only is None or LINK_TABLE in only:
        _empty(LINK_TABLE)
        links = Link.objects.select_related("source").iterator(BATCH)
        write_links(link for link in links if link.source_id not in out and link.target_id not in out)
    if only is None or FILED_TABLE in only:
        _empty(FILED_TABLE)
        write_filed(FiledValue.objects.filter(superseded_by__isnull=True))


def _refill(kind: str, out: set[str], catalogue: Catalogue) -> None:
    batch: list[Record] = []
    for record in Record.objects.filter(kind=kind, voided=False).iterator(BATCH):
        if record.id not in out:
            batch.append(record)
        if len(batch) == BATCH:
            write(batch, catalogue)
            batch = []
    write(batch, catalogue)


def gone() -> set[str]:
    """Voided records and everything below them."""
    found = set(Record.objects.filter(voided=True).values_list("id", flat=True))
    layer = found
    while layer:
        ids = list(layer)
        parts = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
        below = (Record.objects.filter(parent_id__in=part).values_list("id", flat=True) for part in parts)
        layer = {one for part in below for one in part} - found
        found |= layer
    return found


def _empty(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table}"')
