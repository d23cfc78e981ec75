"""What may be wrong with one record, said kindly and with the way to mend it. Pure; it never stands in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from jixiao.catalogue import calendar
from jixiao.catalogue.columns import columns_of
from jixiao.catalogue.conditions import (
    AllOf,
    AnyOf,
    Between,
    Condition,
    Each,
    Has,
    Not,
    NotAfter,
    OneOf,
    Present,
    RecordView,
    Scalar,
    holds,
)
from jixiao.catalogue.days import Days, said
from jixiao.catalogue.fields import show_money
from jixiao.catalogue.kinds import ApartSpec, CheckSpec, FieldType, Kind, ListSpec
from jixiao.catalogue.remembered import remembered
from jixiao.values import decimal_text

PARENT = "parent."
BETWEEN_NAMES = re.compile("[、；;]")


@dataclass(frozen=True, slots=True)
class Advice:
    """`told` is what was found, `mend` what to do. `fields` are the fields of the record it speaks of, `near` the child kinds
    (full ids) and link roles where something is to be added.
    """

    check: str
    title: str
    told: str
    mend: str
    fields: tuple[str, ...]
    near: tuple[str, ...] = ()

    @property
    def says_more(self) -> bool:
        """Whether `told` says more than the title does."""
        return self.told != _left_undone(self.title)


def findings(
    kind: Kind, record: RecordView, parent: Kind | None = None, days: Days | None = None
) -> list[Advice]:
    """The checks of the kind that this record does not meet, in file order. `days` knows the local holidays."""
    found = []
    known = days or Days(())
    for name, check in kind.checks.items():
        told = _against(check, kind, parent, record, known) if _holds(check.when, record) else ""
        if told:
            columns, near = _spoken_of(check.must)
            own = tuple(field for field in (*_named(check), *columns) if field in kind.fields)
            found.append(Advice(name, check.title, told, check.mend, own, near))
    return found


@remembered
def looked_at(kind: Kind) -> frozenset[str]:
    """The child kinds (full ids) and link roles that the kind's checks look at."""
    conditions = [one for check in kind.checks.values() for one in (check.when, check.must)]
    return frozenset(name for one in conditions for name in _relatives(one))


def _relatives(condition: object) -> Iterator[str]:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _relatives(part)
        case Not(part):
            yield from _relatives(part)
        case Has(relative=relative) | Each(relative=relative):
            yield relative


def _named(check: CheckSpec) -> tuple[str, ...]:
    """The columns a check speaks of, where it says so plainly."""
    listed = (check.lists.number, check.lists.names) if check.lists else ()
    apart = (check.apart.from_, check.apart.to) if check.apart else ()
    return (*check.rising, *listed, *apart)


def _holds(condition: object, record: RecordView) -> bool:
    found: Condition = condition  # type: ignore[assignment]
    return holds(found, record)


def _against(check: CheckSpec, kind: Kind, parent: Kind | None, record: RecordView, days: Days) -> str:
    """What was found, empty where all is well."""
    if check.apart:
        return _too_close(check.apart, kind, record, days)
    if check.rising:
        return _falling(check.rising, kind, parent, record)
    if check.lists:
        return _miscounted(check.lists, kind, record)
    return "" if _holds(check.must, record) else _left_undone(check.title)


def _left_undone(title: str) -> str:
    return f"还没有做到：{title}"


def _spoken_of(condition: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns a condition reads, and the children and links it asks for."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            inner = [_spoken_of(part) for part in parts]
            columns = tuple(name for one, _ in inner for name in one)
            return columns, tuple(name for _, one in inner for name in one)
        case Not(part):
            return _spoken_of(part)[0], ()
        case NotAfter(column, other):
            return (column, other), ()
        case OneOf(column=column) | Present(column) | Between(column=column):
            return (column,), ()
        case Has(relative=relative):
            return (), (relative,)
    return (), ()


def _falling(columns: tuple[str, ...], kind: Kind, parent: Kind | None, record: RecordView) -> str:
    there = [(column, value) for column in columns if (value := _value(column, record)) is not None]
    for (first, before), (second, after) in pairwise(there):
        if after < before:  # type: ignore[operator]
            return (
                f"{_title(first, kind, parent)}为{_said(first, before, kind, parent)}，"
                f"{_title(second, kind, parent)}为{_said(second, after, kind, parent)}"
            )
    return ""


def _too_close(apart: ApartSpec, kind: Kind, record: RecordView, days: Days) -> str:
    first, second = record.value(apart.from_), record.value(apart.to)
    if not isinstance(first, date) or not isinstance(second, date):
        return ""
    earliest = calendar.after(apart.at_least, first, days)
    if second >= earliest:
        return ""
    titles = _title(apart.from_, kind, None), _title(apart.to, kind, None)
    return f"{titles[0]}为{said(first)}，{titles[1]}最早应在{said(earliest)}，现为{said(second)}"


def _miscounted(lists: ListSpec, kind: Kind, record: RecordView) -> str:
    number, names = record.value(lists.number), record.value(lists.names)
    if not isinstance(number, int) or not isinstance(names, str):
        return ""
    listed = [one for one in BETWEEN_NAMES.split(names) if one.strip()]
    if len(listed) == number:
        return ""
    return f"{kind.fields[lists.number].title}为{number}，列出的{kind.fields[lists.names].title}有{len(listed)}个"


def _value(column: str, record: RecordView) -> Scalar | None:
    if not column.startswith(PARENT):
        return record.value(column)
    above = record.parent()
    return above.value(column.removeprefix(PARENT)) if above else None


def _title(column: str, kind: Kind, parent: Kind | None) -> str:
    owner, name = (
        (parent or kind, column.removeprefix(PARENT)) if column.startswith(PARENT) else (kind, column)
    )
    titles = {one.name: one.title for one in columns_of(owner)}
    return f"“{titles.get(name, name)}”"


def _said(column: str, value: Scalar, kind: Kind, parent: Kind | None) -> str:
    if isinstance(value, date):
        return said(value)
    owner = (parent or kind) if column.startswith(PARENT) else kind
    spec = owner.fields.get(column.removeprefix(PARENT))
    if spec is None or not isinstance(value, int) or isinstance(value, bool):
        return str(value)
    if spec.type is FieldType.MONEY:
        return show_money(value)
    places = spec.places if spec.type is FieldType.DECIMAL else 0
    return (decimal_text(value) if not places else str(value / 10**places)) + spec.unit
