"""Stored facts in words: fields, states and marks of a record as its pages and tables say them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from jixiao.catalogue import Catalogue, fields
from jixiao.catalogue.definition import Named, Source
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.ledger import fold
from jixiao.ledger.queries.confirmations import UNCONFIRMED, confirmations

MARKS = {fold.STATE: "状态", fold.PATH: "办理日期", fold.NUMBER: "编号", fold.VOIDED: "作废"}
POINTERS = (FieldType.REF, FieldType.ORG)

Names = Mapping[str, str]


def fact_title(kind: Kind, name: str) -> str:
    return kind.fields[name].title if name in kind.fields else MARKS.get(name, name)


def fact(kind: Kind, name: str, stored: Any, catalogue: Catalogue, names: Names) -> str:
    """One fact of a record as people read it; nothing where there is none."""
    if name in kind.fields or stored is None or stored == "":
        return field(kind, name, stored, catalogue, names)
    if name == fold.STATE:
        return state(kind, str(stored))
    if name == fold.PATH:
        return "，".join(f"{state(kind, at)} {on}" for at, on in stored)
    return "是" if stored is True else str(stored)


def field(kind: Kind, name: str, stored: Any, catalogue: Catalogue, names: Names) -> str:
    """A field's value in words; a record or an org by its name."""
    if stored is None or stored == "":
        return ""
    spec = kind.fields[name]
    return (
        names.get(str(stored), str(stored)) if spec.type in POINTERS else fields.show(spec, stored, catalogue)
    )


def moment(when: datetime) -> str:
    """An instant as the office's clock showed it."""
    return f"{timezone.localtime(when):%Y-%m-%d %H:%M}"


def state(kind: Kind, name: str | None) -> str:
    return kind.states[name].title if name in kind.states else ""


def sources(found: Iterable[Source], mark: Callable[[Source], str] | None = None) -> list[dict[str, Any]]:
    """Legal sources in words; what nobody has confirmed is said to be 待核实, what somebody has by `mark` with who and when."""
    return [
        {
            "text": " ".join(filter(None, [one.title, one.clause]))
            + (f"（自 {one.from_on.isoformat()} 起）" if one.from_on else ""),
            "is_verified": one.verified,
            "confirmed": told if mark and (told := mark(one)) != UNCONFIRMED else "",
        }
        for one in found
    ]


def basis(definition: Named, org: Any) -> list[dict[str, Any]]:
    """The legal sources of a definition as they stand for an org (its id or nothing)."""
    standing = confirmations(org)
    return sources(definition.source, lambda source: standing.mark(definition, source))
