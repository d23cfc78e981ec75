"""Shares told in an enumeration: each is its part over the whole, and together they make 100 %.

(1) Where several numbers before may be the whole, one that fits is enough.
(2) Shares after parts that are not known to be all parts may make less than 100 %, never more.
Does not see shares outside an enumeration, which are another check, nor shares of a rate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jixiao.reading.checks.outcome import Outcome, judge, outcome
from jixiao.reading.enumerations import Enumeration
from jixiao.reading.read import Reading
from jixiao.reading.terms import Term
from jixiao.values import Verdict


def shares(reading: Reading) -> list[Outcome]:
    """Shares of enumerated wholes; sums of shares."""
    found: list[Outcome] = []
    for one in reading.enumerations:
        for place, share in one.shares:
            wholes = [*reversed(one.others), one.whole]
            judged = _of(one.parts[place], wholes, share, "其占比读作占前文总数的比例")
            if one.near or not one.others or judged.verdict is not Verdict.BROKEN:
                found.append(judged)
        found.extend(_together(one))
    return found


def _together(one: Enumeration) -> Iterator[Outcome]:
    """(2)"""
    told = [share for _, share in one.shares]
    if len(told) < 2 or len(told) < len(one.parts):
        return
    finding = judge("shares", shares=told)
    if finding.verdict is Verdict.BROKEN:
        whole = judge("sum", total=one.whole, parts=one.parts)
        if whole.verdict is not Verdict.KEPT:
            return
    yield outcome("sum", finding, told, "各占比读作同一总数的组成部分")


def _of(part: Term, wholes: Sequence[Term], share: Term, words: str) -> Outcome:
    """(1)"""
    judged = [
        (whole, judge("rate", numerator=part, denominator=whole, rate=share)) for whole in reversed(wholes)
    ]
    order = (Verdict.KEPT, Verdict.ROUNDING, Verdict.NOT_APPLICABLE, Verdict.BROKEN)
    whole, finding = min(judged, key=lambda pair: order.index(pair[1].verdict))
    return outcome("rate", finding, (part, whole, share), words)
