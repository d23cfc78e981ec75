"""Are the fields and states there by which a case is handed to another org, and is there a case to be handed?"""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.columns import check_condition, unknown
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.catalogue.parties import HandSpec
from jixiao.catalogue.pieces import Complaints


def check_handed(kind: Kind, catalogue: Catalogue) -> Complaints:
    """Every complaint about who else acts on records of a kind."""
    orgs = [name for name, field in kind.fields.items() if field.type is FieldType.ORG]
    for name, spec in kind.hands_to.items():
        if name not in orgs:
            yield unknown(("hands_to", name), "单位字段", name, orgs)
        yield from _check_hand(kind, name, spec, catalogue)
    if kind.belongs_to is None:
        return
    if kind.belongs_to not in orgs:
        yield unknown(("belongs_to",), "单位字段", kind.belongs_to, orgs)
    if kind.hands_to:
        yield ("belongs_to",), "hands_to 已经写明归谁", "删去 belongs_to"
    elif kind.parent is None or not any(one.hands_to for one in _family(kind, catalogue)):
        yield (
            ("belongs_to",),
            f"{kind.title}所属的事项没有交给别的单位",
            "在交办的那类事项里写 hands_to，或删去",
        )


def _check_hand(kind: Kind, name: str, spec: HandSpec, catalogue: Catalogue) -> Complaints:
    for state in spec.during:
        if state not in kind.states:
            yield unknown(("hands_to", name, "during"), "环节", state, kind.states)
    if spec.leads is not None:
        if kind.parent is None:
            yield ("hands_to", name, "leads"), f"{kind.title}之上没有事项可以牵头", "删去 leads"
        yield from check_condition(spec.leads, kind, catalogue, ("hands_to", name, "leads"))


def _family(kind: Kind, catalogue: Catalogue) -> Iterator[Kind]:
    """All kinds under the same root."""
    top = _top(kind, catalogue)
    return (one for one in catalogue.kinds.values() if _top(one, catalogue) == top)


def _top(kind: Kind, catalogue: Catalogue) -> str:
    while above := catalogue.kinds.get(kind.parent or ""):
        kind = above
    return kind.full_id
