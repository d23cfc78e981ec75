"""Parts told first, their total after them: 东片8处、西片6处，合计14处; 两项合计600万元; 一季度30件 … 全年共100件.

The total is named so (合计, 共计, 总计, 两项合计, 一共) or is the 全年 after its quarters or halves; the parts are the
counts before it in the same sentence and measure word.

(1) 三项合计 says how many parts there are; that many right before it are meant.
(2) Any run of at least two right before the total that makes it is enough; told broken only where 合计 (or the
like) follows parts that stand side by side, divided alike, and all amounts of the sentence before are parts, or the last ones are joined by 、.
(3) 加上 adds to an amount of a sentence before: with one of them the parts may make the total, without it nothing is
said but where 一般公共预算收入 opened the paragraph and three or more are added up to the 收入总计 (or 支出).
(4) Parts after verbs of comparison, bounds and approximate numbers are no parts.
(5) 第一期80人、第二期92人，共培训172人: turns that are numbered from the first on are all of them.
Does not see totals in the next sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jixiao.reading.checks.outcome import Outcome, judge, outcome, printed
from jixiao.reading.enumerations import strength
from jixiao.reading.read import Reading
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.values import Interval, Qualifier, Verdict

_SUM = re.compile(
    r"(?:(?P<many>[两二三四五六七八九十])(?:[项者类片部镇乡县区校院家处批期级]|街道|社区|片区|单位|部门|方面|部分){1,2})?(?P<word>合计|总计|共计|一共|总共|总分|总得分)"
    r"(?:为|达|达到|是|[^，。；、]{0,6})?\Z"
)
_ADDED = re.compile(r"\A(?:另|再)?(?:加上|加|连同|算上)")
_EARLIER = 4  # sentences
_MANY = 3
_SHEET = 3  # scores: two may be some of a larger sheet
_YEAR = re.compile(r"全年(?![^，。；、]*(?:[均价末]|余额|目标|计划|预算|下达))[^，。；、]{0,8}\Z")
_TURN = re.compile(r"第?([一二三四五六七八九十])(?:期|批次?|轮|次|场|阶段)")
_ALTOGETHER = re.compile(r"共|累计|合计|总共")
_SEASON = re.compile(r"(?<!前)([一二三四]季度|[上下]半年)")
_WHOLE_YEAR = ({"上半年", "下半年"}, {"一季度", "二季度", "三季度", "四季度"})
_NUMBER = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_OTHER = frozenset([Role.PREVIOUS, Role.BUDGET, Role.TARGET, Role.CURRENT])


def totals(reading: Reading) -> list[Outcome]:
    """Totals that follow their parts."""
    found: list[Outcome] = []
    for number, sentence in enumerate(reading.sentences):
        earlier = reading.sentences[max(0, number - _EARLIER) : number]
        for index, term in enumerate(sentence.terms):
            if index > 1 and term.is_amount:
                found.extend(_judged(sentence.terms[:index], term, earlier))
    return found


def _judged(before: Sequence[Term], total: Term, earlier: Sequence[Sentence]) -> Iterator[Outcome]:
    match = _SUM.search(total.clause)
    told = _told_number(before, total, match) or _turns(before, total)  # (1), (5)
    seasons = not match and bool(_YEAR.search(total.clause))
    if not match and not seasons and not told:
        return
    counted = [term for term in before if not _is_number_of_parts(term)]
    parts = _run([term for term in counted if term.unit == total.unit] if told else counted, total)
    if seasons:
        names = [found[1] for part in parts if (found := _SEASON.search(part.clause))]
        if len(names) != len(parts) or set(names) not in _WHOLE_YEAR:
            return
    if told:
        parts = parts[-told:] if len(parts) >= told else []
    if len(parts) < 2:
        return
    if _ADDED.match(parts[0].gap):  # (3)
        yield from _added_to(total, parts, earlier)
        return
    for count in range(len(parts), 1, -1):  # (2)
        some = parts[-count:]
        if _added(some).meets(total.statement.quantity.interval):
            yield _told(total, some)
            return
    alike = len(parts) == len([term for term in before if term.is_amount]) or bool(told)
    if not (alike and _are_side_by_side(parts)) and len(joined := _joined(parts)) > 1:  # (2)
        parts, alike = joined, True
    exact = all(term.statement.quantity.qualifier is Qualifier.EXACT for term in (total, *parts))
    few = match is not None and match["word"] in ("总分", "总得分") and len(parts) < _SHEET
    if exact and alike and not few and (seasons or told or _are_side_by_side(parts)):
        yield _told(total, parts)


def _added_to(total: Term, parts: Sequence[Term], earlier: Sequence[Sentence]) -> Iterator[Outcome]:
    """(3)"""
    for sentence in reversed(earlier):
        for one in reversed(sentence.terms):
            if one.unit != total.unit or not one.is_amount:
                continue
            if _added([one, *parts]).meets(total.statement.quantity.interval):
                yield _told(total, [one, *parts])
                return
    opening = _opening_sum(total, earlier)
    exact = opening is not None and all(
        term.statement.quantity.qualifier is Qualifier.EXACT for term in (total, opening, *parts)
    )
    if opening is not None and exact and len(parts) >= _MANY:
        yield _told(total, [opening, *parts])


def _opening_sum(total: Term, earlier: Sequence[Sentence]) -> Term | None:
    """The sum that opens the paragraph of a 收入总计 or 支出总计, where it is called 收入 or 支出 too."""
    first = next(
        (one.terms[0] for one in earlier if earlier and one.paragraph == earlier[-1].paragraph), None
    )
    word = total.subject.removesuffix("总计")[-2:]
    fits = first is not None and word in ("收入", "支出") and first.subject.endswith("预算" + word)
    return first if fits and first is not None and first.unit == total.unit and first.is_amount else None


def _told_number(before: Sequence[Term], total: Term, match: re.Match[str] | None) -> int:
    if match is None:
        return 0
    if match["many"]:
        return _NUMBER[match["many"]]
    last = before[-1]
    return (
        int(last.statement.quantity.value) if _is_number_of_parts(last) and total.gap == total.clause else 0
    )


def _turns(before: Sequence[Term], total: Term) -> int:
    """(5): how many numbered turns stand right before a total; 0 where they are none or not all."""
    if not _ALTOGETHER.match(total.clause):
        return 0
    turns = [_TURN.match(term.clause) for term in before if term.unit == total.unit]
    numbers = [_NUMBER.get(turn[1], 0) for turn in turns if turn]
    return len(turns) if len(turns) > 1 and numbers == list(range(1, len(turns) + 1)) else 0


def _is_number_of_parts(term: Term) -> bool:
    """两项 of 两项合计"""
    return term.unit in ("项", "类", "者", "部分") and not term.clause and term.statement.quantity.value < 11


def _told(total: Term, parts: Sequence[Term]) -> Outcome:
    finding = judge("sum", total=total, parts=parts)
    message = ""
    if finding.verdict is Verdict.BROKEN:
        message = f"合计{printed(total)}与在前各项之和不符：{finding.computed}，请核对各项与合计"
    words = f"把在前的{len(parts)}项读作“{total.clause[-8:]}{printed(total)}”的组成部分"
    return outcome("sum", finding, (total, *parts), words, message)


def _run(before: Sequence[Term], total: Term) -> list[Term]:
    """The amounts of the same measure word right before the total, in order."""
    parts: list[Term] = []
    for term in reversed(before):
        if term.unit == total.unit and term.is_amount and term.depth == total.depth:
            if term.role in _OTHER or _SUM.search(term.clause):
                break
            parts.append(term)
        elif term.is_amount:
            break
    return parts[::-1]


def _joined(parts: Sequence[Term]) -> list[Term]:
    """The last parts that 、 joins, three or more."""
    found = [parts[-1]]
    for part, following in zip(reversed(parts[:-1]), reversed(parts), strict=False):
        if strength(following.gap) != 1:
            break
        found.append(part)
    return found[::-1] if len(found) > 2 else []


def _are_side_by_side(parts: Sequence[Term]) -> bool:
    """Divided by one sort of stop, each with a name of its own."""
    stops = {strength(part.gap) for part in parts[1:]}
    names = [part.subject for part in parts]
    return len(stops) == 1 and 0 not in stops and all(names) and len(set(names)) == len(names)


def _added(parts: Sequence[Term]) -> Interval:
    return Interval.total(part.statement.quantity.interval for part in parts)
