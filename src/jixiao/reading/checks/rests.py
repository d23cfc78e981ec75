"""What is left: the whole is what was done and the rest. 发现隐患527处，整改519处，其余8处限期整改.

The rest is told by 其余, 剩余, 余下 or 未整改的 (未办结的 …) behind two or more counts of its measure word in one sentence.

(1) Any whole and any count after it that leave the rest are enough.
(2) Told broken only where there is just one whole and one count of what was done, all exact, with words of doing.
(4) 收到90件，立案80件，转为信息6件，不予立案4件: what was not taken is the rest of all that was, where every count between
tells where a part went; where some were merged (并案) the counts only agree.
(3) A rest that closes an enumeration is a part of that, which is another check; parts of one are no counts here.
Does not see a rest told in the next sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from jixiao.reading.checks.outcome import Outcome, judge, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.values import Qualifier, Verdict

_REST = re.compile(
    r"\A(?:其余|剩余|余下|剩下)|未(?:整改|办结|解决|完成|办复|销号|化解|处置)(?:到位|完毕)?的?\Z|(?:不予|未予?|没有)(?:立案|受理|采纳)的?\Z"
)
_WENT = re.compile(r"立案|转为|转作|转[办交]|作为|受理|采纳|退回|撤[回销]|合并|并案")
_MERGED = re.compile("并案|合并")
_DONE = re.compile(r"整改|办结|解决|完成|化解|处置|销号|答复|办复|采纳|处理")
_MOST = 6  # counts before a rest: where more are told, nobody can tell which are meant
_APART = frozenset([Role.PREVIOUS, Role.TARGET, Role.BUDGET, Role.CURRENT])


def rests(reading: Reading) -> list[Outcome]:
    """Every rest of every sentence."""
    enumerated = {part.span for one in reading.enumerations for part in one.parts}
    return [
        found
        for sentence in reading.sentences
        for index, term in enumerate(sentence.terms)
        if index > 1 and term.is_amount and term.span not in enumerated and _REST.search(term.clause)  # (3)
        for found in _judged(
            [one for one in sentence.terms[:index] if one.span not in enumerated],
            term,
            any(one.unit == term.unit and _WENT.search(one.clause) for one in sentence.terms[index + 1 :]),
        )
    ]


def _judged(before: Sequence[Term], rest: Term, goes_on: bool) -> Iterator[Outcome]:
    counts = [
        term for term in before if term.unit == rest.unit and term.is_amount and term.role not in _APART
    ]
    if not 1 < len(counts) <= _MOST:
        return
    for whole, done in combinations(counts, 2):  # (1)
        finding = judge("sum", total=whole, parts=[done, rest])
        if finding.verdict is Verdict.KEPT:
            yield outcome("sum", finding, (whole, done, rest), _words(whole, done, rest))
            return
    if len(counts) > 2 and all(_WENT.search(term.clause) for term in counts[1:]):
        yield from _went(counts, rest)
        return
    exact = all(term.statement.quantity.qualifier is Qualifier.EXACT for term in (*counts, rest))
    if len(counts) > 2 and "；" in counts[-2].gap:  # what stands before the stop is of something else
        counts = counts[-2:]
    refused = not goes_on and "立案" in rest.clause and counts[-1].clause.endswith("立案")
    if (
        len(counts) == 2
        and exact
        and (refused or _DONE.search(counts[1].clause))
        and not _DONE.search(counts[0].clause)
    ):  # (2)
        whole, done = counts
        finding = judge("sum", total=whole, parts=[done, rest])
        message = ""
        if finding.verdict is Verdict.BROKEN:
            message = f"{printed(whole)}减去{printed(done)}，剩下的不是{printed(rest)}，请核对三个数"
        yield outcome("sum", finding, (whole, done, rest), _words(whole, done, rest), message)


def _went(counts: Sequence[Term], rest: Term) -> Iterator[Outcome]:
    """(4)"""
    whole, *parts = counts
    finding = judge("sum", total=whole, parts=[*parts, rest])
    exact = all(term.statement.quantity.qualifier is Qualifier.EXACT for term in (*counts, rest))
    merged = any(_MERGED.search(term.clause) for term in parts) or _WENT.search(whole.clause)
    if finding.verdict is Verdict.KEPT or (exact and not merged):
        words = f"把“{parts[0].clause[-8:]}”至“{rest.clause[-8:]}”各数读作{printed(whole)}的去向"
        yield outcome("sum", finding, (whole, *parts, rest), words)


def _words(whole: Term, done: Term, rest: Term) -> str:
    return f"把{printed(done)}和“{rest.clause[-8:]}”{printed(rest)}读作{printed(whole)}的全部"
