"""The grammar of enumeration: which quantities are told as parts of which.

A whole, a word that opens its parts (其中, 分别, 主要用于以下方面, a colon, a bracket, the first of known halves such as
上半年), then parts in the same measure word. It ends where a stronger stop follows than the one between its first parts; 其他 and 其余 behind
that stop are still the last part. ；按内容分 divides once more what was divided before; where it begins a sentence, the
whole is the nearest number of its paragraph before that is no part itself and large enough for each of the parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from jixiao.frozen import quick
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.values import RATIO

_OPENS = re.compile(
    r"其中|从中|分别|包括|主要用于(?:以下)?(?:几个)?方面|用于以下|具体(?:为|是|如下)|分为|按[^，。]{1,8}分|分[^，。、]{1,6}看，|组成|构成|分项情况(?:是|为|如下)?"
)
_COLON = re.compile(r"\A[^，。；、：]{0,8}：")
_AMONG = re.compile(r"\A(?:经[^，。；、0-9：]{2,8}，)?[^，。；、0-9：]{0,12}中，")
_HALVES = re.compile(r"\A[，；](上半年|第?一季度|男性?|A类|基本支出|非常满意|很满意)")
_BRACKET = re.compile(r"\A[^，。；、：]{0,4}（")
_COMPLETE = re.compile(r"分项情况|以下方面|用于以下|具体(?:为|是|如下)|分为|组成|构成|按[^，。]{1,8}分")
_AVERAGE = re.compile("每|人均|户均|平均|年均|净[增减]|相抵|差额")
_STARTS = re.compile(r"\A(?:其中|分项情况|[^，。；]{0,10}按[^，。]{1,8}分[，：]|分[^，。]{1,6}看，)")
_REST = re.compile(r"其他|其它|其余|余下|剩余")
_OF = re.compile(r"\A[，；]?由(?!于)")
_MADE_UP = ("组成", "构成", "两部分", "三部分")
_FARTHEST = 12  # parts that 由 … 组成 may take in
_AGAIN = re.compile(r"\A；按[^，。]{1,8}分")
_DIVIDES = re.compile(r"\A(?:[^，。；、0-9]{0,10}按[^，。]{1,8}分[，：]|分[^，。]{1,6}看，)")
_BEFORE = 4  # sentences in which the whole of a division may stand
_LEAST = 3  # parts of 251件提案中: fewer may be picked out
_TOGETHER = re.compile("[合共总]")
_LIGHT = re.compile(r"分别|依次|大约|均|各|约|仅|只|已|就|所|其|数量|人数|数|金额|总量")
_NEXT = 4  # characters between two sentences: line break and indent
_STOP = re.compile("[、和，；]")
_JOINS = ("、", "和", "，")
_PAUSE = re.compile("[、，；]")
_STOPS = frozenset("，；")
_MAY_OPEN = re.compile("[其从分包主用具按组构]")  # what the openings begin with


@quick
@dataclass(frozen=True, slots=True)
class Enumeration:
    """A whole with its parts. `shares` are the 占…% told right after a part, by its place among the parts;
    `complete` is set where the opening words promise all parts. `others` are further amounts before that the
    parts may belong to; `near` says that whole and parts stand in one sentence.
    """

    whole: Term
    parts: tuple[Term, ...]
    shares: tuple[tuple[int, Term], ...]
    opening: str
    complete: bool
    others: tuple[Term, ...]
    near: bool


def enumerations(sentences: Sequence[Sentence]) -> Iterator[Enumeration]:
    """Every enumeration in every sentence, in order."""
    divided: set[Term] = set()
    for number, sentence in enumerate(sentences):
        terms = sentence.terms
        last: Enumeration | None = None
        divided.update(_with_shares(terms))
        for index, first in enumerate(terms):
            opening = _opening(first) or _opening_before(terms, index)
            if not opening or (opening == "由" and not _is_made_up(terms, index)):
                continue
            near = bool(index) and not _STARTS.match(first.gap)
            wholes = _wholes(terms[:index], first)
            begins = not index and number and _STARTS.match(first.gap)
            if begins and _is_next(sentences[number - 1], sentence):
                wholes = _wholes(sentences[number - 1].terms, first)
            divides: object = begins and _DIVIDES.match(first.gap)
            if begins and not divides and wholes and wholes[0] in divided and _goes_on(wholes[0], terms):
                divides = True  # 甲件占九成；乙件占一成。其中：… divides what both are parts of
            if divides:
                before = sentences[max(0, number - _BEFORE) : number]
                wholes = _undivided(before, first, divided) or [one for one in wholes if one not in divided]
                if (named := _called(before, first)) is not None:
                    wholes, divides = [named], None
            if opening == "中" and not index and number:
                before = sentences[max(0, number - _BEFORE) : number]
                wholes = divides = _undivided(before, first, divided)
                divided.update(_collect([first], terms, index, opening, near).parts)
            if _AGAIN.match(first.gap):
                again = last is not None and last.whole.unit == first.unit
                wholes = [last.whole, *last.others] if last is not None and again else []
            if wholes:
                last = _collect(wholes, terms, index, opening, near)
                if opening == "中" and (len(last.parts) < _LEAST or last.shares):
                    continue
                divided.update(last.parts)
                if divides and (last := _large_enough(last)) is None:
                    continue
                yield last


def _is_made_up(terms: Sequence[Term], first: int) -> bool:
    """由甲100万元、乙50万元组成: the word behind the last part says what 由 began."""
    return any(
        term.unit == terms[first].unit and term.statement.after.lstrip().startswith(_MADE_UP)
        for term in terms[first + 1 : first + _FARTHEST]
    )


def _goes_on(whole: Term, terms: Sequence[Term]) -> bool:
    """A first part with a share of its own, or larger than the part told last, is none of that."""
    shared = len(terms) > 1 and terms[1].role is Role.SHARE
    return shared or whole.statement.quantity.value < terms[0].statement.quantity.value


def _is_next(before: Sentence, sentence: Sentence) -> bool:
    return sentence.paragraph - before.paragraph <= 1 and sentence.start - before.end <= _NEXT


def _opening(term: Term) -> str:
    if not term.is_amount:
        return ""
    gap = term.gap
    if _MAY_OPEN.search(gap) and (matches := list(_OPENS.finditer(gap))):
        behind = gap[matches[-1].end() :]
        in_remark = term.depth and "（" in behind
        return "" if in_remark or "；" in behind else matches[-1][0]  # 主要包括：基本工资、奖金；公用经费
    if "：" in gap and _COLON.match(gap):
        return "："
    if "中，" in gap and _AMONG.match(gap):
        return "中"
    if "由" in gap[:2] and term.role is Role.PREVIOUS and _OF.match(gap):
        return "由"
    if gap[:1] in _STOPS and (halves := _HALVES.match(gap)):
        return halves[1]
    return "（" if term.depth == 1 and _BRACKET.match(gap) else ""


def _opening_before(terms: Sequence[Term], index: int) -> str:
    """其中三个街道80件, 其中产出（50分）得48分: the opening stands before a quantity inside the first part."""
    first = terms[index]
    if not index or not first.is_amount or not first.gap or _STOP.search(first.gap):
        return ""
    before = terms[index - 1]
    if before.unit == first.unit and before.depth <= first.depth:
        return ""
    matches = list(_OPENS.finditer(before.gap)) if _MAY_OPEN.search(before.gap) else []
    return matches[-1][0] if matches else ""


def _wholes(before: Sequence[Term], first: Term) -> list[Term]:
    """The quantities before in the same measure word, nearest first; none where the nearest is no amount.

    支出28万元，比上年减少3万元，其中…: the change told between is passed over, and comes last: the parts may be its.
    """
    found = [term for term in reversed(before) if term.unit == first.unit and term.depth <= first.depth]
    if before and first.sentence != before[0].sentence:
        found = [term for term in found if term.is_amount and term.role is not Role.PREVIOUS]
    changes = list(takewhile(lambda term: term.role is Role.DELTA and not term.depth, found))
    if changes and "其中" in first.gap and len(changes) < len(found):
        found = [*found[len(changes) :], *(replace(one, role=Role.NONE) for one in changes)]
    if not found or not found[0].is_amount or found[0].role is Role.PREVIOUS:
        return []
    if _AVERAGE.search(found[0].clause):
        return []
    values = {found[0].statement.quantity.value}
    wholes = found[:1]
    for term in found[1:]:
        if term.is_amount and term.statement.quantity.value not in values:
            values.add(term.statement.quantity.value)
            wholes.append(term)
    return wholes


def _with_shares(terms: Sequence[Term]) -> Iterator[Term]:
    """The amounts told with their share right behind: parts, whatever their sentence begins with."""
    for one, following in pairwise(terms):
        if one.is_amount and following.role is Role.SHARE and strength(following.gap) < 3:
            yield one


def _undivided(before: Sequence[Sentence], first: Term, divided: set[Term]) -> list[Term]:
    """The amounts of the sentences before, nearest first, each value once; those that are parts come last."""
    found: dict[object, Term] = {}
    parts: dict[object, Term] = {}
    paragraph = before[-1].paragraph
    for sentence in reversed(before):
        if sentence.paragraph != paragraph:
            break
        for one in reversed(sentence.terms):
            if one.is_amount and one.role is not Role.PREVIOUS and one.unit == first.unit:
                (parts if one in divided else found).setdefault(one.statement.quantity.value, one)
    return [*found.values(), *parts.values()] if found else []


def _called(before: Sequence[Sentence], first: Term) -> Term | None:
    """立案提案按内容分 divides what was told with 立案: the only number before with the first word of the division."""
    word = first.gap[:2]
    found = [
        one
        for sentence in before
        if sentence.paragraph == before[-1].paragraph
        for one in sentence.terms
        if one.is_amount and one.unit == first.unit and one.clause.endswith(word)
    ]
    return found[0] if len(found) == 1 and "按" not in word else None


def _large_enough(one: Enumeration) -> Enumeration | None:
    """The enumeration with the wholes that hold each of its parts."""
    largest = max(part.statement.quantity.value for part in one.parts)
    wholes = [term for term in (one.whole, *one.others) if term.statement.quantity.value >= largest]
    return replace(one, whole=wholes[0], others=tuple(wholes[1:])) if wholes else None


def _collect(
    wholes: Sequence[Term], terms: tuple[Term, ...], index: int, opening: str, near: bool
) -> Enumeration:
    first = terms[index]
    parts, shares = [first], list[tuple[int, Term]]()
    stop, level, is_own = 0, 0, True
    for term in terms[index + 1 :]:
        stop = max(stop, strength(term.gap))
        if term.depth > first.depth:
            continue
        if term.depth < first.depth:
            break
        if term.unit == RATIO or not term.is_amount:
            if "分别" in term.gap and _is_share(term):
                shares = _in_order(terms[term.index :], len(parts))
                break
            if _is_share(term) and is_own:
                shares.append((len(parts) - 1, term))
            continue
        is_own = is_own and term.unit == first.unit  # 甲12件，占6%；乙30批3000人，占15%; 甲24个152万元，占6%
        if term.unit != first.unit and (_counts_along(terms, term) or _details(terms, term, first)):
            continue
        if term.unit != first.unit or _opening(term) or (term.role is not first.role and opening != "由"):
            break
        level = level or stop
        if stop > level:
            if _REST.search(term.clause) and len(parts) > 1:
                parts.append(term)
            break
        parts.append(term)
        stop, is_own = 0, True
    complete = opening == "由" or bool(_COMPLETE.search(first.gap))
    return Enumeration(wholes[0], tuple(parts), tuple(shares), opening, complete, tuple(wholes[1:]), near)


def _in_order(terms: Sequence[Term], most: int) -> list[tuple[int, Term]]:
    """甲30件、乙20件，分别占60%、40%: as many shares as parts answer them in order; else nobody can tell."""
    told = [terms[0], *takewhile(lambda term: term.unit == RATIO and term.gap in _JOINS, terms[1:])]
    return list(enumerate(told)) if len(told) == most else []


def _counts_along(terms: tuple[Term, ...], term: Term) -> bool:
    """A quantity inside a part: 八个党派提案1347件, 5件10人."""
    after = terms[term.index + 1 : term.index + 2]
    return not strength(term.gap) or bool(after and after[0].gap and not _PAUSE.search(after[0].gap))


def _details(terms: tuple[Term, ...], term: Term, first: Term) -> bool:
    """接待费7.85万元，接待91批次、702人次；用车33.42万元: what is told of a part, up to ；and the next part."""
    for following in terms[term.index + 1 :]:
        if "；" in following.gap:
            return following.unit == first.unit and following.role is first.role
        if following.unit == first.unit:
            return False
    return False


def _is_share(term: Term) -> bool:
    is_near = term.role is Role.SHARE and not term.base and strength(term.gap) < 3
    return is_near and not has_its_own(term)


def has_its_own(share: Term) -> bool:
    """副高及以上占67.3%, 三类合计占91.4% are shares of something else than the number before."""
    words, _, behind = share.clause.partition("占")
    least = 0 if behind.startswith("比") else 1  # 药占比, 耗占比
    return bool(_TOGETHER.search(words)) or len(_LIGHT.sub("", words)) > least


def strength(gap: str) -> int:
    """How strong the strongest stop in some words is: 、1, ，2, ；3."""
    if "；" in gap:
        return 3
    if "，" in gap:
        return 2
    return 1 if "、" in gap or "和" in gap else 0
