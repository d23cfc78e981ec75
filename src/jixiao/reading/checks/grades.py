"""A grade beside its score: 自评得分86分，等级为“优” where 优 begins at 90.

The bands are those the text tells (优（85分以上）、良（75分以上）…), else those of the national rule for budget performance
out of 100 points: 90 优, 80 良, 60 中, below 差.

(1) A text that tells bands of its own in words not understood here is left alone.
(2) 优秀, 良好 and 合格, 一般 are read as 优, 良, 中.
(3) Only scores called 自评, 评价, 绩效, 综合 or 总 are graded so; those above 100 and of single items are not.
(4) A score right on a bound is left alone: 80分至90分 and 60分至80分 both take it in.
Does not see grades in tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jixiao.reading.checks.outcome import Outcome, judge, outcome
from jixiao.reading.read import Reading
from jixiao.reading.terms import Term
from jixiao.values import Verdict

_BANDS = ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(0), "差"))
_SCORED = re.compile(r"自评|评价|绩效|综合|总分|总得分|考核|得分")
_BAND = re.compile(
    r"(?P<name>优秀?|良好?|中等?|合格|差)[（(]\s?(?P<low>\d{2})\s?分?\s?(?:[（(]含[）)])?(?:及?以上|[-－–—~～至])"
)
_BAND_AFTER = re.compile(
    r"(?P<low>\d{2})\s?分?(?:[（(]含[^（）()]{0,4}[）)])?(?:及?以上|[-－–—~～至]\s?\d{2,3}\s?分?(?:[（(][^（）()]{0,6}[）)])?)"
    r"[^，。；、\d]{0,4}?(?:为|属|：|的为)[“\"]?(?P<name>优秀?|良好?|中等?|合格|差)"
)
_GRADE = re.compile(
    r"[^0-9。；;\n]{0,16}?(?:等级|等次|结论|结果|评级|级别|评定|评价)[^0-9。；;\n，,]{0,6}?(?:为|是|：|:|属于?|定为)?[“\"「]?"
    r"(?P<grade>优秀?|良好?|中等?|合格|差)(?=[”\"」。，,；;）)\s级等]|\Z)"
)
_OWN_BANDS = re.compile(
    r"[0-9]{2}\s{0,2}分?\s{0,2}(?:[（(]含[^）)]{0,3}[）)])?\s{0,2}(?:以上|以下|[-－–—~～至]\s{0,2}[0-9]{2,3}\s{0,2}分)"
)
_WINDOW = 60
_NAMES = {"优秀": "优", "良好": "良", "中等": "中", "合格": "中"}


def grades(reading: Reading) -> list[Outcome]:
    """Grades told right behind a score of the whole."""
    text = reading.document.text
    scored = [
        (term, sentence.end)
        for sentence in reading.sentences
        for term in sentence.terms
        if term.unit == "分" and _SCORED.search(term.gap) and 0 <= term.statement.quantity.value <= 100  # (3)
    ]
    bands = _bands(text) if scored else ()
    return [one for term, end in scored for one in _judged(text, term, end, bands)] if bands else []


def _bands(text: str) -> Sequence[tuple[Decimal, str]]:
    """The bands a text tells, else the national ones; none where it tells some that are not understood."""
    plain = "".join(text.split())
    told = {
        _NAMES.get(match["name"], match["name"]): Decimal(match["low"])
        for pattern in (_BAND, _BAND_AFTER)
        for match in pattern.finditer(plain)
    }
    if len(told) > 1:
        lowest = min(told.values())
        rest = [(Decimal(0), "差")] if lowest and "差" not in told else []
        return [*sorted(((low, name) for name, low in told.items()), reverse=True), *rest]
    return () if _OWN_BANDS.search(text) else _BANDS  # (1)


def _judged(text: str, term: Term, end: int, bands: Sequence[tuple[Decimal, str]]) -> Iterator[Outcome]:
    start = term.span[1]
    places = [place for place in range(start, min(end, start + _WINDOW)) if not text[place].isspace()]
    match = _GRADE.match("".join(text[place] for place in places))
    if match is None:
        return
    name = _NAMES.get(match["grade"], match["grade"])  # (2)
    finding = judge("grade", score=term, grade=name, bands=bands)
    if finding.verdict is Verdict.BROKEN and any(term.statement.quantity.value == low for low, _ in bands):
        return  # (4)
    first, last = match.span("grade")
    edges = "、".join(f"{low}分以上为{band}" for low, band in bands if low)
    words = f"满分读作100分，{edges}"
    yield outcome("grade", finding, (term, (places[first], places[last - 1] + 1)), words)
