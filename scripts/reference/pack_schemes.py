"""The schemes of a pack: the tree of points, each leaf with its target and method."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scripts.reference.chinese import other, sources, versions
from scripts.reference.markdown import anchored, bullets, code, table

from jixiao.catalogue import Catalogue
from jixiao.catalogue.schemes import UNITS, Node, Op, Scheme, TargetLeaf
from jixiao.values import RATIO, decimal_text

SIGNS = {Op.AT_LEAST: "≥", Op.MORE: ">", Op.AT_MOST: "≤", Op.LESS: "<", Op.EQUAL: "=", Op.RANGE: ""}


def scheme(found: Scheme, catalogue: Catalogue) -> str:
    """One scheme as a table, children below their heading."""
    grades = "，".join(f"{decimal_text(bound)}分及以上为{name}" for bound, name in found.grades)
    facts = [
        ("总分", decimal_text(found.total)),
        ("等级", grades),
        ("不适用项", "可删去，其余按比例折算" if found.not_applicable == "rescale" else "不得删去"),
        ("计分对象", _subjects(found, catalogue)),
        ("说明", found.note),
        ("依据", sources(found.source)),
        ("版本", versions(found, catalogue)),
    ]
    rows = [row for node in found.tree for row in _rows(node, 0, found.pack, catalogue)]
    parts = [
        anchored(3, f"{found.title} `{found.id}`", f"scheme-{found.id}"),
        bullets(facts),
        table(["评分项", "编号", "分值", "指标", "目标", "计分方法"], rows),
    ]
    return "\n\n".join(parts)


def _rows(node: Node, depth: int, pack: str, catalogue: Catalogue) -> Iterator[list[str]]:
    title = "　" * depth + node.title
    yield [title, code(node.id), decimal_text(node.points), *_leaf(node, pack, catalogue)]
    for child in node.children:
        yield from _rows(child, depth + 1, pack, catalogue)


def _leaf(node: Node, pack: str, catalogue: Catalogue) -> list[str]:
    leaf = node.leaf
    if leaf is None:
        return ["", "", ""]
    if not isinstance(leaf, TargetLeaf):
        return [
            "",
            "；".join(f"{clause.title}（{clause.clause}）" for clause in leaf.clauses),
            code("points"),
        ]
    return [
        other(leaf.indicator, catalogue.indicators, pack, "indicator"),
        _target(leaf),
        code(leaf.method.name),
    ]


def _target(leaf: TargetLeaf) -> str:
    if leaf.target is None or leaf.op is None:
        return ""
    if leaf.to is not None:
        return f"{_number(leaf.target, leaf.unit)}～{_number(leaf.to, leaf.unit)}"
    return f"{SIGNS[leaf.op]}{_number(leaf.target, leaf.unit)}"


def _number(value: Decimal, unit: str) -> str:
    if unit == RATIO:
        return f"{decimal_text(value / UNITS['%'][1])}%"
    return f"{decimal_text(value)}{unit}"


def _subjects(found: Scheme, catalogue: Catalogue) -> str:
    """Whom the scheme ranks, and the limits and consequences it knows."""
    spec = found.subjects
    if spec is None:
        return ""
    quotas = [f"“{one.grade}”不超过{decimal_text(one.share * 100)}%" for one in spec.quotas]
    told = [
        other(spec.kind, catalogue.kinds, found.pack, "kind"),
        *quotas,
        *(one.told for one in spec.sanctions),
    ]
    return "；".join(told)
