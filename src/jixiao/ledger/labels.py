"""What records are called in lists: the label field of their kind in words, cut to what a line can hold.

A label that is a reference or an org takes the name of what it points to, as it was when the record was last written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jixiao.catalogue import Catalogue
from jixiao.catalogue.fields import show
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.ledger.models import Org, Record

LONGEST = 200
POINTING = (FieldType.ORG, FieldType.REF)


def set_labels(rows: Sequence[Record], catalogue: Catalogue) -> None:
    """Set the label of every row; one without a value takes its kind's title. Few queries, whatever the number."""
    pointing = []
    for row in rows:
        kind = catalogue.kind(row.kind)
        if kind.fields[kind.label].type in POINTING:
            pointing.append((row, kind))
        else:
            row.label = _cut(show(kind.fields[kind.label], row.data.get(kind.label), catalogue), kind)
    if pointing:
        names = {row.id: row.label for row in rows} | _names(
            row.data.get(kind.label) for row, kind in pointing
        )
        for row, kind in pointing:
            row.label = _cut(names.get(row.data.get(kind.label, ""), ""), kind)


def _cut(text: str, kind: Kind) -> str:
    return (text or kind.title)[:LONGEST]


def _names(ids: Iterable[str | None]) -> dict[str, str]:
    wanted = {one for one in ids if one}
    found = dict(Record.objects.filter(pk__in=wanted).values_list("pk", "label"))
    return found | dict(Org.objects.filter(pk__in=wanted).values_list("pk", "title"))
