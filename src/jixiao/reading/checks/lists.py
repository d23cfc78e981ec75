"""A stated count and the things then listed: 三个方面 after three, 4 期 before four titles, 4个科室：甲、乙、丙、丁.

Titles in 《》 right before or after the count, names divided by 、 right before it or right after a colon.

(1) 等 lets the list be shorter than the count.
(2) 和, 与, 及 may divide two things or stand inside one: every count between is right.
(3) Names divided by 、 contradict a count only where it is a Chinese numeral of 类, 个方面 and the like, or counts
offices, places or 分别是 the names themselves; other counts may count something else.
(4) Titles that merely follow somewhere in the sentence may agree, never contradict, but for three or more that the same
word leads in (甲主讲《…》，乙主讲《…》，丙主讲《…》) and that are told as all; copies (份, 册, 次) of titles are no titles.
(5) More names than the count before 等 contradict it only where they are names of one sort (甲镇、乙镇、丙乡).
Does not see lists told in paragraphs with headings, nor lists in tables; numbered points are another check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jixiao.reading.checks.outcome import Outcome, Span, judge, operand, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.terms import Term
from jixiao.relations import Operand
from jixiao.values import Interval, Verdict

_TITLES_BEFORE = re.compile(r"《[^《》]{1,80}》(?:[、，和及与]?\s{0,4}《[^《》]{1,80}》)*(?P<etc>等)?\Z")
_TITLE = re.compile(r"《[^《》]{1,80}》")
_RIGHT_AFTER = re.compile(r"\A[^，。；《]{0,8}(?:[：:（(]|[，,]?(?:分别是|分别为|即))《")
_STOP = re.compile(r"[，,。；;：:！？\t]")
_LEADS_IN = re.compile(r".*(?:分成|分为|划为|包括|围绕|[从对就])")
_KINDS = re.compile(r"\A(?:方面|环节|阶段|部分|维度|层面|类别|板块|大类)")
_CHINESE = re.compile(r"\A[两二三四五六七八九十]{1,2}")
_OFFICES = re.compile(
    r"(?:个)?(?:内设|下属|所属|二级|直属|职能|参与|成员)?(?:内设机构|机构|科室|股室|处室|委室|室|部门|单位|科|股|乡镇|街道|社区|镇|乡|村|县区|县|区)"
)
_PLACES = frozenset("镇乡村县区市州省委局办院校会社道")
_NAMES_FOLLOW = re.compile(
    r"[^，。；：:\n、]{0,10}?(?:[：:]|，?(?P<are>分别(?:是|为)|即))(?P<names>[^。；\n：:，]{4,200})(?=[。；\n]|\Z)"
)
_SOME = re.compile(r"其中|如|特别|包括|等|重点|还|另|[0-9]")
_WINDOW = 300
_LONGEST_TITLE = 82
_LARGEST = 20
_TITLES_END = frozenset("》等")
_TITLED = frozenset("件篇部项本个条期场首幅")


def lists(reading: Reading) -> list[Outcome]:
    """Counts that stand beside what they count."""
    text, found = reading.document.text, list[Outcome]()
    for sentence in reading.sentences:
        for index, term in enumerate(sentence.terms):
            if not _is_small_count(term):
                continue
            begin = sentence.terms[index - 1].span[1] if index else sentence.start
            if term.unit in _TITLED:
                found.extend(_titles_before(text, term, begin))
            found.extend(_names_before(text, term, begin))
            if term.unit in _TITLED:
                found.extend(_titles_after(text, term, sentence.end))
            found.extend(_names_after(text, term, sentence.end))
    return found


def _is_small_count(term: Term) -> bool:
    quantity = term.statement.quantity
    return term.statement.kind == "count" and 1 <= quantity.value <= _LARGEST and quantity.is_point


def _titles_before(text: str, term: Term, begin: int) -> Iterator[Outcome]:
    start = max(begin, term.span[0] - _WINDOW)
    words = text[start : term.span[0]].rstrip()
    if words[-1:] not in _TITLES_END:
        return
    match = _TITLES_BEFORE.search(words)
    if match is None:
        return
    span = (start + match.start(), start + len(words))
    names = _TITLE.findall(match[0])
    if len(names) > 1:
        yield _held(
            term, len(names), len(names), span, "把紧邻其前的书名号标题读作所述各项", etc=bool(match["etc"])
        )


def _titles_after(text: str, term: Term, end: int) -> Iterator[Outcome]:
    after = text[term.span[1] : min(end, term.span[1] + _WINDOW)]
    titles = list(_TITLE.finditer(after)) if "《" in after else []
    if len(titles) < 2:
        return
    span = (term.span[1] + titles[0].start(), term.span[1] + titles[-1].end())
    found = _held(term, len(titles), len(titles), span, "把其后的书名号标题读作所述各项", etc="等" in after)
    between = _TITLE.sub("", after[titles[0].start() : titles[-1].end()])
    is_whole = span[1] - term.span[1] < _WINDOW - _LONGEST_TITLE  # no title is cut off by the window
    sure = is_whole and _RIGHT_AFTER.match(after) and not between.strip("、，和及与； \r\n")  # (4)
    sure = sure or (is_whole and _are_led_in_alike(after, titles))
    if sure or (found.verdict is Verdict.KEPT and len(titles) == term.statement.quantity.value):
        yield found


def _are_led_in_alike(after: str, titles: list[re.Match[str]]) -> bool:
    """(4)"""
    leads = {after[max(0, title.start() - 2) : title.start()] for title in titles}
    told = _TITLE.sub("", after[: titles[-1].end() + 1])
    return len(titles) > 2 and len(leads) == 1 and not _SOME.search(told)


def _names_before(text: str, term: Term, begin: int) -> Iterator[Outcome]:
    start = max(begin, term.span[0] - _WINDOW)
    words = text[start : term.span[0]]
    if "、" not in words:
        return
    stops = list(_STOP.finditer(words))
    start += stops[-1].end() if stops else 0
    words = text[start : term.span[0]]
    if "、" not in words or "《" in words or words.startswith("、"):
        return
    if led := _LEADS_IN.match(words[: words.index("、")]):
        start += led.end()
        words = words[led.end() :]
    if etc := words.rstrip().endswith("等"):  # (1)
        words = words.rstrip()[:-1]
    least = words.count("、") + 1
    most = least + len(re.findall("以及|和|与|及", words))  # (2)
    kinds = term.unit in ("类", "种") or _KINDS.match("".join(text[term.span[1] : term.span[1] + 6].split()))
    value = int(term.statement.quantity.value)
    span = (start, term.span[0])
    if etc:
        if _is_clean(words) and _are_of_one_sort(words):  # (5)
            yield _held(term, least, most, span, "把紧邻其前以顿号分开的各项读作所述各项", etc=True)
        return
    agrees = value in (least, most) or (kinds and least <= value <= most)
    counted = kinds and _CHINESE.match(printed(term))
    offices = _OFFICES.match(text, term.span[1]) and least == most
    if agrees or ((counted or offices) and _is_clean(words)):  # (3)
        yield _held(term, least, most, span, "把紧邻其前以顿号分开的各项读作所述各项", etc=False)


def _names_after(text: str, term: Term, end: int) -> Iterator[Outcome]:
    """(3)"""
    match = _NAMES_FOLLOW.match(text, term.span[1], min(end, term.span[1] + _WINDOW))
    if match is None:
        return
    words = match["names"]
    least = words.count("、") + 1
    joined = len(re.findall("以及|和|与|及", words))
    if least + joined < 2 or re.search("[“”（）()《》0-9；]|等|其中", words):
        return
    value = int(term.statement.quantity.value)
    span = match.span("names")
    told = "把其后列出的各项读作所述各项"
    if (
        value in (least, least + joined)
        or least <= value <= least + joined
        or ((_OFFICES.match(text, term.span[1]) or match["are"]) and least > 1 and _is_clean(words))
    ):
        yield _held(term, least, least + joined, span, told, etc=False)


def _are_of_one_sort(words: str) -> bool:
    return all(name and name[-1] in _PLACES for name in words.split("、")) and "的" not in words


def _is_clean(words: str) -> bool:
    """The names are short and alike; no bracket or quotation may hide a list of its own."""
    names = words.split("、")
    return not re.search("[“”（）()]", words) and len(names) > 2 and max(map(len, names)) <= 16


def _held(term: Term, least: int, most: int, span: Span, words: str, *, etc: bool) -> Outcome:
    value = int(term.statement.quantity.value)
    listed = value if least <= value <= most else most if value > most else least
    items = Operand("", "所列各项", Interval.point(listed), f"{listed}项")
    count = replace(operand(term), unit="")
    return outcome("list", judge("list", count=count, items=items, exhaustive=not etc), (term, span), words)
