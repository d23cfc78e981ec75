"""score: a score sheet adds up, and nothing earns more than it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from jixiao.errors import BadInput
from jixiao.relations import verdicts
from jixiao.relations.operands import Operand, largest_step, unreported
from jixiao.relations.wording import written
from jixiao.values import Finding, Interval, Verdict


def score(
    total: Operand, scores: Sequence[Operand], points: Sequence[Operand] = (), full: int | None = None
) -> Finding:
    """The scores add up to the total; each is between 0 and its points; the points add up to `full`.

    (1) `points` may be left out; where given, they stand in the order of the scores. (2) A score above
    its points is told even while another is not reported.
    """
    operands = (total, *scores, *points)
    if points and len(points) != len(scores):
        raise BadInput(f"得分有{len(scores)}项、分值有{len(points)}项，应一一对应")
    certain = _beyond(scores, points)  # (2)
    silence = unreported(operands)
    if silence and not certain:
        return verdicts.silent("score", silence, operands)
    verdict, breaches, computed = Verdict.BROKEN if certain else Verdict.KEPT, certain, ""
    if not silence:
        added = Interval.total(part.known for part in scores)
        verdict = verdicts.equal(total.known, added, largest_step((total, *scores)))
        if verdict is Verdict.BROKEN:
            breaches.append(f"各项得分之和与“{total.label}”不符，{verdicts.gap(total.known, added, '分')}")
        breaches += _weights(points, full)
        computed = f"{' + '.join(part.text for part in scores)} = {written(added, '分')}"
    if breaches:
        verdict = Verdict.BROKEN
    reasons = {
        Verdict.KEPT: f"各项得分之和与“{total.label}”相符",
        Verdict.ROUNDING: f"各项得分之和与“{total.label}”{verdicts.ROUNDING}",
        Verdict.BROKEN: f"{'；'.join(breaches)}，请更正评分表",
    }
    return verdicts.finding(
        "score", verdict, reasons[verdict], operands, stated=total.text, computed=computed
    )


def _beyond(scores: Sequence[Operand], points: Sequence[Operand]) -> list[str]:
    zero = Interval.point(0)
    found = [
        f"“{part.label}”得分{part.text}为负"
        for part in scores
        if part.interval is not None and not zero.can_be_at_most(part.interval)
    ]
    for part, worth in zip(scores, points, strict=False):
        if part.interval is None or worth.interval is None:
            continue
        if verdicts.at_most(part.interval, worth.interval, Fraction(0)) is Verdict.BROKEN:
            found.append(f"“{part.label}”得分{part.text}高于分值{worth.text}")
    return found


def _weights(points: Sequence[Operand], full: int | None) -> list[str]:
    if full is None or not points:  # (1)
        return []
    added = Interval.total(worth.known for worth in points)
    if added.contains(full):
        return []
    return [f"分值合计{written(added, '分')}，应为{full}分"]
