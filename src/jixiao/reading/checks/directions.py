"""Words of direction against the numbers: 由 A 增加到 B rises, 决算数小于预算数 means what it says.

(1) Numbers that may be equal as printed contradict neither direction.
(2) 决算数小于预算数 speaks of the budget and the outcome told side by side in the sentence itself or up to two
before in the same paragraph; where several pairs stand there, one that fits is enough.
(3) Ranks (由369位上升到235位) rise downwards and are left out.
Does not see directions given only by a reason (因…减少), nor numbers in tables.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from jixiao.reading.checks.outcome import Outcome, judge, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.values import Verdict

_AGAINST_BUDGET = re.compile(
    r"决\s?算\s?数?\s?(?P<word>大于|高于|多于|超出|小于|低于|少于)\s?(?:年初|全年|调整)?\s?预\s?算\s?数?\s?(?=的|，|。|主要)"
)
_LARGER = frozenset({"大于", "高于", "多于", "超出"})
_NEAR = 2
_RANKS = frozenset({"位", "名"})


def directions(reading: Reading) -> list[Outcome]:
    """Courses from one value to another, and outcomes against budgets."""
    courses = [one for sentence in reading.sentences for one in _courses(sentence)]
    return courses + list(_against_budgets(reading))


def _courses(sentence: Sentence) -> Iterator[Outcome]:
    for before, after in zip(sentence.terms, sentence.terms[1:], strict=False):
        same = before.unit == after.unit and before.role is Role.PREVIOUS and before.unit not in _RANKS
        if after.role is Role.CURRENT and same and not after.subject:
            rising = after.change == "up"
            stages = (after, before) if rising else (before, after)
            finding = judge("chain", stages=stages)
            message = ""
            if finding.verdict is Verdict.BROKEN:
                told, fact = ("上升", "下降") if rising else ("下降", "上升")
                message = f"文字说{told}，数字由{printed(before)}到{printed(after)}却是{fact}，请核对"
            words = f"把{printed(before)}读作起点、{printed(after)}读作终点"
            yield outcome("direction", finding, (before, after), words, message)


def _against_budgets(reading: Reading) -> Iterator[Outcome]:
    ends = [sentence.start for sentence in reading.sentences]
    for match in _AGAINST_BUDGET.finditer(reading.document.text):
        position = bisect_right(ends, match.start()) - 1
        near = reading.sentences[max(0, position - _NEAR) : position + 1]
        paragraph = reading.sentences[position].paragraph if position >= 0 else -1
        pairs = [
            pair
            for sentence in near
            if sentence.paragraph == paragraph
            for pair in _pairs(sentence)
            if pair[1].span[1] <= match.start()
        ]
        if pairs:
            yield _told(pairs, match["word"], match.span())


def _pairs(sentence: Sentence) -> list[tuple[Term, Term]]:
    return [
        (before, after)
        for before, after in zip(sentence.terms, sentence.terms[1:], strict=False)
        if (before.role, after.role) == (Role.BUDGET, Role.FINAL) and before.unit == after.unit
    ]


def _told(pairs: list[tuple[Term, Term]], word: str, span: tuple[int, int]) -> Outcome:
    judged = []
    for budget, final in pairs:
        stages = (final, budget) if word in _LARGER else (budget, final)
        judged.append((budget, final, judge("chain", stages=stages)))
    budget, final, finding = min(judged, key=lambda one: one[2].verdict is Verdict.BROKEN)
    message = ""
    if finding.verdict is Verdict.BROKEN:
        message = f"文字说决算数{word}预算数，预算为{printed(budget)}、决算为{printed(final)}，请核对"
    words = f"预算读作{printed(budget)}，决算读作{printed(final)}"
    return outcome("direction", finding, (budget, final, span), words, message)
