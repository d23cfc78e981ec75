"""What records are called in lists: the label field of their kind in words, cut to what a line can hold.

A label that is a reference or an org takes the name of what it points to, as it was when the record was last written.
"""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.catalogue import Catalogue
from jixiao.catalogue.fields import show
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.ledger.models import Record
from jixiao.ledger.names import labels

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
        meant = (row.data.get(kind.label) for row, kind in pointing)
        names = {row.id: row.label for row in rows} | labels(one for one in meant if one)
        for row, kind in pointing:
            row.label = _cut(names.get(row.data.get(kind.label, ""), ""), kind)


def _cut(text: str, kind: Kind) -> str:
    return (text or kind.title)[:LONGEST]
