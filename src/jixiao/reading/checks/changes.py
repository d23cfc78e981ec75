"""Growth: increase, growth rate, this year and last year hang together.

增加 1062.85 万元，增长 12.08 % is held against the current value; 由 75.6 % 提升至 76.5 %，提高 0.9 个百分点 and
上年 100 件、今年 120 件、增长 20 % against both years.

(1) The current value is one before in the same sentence, or the last one told under the subject the increase
names, or the only one of the sentences right before; where none is there, nothing is said.
(2) An increase as large as the current value means a base of nothing: no growth rate exists.
(3) Where several values may be meant (a whole and its part, one name in several places), one that fits is
enough.
(4) Yearly averages (年均) and growth over several years have another base and are left out here; so is growth over a
year that is named (比2019年) and not told with its value.
(5) A rate told to grow by so many per cent where its two values show so many percentage points is told so.
(6) Output and value added grow in constant prices, incomes 实际: their growth is no quotient of the sums told.
(7) Last year's value may follow in a bracket: 增长20%（上年为100件）. 2022年、2023年分别200件、240件 tells both years in
order.
(9) 2026年为46.4%，2025年为37.8% names both years, in whichever order.
(8) 是去年100万元的3倍 is a quotient; 增长2倍 is an increase by twice the base.
(10) 减少 … 增长 of one change in one breath contradict each other whatever the numbers.
(13) 262件，同比下降2.6%，同比减少7件 tells the rate before the decrease.
(14) 87.6%，较目标值90%低2.4个百分点 tells both rates side by side.
(12) What there is now cannot have grown by more than it is, balances (利润, 结余, 净) aside.
(11) 分别 answers the pairs of values before it in their order; where there are not as many, nothing is said.
Does not see bases that stand in a table or in last year's report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from jixiao.reading.checks.outcome import (
    MOST_READINGS,
    Outcome,
    best,
    distinct,
    judge,
    operand,
    outcome,
    printed,
)
from jixiao.reading.checks.places import Places
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.relations import Operand
from jixiao.values import POINTS, RATIO, Finding, Qualifier, Verdict

_SEVERAL_YEARS = re.compile(r"年均|平均|累计|(?<!\d)\d{1,2}年[来间]?|[三四五六七八九十]年[来间]?|翻")
_BALANCE = re.compile("利润|结余|盈余|差额|净|温|顺差|余额")
_THAN_LAST = re.compile(r"[比较](?:上年|去年|20\d\d年)")
_NAMED_YEAR = re.compile(r"(20\d\d)年")
CONSTANT_PRICES = re.compile("生产总值|增加值|总?产值|GDP|实际(?=[增减下上提])|可比")
_RESPECTIVELY = re.compile(
    r"(?P<one>20\d\d|上年|去年)年?度?[、和与](?P<other>20\d\d|本年|今年)年?度?[^，。；]{0,12}分别"
)
_TOLD_YEAR = re.compile(r"(20\d\d)年度?[^年]{0,20}\Z")
_IS = re.compile(r"\A(?:是|为|相当于|达到?)")
_SAVED = re.compile(r"(?:节约|节省|节支|结余|结转|剩余)(?:了|资金)?\Z")
_HIGHER = ("高", "高出", "低")
_THAN = re.compile(r"\A，?(?:比|较)(?![^，]*(?:上年|去年|上届))")
_LAST_YEAR = re.compile(r"\A（(?:20\d\d年|上年|去年)(?:同期)?(?:为|是)?\Z")
_SHORTEST = 4
_MOVES = frozenset((Role.GROWTH, Role.DELTA))
_NO_VALUES = _MOVES | {Role.SHARE, Role.COMPLETION}


def changes(reading: Reading) -> list[Outcome]:
    """Every increase or growth that has something to be held against."""
    found: list[Outcome] = []
    places = Places()
    for sentence in reading.sentences:
        terms = sentence.terms
        answered: set[tuple[int, int]] = set()
        for index, term in enumerate(terms):
            if term.role in _MOVES:
                if term.role is Role.GROWTH and "分别" in term.gap:
                    found.extend(_respectively(terms, index, answered))
                elif term.span in answered:
                    continue
                else:
                    found.extend(_judged(reading, terms, index, places))
            elif term.unit == POINTS and index > 1 and term.gap in _HIGHER:
                found.extend(_apart(*terms[index - 2 : index + 1]))
            elif term.unit == "倍" and term.gap == "的":
                found.extend(_times(terms[:index], term))
            places.add(term)
    return found


def _apart(current: Term, other: Term, points: Term) -> Iterator[Outcome]:
    """(14)"""
    if current.unit != RATIO or other.unit != RATIO or not _THAN.match(other.gap):
        return
    falling = points.gap == _HIGHER[-1]
    finding = judge("change", current=current, previous=other, delta=points, falling=falling)
    words = f"两个比率读作{printed(current)}与{printed(other)}"
    yield outcome("change", finding, (current, other, points), words)


def _judged(reading: Reading, terms: Sequence[Term], index: int, places: Places) -> Iterator[Outcome]:
    term = terms[index]
    if _SEVERAL_YEARS.search(term.clause) or (term.role is Role.DELTA and "分别" in term.clause):  # (4)
        return
    if term.role is Role.DELTA and index + 1 < len(terms) and _follows(term, terms[index + 1]):
        return  # judged together with its growth rate
    if term.role is Role.DELTA and index and _is_counted_again(terms, index - 1):
        return  # the same
    delta = terms[index + 1] if _is_counted_again(terms, index) else _delta(terms, index)
    first = index - (delta is not None and delta.index < index)
    growth = term if term.role is Role.GROWTH else None
    lead = delta if delta is not None and delta.index < index else term
    previous, currents = _in_brackets(terms, first, index, lead) or _two_years(terms, first, lead)
    if (base := _NAMED_YEAR.search(term.clause)) and (previous is None or _year(previous) != base[1]):  # (4)
        return
    if not currents and delta is not None and previous is None:
        currents = _told_before(reading, lead, delta, places)
    if growth is not None and any(CONSTANT_PRICES.search(one.full + lead.clause) for one in currents):  # (6)
        growth = None
    if growth is None and delta is not None and previous is None and (one := _from_below(currents, delta)):
        yield one
        return
    if (
        not currents
        or (delta is None and growth is None)
        or (previous is None and (delta is None or growth is None or delta.unit == POINTS))
    ):
        return
    currents = distinct(reversed(currents))[::-1]
    if len(currents) > MOST_READINGS:
        return
    yield _best(currents, previous, delta, growth, term.change == "down")


def _from_below(currents: Sequence[Term], delta: Term) -> Outcome | None:
    """(12)"""
    if len(currents) != 1 or delta.change != "up" or _BALANCE.search(currents[0].full + delta.clause):
        return None
    current = currents[0]
    if not _THAN_LAST.search(delta.clause) or "分别" in delta.clause:
        return None
    plain = current.statement.quantity.qualifier is delta.statement.quantity.qualifier is Qualifier.EXACT
    if not plain or not current.is_amount or current.unit != delta.unit:
        return None
    if not operand(current).known.is_below(operand(delta).known):
        return None
    finding = judge("subset", whole=current, parts=[delta])
    words = f"本期读作“{current.full}”{printed(current)}，增加额读作{printed(delta)}"
    message = f"本期只有{printed(current)}，不会比上期增加{printed(delta)}，请核对"
    return outcome("change", finding, (current, delta), words, message)


def _respectively(terms: Sequence[Term], index: int, answered: set[tuple[int, int]]) -> Iterator[Outcome]:
    """(11)"""
    rates = [terms[index]]
    for term in terms[index + 1 :]:
        if term.role is not Role.GROWTH or term.subject or len(term.gap) > 6:
            break
        rates.append(term)
    answered.update(rate.span for rate in rates)
    after = terms[index + len(rates)] if index + len(rates) < len(terms) else None
    if rates[0].subject or (after is not None and after.unit == RATIO and not after.clause):
        return
    ends = [
        (one, other)
        for one, other in pairwise(terms[:index])
        if (one.role, other.role) == (Role.PREVIOUS, Role.CURRENT) and one.unit == other.unit
    ]
    if len(ends) == len(rates) and all(rate.unit == RATIO for rate in rates):
        for (previous, current), rate in zip(ends, rates, strict=True):
            yield _best([current], previous, None, rate, rate.change == "down")


def _follows(delta: Term, growth: Term) -> bool:
    return (
        growth.role is Role.GROWTH and growth.unit == RATIO and len(growth.gap) <= 12 and not growth.subject
    )


def _is_counted_again(terms: Sequence[Term], index: int) -> bool:
    """(13)"""
    growth, *after = terms[index : index + 3]
    if growth.role is not Role.GROWTH or growth.unit != RATIO or not after or after[0].role is not Role.DELTA:
        return False
    delta, further = after[0], after[1:]
    is_near = len(delta.gap) <= 6 and not delta.subject and delta.unit not in (POINTS, RATIO)
    return is_near and not (further and _follows(delta, further[0])) and "分别" not in growth.gap + delta.gap


def _delta(terms: Sequence[Term], index: int) -> Term | None:
    term = terms[index]
    if term.role is Role.DELTA:
        return term
    before = terms[index - 1] if index else None
    return before if before is not None and before.role is Role.DELTA and _follows(before, term) else None


def _two_years(terms: Sequence[Term], first: int, lead: Term) -> tuple[Term | None, list[Term]]:
    """Last year's value and what may be this year's, from the words before the increase in its sentence."""
    if not first or lead.subject:
        return None, []
    unit = RATIO if lead.unit == POINTS else lead.unit
    if lead.role is Role.DELTA:
        before = [term for term in terms[:first] if term.unit == unit and _is_value(term)]
    else:
        unit = terms[first - 1].unit
        before = [term for term in terms[:first] if term.unit == unit and _is_value(term)]
        if not before or before[-1] is not terms[first - 1]:
            return None, []
    if not before or (unit == RATIO and before[-1] is not terms[first - 1]):
        return None, []
    if before[-1].role is Role.PREVIOUS:
        return _turned(before)
    if len(before) > 1 and (years := _RESPECTIVELY.search(before[-2].gap)) and len(before[-1].gap) < 2:  # (7)
        earlier = years["one"] < years["other"]
        return (before[-2], [before[-1]]) if earlier else (before[-1], [before[-2]])
    if (
        len(before) > 1 and (year := _year(before[-1])) and (other := _year(before[-2])) and year != other
    ):  # (9)
        return (before[-2], [before[-1]]) if other < year else (before[-1], [before[-2]])
    if len(before) > 1 and before[-2].role is Role.PREVIOUS:
        return before[-2], [before[-1]]
    return None, before if unit != RATIO else []


def _in_brackets(
    terms: Sequence[Term], first: int, index: int, lead: Term
) -> tuple[Term | None, list[Term]] | None:
    """(7)"""
    after = terms[index + 1] if index + 1 < len(terms) else None
    if after is None or after.depth <= lead.depth or lead.subject:
        return None
    if after.role is not Role.PREVIOUS and not _LAST_YEAR.search(after.gap):
        return None
    currents = [term for term in terms[:first] if term.unit == after.unit and _is_value(term)]
    currents = [term for term in currents if term.role is not Role.PREVIOUS]
    return (after, currents[-1:]) if currents else None


def _times(before: Sequence[Term], times: Term) -> Iterator[Outcome]:
    """(8)"""
    if len(before) < 2 or before[-1].role is not Role.PREVIOUS or before[-1].unit != before[-2].unit:
        return
    current, previous = before[-2], before[-1]
    if current.is_amount and current.role is not Role.PREVIOUS and _IS.search(previous.clause):
        finding = judge("rate", numerator=current, denominator=previous, rate=times)
        words = f"本期读作{printed(current)}，上期读作{printed(previous)}"
        yield outcome("change", finding, (current, previous, times), words)


def _year(term: Term) -> str:
    """The year told right before an amount or rate that stands for itself."""
    found = (
        _TOLD_YEAR.search(term.gap) if term.role in (Role.NONE, Role.RATE, Role.SHARE, Role.FINAL) else None
    )
    return found[1] if found else ""


def _turned(before: Sequence[Term]) -> tuple[Term | None, list[Term]]:
    """今年120件，比上年的100件增加20件: last year's value stands right before the increase."""
    if len(before) < 2 or before[-2].unit != before[-1].unit or not _is_value(before[-2]):
        return None, []
    if before[-2].role is Role.PREVIOUS:
        return None, []
    if _SAVED.search(before[-2].clause):  # 支出21万元，较预算30万元节约9万元，较上年24万元下降12.5%
        told = [
            term for term in before[:-1] if term.role is not Role.PREVIOUS and not _SAVED.search(term.clause)
        ]
        return (before[-1], told[:1]) if told else (None, [])
    opened = max((place for place, term in enumerate(before) if "其中" in term.gap), default=0)
    whole = [before[opened - 1]] if opened and before[opened - 1].role is not Role.PREVIOUS else []
    return before[-1], [*whole, before[-2]]


def _is_value(term: Term) -> bool:
    return term.unit == RATIO or term.role not in _NO_VALUES


def _told_before(reading: Reading, lead: Term, delta: Term, places: Places) -> list[Term]:
    """(1), (3)"""
    name = lead.full or lead.subject
    near = reading.sentences[max(0, lead.sentence - 2) : lead.sentence]
    amounts = [
        term for sentence in near for term in sentence.terms if term.unit == delta.unit and term.is_amount
    ]
    if not name:
        last = [term for term in amounts if term.sentence == lead.sentence - 1]
        if not lead.index and len(last) == len(near[-1].terms) == 1 if near else False:
            return last
        return amounts if len(amounts) == 1 and near[-1].terms[0] is amounts[0] and not lead.index else []
    if len(name) < _SHORTEST:
        return []
    names = [name.replace("收支", word, 1) for word in ("收支", "收入", "支出", "收入支出")]
    told = [term for one in dict.fromkeys(names) for term in places.of(one) if term.unit == delta.unit]
    return told or [term for term in amounts if term.subject.endswith(name)]


def _best(
    currents: Sequence[Term], previous: Term | None, delta: Term | None, growth: Term | None, falling: bool
) -> Outcome:
    current, finding = best(reversed(currents), lambda one: _finding(one, previous, delta, growth, falling))
    terms = [term for term in (current, previous, delta, growth) if term is not None]
    words = f"本期读作“{current.full}”{printed(current)}"
    words += f"，上期读作{printed(previous)}" if previous is not None else "，上期由本期与增减额推得"
    if previous is None and delta is not None and _from_nothing(current, delta, falling):
        finding = replace(finding, computed=f"{printed(current)} - {printed(delta)} = 0")
    return outcome(
        "change", finding, terms, words, _message(current, previous, delta, growth, falling, finding)
    )


def _are_opposed(delta: Term, growth: Term) -> bool:
    nothing = not delta.statement.quantity.value or not growth.statement.quantity.value
    return bool(delta.change and growth.change) and delta.change != growth.change and not nothing


def _finding(
    current: Term, previous: Term | None, delta: Term | None, growth: Term | None, falling: bool
) -> Finding:
    rate: Term | Operand | None = growth
    if growth is not None and growth.unit == "倍":  # (8)
        rate = replace(operand(growth), unit=RATIO)
    finding = judge("change", current=current, previous=previous, delta=delta, growth=rate, falling=falling)
    opposed = delta is not None and growth is not None and _are_opposed(delta, growth)  # (10)
    return replace(finding, verdict=Verdict.BROKEN) if opposed else finding


def _message(
    current: Term,
    previous: Term | None,
    delta: Term | None,
    growth: Term | None,
    falling: bool,
    finding: Finding,
) -> str:
    if finding.verdict is not Verdict.BROKEN:
        return ""
    if delta is not None and growth is not None and _are_opposed(delta, growth):
        return f"{printed(delta)}与{printed(growth)}一增一减，文字的方向不一致，请核对"
    if _finding(current, previous, delta, growth, not falling).verdict is Verdict.KEPT:
        told, fact = ("下降", "上升") if falling else ("上升", "下降")
        if previous is None and delta is not None and growth is not None:
            pair = f"{printed(delta)}与{printed(growth)}"
            return f"{pair}按{told}算不相符，按{fact}算却相符，请核对是{told}还是{fact}，或更正其中一项"
        return f"文字说{told}，数字却是{fact}（本期{printed(current)}），请核对"
    if growth is not None and previous is None and _from_nothing(current, delta, falling):  # (2)
        return f"增加额等于本期数，上期为零，增长率无从计算，不宜写作{printed(growth)}，请改写为上年无此项"
    if growth is not None and previous is not None and current.unit == RATIO:  # (5)
        points = replace(operand(growth), interval=None, unit=POINTS)
        scaled = growth.statement.quantity
        as_points = replace(scaled, value=scaled.value * 100, unit=POINTS, step=scaled.step * 100)
        shown = replace(points, interval=as_points.interval, step=as_points.step)
        if (
            judge("change", current=current, previous=previous, delta=shown, falling=falling).verdict
            is Verdict.KEPT
        ):
            return f"两个比率之差应以百分点计，{printed(growth)}请改写为百分点"
    return ""


def _from_nothing(current: Term, delta: Term | None, falling: bool) -> bool:
    """The increase is the whole of the current value."""
    return (
        delta is not None
        and not falling
        and delta.statement.quantity.value == current.statement.quantity.value
    )
