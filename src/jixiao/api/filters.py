"""The query string of a list: which records, in the words of the kind's own columns.

`class=city` (a code's title will do; several are "one of"), `class=` for records without one, `received_on.from=` and
`.to=` for spans; a column that is called like one of the list's own words is asked as `state.is=`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.columns import Column, columns_of
from jixiao.catalogue.dates import read_date
from jixiao.catalogue.fields import column_values, parse
from jixiao.catalogue.kinds import Kind
from jixiao.errors import FieldErrors
from jixiao.ledger import clock

OWN = ("org", "state", "q", "order", "page", "size", "voided")
HIDDEN = ("id", "org")
SPANS = ("from", "to")
LONGEST = 200


def columns(kind: Kind) -> dict[str, Column]:
    """The columns one may filter and sort by."""
    return {column.name: column for column in columns_of(kind) if column.name not in HIDDEN}


def names_of(column: Column) -> list[str]:
    """What the query string calls a column: its name, and the ends of a span where it has an order."""
    own = f"{column.name}.is" if column.name in OWN else column.name
    return [own, *(f"{column.name}.{end}" for end in SPANS if column.type in ("date", "integer"))]


def read(kind: Kind, query: QueryDict, catalogue: Catalogue) -> dict[str, Any]:
    """The filters as `queries.records` takes them. Raises FieldErrors for names and values that mean nothing."""
    known = {name: column for column in columns(kind).values() for name in names_of(column)}
    found: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name in query:
        if name in OWN:
            continue
        if name not in known:
            errors[name] = f"“{kind.title}”没有筛选“{name}”；可用：{'、'.join([*OWN, *known])}"
            continue
        try:
            _add(found, kind, known[name], name, query.getlist(name), catalogue)
        except ValueError as error:
            errors[name] = f"{known[name].title}：{error}"
    errors |= _read_states(found, kind, query.getlist("state"))
    if errors:
        raise FieldErrors(errors)
    return found


def _add(
    found: dict[str, Any], kind: Kind, column: Column, name: str, raw: list[str], catalogue: Catalogue
) -> None:
    values = [_value(kind, column, one, catalogue) for one in raw]
    end = name.removeprefix(column.name + ".")
    if end not in SPANS:
        found[column.name] = None if values == [None] else [one for one in values if one is not None]
        return
    low, high = found[column.name] if isinstance(found.get(column.name), tuple) else (None, None)
    found[column.name] = (values[-1], high) if end == "from" else (low, values[-1])


def _value(kind: Kind, column: Column, raw: str, catalogue: Catalogue) -> Any:
    text = raw.strip()
    if len(text) > LONGEST or any(ord(sign) < 32 or 0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        raise ValueError(f"不能这样写；最多 {LONGEST} 个字，不含控制字符")
    if not text:
        return None
    if column.type == "date":
        return read_date(text, clock.today()).isoformat()
    if column.name not in kind.fields:
        return text
    stored = parse(kind.fields[column.name], text, catalogue, clock.today())
    return column_values(kind, {column.name: stored})[column.name]


def _read_states(found: dict[str, Any], kind: Kind, raw: list[str]) -> Mapping[str, str]:
    """States by id or by title."""
    wanted = [one.strip() for one in raw if one.strip()]
    if not wanted:
        return {}
    by_title = {spec.title: state for state, spec in kind.states.items()}
    states = [one if one in kind.states else by_title.get(one) for one in wanted]
    if None in states:
        there = "、".join(f"{state}（{spec.title}）" for state, spec in kind.states.items()) or "没有状态"
        return {"state": f"“{kind.title}”没有这个状态；可用：{there}"}
    found["state"] = states
    return {}
