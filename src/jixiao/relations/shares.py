"""shares: percentages of one whole add up to it."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.relations import verdicts
from jixiao.relations.operands import Operand, largest_step, require_one_unit, unreported
from jixiao.relations.wording import written
from jixiao.values import RATIO, Finding, Interval, Verdict


def shares(shares: Sequence[Operand], whole: Operand | None = None) -> Finding:
    """The shares add up to 100 %, or to the share printed for all of them together.

    (1) Rounded shares may print as 99.9 % or 100.1 % together; that is within what they stand for, hence
    kept.
    """
    operands = tuple(shares) if whole is None else (*shares, whole)
    require_one_unit(operands)
    if reason := unreported(operands):
        return verdicts.silent("shares", reason, operands)
    expected = Interval.point(1) if whole is None else whole.known
    added = Interval.total(share.known for share in shares)
    verdict = verdicts.equal(expected, added, largest_step(operands))  # (1)
    distance = verdicts.gap(expected, added, RATIO) if verdict is Verdict.BROKEN else ""
    stated = "100%" if whole is None else whole.text
    reasons = {
        Verdict.KEPT: f"各占比之和与{stated}相符",
        Verdict.ROUNDING: f"各占比之和与{stated}{verdicts.ROUNDING}",
        Verdict.BROKEN: f"各占比之和与{stated}不符，{distance}，请核对各占比",
    }
    computed = f"{' + '.join(share.text for share in shares)} = {written(added, RATIO)}"
    return verdicts.finding("shares", verdict, reasons[verdict], operands, stated=stated, computed=computed)
