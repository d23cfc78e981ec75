"""A rate of satisfaction from the answers by grade: 非常满意120份、满意50份、一般10份、不满意6份，满意率91.4%.

The answers that are some 满意 over all answers, which are the valid ones told, else the grades together.

(1) What counts as satisfied differs: with or without 基本满意. Any of these ways may make the rate.
(2) Told broken only where the grades make up the answers told, or where no number of answers is told at all.
Does not see degrees (满意度), which may weigh the grades, nor grades in tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jixiao.reading.checks.outcome import Outcome, best, judge, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.relations import Operand
from jixiao.values import RATIO, Finding, Interval, Verdict

_RATE = re.compile(r"满意率(?:为|达到?|是)?\Z")
_SAID = r"(?:其中|评价|评为|选择|认为|表示|填写)*“?"
_DEGREE = r"(?P<degree>非常不|很不|不太|不|非常|很|十分|比较|较|基本)?满意”?"
_GRADE = re.compile(
    rf"\A(?:{_SAID}(?:{_DEGREE}|一般|说不清|不了解)|[^满]{{1,40}}?{_DEGREE.replace('degree', 'further')})的?(?:有|为)?\Z"
)
_PARTLY = "基本"
_VALID = re.compile(r"有效")
_ANSWERS = re.compile(r"有效|回收|收回|回访|问卷|测评|访问|调查")
_FEWEST = 2


def satisfied(reading: Reading) -> list[Outcome]:
    """Rates of satisfaction that the grades told before them do not make."""
    return [
        one
        for sentence in reading.sentences
        for index, term in enumerate(sentence.terms)
        if term.unit == RATIO and index and _RATE.search(term.clause)
        for one in _judged(sentence.terms[:index], term)
    ]


def grades_told(before: Sequence[Term]) -> list[tuple[Term, str]]:
    """The counts of answers by grade with their degree; `不` begins those that are not satisfied, `` is no 满意."""
    found = []
    for term in before:
        if term.is_amount and term.statement.kind == "count" and (match := _GRADE.match(term.clause)):
            degree = match["degree"] or match["further"] or ""
            found.append((term, "不" if "不" in degree or "满意" not in term.clause else degree or "满意"))
    units = {term.unit for term, _ in found}
    return found if len(found) >= _FEWEST and len(units) == 1 else []


def _judged(before: Sequence[Term], rate: Term) -> Iterator[Outcome]:
    graded = grades_told(before)
    glad = [term for term, degree in graded if degree != "不"]
    if not glad:
        return
    unit, every = glad[0].unit, [term for term, _ in graded]
    answers = [
        term
        for term in before
        if term.unit == unit
        and term not in every
        and term.role is not Role.PREVIOUS
        and _ANSWERS.search(term.clause)
    ]
    answers = [term for term in answers if _VALID.search(term.clause)] or answers
    whole: Term | Operand = answers[-1] if answers else _together(every)
    is_whole = not answers or judge("sum", total=answers[-1], parts=every).verdict is Verdict.KEPT
    fully = [term for term, degree in graded if degree not in ("不", _PARTLY)]
    ways = [way for way in (glad, fully) if way]  # (1)

    def over(way: Sequence[Term]) -> Finding:
        return judge("rate", numerator=_together(way), denominator=whole, rate=rate)

    way, finding = best(ways, over)
    if finding.verdict is Verdict.BROKEN and not is_whole:  # (2)
        return
    words = f"满意的读作{_words(way)}，答者读作{whole.text if isinstance(whole, Operand) else printed(whole)}"
    yield outcome("rate", finding, (*way, *answers[-1:], rate), words)


def _together(terms: Sequence[Term]) -> Operand:
    added = Interval.total(term.statement.quantity.interval for term in terms)
    words = _words(terms)
    return Operand("", words, added, f"（{words}）" if len(terms) > 1 else words, terms[0].unit)


def _words(terms: Sequence[Term]) -> str:
    return " + ".join(printed(term) for term in terms)
