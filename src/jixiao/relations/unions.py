"""union_bound: what sets that may overlap can amount to together."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from jixiao.relations import verdicts
from jixiao.relations.operands import Operand, common_unit, largest_step, require_one_unit, unreported
from jixiao.relations.wording import written
from jixiao.values import Finding, Interval, Verdict


def union_bound(
    parts: Sequence[Operand], union: Operand | None = None, whole: Operand | None = None
) -> Finding:
    """The union is no smaller than its largest part, no larger than the parts together, and within the
    whole.

    (1) Parts that together exceed the whole are no contradiction: they overlap, and it is said. (2) Where
    the union itself is not given, its bounds are shown and only the largest part is held against the
    whole.
    """
    operands = (*parts, *(operand for operand in (union, whole) if operand is not None))
    require_one_unit(operands)
    if reason := unreported(operand for operand in operands if operand is not union):
        return verdicts.silent("union_bound", reason, operands)
    added = Interval.total(part.known for part in parts)
    computed = f"各项最大者 {_largest(parts)}，各项之和 {written(added, common_unit(operands))}"
    claims = _claims(parts, union, whole, added)
    verdict = verdicts.worst(found for found, _ in claims)
    if verdict is not Verdict.BROKEN and union is not None and union.interval is None:  # (2)
        return verdicts.silent("union_bound", unreported((union,)), operands, computed=computed)
    breaches = "；".join(words for found, words in claims if found is Verdict.BROKEN)
    reasons = {
        Verdict.KEPT: "去重总数在允许的范围内" + _overlap(added, whole),
        Verdict.ROUNDING: f"去重总数与范围{verdicts.ROUNDING}",
        Verdict.BROKEN: f"{breaches}，请核对",
    }
    stated = union.text if union is not None else ""
    return verdicts.finding(
        "union_bound", verdict, reasons[verdict], operands, stated=stated, computed=computed
    )


def _claims(
    parts: Sequence[Operand], union: Operand | None, whole: Operand | None, added: Interval
) -> list[tuple[Verdict, str]]:
    """Each bound with the words for its breach."""
    claims = [_within(part, whole) for part in parts] if whole is not None else []
    if union is None or union.interval is None:  # (2)
        return claims
    claims += [_within(part, union) for part in parts]
    slack = largest_step((union, *parts))
    claims.append((verdicts.at_most(union.interval, added, slack), f"“{union.label}”大于各项之和"))
    return claims if whole is None else [*claims, _within(union, whole)]


def _within(smaller: Operand, larger: Operand) -> tuple[Verdict, str]:
    found = verdicts.at_most(smaller.known, larger.known, largest_step((smaller, larger)))
    return found, f"“{smaller.label}”（{smaller.text}）大于“{larger.label}”（{larger.text}）"


def _largest(parts: Sequence[Operand]) -> str:
    return max(parts, key=lambda part: part.known.low or Fraction(0)).text if parts else "0"


def _overlap(added: Interval, whole: Operand | None) -> str:
    if whole is None or added.can_be_at_most(whole.known):
        return ""
    return f"；各项之和大于“{whole.label}”，可见各项之间有重复"  # (1)
