"""Words of direction against the numbers: 由 A 增加到 B rises, 决算数小于预算数 means what it says.

(1) Numbers that may be equal as printed contradict neither direction.
(2) 决算数小于预算数 speaks of the budget and the outcome told side by side in the sentence itself or up to two
before in the same paragraph; where several pairs stand there, one that fits is enough.
(3) Ranks (由369位上升到235位) rise downwards and are left out; 名 that are 增加 or 减少 are people.
(4) 增加 … 主要原因是厉行节约 contradicts itself where the reason tells only of the other direction, of spending. A
reason that also tells of its own direction, or of last year, explains itself.
(5) 比预算数增加 and 与预算数持平 right behind the two speak of them; the very same sum printed twice is a
note, for the difference may be too small to print.
Does not see numbers in tables.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from jixiao.reading.checks.outcome import Outcome, judge, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.values import Verdict

_ANOTHER_BUDGET = re.compile(r"预算数?[为是]?\s{0,2}[0-9]")
_AGAINST_BUDGET = re.compile(
    r"决\s?算\s?数?\s?(?P<word>大\s?于|高\s?于|多\s?于|超\s?出|小\s?于|低\s?于|少\s?于)\s?(?:年\s?初|全\s?年|调\s?整)?\s?预\s?算\s?数?\s?(?=[的，,。；;]|主要)"
)
_BECAUSE = r"原\s?因\s?(?:是|为|系|：)|是\s?因\s?为|由\s?于|主\s?要\s?是"
_REASON = re.compile(rf"(?:主\s?要\s?(?:{_BECAUSE})|{_BECAUSE})(?P<reason>[^。；;]{{2,60}})(?=[。；;\n]|\Z)")
_BESIDE = re.compile(
    r"，(?:支出)?(?:(?:比|较)(?:年初|全年|调整)?预算数?(?P<word>增加|增长|上升|减少|下降|降低)|(?P<more>高于|超出|超过|大于|低于|少于|小于)(?:年初|全年|调整)?预算数?"
    r"|(?:与(?:年初|全年|调整)?预算数?)(?P<same>持平|一致|相等|相同))(?=[，,。；;]|的)"
)
_UP = re.compile("增|上升|高于|超|大于")
_EQUAL = frozenset({"持平", "一致", "相等", "相同"})
_REASON_NEAR = 10
_SPENDING = re.compile(r"支\s?出|经\s?费|费\s?用|接\s?待\s?费|运\s?行\s?维\s?护\s?费")
_FALLING = re.compile(
    r"厉行节约|压减|压缩|从严控制|严格控制|严控|缩减|精简|节约开支|节支|批次减少|人数减少|人员减少|减少了?(?:公务|接待|出差|会议|支出)"
)
_RISING = re.compile(
    r"(?:人员|人数|批次|任务|业务量|工作量|项目|活动)增[加多]|新增(?:人员|项目|任务)|上涨|调标|提标|增资|扩大|增加了?(?:人员|项目|活动|任务|支出)"
)
_EXPLAINED = re.compile(r"上年|去年|基数|但|虽|调剂|结转|科目|口径|抵[消减]|高于|低于")
_LARGER = frozenset({"大于", "高于", "多于", "超出"})
_NEAR = 2
_RANKS = frozenset({"位", "名"})
_MORE_OR_FEWER = re.compile("增加|减少|增至|减至|发展到")


def directions(reading: Reading) -> list[Outcome]:
    """Courses from one value to another, and outcomes against budgets."""
    courses = [one for sentence in reading.sentences for one in _courses(sentence)]
    text = reading.document.text
    beside = [one for sentence in reading.sentences for one in _beside_budgets(text, sentence)]
    return courses + beside + list(_against_budgets(reading)) + list(_against_reasons(reading))


def _against_reasons(reading: Reading) -> Iterator[Outcome]:
    """(4)"""
    text = reading.document.text
    for match in _REASON.finditer(text):
        position = bisect_right(reading.sentences, match.start(), key=lambda one: one.start) - 1
        if position < 0:
            continue
        sentence = reading.sentences[position]
        before = [term for term in sentence.terms if term.span[1] <= match.start()]
        moved = [term for term in before if term.change and term.role in (Role.DELTA, Role.GROWTH)]
        if (
            not moved
            or len({term.change for term in moved}) > 1
            or match.start() - before[-1].span[1] > _REASON_NEAR
        ):
            continue
        if not _SPENDING.search(text, sentence.start, match.start()):
            continue
        reason = "".join(match["reason"].split())
        rising, falling = bool(_RISING.search(reason)), bool(_FALLING.search(reason))
        change = moved[-1].change
        if rising == falling or _EXPLAINED.search(reason) or (change == "up") == rising:
            continue
        told, fact = ("增加", "减少") if change == "up" else ("减少", "增加")
        spans = (moved[-1].span, match.span("reason"))
        message = f"文字说{told}（{printed(moved[-1])}），所述原因“{reason[:20]}”却说明{fact}，请核对方向"
        words = f"原因“{reason[:20]}”读作使支出{fact}"
        yield Outcome("direction", Verdict.BROKEN, spans, told, fact, words, message)


def _courses(sentence: Sentence) -> Iterator[Outcome]:
    for before, after in pairwise(sentence.terms):
        if after.role is not Role.CURRENT:
            continue
        same = before.unit == after.unit and before.role is Role.PREVIOUS and not _is_rank(after)
        if same and not after.subject:
            rising = after.change == "up"
            stages = (after, before) if rising else (before, after)
            finding = judge("chain", stages=stages)
            message = ""
            if finding.verdict is Verdict.BROKEN:
                told, fact = ("上升", "下降") if rising else ("下降", "上升")
                message = f"文字说{told}，数字由{printed(before)}到{printed(after)}却是{fact}，请核对"
            words = f"把{printed(before)}读作起点、{printed(after)}读作终点"
            yield outcome("direction", finding, (before, after), words, message)


def _is_rank(after: Term) -> bool:
    """(3)"""
    return after.unit in _RANKS and not _MORE_OR_FEWER.search(after.clause)


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
            and not _ANOTHER_BUDGET.search(reading.document.text, pair[1].span[1], match.start())
        ]
        if pairs:
            yield _told(pairs, "".join(match["word"].split()), match.span())


def _beside_budgets(text: str, sentence: Sentence) -> Iterator[Outcome]:
    """(5)"""
    for budget, final in _pairs(sentence):
        match = _BESIDE.match(text, final.span[1], sentence.end)
        if match is None:
            continue
        word = match["word"] or match["more"] or match["same"]
        if word in _EQUAL:
            finding = judge("repeat", places=(budget, final))
            if finding.verdict is Verdict.ROUNDING:
                continue
            message = ""
            if finding.verdict is Verdict.BROKEN:
                message = f"文字说与预算数{word}，预算为{printed(budget)}、决算为{printed(final)}，请核对"
            words = f"预算读作{printed(budget)}，决算读作{printed(final)}"
            yield outcome("direction", finding, (budget, final, match.span()), words, message)
        else:
            yield _told([(budget, final)], "大于" if _UP.search(word) else "小于", match.span())


def _pairs(sentence: Sentence) -> list[tuple[Term, Term]]:
    return [
        (before, after)
        for before, after in pairwise(sentence.terms)
        if before.unit == after.unit and before.role is Role.BUDGET and after.role is Role.FINAL
    ]


def _told(pairs: list[tuple[Term, Term]], word: str, span: tuple[int, int]) -> Outcome:
    judged = []
    for budget, final in pairs:
        stages = (final, budget) if word in _LARGER else (budget, final)
        judged.append((budget, final, judge("chain", stages=stages)))
    budget, final, finding = min(judged, key=lambda one: one[2].verdict is Verdict.BROKEN)
    if finding.verdict is Verdict.KEPT and printed(budget) == printed(final):  # (5)
        finding = replace(finding, verdict=Verdict.ROUNDING)
    message = ""
    if finding.verdict is Verdict.ROUNDING:
        message = f"文字说决算数{word}预算数，两数印出均为{printed(final)}，请确认"
    if finding.verdict is Verdict.BROKEN:
        message = f"文字说决算数{word}预算数，预算为{printed(budget)}、决算为{printed(final)}，请核对"
    words = f"预算读作{printed(budget)}，决算读作{printed(final)}"
    return outcome("direction", finding, (budget, final, span), words, message)
