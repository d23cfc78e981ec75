"""Shares: what is said to be so many per cent of a whole is so, and shares of one whole make 100 %.

占 55.10 % after a part of an enumeration is that part over the whole; 占本年支出合计的 99.86 % is the quantity
right before over the one named so, wherever the document told it last.

(1) A whole that is named and told with several values: one that fits is enough.
(2) Shares after parts that are not known to be all parts may make less than 100 %, never more.
(3) A whole that is neither enumerated nor named is guessed only to agree, never to contradict, unless the words
say so: 120个村中，108个村 …，占90%.
Does not see shares whose whole stands in a table, nor shares of a rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jixiao.reading.checks.outcome import Outcome, judge, outcome
from jixiao.reading.checks.places import Places
from jixiao.reading.enumerations import Enumeration
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.values import Verdict

_AMONG = re.compile(r"[^，。；、0-9]{0,8}(?:之)?中[，,]")


def shares(reading: Reading) -> list[Outcome]:
    """Shares of enumerated, named and guessed wholes; sums of shares."""
    found: list[Outcome] = []
    done: set[tuple[int, int]] = set()
    for one in reading.enumerations:
        for place, share in one.shares:
            done.add(share.span)
            wholes = [*reversed(one.others), one.whole]
            judged = _of(one.parts[place], wholes, share, "其占比读作占前文总数的比例")
            if one.near or not one.others or judged.verdict is not Verdict.BROKEN:
                found.append(judged)
        found.extend(_together(one))
    return found + list(_named(reading, done))


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


def _named(reading: Reading, done: set[tuple[int, int]]) -> Iterator[Outcome]:
    places = Places()
    for sentence in reading.sentences:
        for index, term in enumerate(sentence.terms):
            if term.role is Role.SHARE and term.span not in done and index:
                part = sentence.terms[index - 1]
                if part.is_amount and term.gap.count("，") <= 1:
                    yield from _of_some(part, sentence.terms[: index - 1], term, places)
            places.add(term)


def _of_some(part: Term, before: Sequence[Term], share: Term, places: Places) -> Iterator[Outcome]:
    if share.base:
        wholes = [whole for whole in places.of(share.base) if whole.unit == part.unit and whole is not part]
        if wholes:
            yield _of(part, wholes, share, f"占比的分母读作前文的“{share.base}”")
        return
    guessed = [whole for whole in before if whole.unit == part.unit and whole.is_amount]
    if len(guessed) == 1:  # (3)
        found = _of(part, guessed, share, "占比的分母读作同一句中的前一个数")
        if found.verdict is not Verdict.BROKEN or _AMONG.match(guessed[0].statement.after):
            yield found


def _of(part: Term, wholes: Sequence[Term], share: Term, words: str) -> Outcome:
    """(1)"""
    judged = [
        (whole, judge("rate", numerator=part, denominator=whole, rate=share)) for whole in reversed(wholes)
    ]
    order = (Verdict.KEPT, Verdict.ROUNDING, Verdict.NOT_APPLICABLE, Verdict.BROKEN)
    whole, finding = min(judged, key=lambda pair: order.index(pair[1].verdict))
    return outcome("rate", finding, (part, whole, share), words)
