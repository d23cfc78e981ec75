"""Weights of a score sheet told in prose: 决策20分、过程20分、产出30分、效益30分 make the 100 they are out of.

A list of at least three amounts of 分 or % that the words call 权重 or 分值, against the total told of them (总权重为100分,
满分100分) or against 100.

(1) The list goes on as long as its stops are alike.
(2) Without a total of its own a list contradicts 100 only where it all but makes it or makes more: it may be of
one heading alone.
Does not see weights told in pairs with scores, nor in tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jixiao.reading.checks.outcome import Outcome, judge, outcome
from jixiao.reading.checks.scores import pairs
from jixiao.reading.enumerations import strength
from jixiao.reading.read import Reading
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.relations import Operand
from jixiao.values import RATIO, Interval, Verdict

_WEIGHTS = re.compile(r"权重|分值(?:设置|设定|分配|分别)|赋分|分值为")
_TOTAL = re.compile(r"总权重|总分|满分|合计|共计|总分值|总计")
_LEAST = 3
_NEARLY = Decimal("0.8")


def weights(reading: Reading) -> list[Outcome]:
    """Lists of weights."""
    text = reading.document.text
    return [
        found
        for sentence in reading.sentences
        if len(sentence.terms) >= _LEAST and _WEIGHTS.search(text, sentence.start, sentence.end)
        for found in _judged(sentence)
    ]


def _judged(sentence: Sentence) -> Iterator[Outcome]:
    if pairs(sentence):
        return
    opening = next((term.index for term in sentence.terms if _WEIGHTS.search(term.gap)), None)
    if opening is None:
        return
    first = sentence.terms[opening]
    if first.unit not in ("分", RATIO):
        return
    parts, rest = _list(sentence.terms[opening:])
    if len(parts) < _LEAST:
        return
    before = [term for term in sentence.terms[:opening] if term.unit == first.unit]
    told = [term for term in (*before, *rest) if term.unit == first.unit and _TOTAL.search(term.clause)]
    if len(told) > 1:
        return
    whole = told[0] if told else None
    unit, full = (RATIO, Decimal(1)) if first.unit == RATIO else ("分", Decimal(100))
    given = whole or Operand("", "总权重", Interval.point(full), "100%" if unit == RATIO else "100分", unit)
    finding = judge("sum", total=given, parts=parts)
    if finding.verdict is Verdict.BROKEN and whole is None:  # (2)
        added = sum(part.statement.quantity.value for part in parts)
        if added < full * _NEARLY:
            return
    words = f"把“权重”之后的{len(parts)}项读作全部指标的分值，合计应为{given.text if isinstance(given, Operand) else '所述总分'}"
    spans = (whole, *parts) if whole is not None else parts
    yield outcome("sum", finding, spans, words)


def _list(terms: Sequence[Term]) -> tuple[list[Term], Sequence[Term]]:
    """The terms divided by stops alike (1), and what follows."""
    parts, level = [terms[0]], 0
    for place, term in enumerate(terms[1:], start=1):
        stop = strength(term.gap)
        if term.unit != terms[0].unit or _TOTAL.search(term.clause) or term.role is Role.EARNED:
            return parts, terms[place:]
        level = level or stop
        if stop != level and not (stop == 1 and level == 1):
            return parts, terms[place:]
        parts.append(term)
    return parts, ()
