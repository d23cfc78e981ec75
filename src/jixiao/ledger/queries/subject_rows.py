"""The records of a year as points rules read them, each with the subjects it counts for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.catalogue.schemes import Scheme
from jixiao.ledger.models import Link, Record
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.standing import columns_of_row
from jixiao.values import Period

PARENT = "parent."


def rows_of(bench: OrgYear, scheme: Scheme, period: Period) -> dict[str, list[dict[str, Any]]]:
    """By the names the clauses use: the records dated inside the period, oldest first.

    A row has the columns of its record, `id`, `state`, `reached` (the states on its way by the day looked at), its
    parent's columns with `parent_` before them, and `authors`.
    """
    spec = scheme.subjects
    assert spec is not None
    found = {}
    for name, ways in spec.reads.items():
        kind = bench.catalogue.reading(scheme.pack, name)
        found[name] = [] if kind is None else _rows(bench, kind, ways, period)
    return found


def _rows(bench: OrgYear, kind: Kind, ways: tuple[str, ...], period: Period) -> list[dict[str, Any]]:
    rows = Record.objects.filter(org=bench.org, kind=kind.full_id, voided=False, root__voided=False)
    records = list(rows.select_related("parent"))
    linked = _linked(kind, ways, records, bench)
    above = bench.catalogue.kinds.get(kind.parent or "")
    found = []
    for row in records:
        values = _values(kind, row)
        day = values.get(kind.date) if kind.date else None
        if kind.date is not None and (day is None or day > bench.as_of or day not in period):
            continue
        line = {**values, "id": row.id, "state": row.state, "reached": _reached(row, bench)}
        if above is not None and row.parent is not None:
            line |= {f"parent_{name}": value for name, value in _values(above, row.parent).items()}
            line |= {"parent_id": row.parent_id, "parent_reached": _reached(row.parent, bench)}
            line["parent_state"] = row.parent.state
        line["authors"] = tuple(dict.fromkeys(_authors(ways, line, row, linked)))
        found.append((day.isoformat() if day else "", row.created_at, row.id, line))
    return [line for *_, line in sorted(found, key=lambda one: one[:3])]


def _values(kind: Kind, row: Record) -> dict[str, Any]:
    """The columns of a record, decimals as they are read."""
    values = columns_of_row(kind, row.data, row)
    for name, spec in kind.fields.items():
        if spec.type is FieldType.DECIMAL and isinstance(values.get(name), int):
            values[name] = Decimal(values[name]).scaleb(-spec.places)
    return values


def _reached(row: Record, bench: OrgYear) -> tuple[str, ...]:
    return tuple(state for state, day in row.path if day <= bench.as_of.isoformat())


def _authors(
    ways: Iterable[str], line: dict[str, Any], row: Record, linked: dict[tuple[str, str], list[str]]
) -> Iterator[str]:
    for way in ways:
        name = way.removeprefix(PARENT)
        source, prefix = (row.parent_id, "parent_") if way.startswith(PARENT) else (row.id, "")
        if name == "id":
            yield str(source)
        elif value := line.get(prefix + name):
            yield str(value)
        else:
            yield from linked.get((name, str(source)), ())


def _linked(
    kind: Kind, ways: Iterable[str], records: list[Record], bench: OrgYear
) -> dict[tuple[str, str], list[str]]:
    """(link role, record) → the records it points to, for the link roles among the ways."""
    found: dict[tuple[str, str], list[str]] = {}
    for way in ways:
        name, owner = way.removeprefix(PARENT), kind.parent if way.startswith(PARENT) else kind.full_id
        above = bench.catalogue.kinds.get(owner or "")
        if above is None or name not in above.links:
            continue
        links = Link.objects.filter(
            role=f"{above.full_id}.{name}", source__org=bench.org, target__voided=False
        )
        for source, target in links.order_by("linked_at", "id").values_list("source_id", "target_id"):
            found.setdefault((name, source), []).append(target)
    return found
