"""How well the words of a figure fit those of a statement: in the clause, in order, with nothing else unexplained.

The last word of a phrase stands in the statement's own clause, the words before it anywhere earlier in the
sentence. A phrase that leaves other describing words of the clause unexplained fits in part only. Numbers are
not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from jixiao.reading.phrases import Phrase, plain
from jixiao.relations import Operand
from jixiao.values import RATIO, Figure, Period

PEOPLE = frozenset({"人", "名", "位"})
_FEWEST = 4  # characters of words that must fit
_MANY = 6  # characters of words that may stand beside others
_LONGEST = 200
_AT_A_DAY = "as_of"  # the basis of what stands at a day
_NUMBER = "\0"
_PLANNED = re.compile(r"计划|目标|拟|力争|预计|将要|明年|下一?年")
_ELSEWHERE = re.compile(r"全[国省市]|各[省市]|[省市]级?(?:共|合计|累计)")
LIGHT = re.compile(  # says when, who and that something was done, not what is counted
    r"[一二三四五六七八九十]{1,3}届[一二三四五六七八九十]{1,3}次(?:全体)?(?:会议|全会)?|以来|"
    r"一年来|今年以来|今年|本年度?|全年|年内|年初|目前|当前|截[至止]|\d{4}年度?|\d{1,2}月[份底初中末]?|[上下]半年|"
    r"其中|共计|合计|累计|总计|先后|分别|同时|另外|此外|并且|通过|我们|我区|我县|我市|全区|全县|辖区|本部门|本单位|"
    r"\w{0,3}[区县](?:政协|人大|政府|委统战部|委办公室|委、?[区县]政府|委)|收到|提出|开展|举办|组织|完成|实现|召开|收集|"
    r"形成|帮助|深入|落实|增加|确定|解决|[约近共达到已并还另又再了的等为有被获将把对向由从在数]"
)
_NARROWS = re.compile(r"以[上下外内]|[非未不除女新类级]|其他|个人|集体|部分|重点")
_GOES_ON = re.compile(r"\A(?:[的了和与及对向由列作进开参组赴到在被并等，、]|行动|已|均|共|分别|其中|\Z)")


@dataclass(frozen=True, slots=True)
class Known:
    """A figure a document may speak of. `phrases` are its title and other names; spaces part their words."""

    id: str
    title: str
    unit: str
    phrases: tuple[str, ...]
    operand: Operand
    period: Period | None = None
    as_of: date | None = None
    is_plan: bool = False

    @classmethod
    def from_figure(cls, figure: Figure, phrases: tuple[str, ...], *, is_plan: bool = False) -> Known:
        """A figure under the names it is told by."""
        told = (figure.indicator, figure.title, figure.unit, phrases)
        return cls(*told, Operand.from_figure(figure), figure.period, figure.as_of, is_plan)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that a statement may speak of, with the words that fit. `is_whole`: nothing else describes it.

    `doubts` say what does not quite fit: another measure word, a shorter time.
    """

    known: Known
    words: tuple[str, ...]
    is_whole: bool
    doubts: tuple[str, ...]
    near: frozenset[int]
    far: frozenset[int]


def candidates(phrase: Phrase, known: Sequence[Known]) -> list[Candidate]:
    """Every figure whose words stand beside a statement of its unit, the best first."""
    found = [fit for one in known if (fit := candidate(phrase, one)) is not None]
    return sorted(found, key=lambda one: (not one.is_whole, -len(one.near), -len(one.far), one.known.id))


def undominated(found: Sequence[Candidate]) -> list[Candidate]:
    """Those whose words no other's contain: 办理微建议 leaves 微建议 behind."""
    return [one for one in found if not any(_is_fuller(other, one) for other in found)]


def _is_fuller(one: Candidate, other: Candidate) -> bool:
    if one.near != other.near:
        return one.near > other.near
    return one.far > other.far


def candidate(phrase: Phrase, known: Known) -> Candidate | None:
    """The phrase of the figure that fits best: one that leaves nothing unexplained, then the longest."""
    if _PLANNED.search(phrase.before) and not known.is_plan:
        return None
    same_unit = phrase.statement.quantity.unit == known.unit or known.unit in PEOPLE
    found: list[Candidate] = []
    for words in known.phrases:
        told = _words(words)
        fit = _fit(phrase, told)
        if fit is not None:
            near, far = fit
            is_enough = len(near) + len(far) >= _least(known, words)
            is_title = words == known.title == phrase.before and not phrase.after
            is_whole = same_unit and (is_title or (is_enough and _explains(phrase, near)))
            found.append(Candidate(known, told, is_whole, (), near, far))
    if not found:
        return None
    best = max(found, key=lambda one: (one.is_whole, len(one.near), len(one.far)))
    return replace(best, doubts=tuple(doubts_of(phrase, known)))


def _least(known: Known, phrase: str) -> int:
    """How many characters of a phrase must fit before it can decide."""
    if known.unit == RATIO:
        return _FEWEST - 1  # 立案率
    return _FEWEST if " " in phrase or phrase == known.title else _FEWEST + 1


@lru_cache(maxsize=10_000)
def _words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, written as documents are compared."""
    return tuple(plain(word) for word in phrase.split())


def _fit(phrase: Phrase, words: Sequence[str]) -> tuple[frozenset[int], frozenset[int]] | None:
    """Where the words stand, in their order: places in the clause (words before the number below 0, words after
    it above) and before the clause. None where they do not, or the last stands in another clause.
    """
    if not words or not (words[-1] in phrase.before or words[-1] in phrase.after):
        return None
    text = f"{phrase.earlier}{phrase.before}{_NUMBER}{phrase.after}"
    clause, number = len(phrase.earlier), len(phrase.earlier) + len(phrase.before)
    for start in (text.rfind(words[-1], clause, number), text.find(words[-1], number + 1)):
        if start >= 0 and (places := _led(text, words, start)) is not None:
            near = frozenset(place - number for place in places if place >= clause)
            return near, frozenset(place for place in places if place < clause)
    return None


def _led(text: str, words: Sequence[str], at: int) -> set[int] | None:
    """The places of all words where the last begins at `at` and the others stand before it in order."""
    places = set(range(at, at + len(words[-1])))
    for word in reversed(words[:-1]):
        at = text.rfind(word, 0, at)
        if at < 0:
            return None
        places.update(range(at, at + len(word)))
    return places


def _explains(phrase: Phrase, near: frozenset[int]) -> bool:
    """True when the clause says nothing else of what is counted.

    Words after the number begin right at it and nothing lengthens them. Else, all but light words before the
    number must be explained, or half of them where the words that fit are many.
    """
    if any(place > 0 for place in near):
        run = next(place for place in range(_LONGEST) if place + 1 not in near)
        last = max(near)
        return run > 0 and any(
            _GOES_ON.match(phrase.after[end:]) for end in (run, last if len(near) * 2 >= last else run)
        )
    size = len(phrase.before)
    rest = "".join(letter for place, letter in enumerate(phrase.before, -size) if place not in near)
    if not LIGHT.sub("", rest):
        return True
    if _NARROWS.search(rest):
        return False
    return len(near) >= _MANY and len(near) >= len(rest) and _touches(phrase, near)


def _touches(phrase: Phrase, near: frozenset[int]) -> bool:
    """True when only light words stand between the words that fit and the number."""
    return not LIGHT.sub("", phrase.before[len(phrase.before) + max(near) + 1 :])


def doubts_of(phrase: Phrase, known: Known) -> list[str]:
    """What of a statement does not quite fit a figure: place, measure word, time."""
    found = []
    if (other := _ELSEWHERE.search(phrase.before)) and other[0] not in known.title:
        found.append(f"文件说的是{other[0]}")
    if phrase.statement.quantity.unit != known.unit:
        found.append(f"文件以“{phrase.statement.quantity.unit}”计，指标以“{known.unit}”计")
    if known.period is not None:
        found += [f"文件说的是{word}" for word in sorted(phrase.time) if not _is_within(word, known.period)]
    return found


def _is_within(word: str, period: Period) -> bool:
    """True when a word of time means the figure's own period."""
    if word.endswith("半年"):
        first = word.startswith("上")
        return (period.to_on.month <= 6 and period.from_on.month <= 6) if first else period.from_on.month >= 7
    if word.endswith("年"):
        return word[:4].isdigit() and period.from_on.year <= int(word[:4]) <= period.to_on.year
    if word.endswith("月"):
        months = (
            {period.to_on.month} if period.basis == _AT_A_DAY else {period.from_on.month, period.to_on.month}
        )
        return months == {int(word[:-1])}
    return False
