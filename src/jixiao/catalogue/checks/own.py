"""Does a kind that says whose its records are name fields, roles and states that are there; does a role speak for a register?"""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.columns import unknown
from jixiao.catalogue.kinds import FieldType, Kind, Shape
from jixiao.catalogue.pieces import Complaints
from jixiao.catalogue.registers import RoleSpec

ITSELF, ABOVE = "id", "parent"


def check_own(kind: Kind, catalogue: Catalogue) -> Complaints:
    """Every complaint about whose the records of a kind are."""
    for name, step in kind.steps.items():
        if step.own and not (kind.own and kind.own.by):
            yield (
                ("steps", name, "own"),
                f"{kind.title}没有写明记录归谁",
                "先写 own: {by: [字段或关联]}，或删去",
            )
    if kind.own is None:
        return
    above = catalogue.kinds.get(kind.parent or "")
    is_owned_above = above is not None and catalogue.has_owners(above.full_id)
    ways = [ITSELF, *_pointers(kind), *kind.links, *([ABOVE] if is_owned_above else [])]
    for way in kind.own.by:
        if way not in ways:
            yield unknown(("own", "by"), "引用字段、单位字段或关联", way, ways)
    there = kind.states or (above.states if above else {})
    for word, states, known in (("shown", kind.own.shown, kind.states), ("open", kind.own.open, there)):
        for state in states:
            if state not in known:
                yield unknown(("own", word), "环节", state, known)
    for name in kind.own.fills:
        if name not in kind.fields:
            yield unknown(("own", "fills"), "字段", name, kind.fields)
    if not kind.own.by and not catalogue.has_owners(kind.full_id):
        yield ("own",), f"{kind.title}和它所属的事项都没有写明归谁", "写 by: [字段或关联]，或删去 own"


def check_role(role: RoleSpec, catalogue: Catalogue) -> Complaints:
    """A role speaks for the subjects of a register alone, and only over its own org."""
    kind = catalogue.kinds.get(role.speaks_for or "")
    if kind is not None and kind.shape is not Shape.REGISTER:
        yield ("speaks_for",), f"“{kind.title}”不是名册", "一类 shape: register 的事项"
    if role.speaks_for and role.reach != "own":
        yield ("reach",), "代表一个主体的角色不能看别的单位", "reach: own，或删去 speaks_for"
    if role.speaks_for and role.may:
        yield ("may",), f"代表一个主体的角色不能{'、'.join(role.may)}", "删去 may，另设一个角色"


def _pointers(kind: Kind) -> Iterator[str]:
    return (name for name, spec in kind.fields.items() if spec.type in (FieldType.REF, FieldType.ORG))
