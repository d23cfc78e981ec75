"""Fill the projection from the records: after a pack has changed, or to check that nothing drifted."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction

from jixiao.catalogue import Catalogue
from jixiao.catalogue.columns import FILED_TABLE, LINK_TABLE
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
    return [change.words for change in found.changes if not change.drops]


@transaction.atomic
def rebuild(catalogue: Catalogue, only: Collection[str] | None = None) -> None:
    """Empty the tables (all, or those named) and write them again from the records."""
    out = gone()
    for kind in catalogue.kinds.values():
        if only is None or kind.table in only:
            _empty(kind.table)
            _refill(kind.full_id, out, catalogue)
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
