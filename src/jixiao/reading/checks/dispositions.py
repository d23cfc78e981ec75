"""What was taken in is split by how it ended: 收到5890件，立案5002件，并案262件，转为意见626件; 受理90件，已办结80件，正在办理10件.

(1) Proposals handed in are filed, merged, passed on or refused. What was merged may be one of those filed: the parts
make the whole with it or without it, or they contradict it. Filed, merged and another end must be told.
(2) What is done and what is under way, told side by side right behind the whole, are no more than the whole; done and
what is not (已整改40项，未整改10项), and cases closed and under way (办结90件，正在办理10件), make it.
(3) Approximate numbers, numbers with what they include in a bracket, and those of earlier years only agree.
Does not see ends that are told farther off than the next sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from jixiao.reading.checks.outcome import Outcome, judge, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.values import RATIO, Qualifier, Verdict

_TAKEN_IN = re.compile(r"(?:收到|提出|提交|征集|收集|受理)[^，。；]{0,8}\Z")
_FILED = re.compile(r"(?:确定|审查|予以|共)?立案\Z")
_MERGED = re.compile(r"(?:并案|合并)(?:处理|办理)?\Z")
_ELSEWHERE = re.compile(r"\A(?:[^，。；]{0,4})(?:转为|转作|改作|作为|不予立案|不立案|退回|撤案|未予?立案)")
_DOING = "办结|办理|办复|整改|化解|处置|处理|解决|完工|完成|竣工|审结|销号|落实|实施|建设|施工|推进"
_DONE = re.compile(
    rf"(?:\A|已|累计|全部|\A[^，。；未正]{{0,4}}(?={_DOING}))(?P<doing>{_DOING})(?:完毕|到位|完成)?(?:资金|问题|金额)?\Z"
)
_UNDER_WAY = re.compile(
    rf"(?P<not>未|尚未|仍未|没有)(?P<left>{_DOING})|(?:正在|尚在|仍在|[在待])(?P<goes>{_DOING}|建|办)中?\Z"
)
_CASES = frozenset(["办结", "办理", "处理", "审结"])
_INCLUDED = re.compile(r"[（(][^）)]{0,12}[含另除]")
_EARLIER = re.compile(r"结转|上年|去年|旧存|历年|积案|往年|历史|遗留")
_BEHIND = 16
_ENDS = 3
_FARTHEST = 5


def dispositions(reading: Reading) -> list[Outcome]:
    """Wholes told with how their parts ended."""
    text = reading.document.text
    found: list[Outcome] = []
    for before, sentence in zip((None, *reading.sentences), reading.sentences, strict=False):
        if len(sentence.terms) < _ENDS - 1:
            continue
        found.extend(_filed(text, before, sentence))
        found.extend(_done(text, sentence))
    return found


def _filed(text: str, before: Sentence | None, sentence: Sentence) -> Iterator[Outcome]:
    """(1)"""
    counts = [term for term in sentence.terms if term.is_amount and term.role is not Role.PREVIOUS]
    first = next((place for place, term in enumerate(counts) if _FILED.search(term.clause)), None)
    if first is None:
        return
    filed = counts[first]
    ends = [filed, *takewhile(_is_end, (term for term in counts[first + 1 :] if not term.depth))]
    ends = [term for term in ends if term.unit == filed.unit]
    told = [*(before.terms if before is not None else ()), *counts[:first]]
    wholes = [term for term in told if term.unit == filed.unit and _TAKEN_IN.search(term.clause)]
    if len(ends) < _ENDS or len(wholes) != 1 or not wholes[0].is_amount:
        return
    whole = wholes[0]
    apart = [term for term in ends if not _MERGED.search(term.clause)]
    if len(apart) == len(ends):
        return
    findings = [(judge("sum", total=whole, parts=some), some) for some in (ends, apart) if len(some) > 1]
    finding, some = next((one for one in findings if one[0].verdict is Verdict.KEPT), findings[0])
    if finding.verdict is Verdict.BROKEN and not _is_plain(text, [whole, *ends]):
        return
    words = f"把“{some[0].clause[-8:]}”至“{some[-1].clause[-8:]}”各数读作{printed(whole)}的去向"
    yield outcome("sum", finding, (whole, *some), words)


def _is_end(term: Term) -> bool:
    return bool(_MERGED.search(term.clause) or _ELSEWHERE.search(term.clause))


def _done(text: str, sentence: Sentence) -> Iterator[Outcome]:
    """(2)"""
    counts: dict[str, list[Term]] = {}
    for term in sentence.terms:
        if term.unit != RATIO and not term.depth:
            counts.setdefault(term.unit, []).append(term)
    for whole, done, left in (three for some in counts.values() for three in _threes(some)):
        first, second = _DONE.search(done.clause), _UNDER_WAY.search(left.clause)
        if first is None or second is None or _DONE.search(whole.clause) or _UNDER_WAY.search(whole.clause):
            continue
        finding = judge("sum", total=whole, parts=[done, left])
        if finding.verdict is Verdict.BROKEN:
            added = done.statement.quantity.value + left.statement.quantity.value
            is_all = second["left"] == first["doing"] or {first["doing"], second["goes"]} <= _CASES
            above = added > whole.statement.quantity.value >= done.statement.quantity.value
            if not (is_all or above) or not _is_plain(text, [whole, done, left]):
                continue
        words = f"把“{done.clause[-8:]}”“{left.clause[-8:]}”读作{printed(whole)}的全部"
        yield outcome("sum", finding, (whole, done, left), words)


def _threes(counts: Sequence[Term]) -> Iterator[tuple[Term, Term, Term]]:
    """Neighbours that may be a whole, what is done of it and what is not; a whole told in two numbers is none."""
    for whole, done, left in zip(counts, counts[1:], counts[2:], strict=False):
        near = left.index - whole.index <= _FARTHEST
        if near and whole.is_amount and done.is_amount and not whole.gap.startswith(("、", "和")):
            yield whole, done, left


def _is_plain(text: str, terms: Sequence[Term]) -> bool:
    """(3)"""
    stretch = text[terms[0].span[0] : terms[-1].span[1] + _BEHIND]
    exact = all(term.statement.quantity.qualifier is Qualifier.EXACT for term in terms)
    return exact and not _INCLUDED.search(stretch) and not _EARLIER.search(terms[0].clause + stretch)
