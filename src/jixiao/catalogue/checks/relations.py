"""Relations between figures: the relation exists, its operands are given, and only like is added to like."""

from __future__ import annotations

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.columns import unknown
from jixiao.catalogue.checks.indicators import nature_title
from jixiao.catalogue.indicators import Indicator
from jixiao.catalogue.nearest import listed
from jixiao.catalogue.pieces import Complaints
from jixiao.catalogue.relations import RelationRule
from jixiao.relations import RELATIONS, Part, parts_of

ALIKE = frozenset({"sum", "partition", "subset", "chain", "union_bound", "repeat", "shares"})
# Credit applied for, approved and drawn may be compared, though never added.
COMPARED = frozenset({"subset", "chain", "union_bound"})


def check_relation(rule: RelationRule, catalogue: Catalogue) -> Complaints:
    """Every complaint about one relation."""
    if rule.relation not in RELATIONS:
        yield unknown(("relation",), "勾稽关系", rule.relation, RELATIONS)
        return
    parts = parts_of(rule.relation)
    for name, value in rule.operands.items():
        if name not in parts:
            yield unknown(("operands", name), f"关系 {rule.relation} 的项", name, parts)
        elif parts[name][0] in {Part.ONE, Part.MAYBE} and isinstance(value, tuple):
            yield ("operands", name), f"“{name}”只取一个数", "一个指标"
    for name, (_, required) in parts.items():
        if required and name not in rule.operands:
            yield ("operands",), f"缺少“{name}”", f"{rule.relation} 应写：{listed(parts)}"
    if rule.relation in ALIKE:
        yield from _check_alike(rule, catalogue)


def _check_alike(rule: RelationRule, catalogue: Catalogue) -> Complaints:
    known: list[tuple[str, Indicator]] = []
    settings = {name for name, (part, _) in parts_of(rule.relation).items() if part is Part.SETTING}
    for name, value in rule.operands.items():
        for one in value if isinstance(value, tuple) else (value,):
            if name not in settings and isinstance(one, str) and (found := catalogue.indicators.get(one)):
                known.append((name, found))
    for name, other in known[1:]:
        first = known[0][1]
        units = {other.unit, first.unit}
        if len(units) > 1 and not units <= set(rule.same_units):
            found_text = f"“{first.title}”以{first.unit}计，“{other.title}”以{other.unit}计"
            yield ("operands", name), found_text, "单位相同的指标"
            continue
        kinds = [catalogue.nature_of(one) for one in (first, other)]
        if rule.relation not in COMPARED and kinds[0] != kinds[1]:
            natures = [nature_title(kind, catalogue) for kind in kinds]
            found_text = (
                f"“{first.title}”是{natures[0]}，“{other.title}”是{natures[1]}，两种性质的金额不能相加"
            )
            yield ("operands", name), found_text, "性质相同的金额"
