"""Parts that a performance report must have, and headings that skip a number: notes, never alarms.

A text whose title calls it a performance self-evaluation or evaluation report (绩效 … 自评报告, 评价报告) tells its basics,
its money, its results, its problems and what will be done. Headings 一、二、四、 skip one; the same number twice is
one too many.

(1) Only a long text is missed for parts: an extract or a form need not have them.
(2) A part counts as told where a heading or, for short texts, a sentence names it.
Does not judge what stands in a part.
"""

from __future__ import annotations

import re

from jixiao.reading.checks.outcome import Outcome
from jixiao.reading.read import Reading
from jixiao.values import Verdict

_TITLE = re.compile(r"绩\s?效[^\n。]{0,20}(?:自评|评价)[^\n。]{0,8}报\s?告")
_PARTS = (
    ("基本情况", re.compile(r"基本情况|概况|职能|职责")),
    ("预算与支出情况", re.compile(r"预算|支出|收支|资金|经费")),
    ("绩效完成情况", re.compile(r"绩效|完成情况|产出|效益|成效|主要工作|评价结论|自评结果")),
    ("存在的问题", re.compile(r"问题|不足|困难|短板")),
    ("改进措施或建议", re.compile(r"改进|措施|建议|打算|下一步|整改")),
)
_HEADING = re.compile(
    r"(?m)^[ \t\u3000]*(?P<number>[一二三四五六七八九十]{1,3})、(?P<words>[^\n。；]{2,40})$"
)
_LONG = 800
_LEAST = 3
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九十", start=1)}


def outlines(reading: Reading) -> list[Outcome]:
    """Missing parts and gaps in the numbering of headings."""
    text = reading.document.text
    return [*_missing(text), *_gaps(text)]


def _missing(text: str) -> list[Outcome]:
    title = _TITLE.search(text, 0, 400)
    if title is None or len(text) < _LONG:  # (1)
        return []
    headings = " ".join(match["words"] for match in _HEADING.finditer(text))
    where = headings if headings.count(" ") + 1 >= _LEAST else text[title.end() :]  # (2)
    absent = [name for name, words in _PARTS if not words.search(where)]
    if not absent:
        return []
    return [
        Outcome(
            "missing",
            Verdict.NOT_APPLICABLE,
            (title.span(),),
            "",
            "",
            "读作绩效自评报告，按通行提纲核对各部分标题",
            f"未见“{'”“'.join(absent)}”部分，请确认是否漏写",
        )
    ]


def _gaps(text: str) -> list[Outcome]:
    """Headings of one run: 一、 begins a new one."""
    found: list[Outcome] = []
    last = 0
    for match in _HEADING.finditer(text):
        number = _number(match["number"])
        if number > 1 and last and number - last == 2:
            found.append(_gap(match, f"标题由第{last}跳到第{number}，中间缺少一项"))
        elif number > 1 and number == last:
            found.append(_gap(match, f"标题编号{match['number']}、重复"))
        last = number
    return found[:_LEAST]


def _gap(match: re.Match[str], words: str) -> Outcome:
    message = f"{words}，请核对编号"
    return Outcome(
        "missing",
        Verdict.NOT_APPLICABLE,
        (match.span("number"),),
        match["number"],
        "",
        "逐级标题读作依次编号",
        message,
    )


def _number(word: str) -> int:
    if len(word) == 1:
        return _DIGITS[word]
    tens, _, rest = word.partition("十")
    return (_DIGITS.get(tens, 1)) * 10 + _DIGITS.get(rest, 0)
