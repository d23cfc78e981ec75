"""A grade beside its score: 自评得分86分，等级为“优” where 优 begins at 90.

The bands are those of the national rule for budget performance out of 100 points: 90 优, 80 良, 60 中, below 差.

(1) A text that tells bands of its own (85分以上为优) is judged by nobody here.
(2) 优秀, 良好 and 合格, 一般 are read as 优, 良, 中.
(3) Only scores called 自评, 评价, 绩效, 综合 or 总 are graded so; those above 100 and of single items are not.
Does not see grades in tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jixiao.reading.checks.outcome import Outcome, judge, outcome
from jixiao.reading.read import Reading
from jixiao.reading.terms import Term

_BANDS = ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(0), "差"))
_SCORED = re.compile(r"自评|评价|绩效|综合|总分|总得分|考核")
_GRADE = re.compile(
    r"[^0-9。；;\n]{0,16}?(?:等级|等次|结论|结果|评级|级别|评定|评价)[^0-9。；;\n，,]{0,6}?(?:为|是|：|:|属于?|定为)?[“\"「]?"
    r"(?P<grade>优秀?|良好?|中等?|合格|差)(?=[”\"」。，,；;）)\s级等]|\Z)"
)
_OWN_BANDS = re.compile(r"[0-9]{2}\s{0,2}分?\s{0,2}(?:[（(]含[^）)]{0,3}[）)])?\s{0,2}(?:以上|以下|[-—~～至]\s{0,2}[0-9]{2,3}\s{0,2}分)")
_NAMES = {"优秀": "优", "良好": "良", "中等": "中", "合格": "中"}


def grades(reading: Reading) -> list[Outcome]:
    """Grades told right behind a score of the whole."""
    text = reading.document.text
    found = [
        one for sentence in reading.sentences for term in sentence.terms for one in _judged(text, term)
    ]
    return [] if found and _OWN_BANDS.search(text) else found  # (1)


def _judged(text: str, term: Term) -> Iterator[Outcome]:
    if term.unit != "分" or not _SCORED.search(term.gap) or not 0 <= term.statement.quantity.value <= 100:  # (3)
        return
    match = _GRADE.match(text, term.span[1])
    if match is None:
        return
    name = _NAMES.get(match["grade"], match["grade"])  # (2)
    finding = judge("grade", score=term, grade=name, bands=_BANDS)
    words = "满分读作100分，等级按90分、80分、60分为界读作优、良、中、差"
    yield outcome("grade", finding, (term, match.span("grade")), words)
