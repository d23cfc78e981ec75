"""Resolves what conditions speak of, once the kinds are known: children to full ids, amounts to the
column's units.

A pack writes amounts in 元 and decimals as they are read; the projection holds 分 and value × 10^places,
so the numbers in conditions over such columns are scaled here, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jixiao.catalogue.conditions import (
    AllOf,
    AnyOf,
    Between,
    Condition,
    Each,
    Has,
    Not,
    OneOf,
    Parent,
    Scalar,
)
from jixiao.catalogue.definition import Named
from jixiao.catalogue.indicators import Indicator
from jixiao.catalogue.kinds import FieldSpec, FieldType, Kind
from jixiao.catalogue.nearest import listed, nearest
from jixiao.catalogue.parties import BesideSpec
from jixiao.catalogue.pieces import Complaint
from jixiao.catalogue.read_yaml import Keys
from jixiao.catalogue.resolve import Resolver
from jixiao.catalogue.together import FollowSpec


def with_conditions(
    definition: Named, kinds: Mapping[str, Any], resolver: Resolver
) -> tuple[Named, list[Complaint]]:
    """The definition with its conditions resolved, and what could not be."""
    conditions = _Conditions(kinds, resolver)
    if isinstance(definition, Kind):
        steps = {
            name: step.model_copy(
                update={
                    "when": conditions.resolved(step.guard, definition, ("steps", name, "when")),
                    "follows": conditions.following(step.follows, ("steps", name, "follows")),
                }
            )
            for name, step in definition.steps.items()
        }
        checks = {
            name: check.model_copy(
                update={
                    word: conditions.resolved(found, definition, ("checks", name, word))
                    for word in ("when", "must")
                    if (found := getattr(check, word)) is not None
                }
            )
            for name, check in definition.checks.items()
        }
        hands_to = {
            name: hand.model_copy(
                update={"leads": conditions.resolved(hand.leads, definition, ("hands_to", name, "leads"))}
            )
            for name, hand in definition.hands_to.items()
        }
        owes = {
            name: owed.model_copy(update={"beside": conditions.beside(owed.beside, ("owes", name, "beside"))})
            for name, owed in definition.owes.items()
        }
        changed = {"steps": steps, "checks": checks, "hands_to": hands_to, "owes": owes}
        return definition.model_copy(update=changed), conditions.complaints
    if isinstance(definition, Indicator):
        return _indicator(definition, conditions), conditions.complaints
    return definition, []


def _indicator(indicator: Indicator, conditions: _Conditions) -> Indicator:
    kind = conditions.kinds.get(indicator.rows.kind) if indicator.rows else None
    changed: dict[str, object] = {
        word: conditions.resolved(found, kind, (word,))
        for word in ("where", "count", "over")
        if (found := getattr(indicator, word)) is not None
    }
    changed["alternatives"] = tuple(
        alternative.model_copy(
            update={
                word: conditions.resolved(found, kind, ("alternatives", place, word))
                for word in ("count", "over")
                if (found := getattr(alternative, word)) is not None
            }
        )
        for place, alternative in enumerate(indicator.alternatives)
    )
    return indicator.model_copy(update=changed)


class _Conditions:
    def __init__(self, kinds: Mapping[str, Kind], resolver: Resolver) -> None:
        self.kinds = kinds
        self.resolver = resolver
        self.complaints: list[Complaint] = []

    def resolved(self, condition: object, kind: Kind | None, path: Keys) -> Condition:
        match condition:
            case AllOf(parts):
                return AllOf(tuple(self.resolved(part, kind, path) for part in parts))
            case AnyOf(parts):
                return AnyOf(tuple(self.resolved(part, kind, path) for part in parts))
            case Not(part):
                return Not(self.resolved(part, kind, path))
            case Parent(inner):
                above = self.kinds.get(kind.parent) if kind and kind.parent else None
                return Parent(self.resolved(inner, above, path))
            case Has(relative, inner):
                name, other = self.relative(relative, kind, path)
                return Has(name, self.resolved(inner, other, path))
            case Each(relative, inner):
                name, other = self.relative(relative, kind, path)
                return Each(name, self.resolved(inner, other, path))
            case OneOf(column, values):
                return OneOf(column, tuple(_scaled(_field(kind, column), value) for value in values))
            case Between(column, low, high):
                spec = _field(kind, column)
                return Between(column, _scaled_end(spec, low), _scaled_end(spec, high))
        return condition  # type: ignore[return-value]

    def beside(self, spec: BesideSpec | None, path: Keys) -> BesideSpec | None:
        """Who stands beside a record, with the condition read as one about them."""
        if spec is None:
            return None
        return spec.model_copy(update={"when": self.resolved(spec.when, self.kinds.get(spec.kind), path)})

    def following(self, spec: FollowSpec | None, path: Keys) -> FollowSpec | None:
        """What a step follows, with the condition read as one about the child."""
        if spec is None:
            return None
        return spec.model_copy(update={"when": self.resolved(spec.when, self.kinds.get(spec.child), path)})

    def relative(self, name: str, kind: Kind | None, path: Keys) -> tuple[str, Kind | None]:
        """A link role of the kind as it stands, or a child kind by its full id; and the kind at the other
        end.
        """
        if kind is None:
            return name, None
        if name in kind.links:
            return name, self.kinds.get(kind.links[name].to)
        children = {full: child for full, child in self.kinds.items() if child.parent == kind.full_id}
        meant = [full for full in children if name in {full, full.split("/", 1)[1]}]
        if len(meant) == 1:
            return meant[0], children[meant[0]]
        known = [*kind.links, *(full.split("/", 1)[1] for full in children)]
        near = nearest(name, known)
        expected = (
            f"是否想写 {'、'.join(near)}"
            if near
            else f"可用：{listed(known) or '（此类事项没有子表和关联）'}"
        )
        self.complaints.append(((*path, name), f"{kind.title}没有名为“{name}”的子表或关联", expected))
        return name, None


def _field(kind: Kind | None, column: str) -> FieldSpec | None:
    return kind.fields.get(column) if kind else None


def _scaled_end(spec: FieldSpec | None, value: Scalar | None) -> Scalar | None:
    return None if value is None else _scaled(spec, value)


def _scaled(spec: FieldSpec | None, value: Scalar) -> Scalar:
    """A whole number of the column's units; left as it is where that cannot be, which the checks then
    tell.
    """
    if spec is None or isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value
    places = {FieldType.MONEY: 2, FieldType.DECIMAL: spec.places}.get(spec.type)
    if places is None:
        return value
    scaled = Decimal(value) * 10**places
    return int(scaled) if scaled == scaled.to_integral_value() else value
