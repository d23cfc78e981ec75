"""A budget item and its outcome: 群众文化（项）207万元。年初预算为240万元，支出决算为170万元 tells two sums of one thing.

Accounts print what an item cost right behind its name, which ends with （项）, and once more as 支出决算 in the words
after it.

(1) The 支出决算 is told after the item in its paragraph, before any further item.
(2) An outcome that names a year may be of another one, and so may the second of two: nothing is held against them.
Does not see items whose name does not end with （项）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from jixiao.reading.checks.outcome import Outcome, best, judge, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.values import Qualifier, Verdict

_ITEM = re.compile(r"[（(](?:\d{1,2})?项[)）]”?\s?\Z")
_SPENT = re.compile(r"(?:支出)?决算[数额]?\s?(?:为|是)?\Z")
_OTHER_YEAR = re.compile(r"20\d\d年|上年|去年")
_NEXT = 3  # sentences in which the outcome is told


def items(reading: Reading) -> list[Outcome]:
    """Every item that is told with its sum and with its outcome."""
    text = reading.document.text
    if "项）" not in text and "项)" not in text:
        return []
    return [
        found
        for number, sentence in enumerate(reading.sentences)
        for term in sentence.terms
        if term.unit == "元" and _ITEM.search(text, max(0, term.span[0] - 8), term.span[0])
        for found in _judged(reading.sentences[number : number + _NEXT], term)
    ]


def _judged(near: Sequence[Sentence], item: Term) -> Iterator[Outcome]:
    told = list(takewhile(lambda term: "项）" not in term.gap and "项)" not in term.gap, _behind(near, item)))
    spent = [
        term
        for term in told
        if term.role is Role.FINAL
        and term.unit == item.unit
        and _SPENT.search(term.clause)
        and not _OTHER_YEAR.search(term.clause)
        and term.statement.quantity.qualifier is Qualifier.EXACT
    ]
    if not spent or item.statement.quantity.qualifier is not Qualifier.EXACT:
        return
    term, finding = best(spent, lambda one: judge("repeat", places=[item, one]))
    if finding.verdict is Verdict.BROKEN and len(spent) > 1:
        return
    message = ""
    if finding.verdict is Verdict.BROKEN:
        message = f"同一项支出一处作{printed(item)}，一处作支出决算{printed(term)}，请核对"
    yield outcome("repeat", finding, (item, term), "（项）之后的金额与支出决算读作同一数", message)


def _behind(near: Sequence[Sentence], item: Term) -> Iterator[Term]:
    for sentence in near:
        if sentence.paragraph == near[0].paragraph:
            yield from (term for term in sentence.terms if term.span > item.span)
