"""What a record counts towards besides its own register, and what a line of counting adds up to: each record once.

A line of counting is any register record that others point to in the same role from several kinds; nothing here knows which.
"""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.catalogue.kinds import Kind, Shape
from jixiao.ledger import permissions
from jixiao.ledger.models import Link, Record
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.records import record as readable
from jixiao.ledger.rules import catalogue as rules


@dataclass(frozen=True, slots=True)
class Towards:
    """A line this record counts towards; `beside` are the titles of the other lines it counts towards as well."""

    line: Record
    title: str
    beside: tuple[str, ...]


def lines_of(user: Actor, record: Record | str) -> list[Towards]:
    """The lines a record counts towards, in the order they were linked. Raises NotFound."""
    row = readable(user, record)
    kind = rules().kind(row.kind)
    roles = {f"{kind.full_id}.{name}": spec.title for name, spec in kind.links.items() if _is_line(spec.to)}
    links = Link.objects.filter(source=row, role__in=roles, target__voided=False)
    found = [
        (link.target, roles[link.role]) for link in links.select_related("target").order_by("linked_at", "id")
    ]
    allowed = [
        (line, title)
        for line, title in found
        if permissions.can(user, "read", org=line.org_id, kind=line.kind)
    ]
    return [
        Towards(line, title, tuple(other.label for other, _ in allowed if other.pk != line.pk))
        for line, title in allowed
    ]


def totals_of(user: Actor, line: Record | str) -> list[tuple[Kind, int]]:
    """How many records of each kind count towards a line, each once, in catalogue order. Raises NotFound.

    Kinds the user may not read are left out. Numbers of different kinds are never added: they are of different units.
    """
    row = readable(user, line)
    catalogue = rules()
    sources = [(kind, role) for kind, role, _ in catalogue.links_to(row.kind)]
    open_kinds = permissions.among(user, "read", [kind for kind, _ in sources], org=row.org_id)
    readable_ids = {kind.full_id for kind in open_kinds}
    counted = []
    for kind in dict.fromkeys(kind.full_id for kind, _ in sources):
        roles = [f"{kind}.{role}" for one, role in sources if one.full_id == kind]
        pointing = Link.objects.filter(
            target=row, role__in=roles, source__voided=False, source__root__voided=False
        )
        number = pointing.values("source_id").distinct().count()
        if number and kind in readable_ids:
            counted.append((catalogue.kind(kind), number))
    return counted


def _is_line(kind: str) -> bool:
    """A register that records of more than one kind point to."""
    catalogue = rules()
    sources = {source.full_id for source, _, _ in catalogue.links_to(kind)}
    return catalogue.kind(kind).shape is Shape.REGISTER and len(sources) > 1
