"""Schemes: what is scored as output must be a result, and what is compared must have a unit to compare in."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.meanings import meaning
from jixiao.catalogue.pieces import Complaints
from jixiao.catalogue.read_yaml import Keys
from jixiao.catalogue.schemes import NOT_SCORED, Node, Scheme, TargetLeaf


def check_scheme(scheme: Scheme, catalogue: Catalogue) -> Complaints:
    """Every complaint about one scheme."""
    for path, leaf in _targets(scheme.tree, ("tree",)):
        indicator = catalogue.indicators.get(leaf.indicator or "")
        if indicator is None:
            continue
        at = (*path, "leaf", "indicator")
        if indicator.role in NOT_SCORED:
            found = f"“{indicator.title}”是{meaning(indicator.role)}，不能作为成果计分"
            yield at, found, "role 为 result（成果）或 input（投入）的指标"
        if leaf.unit and not _same_unit(leaf.unit, indicator.unit):
            yield (
                (*path, "leaf", "unit"),
                f"目标以{leaf.unit}计，指标以{indicator.unit}计",
                f"unit: {indicator.unit}",
            )


def _targets(nodes: tuple[Node, ...], path: Keys) -> Iterator[tuple[Keys, TargetLeaf]]:
    for place, node in enumerate(nodes):
        at = (*path, place)
        if isinstance(node.leaf, TargetLeaf):
            yield at, node.leaf
        yield from _targets(node.children, (*at, "children"))


def _same_unit(target: str, indicator: str) -> bool:
    if indicator == "ratio":
        return target in {"ratio", "%", "％", "百分点", "pp"}
    return target == indicator or (indicator == "元" and target in {"万元", "亿元"})
