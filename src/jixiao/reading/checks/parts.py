"""Parts and their total, in prose.

A total and the parts told of it (其中, 分别, 主要用于以下方面, a colon, a bracket) in one measure word: parts
that are all the parts add up to it; parts that may be some of them are no larger than it.

(1) All the parts are told where the opening words promise it, where the whole itself names them (新增、优化线路18条),
where their shares make 100 % (never where each is told with its share and these leave much), where the last one is
其他, where they are halves that complete each other (基本支出 and 项目支出, A 类 B 类 C 类), or where the sum misses by
what one mistyped digit explains. Otherwise a smaller sum is no contradiction.
Only exact numbers are held so. Parts of a score sheet (分) are all told where there are three or more.
(2) What follows the last part may look like another: a beginning of the parts that makes the total is enough.
(3) Where another number before is the sum, the parts belong to that. Where 其中 begins a new sentence and several
numbers of the sentence before may be meant, parts that are not declared to be all may only agree.
(4) Some parts may overlap: their sum may exceed the whole, none of them alone.
(5) After verbs of reach (涉及, 惠及, 带动 …) the second number counts something else.
(6) Numbers told 分别 may be of other things than the one before: they may agree, never contradict.
(7) A later number that is too large begins something new; surely parts are the first one after 其中, those joined to
it by 、 and all where ；divides three or more or each names a quality (学历, 职称, 享受减免的).
(8) Groups that cannot overlap (各类, 各方面, places, years, quarters, money by heads, 行政 and 事业 and 工勤, three or more
sorts of events) make no more than their whole together; three or more such groups that all but make it are all the groups.
(9) Parts of a part told right after it (人员经费 and 公用经费 after 基本支出) count once.
(10) Points with their worth beside them (分值30分，得27分) are a score sheet, which is another check.
(11) A bracket right behind the whole with nothing but groups that cannot overlap tells all of them, and so does one
with nothing but three or more plain names of things counted.
(12) Parts whose names end alike (委员提案, 团体提案, 专委会提案) and that one sort of stop divides are parts up to the
last that fits, also where one between them is too large.
(13) 通过初审57件，其中30件获得立项: a bare number after 其中 is of the stage told right before it, not of an earlier one.
(14) Three or more such groups in a sentence of their own that miss the nearest whole by less than a hundredth, and
others by far, are parts of that.
(15) Three or more kinds (小学, 初中, 幼儿园) of institutions, kilometres or money that end in different words cannot overlap.
Does not see parts in other measure words, in other sentences, or in tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile

from jixiao.reading.checks.chains import STAGE
from jixiao.reading.checks.outcome import Outcome, judge, outcome, printed
from jixiao.reading.checks.parts_told import (
    ATTRIBUTE,
    REACH,
    are_apart,
    closes,
    interval,
    is_complete,
    is_declared,
    is_nearly_all,
    misses_the_nearest,
)
from jixiao.reading.checks.scores import pairs
from jixiao.reading.enumerations import Enumeration, strength
from jixiao.reading.read import Reading
from jixiao.reading.terms import Term
from jixiao.values import RATIO, Interval, Qualifier, Verdict

_OF_ANOTHER = re.compile(r"累计|总|目标|计划|上年|去年|同期|原|应|20\d\d年|共")
_MAY_OPEN = re.compile("其中|从中|包括")
_MOST_PARTS = 24


def parts(reading: Reading) -> list[Outcome]:
    """Sums and subsets of one reading."""
    return [
        found
        for one in reading.enumerations
        if one.whole.unit != "分" or len(pairs(reading.sentences[one.parts[0].sentence])) < 2  # (10)
        for found in _judged(reading, one)
    ]


def _judged(reading: Reading, one: Enumeration) -> Iterator[Outcome]:
    if len(one.parts) > 1:
        sums = _sums(one.parts)
        for whole in (one.whole, *one.others):
            if (beginning := _beginning(whole, one.parts, sums)) is not None:
                found = judge("sum", total=whole, parts=beginning)
                yield outcome("sum", found, (whole, *beginning), _words(one, whole, len(beginning)))
                return
    yield from _short_of_all(reading, one, _words(one, one.whole, len(one.parts)))


def _short_of_all(reading: Reading, one: Enumeration, words: str) -> Iterator[Outcome]:
    """Where no beginning of the parts makes a whole."""
    if len(one.parts) > 1:
        if len(top := _unnested(one.parts)) < len(one.parts) and _meets(one.whole, top):  # (9)
            found = judge("sum", total=one.whole, parts=top)
            yield outcome("sum", found, (one.whole, *top), words)
            return
        if one.opening == "中" and not one.near and not _is_called(one):
            return
        if one.others and not one.near and not (is_declared(one) or misses_the_nearest(one)):  # (3)
            return
        if _is_exact(one) and (
            (complete := is_complete(one)) or _exceeds(one) or is_nearly_all(one) or misses_the_nearest(one)
        ):
            found = judge("sum", total=one.whole, parts=one.parts)
            vague = found.verdict is Verdict.ROUNDING and not complete
            if not vague and not _reconciles(reading, one):
                yield outcome("sum", found, (one.whole, *one.parts), f"{words}，且已全部列出")
                return
        if REACH.search(one.parts[0].clause) or one.opening == "分别":  # (5), (6)
            return
        found = judge("subset", whole=one.whole, parts=one.parts, disjoint=True)
        if found.verdict is Verdict.KEPT:
            yield outcome("subset", found, (one.whole, *one.parts), words)
            return
    yield from _subsets(reading, one, words)


def _subsets(reading: Reading, one: Enumeration, words: str) -> Iterator[Outcome]:
    if REACH.search(one.parts[0].clause) or one.opening == "分别":  # (5), (6)
        return
    size = interval(one.whole)
    fitting = list(takewhile(lambda part: interval(part).can_be_at_most(size), one.parts))
    parts = max(fitting, _coordinated(one), key=len)  # (7)
    found = judge("subset", whole=one.whole, parts=parts)
    if found.verdict is Verdict.BROKEN and not _is_sure(reading, one):
        return
    yield outcome("subset", found, (one.whole, *parts), words)


def _coordinated(one: Enumeration) -> list[Term]:
    """The parts that are surely parts (7): the first, those joined by 、, all where ；divides all."""
    stops = [strength(part.gap) for part in one.parts[1:]]
    if closes(one):
        return list(one.parts)
    if len(stops) > 1 and set(stops) == {3}:
        return list(one.parts)
    if one.near and set(stops) == {2} and all(ATTRIBUTE.search(part.clause) for part in one.parts):
        return list(one.parts)
    joined = list(one.parts[: 1 + len(list(takewhile(lambda stop: stop == 1, stops)))])
    if one.near and len(stops) > 1 and len(set(stops)) == 1 and _end_alike(one.parts):  # (12)
        size = interval(one.whole)
        fitting = [place for place, part in enumerate(one.parts) if interval(part).can_be_at_most(size)]
        return max(joined, list(one.parts[: max(fitting, default=-1) + 1]), key=len)
    return joined


def _end_alike(parts: Sequence[Term]) -> bool:
    names = [part.subject for part in parts]
    return len({name[-2:] for name in names}) == 1 and len(set(names)) == len(names) and len(names[0]) > 2


def _beginning(whole: Term, parts: Sequence[Term], sums: Sequence[Interval]) -> tuple[Term, ...] | None:
    """The longest beginning of the parts that makes the total (2); `sums` are the sums of its beginnings."""
    size = interval(whole)
    longest = next((count for count in range(len(sums), 1, -1) if sums[count - 1].meets(size)), 0)
    return tuple(parts[:longest]) if longest else None


def _sums(parts: Sequence[Term]) -> list[Interval]:
    """The sums of the first part, the first two, the first three …; none of a list longer than any told."""
    return [] if len(parts) > _MOST_PARTS else list(accumulate(map(interval, parts)))


def _is_exact(one: Enumeration) -> bool:
    """余, 约, 超 leave too much room to hold a sum against a total."""
    return all(term.statement.quantity.qualifier is Qualifier.EXACT for term in (one.whole, *one.parts))


def _unnested(parts: Sequence[Term]) -> list[Term]:
    """The parts without those that make up the part right before them."""
    kept: list[Term] = []
    place = 0
    while place < min(len(parts), _MOST_PARTS):
        kept.append(parts[place])
        added, place = Interval.point(0), place + 1
        for count, part in enumerate(parts[place:_MOST_PARTS], start=1):
            added = added + interval(part)
            if count > 1 and added.meets(interval(kept[-1])):
                place += count
                break
    return kept


def _meets(whole: Term, parts: Sequence[Term]) -> bool:
    return Interval.total(interval(part) for part in parts).meets(interval(whole))


def _exceeds(one: Enumeration) -> bool:
    """(8), where no part is larger than the whole: such a number began something new (7)."""
    added = Interval.total(interval(part) for part in one.parts)
    whole = interval(one.whole)
    surely = _coordinated(one)
    fits = all(part in surely or interval(part).can_be_at_most(whole) for part in one.parts)
    return fits and whole.is_below(added) and are_apart(one)


def _is_called(one: Enumeration) -> bool:
    """立案提案中 begins with the word of 立案205件, 基本支出中 is the whole's own name."""
    name, whole = one.parts[0].gap.partition("中，")[0].rpartition("，")[2], one.whole.clause
    name = name.lstrip("在其")
    return len(whole) > 1 and (name.startswith(whole[-2:]) or name.endswith(whole[-4:]))


def _reconciles(reading: Reading, one: Enumeration) -> bool:
    """(3)"""
    added = Interval.total(interval(part) for part in one.parts)
    others = reading.sentences[one.whole.sentence].terms
    return any(
        other.unit == one.whole.unit and other is not one.whole and interval(other).meets(added)
        for other in others
        if other.is_amount and other not in one.parts
    )


def _stands_apart(reading: Reading, one: Enumeration, other: Term, whole: Term) -> bool:
    """A ；between two numbers of one sentence."""
    if not one.near or other.sentence != whole.sentence:
        return False
    told = reading.sentences[whole.sentence].terms[other.index + 1 : whole.index + 1]
    return any("；" in term.gap for term in told)


def _is_sure(reading: Reading, one: Enumeration) -> bool:
    """其中 or 从中 right after the whole, and no other whole before that would hold the first part."""
    first = one.parts[0]
    between = first.index - one.whole.index if first.sentence == one.whole.sentence else 1
    between -= not _MAY_OPEN.search(first.gap)  # 其中10万元以上项目18个
    if between > 1 and first.clause.startswith("其中"):  # 上线2873人，上线率68.4%，其中…
        told = reading.sentences[first.sentence].terms[one.whole.index + 1 : first.index]
        between -= sum(term.unit == RATIO for term in told)
    if (
        between == 1
        and first.clause == "其中"
        and STAGE.search(one.whole.clause)
        and "其中" not in one.whole.gap
    ):
        return True  # (13)
    larger = any(
        other.statement.quantity.value >= first.statement.quantity.value
        for other in one.others
        if not _stands_apart(reading, one, other, one.whole)
    )
    if one.opening == "（" and closes(one) and (len(one.parts) > 1 or first.gap.startswith("（含")):
        apart = any(_OF_ANOTHER.search(part.clause) for part in one.parts)
        return first.index - one.whole.index == 1 and not apart
    return one.opening in ("其中", "从中", "包括") and between == 1 and not larger


def _words(one: Enumeration, whole: Term, count: int) -> str:
    return f"把“{one.opening}”之后的{count}项读作“{whole.full}{printed(whole)}”的组成部分"
