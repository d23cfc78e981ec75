"""Are these values fit for the record? Every wrong field is told at once, none is corrected in silence.

Values are what a person types: text, or numbers in base units, read by `catalogue.fields`. Days in the future
are refused, and days on which the org did not exist; a day outside every reporting year is taken and simply
not counted (`queries.notices` says so).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection

from jixiao.catalogue import Catalogue
from jixiao.catalogue.fields import parse
from jixiao.catalogue.kinds import FieldSpec, FieldType, Kind, Shape
from jixiao.errors import FieldErrors
from jixiao.ledger import clock, permissions, succession
from jixiao.ledger.models import Org, Record
from jixiao.ledger.one_reading import once

UNPRINTABLE = "含有不可显示的控制字符；请删除后重新输入"
_UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ud800-\\udfff"
    "\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]"
)
_BREAKS = re.compile("[\\t\\n\\r\\x85\\u2028\\u2029]")
Known = Mapping[str, str]  # id of a record → its kind, for records of the same batch


def clean(
    kind: Kind, values: Mapping[str, Any], *, catalogue: Catalogue, allowed: Iterable[str] | None = None
) -> dict[str, Any]:
    """Read what was given for the fields of a kind; an empty value becomes None. Raises FieldErrors."""
    fields = set(kind.fields if allowed is None else allowed)
    errors: dict[str, str] = {}
    stored: dict[str, Any] = {}
    for name, raw in values.items():
        if name not in fields:
            errors[name] = _not_here(kind, name)
            continue
        try:
            stored[name] = _read(kind.fields[name], raw, catalogue)
        except ValueError as error:
            errors[name] = _named(kind.fields[name], str(error))
    if errors:
        raise FieldErrors(errors)
    return stored


def check_required(kind: Kind, data: Mapping[str, Any], names: Iterable[str] | None = None) -> None:
    """Raises FieldErrors for each required field (or each of `names`) that is not there."""
    required = [name for name, spec in kind.fields.items() if spec.required] if names is None else list(names)
    errors = {
        name: f"请填写{kind.fields[name].title}"
        + (f"（{kind.fields[name].hint}）" if kind.fields[name].hint else "")
        for name in required
        if data.get(name) is None
    }
    if errors:
        raise FieldErrors(errors)


def check_days(kind: Kind, org: Org, data: Mapping[str, Any], path: Iterable[Iterable[str]] = ()) -> None:
    """Raises FieldErrors where the day of the record, or a day on its path, lies ahead or outside the org's
    life.
    """
    days = [(kind.date, data[kind.date])] if kind.date and data.get(kind.date) else []
    days += [(f"{state}_on", day) for state, day in path]
    errors = {}
    for name, text in days:
        is_begun = kind.parent is not None or name not in kind.fields
        message = wrong_day(date.fromisoformat(text), org, kind, is_begun=is_begun)
        if message and name not in errors:
            title = kind.fields[name].title if name in kind.fields else f"{kind.states[name[:-3]].title}日期"
            errors[name] = f"{title}：{message}"
    if errors:
        raise FieldErrors(errors)


def wrong_day(day: date, org: Org, kind: Kind | None = None, *, is_begun: bool = False) -> str | None:
    """Why nothing can have happened in the org on this day; None where it can. What a register lists may be
    older than the org that lists it; what `is_begun` goes on with the successors of its org.
    """
    if day > clock.today():
        return f"{day} 还没有到；请填写已经发生的日期（今天是 {clock.today()}）"
    if not org.existed_on(day) and not (kind and kind.shape is Shape.REGISTER):
        if is_begun and succession.is_carried_on(org, day):
            return None
        if (became := succession.what_became(org)) and org.valid_to and day > org.valid_to:
            return f"{org.title}已于 {became}；{day} 的事项请换用当时的单位登记"
        end = f"至 {org.valid_to}" if org.valid_to else "起"
        return f"{day} 不在{org.title}存续期内（{org.valid_from} {end}）；请核对日期，或换用当时的单位登记"
    return None


def check_references(
    kind: Kind,
    data: Mapping[str, Any],
    *,
    by: permissions.Actor,
    org: str,
    catalogue: Catalogue,
    known: Known | None = None,
) -> None:
    """Raises FieldErrors where a field points to a record or org that is not there, is of another kind, or
    belongs to an org that `by` may not look into.
    """
    errors = {}
    for name, spec in kind.fields.items():
        value = data.get(name)
        if value is None:
            continue
        if spec.type is FieldType.REF:
            found = (known or {}).get(value) or reachable_kind(value, by=by, org=org)
            if found != spec.to:
                errors[name] = _named(
                    spec, f"应从“{catalogue.kind(spec.to or '').title}”中选取一条已登记的记录"
                )
        elif spec.type is FieldType.ORG and (message := _wrong_org(str(value), data.get(kind.date or ""))):
            errors[name] = _named(spec, message)
    if errors:
        raise FieldErrors(errors)


def _wrong_org(value: str, day: str | None) -> str:
    """Why an org cannot be named: it is not there, or was gone on the day of the record."""
    found = _org_named(value)
    if found is None:
        return f"没有“{value}”这个单位；请从单位名录中选取"
    if day and found.valid_to and day > found.valid_to.isoformat():
        return f"{found.title}已于 {succession.what_became(found)}；{day} 的事项请选取当时存续的单位"
    return ""


@once
def _org_named(value: str) -> Org | None:
    return Org.objects.filter(pk=value).first()


def check_unique(kind: Kind, org: str, data: Mapping[str, Any], record: str = "") -> None:
    """Raises FieldErrors where another record of the org already bears a value that must be unique."""
    errors = {}
    for name, spec in kind.fields.items():
        if spec.unique and data.get(name) is not None:
            with connection.cursor() as cursor:
                cursor.execute(
                    f'SELECT 1 FROM "{kind.table}" WHERE "org" = %s AND "{name}" = %s AND "id" <> %s LIMIT 1',
                    [org, data[name], record],
                )
                if cursor.fetchone():
                    errors[name] = _named(spec, f"“{data[name]}”已经登记过；请核对是否重复登记")
    if errors:
        raise FieldErrors(errors)


def _read(spec: FieldSpec, raw: Any, catalogue: Catalogue) -> Any:
    if isinstance(raw, str):
        if is_unprintable(raw):
            raise ValueError(UNPRINTABLE)
        if spec.type is FieldType.TEXT and _BREAKS.search(raw.strip()):
            raise ValueError("这一项只能写一行；请去掉中间的换行和制表符")
    stored = parse(spec, raw, catalogue, clock.today())
    return _org(stored) if spec.type is FieldType.ORG and stored is not None else stored


def is_unprintable(text: str) -> bool:
    """True for what nobody sees: control characters and halves of surrogate pairs, which no database takes, and
    signs that turn the direction of writing or have no width, which make one text look like another.
    """
    return _UNSEEN.search(text) is not None


@once
def _org(value: str) -> str:
    """An org may be given by its id or by its title."""
    found = Org.objects.filter(pk=value) or Org.objects.filter(title=value)
    return found[0].pk if found else value


def reachable_kind(record: str, *, by: permissions.Actor, org: str) -> str | None:
    """The kind of a record that one of `org` may point to; None for another org's that `by` may not read,
    as for one that is not there.
    """
    found = _kind_and_org(record)
    if found is None:
        return None
    kind, place = found
    return kind if place == org or permissions.can(by, "read", org=place, kind=kind) else None


@once
def _kind_and_org(record: str) -> tuple[str, str] | None:
    found: tuple[str, str] | None = (
        Record.objects.filter(pk=record, voided=False).values_list("kind", "org_id").first()
    )
    return found


def _not_here(kind: Kind, name: str) -> str:
    if name in kind.fields:
        return f"这一步不填写“{kind.fields[name].title}”；请用“修改”来改它"
    return f"“{kind.title}”没有字段“{name}”；可填：{'、'.join(spec.title for spec in kind.fields.values())}"


def _named(spec: FieldSpec, message: str) -> str:
    return message if message.startswith(spec.title) else f"{spec.title}：{message}"
