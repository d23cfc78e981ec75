"""Conditions over one record: the words that indicators filter with and lifecycle guards ask.

A condition is a tree of frozen nodes. Its logic is two-valued: a comparison with an absent value is False,
and `Not` is plain negation, so every engine and the Python evaluator agree (no SQL NULL logic shows through).

YAML words: a field name (equals, or a list: one of; or {not, between, not_after, present}), any, not,
has, each, parent, reached. Fields in one mapping are joined by "and".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Protocol

from pydantic import BeforeValidator

Scalar = str | int | bool | date | Decimal

WORDS = frozenset({"any", "not", "has", "each", "parent", "reached"})
COMPARISONS = frozenset({"not", "between", "not_after", "present"})


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for every record."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """The column's value is one of `values`."""

    column: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Present:
    column: str


@dataclass(frozen=True, slots=True)
class Between:
    """low ≤ value ≤ high; None leaves an end open."""

    column: str
    low: Scalar | None
    high: Scalar | None


@dataclass(frozen=True, slots=True)
class NotAfter:
    """Both dates are there and the first is not later than the second."""

    column: str
    other: str


@dataclass(frozen=True, slots=True)
class Reached:
    """The case has entered this state, on the way it stands now, no later than as_of."""

    state: str


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


@dataclass(frozen=True, slots=True)
class Has:
    """At least one child of this kind, or one record linked in this role, meets the condition."""

    relative: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Each:
    """No child of this kind (or record linked in this role) fails the condition; true where there is none."""

    relative: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Parent:
    """The record this child belongs to meets the condition."""

    condition: Condition


Condition = (
    Always | OneOf | Present | Between | NotAfter | Reached | AllOf | AnyOf | Not | Has | Each | Parent
)


class RecordView(Protocol):
    """What a condition may ask of a record; a state column is `<state>_on`."""

    def value(self, column: str) -> Scalar | None: ...

    def relatives(self, relative: str) -> Iterable[RecordView]: ...

    def parent(self) -> RecordView | None: ...


def parse(found: object) -> Condition:
    """Read a condition from YAML data. Raises ValueError, in Chinese, naming the word that cannot be read."""
    if found is None or found == "all":
        return Always()
    if not isinstance(found, Mapping):
        raise ValueError(f"“{found}”不是条件；应写成“字段: 值”的形式，或写 all")
    parts = tuple(_word(str(name), value) for name, value in found.items())
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _word(name: str, value: object) -> Condition:
    match name:
        case "any":
            if not isinstance(value, list) or not value:
                raise ValueError("any 之下应列出两个以上条件")
            return AnyOf(tuple(parse(part) for part in value))
        case "not":
            return Not(parse(value))
        case "reached":
            states = value if isinstance(value, list) else [value]
            reached = tuple(Reached(str(state)) for state in states)
            return reached[0] if len(reached) == 1 else AnyOf(reached)
        case "parent":
            return Parent(parse(value))
        case "has" | "each":
            return _relatives(name, value)
    return _comparison(name, value)


def _relatives(word: str, value: object) -> Condition:
    if isinstance(value, str):
        value = {value: None}
    if not isinstance(value, Mapping) or not value:
        raise ValueError(f"{word} 之下应写“子表或关联: 条件”")
    node = Has if word == "has" else Each
    parts: tuple[Condition, ...] = tuple(
        node(str(relative), parse(inner)) for relative, inner in value.items()
    )
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _comparison(column: str, value: object) -> Condition:
    if not isinstance(value, Mapping):
        return OneOf(column, _scalars(column, value))
    parts: list[Condition] = []
    for word, operand in value.items():
        match word:
            case "not":
                parts.append(Not(OneOf(column, _scalars(column, operand))))
            case "present":
                parts.append(Present(column) if operand else Not(Present(column)))
            case "not_after":
                parts.append(NotAfter(column, str(operand)))
            case "between":
                if not isinstance(operand, list) or len(operand) != 2:
                    raise ValueError(f"{column} 的 between 应写两个端点，如 [1, 9]；不限的一端写 null")
                parts.append(Between(column, operand[0], operand[1]))
            case _:
                raise ValueError(f"{column} 不认得“{word}”；可用 {'、'.join(sorted(COMPARISONS))}")
    if not parts:
        raise ValueError(f"{column} 之下没有写条件")
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _scalars(column: str, value: object) -> tuple[Scalar, ...]:
    values = value if isinstance(value, list) else [value]
    for one in values:
        if not isinstance(one, str | int | bool | date | Decimal):
            raise ValueError(f"{column} 的值“{one}”不能用来比较；判断有无写 present")
    return tuple(values)


def holds(condition: Condition, record: RecordView) -> bool:
    """Evaluate over one record in Python: for guards, points and kept promises; indicators compile
    instead.
    """
    match condition:
        case Always():
            return True
        case AllOf(parts):
            return all(holds(part, record) for part in parts)
        case AnyOf(parts):
            return any(holds(part, record) for part in parts)
        case Not(part):
            return not holds(part, record)
        case OneOf(column, values):
            return record.value(column) in values
        case Present(column):
            return record.value(column) is not None
        case Reached(state):
            return record.value(f"{state}_on") is not None
        case NotAfter(column, other):
            first, second = record.value(column), record.value(other)
            return first is not None and second is not None and first <= second  # type: ignore[operator]
        case Between(column, low, high):
            found = record.value(column)
            return (
                found is not None
                and (low is None or low <= found)  # type: ignore[operator]
                and (high is None or found <= high)  # type: ignore[operator]
            )
        case Has(relative, inner):
            return any(holds(inner, one) for one in record.relatives(relative))
        case Each(relative, inner):
            return all(holds(inner, one) for one in record.relatives(relative))
        case Parent(inner):
            parent = record.parent()
            return parent is not None and holds(inner, parent)


ConditionField = Annotated[object, BeforeValidator(parse)]  # a condition as a definition writes it
