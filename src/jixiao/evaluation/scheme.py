"""Evaluate a scheme: every leaf by its method or rules, sums up the tree, the total and its grade.

A leaf with nothing reported leaves its points open and the total incomplete; it never counts as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from jixiao.catalogue.clauses import PointsLeaf
from jixiao.catalogue.indicators import Role
from jixiao.catalogue.meanings import MEANINGS
from jixiao.catalogue.schemes import Node, Scheme, TargetLeaf
from jixiao.errors import BadInput
from jixiao.evaluation import methods, points
from jixiao.evaluation.answers import Answer, Judgement, Records
from jixiao.evaluation.assessment import Assessment, Marked
from jixiao.evaluation.grading import grade_of
from jixiao.evaluation.row import NEEDS_CAUSE, Row
from jixiao.values import Score, decimal_text, round_half_up

NO_ROLES: Mapping[str, Role] = {}
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the leaves are held against, by leaf id."""

    answers: Mapping[str, Answer]
    reasons: Mapping[str, str]
    dropped: Mapping[str, str]
    places: int


def evaluate(
    scheme: Scheme,
    answers: Mapping[str, Answer],
    *,
    reasons: Mapping[str, str] = NOTHING,
    not_applicable: Mapping[str, str] = NOTHING,
    roles: Mapping[str, Role] = NO_ROLES,
) -> Assessment:
    """Score a scheme. All mappings but `roles` go by leaf id; `roles` by indicator.

    `reasons` say why points were lost (a judgement carries its own), `not_applicable` why a leaf is
    dropped. Raises BadInput for an unknown leaf, for dropping where the scheme forbids it, and for a
    plan, description or structure scored as output.
    """
    _require_known(scheme, (*answers, *reasons, *not_applicable))
    _require_results(scheme, roles)
    _require_droppable(scheme, not_applicable)
    sheet = _Sheet(answers, reasons, not_applicable, scheme.rounding.score)
    tree = tuple(_mark(node, sheet) for node in scheme.tree)
    applicable = _total(node.points for node in tree)
    raw, open_points = _total(node.earned for node in tree), _total(node.open for node in tree)
    earned, working = _rescaled(raw, applicable, scheme)
    still_open, _ = _rescaled(open_points, applicable, scheme)
    grade = grade_of(earned, scheme.grades) if not open_points else None
    scores = [score for node in tree for score in node.scores]
    unexplained = tuple(score for score in scores if _needs_reason(score) and not score.reason.strip())
    return Assessment(
        scheme.full_id, scheme.title, scheme.total, earned, still_open, grade, tree, unexplained, working
    )


def score_leaf(node: Node, answer: Answer | None, places: int = 2) -> Score:
    """Score one leaf by itself, without a reason for lost points."""
    return _score(node, answer, places)[0]


def _mark(node: Node, sheet: _Sheet) -> Marked:
    if node.children:
        children = tuple(_mark(child, sheet) for child in node.children)
        worth, earned = _total(child.points for child in children), _total(child.earned for child in children)
        still_open = _total(child.open for child in children)
        return Marked(node.id, node.title, worth, earned, still_open, children=children)
    zero = Decimal(0)
    if node.id in sheet.dropped:
        return Marked(node.id, node.title, zero, zero, zero, dropped=sheet.dropped[node.id])
    answer = sheet.answers.get(node.id)
    plain, lines = _score(node, answer, sheet.places)
    judged = answer.reason if isinstance(answer, Judgement) else ""
    score = replace(plain, reason=sheet.reasons.get(node.id, judged))
    if score.earned is None:
        return Marked(node.id, node.title, node.points, zero, node.points, score, lines)
    return Marked(node.id, node.title, node.points, score.earned, zero, score, lines)


def _score(node: Node, answer: Answer | None, places: int) -> tuple[Score, tuple[points.Line, ...]]:
    leaf = node.leaf
    if leaf is None:
        raise BadInput(f"“{node.title}”是汇总项，没有评分规则")
    if isinstance(leaf, PointsLeaf):
        return _points(Row(node.id, node.title, node.points, "points", places), leaf, answer)
    full_if_zero = leaf.zero_denominator == "full_if_zero"
    return methods.apply(_row(node, leaf, places), leaf.method, answer, full_if_zero), ()


def _row(node: Node, leaf: TargetLeaf, places: int) -> Row:
    target = None if leaf.target is None else Fraction(leaf.target)
    to = None if leaf.to is None else Fraction(leaf.to)
    op = "" if leaf.op is None else leaf.op.value
    return Row(node.id, node.title, node.points, leaf.method.name, places, op, target, to)


def _needs_reason(score: Score) -> bool:
    return bool(score.lost) or NEEDS_CAUSE in score.flags


def _points(row: Row, rules: PointsLeaf, answer: Answer | None) -> tuple[Score, tuple[points.Line, ...]]:
    if answer is None:
        return row.unscored("未填报，不计分"), ()
    if not isinstance(answer, Records):
        raise BadInput(f"“{row.title}”按台账记录计分，应给出记录")
    if rules.waits_for and not answer.rows.get(rules.waits_for):
        return row.unscored("还没有评定记录，暂不计分"), ()
    result = points.tally(rules, answer, row.places)
    working = "；".join(f"{line.title} {line.working}" for line in result.lines) or "没有可计分的记录"
    capped = f"；以满分{row.full}为限" if result.total > row.points else ""
    return row.score(result.total, working + capped), result.lines


def _rescaled(earned: Decimal, applicable: Decimal, scheme: Scheme) -> tuple[Decimal, str]:
    if applicable == scheme.total:
        return earned, ""
    if not applicable:
        raise BadInput("全部评分项均不适用，无法评分")
    whole, part = decimal_text(scheme.total), decimal_text(applicable)
    scaled = round_half_up(
        Fraction(earned) * Fraction(scheme.total) / Fraction(applicable), scheme.rounding.score
    )
    return scaled, f"剔除不适用项后满分{part}分，按{whole}分折算：{decimal_text(earned)} × {whole} ÷ {part}"


def _require_known(scheme: Scheme, leaves: Iterable[str]) -> None:
    known = {node.id for node in scheme.leaves}
    unknown = sorted(set(leaves) - known)
    if unknown:
        raise BadInput(f"评价方案“{scheme.title}”中没有评分项 {'、'.join(unknown)}")


def _require_results(scheme: Scheme, roles: Mapping[str, Role]) -> None:
    found = scheme.unscorable(roles)
    if found:
        told = "；".join(f"{leaf} 所用的 {name} 是{MEANINGS[Role][role]}" for leaf, name, role in found)
        raise BadInput(f"计划、描述和机构情况可以写入报告，不能作为产出计分：{told}")


def _require_droppable(scheme: Scheme, dropped: Mapping[str, str]) -> None:
    if dropped and scheme.not_applicable == "forbid":
        raise BadInput(f"评价方案“{scheme.title}”不允许剔除不适用的评分项（{'、'.join(dropped)}）")
    blank = [leaf for leaf, reason in dropped.items() if not reason.strip()]
    if blank:
        raise BadInput(f"剔除评分项应说明理由：{'、'.join(blank)}")


def _total(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))
