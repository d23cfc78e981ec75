"""Rate columns: 执行率, 完成率, 控制率 and their like from the two columns they are made of.

Numerator and denominator are taken by their names (执行数 over 预算数, 决算数 over 预算数, 实际 over 批复 or 编制).
Where several columns bear such a name, a rate is kept if one pair gives it, and told broken only where the rows
settle on one pair; with one pair only, its names vouch for it unless most rows speak against them.
A rate over nothing is not looked at. Does not see shares of a total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from jixiao.errors import BadInput
from jixiao.reading.checks.outcome import Outcome
from jixiao.reading.checks.tables_numbers import Column, Entry, Numbers, numbers_in
from jixiao.reading.read import Reading
from jixiao.relations import Operand, examine
from jixiao.values import RATIO, Finding, Interval, Verdict

_NAMES = (
    (r"执行率|预算完成率|支出率|执行进度", r"执行数|支出数|决算数|实际支出|支出额|执行金额", r"预算"),
    (r"控制率", r"实际|在职|决算", r"编制|批复|预算|计划"),
    (r"完成率|到位率", r"实际|完成|到位数|到位资金|决算", r"计划|目标|应|任务|预算|指标值"),
    (r"立案率", r"立案", r"收到|征集|提交|提出|收集|总数|提案(?:数|总数)?(?:（件）)?\Z"),
    (r"合格率|达标率|优良率", r"合格|达标|优良", r"抽检|检测|检查|抽查|监测|送检|总数"),
    (r"采纳率|采用率", r"采纳|采用", r"报送|提出|收集|收到|总数"),
    (r"整改率|销号率", r"整改|销号", r"发现|问题|隐患|排查|总数"),
    (r"回收率", r"回收|收回", r"发放|发出"),
    (r"办结率|办复率|答复率", r"办结|办复|答复", r"交办|立案|受理|应办|总数|办件|收件|来件"),
)
_RULES = tuple(tuple(re.compile(part) for part in rule) for rule in _NAMES)

Line = tuple[Entry, Entry, Entry, Finding]


def table_rates(reading: Reading) -> list[Outcome]:
    """Rate columns of every table."""
    return [
        found
        for numbers in numbers_in(reading)
        for column in numbers.rates
        for found in _rates(numbers, column)
    ]


def _rates(numbers: Numbers, rate: Column) -> Iterator[Outcome]:
    pairs = list(_pairs(numbers, rate))
    tried = [list(_lines(numbers, rate, top, bottom)) for top, bottom in pairs]
    tried = [lines for lines in tried if lines]
    if not tried:
        return
    kept = [sum(line[3].verdict is not Verdict.BROKEN for line in lines) for lines in tried]
    best = tried[kept.index(max(kept))]
    if len(tried) > 1 and (kept.count(max(kept)) > 1 or not max(kept)):
        rivals = tried
    else:
        rivals = [best]
    broken = len(best) - max(kept)
    if broken > max(max(kept), 1):
        return
    right = {line[2].span for lines in tried for line in lines if line[3].verdict is not Verdict.BROKEN}
    for line in best:
        if line[3].verdict is Verdict.BROKEN and (line[2].span in right or len(rivals) > 1):
            continue
        yield _told(line)


def _pairs(numbers: Numbers, rate: Column) -> Iterator[tuple[Column, Column]]:
    """Columns whose names make them numerator and denominator of the rate."""
    plain = [column for column in numbers.amounts if column.names == rate.names]
    for word, top, bottom in _RULES:
        if not word.search(rate.title):
            continue
        tops = [one for one in plain if top.search(one.heading[-1] if one.heading else "")]
        bottoms = [one for one in plain if bottom.search(one.heading[-1] if one.heading else "")]
        tops = [one for one in tops if not bottom.search(one.title)] or tops
        yield from ((one, other) for one in tops for other in bottoms if one is not other)
        return


def _lines(numbers: Numbers, rate: Column, top: Column, bottom: Column) -> Iterator[Line]:
    for row in numbers.body:
        entries = [numbers.entries.get((row, column.index)) for column in (top, bottom, rate)]
        numerator, denominator, stated = entries
        if numerator is None or denominator is None or stated is None or not denominator.value:
            continue
        arguments = {
            "numerator": numerator.operand,
            "denominator": denominator.operand,
            "rate": as_share(stated.operand, rate.title),
        }
        try:
            finding = examine("rate", arguments)
        except BadInput:
            continue
        if finding.verdict is not Verdict.NOT_APPLICABLE:
            yield numerator, denominator, stated, finding


def as_share(operand: Operand, title: str) -> Operand:
    """A rate printed as 95.1 under a heading with %, or simply above 2, stands for 95.1 %."""
    if operand.unit == RATIO:
        return operand
    known = operand.known
    per_cent = "%" in title or "％" in title or (known.low or Fraction(0)) > 2
    if not per_cent:
        return replace(operand, unit=RATIO)
    low, high = known.low or Fraction(0), known.high or Fraction(0)
    return replace(
        operand,
        unit=RATIO,
        interval=Interval(low / 100, high / 100),
        step=(operand.step or Fraction(1)) / 100,
        text=f"{operand.text}%",
    )


def _told(line: Line) -> Outcome:
    numerator, denominator, stated, found = line
    words = f"“{stated.operand.label}”＝“{numerator.operand.label}”÷“{denominator.operand.label}”"
    message = f"{stated.cell.place.label}：{found.reason}"
    spans = (numerator.span, denominator.span, stated.span)
    return Outcome("table_rate", found.verdict, spans, found.stated, found.computed, words, message)
