"""Schemes: what is scored as output must be a result, and what is compared must have a unit to compare in."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.columns import unknown
from jixiao.catalogue.clauses import PointsLeaf
from jixiao.catalogue.columns import columns_of
from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.meanings import meaning
from jixiao.catalogue.pieces import Complaints
from jixiao.catalogue.read_yaml import Keys
from jixiao.catalogue.schemes import NOT_SCORED, Node, Scheme, TargetLeaf
from jixiao.catalogue.subjects import SubjectSpec

PARENT = "parent."


def check_scheme(scheme: Scheme, catalogue: Catalogue) -> Complaints:
    """Every complaint about one scheme."""
    if scheme.subjects is not None:
        yield from _check_subjects(scheme, scheme.subjects, catalogue)
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


def _check_subjects(scheme: Scheme, spec: SubjectSpec, catalogue: Catalogue) -> Complaints:
    """Where subjects are named must exist; what clauses compare must be a column of the records they read."""
    named = {name: catalogue.reading(scheme.pack, name) for name in spec.reads}
    for name, kind in named.items():
        if kind is None:
            yield unknown(("subjects", "reads"), "事项类型", name, catalogue.kinds)
            continue
        for place, way in enumerate(spec.reads[name]):
            owner = catalogue.kinds.get(kind.parent or "") if way.startswith(PARENT) else kind
            field = way.removeprefix(PARENT)
            known = [*owner.fields, *owner.links, "id"] if owner else []
            if field not in known:
                yield unknown(("subjects", "reads", name, place), "字段或关联", way, known)
    for path, leaf in _points(scheme.tree, ("tree",)):
        for place, clause in enumerate(leaf.clauses):
            kind = named.get(clause.rows)
            if kind is not None:
                columns = _readable(kind, catalogue)
                for field in (*clause.when, *([clause.worth] if clause.worth else [])):
                    if field not in columns:
                        yield unknown((*path, "leaf", "clauses", place, "when"), "列", field, sorted(columns))


def _readable(kind: Kind, catalogue: Catalogue) -> set[str]:
    """What a clause may compare: the record's columns, `state`, `reached`, and its parent's with `parent_` before."""
    above = catalogue.kinds.get(kind.parent or "")
    own = {"state", "reached", *(one.name for one in columns_of(kind))}
    return own | (
        {f"parent_{one.name}" for one in columns_of(above)} | {"parent_reached", "parent_state"}
        if above
        else set()
    )


def _points(nodes: tuple[Node, ...], path: Keys) -> Iterator[tuple[Keys, PointsLeaf]]:
    for place, node in enumerate(nodes):
        at = (*path, place)
        if isinstance(node.leaf, PointsLeaf):
            yield at, node.leaf
        yield from _points(node.children, (*at, "children"))


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
