"""Which figure does a statement speak of? Told by its words and its measure word, never by the number alone.

One figure's words may contain another's: then the fuller words win. Two that fit equally are both offered and
neither is taken. What a person said of the same words goes before everything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jixiao.reading.fitting import (
    LIGHT,
    PEOPLE,
    Candidate,
    Known,
    candidate,
    candidates,
    doubts_of,
    undominated,
)
from jixiao.reading.phrases import Phrase, phrases, plain
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role
from jixiao.values import Statement

NOTHING = ""  # remembered for words that speak of no figure
_PAPERS = frozenset({"条", "篇", "件"})
_MOST = 5  # candidates worth showing
_OTHER_SORT = frozenset(
    {Role.GROWTH, Role.DELTA, Role.SHARE, Role.COMPLETION, Role.WORTH, Role.EARNED, Role.CURRENT}
)
_EARLIER_YEAR = re.compile(r"上一?年|去年|同期|历年|往年|前年")
_AIM = re.compile(r"目标|计划|预期|上年|去年|标准|分值|权重|得分|年初|差额|增减")
_BOUND = re.compile(r"\s*(?:[≥≤＞＜><]|不[低少]于|不[超高]过|至少|大于|小于)")
_BOUNDED = re.compile(r"(?:不[低少]于|不[超高]过|至少|大于|小于)\Z")
_ALL_OF = re.compile(r"(?:均|都|全部|皆)(?:为|达到?|是|实现)?\Z")


@dataclass(frozen=True, slots=True)
class Match:
    """What a statement speaks of: `chosen` is empty where nothing fits or several fit equally.

    `by_person` says that somebody decided so for these words. Several are chosen for 三率均为100%.
    """

    phrase: Phrase
    chosen: tuple[Candidate, ...]
    candidates: tuple[Candidate, ...]
    reason: str
    by_person: bool = False

    @property
    def statement(self) -> Statement:
        return self.phrase.statement


def matches(
    reading: Reading,
    known: Sequence[Known],
    remembered: Mapping[str, str] | None = None,
    told: Mapping[str, str] | None = None,
) -> list[Match]:
    """A match for every statement, in the order of the text.

    `remembered` maps fingerprints to ids or NOTHING, as people said; `told` to ids, as outlines tell figures.
    """
    by_unit: dict[str, list[Known]] = {}
    for one in known:
        for unit in _family(one.unit):
            by_unit.setdefault(unit, []).append(one)
    by_id = {one.id: one for one in known}
    found: list[Match] = []
    for phrase in phrases(reading):
        found.append(_after_doubts(_match(phrase, by_unit, by_id, remembered or {}, told or {}), found))
    return found


def _match(
    phrase: Phrase,
    by_unit: Mapping[str, Sequence[Known]],
    by_id: Mapping[str, Known],
    remembered: Mapping[str, str],
    told: Mapping[str, str],
) -> Match:
    known = by_unit.get(phrase.statement.quantity.unit, ())
    decided = remembered.get(phrase.fingerprint)
    if decided == NOTHING:
        return Match(phrase, (), (), "已由人认定：不对应任何指标", by_person=True)
    if decided is not None and decided in by_id:
        return _decided(phrase, by_id[decided])
    if reason := _is_other(phrase):
        return Match(phrase, (), (), reason)
    if (one := by_id.get(told.get(phrase.fingerprint, ""))) is not None:
        chosen = Candidate(one, (), True, tuple(doubts_of(phrase, one)), frozenset(), frozenset())
        return Match(phrase, (chosen,), (chosen,), "与报告提纲里的写法相同")
    if _ALL_OF.search(phrase.before):
        shared = _shared(phrase, known)
        if shared:
            return Match(phrase, shared, shared, "一个数说明几项，逐项对应")
    found = undominated(candidates(phrase, known))
    whole = [one for one in found if one.is_whole]
    if len(whole) == 1:
        return Match(phrase, (whole[0],), tuple(found[:_MOST]), _because(whole[0]))
    if whole:
        names = "、".join(f"“{one.known.title}”" for one in whole[:_MOST])
        return Match(phrase, (), tuple(whole[:_MOST]), f"{names}同样说得通，不代为选定")
    if found:
        return Match(phrase, (), tuple(found[:_MOST]), "词语只对上一部分，请看是不是同一件事")
    return Match(phrase, (), (), "没有词语对得上的指标")


def _after_doubts(match: Match, before: Sequence[Match]) -> Match:
    """Carry on the doubts of the quantity whose words this one leans on: 委员提交提案4件，立案3件 counts theirs."""
    if match.by_person or match.phrase.sentence < 0:
        return match
    chosen = tuple(replace(one, doubts=(*one.doubts, *_led_by(one, match, before))) for one in match.chosen)
    return replace(match, chosen=chosen)


def _led_by(one: Candidate, match: Match, before: Sequence[Match]) -> list[str]:
    if not one.far:
        return []
    for earlier in reversed(before):
        if earlier.phrase.sentence != match.phrase.sentence:
            return []
        said = earlier.phrase.before + earlier.phrase.after
        if not any(plain(word) in said for word in one.words[:-1]):
            continue
        if not earlier.chosen:
            return [f"前面的“{earlier.phrase.words}”说的是什么还没有定"]
        return [doubt for other in earlier.chosen for doubt in other.doubts]
    return []


def _decided(phrase: Phrase, known: Known) -> Match:
    """What somebody said of these words before."""
    chosen = candidate(phrase, known) or Candidate(known, (), True, (), frozenset(), frozenset())
    return Match(phrase, (chosen,), (chosen,), "这样的表述已由人认定", by_person=True)


def _is_other(phrase: Phrase) -> str:
    """Why a statement is not this year's number of anything."""
    if phrase.statement.role in _OTHER_SORT:
        return "是增减、占比或得分，不是指标本身"
    if _BOUND.match(phrase.statement.text) or _BOUNDED.search(phrase.before):
        return "是目标或界限，不是完成数"
    if _AIM.search(phrase.heading):
        return f"所在的列是“{phrase.heading[:12]}”，不是完成数"
    if _EARLIER_YEAR.search(phrase.before):
        return "说的是以前年度"
    return ""


def same_sort(unit: str, other: str) -> bool:
    """True when two measure words may count the same thing: 名 and 人, 条 and 篇; never 件 and 件次."""
    return other in _family(unit)


def _family(unit: str) -> frozenset[str]:
    """Measure words that may name the same thing. 件 and 件次 never do."""
    for family in (PEOPLE, _PAPERS):
        if unit in family:
            return family
    return frozenset({unit})


def _shared(phrase: Phrase, known: Sequence[Known]) -> tuple[Candidate, ...]:
    """甲率、乙率均为100%: one candidate for each name, or none where a name stays unclear."""
    names = re.split(r"、|和|以及|及|与", _ALL_OF.sub("", phrase.before))
    if len(names) < 2:
        return ()
    chosen = []
    for name in names:
        alone = Phrase(phrase.statement, LIGHT.sub("", name), "", phrase.earlier, phrase.section)
        whole = [one for one in undominated(candidates(alone, known)) if one.is_whole]
        if len(whole) != 1:
            return ()
        chosen.append(whole[0])
    return tuple(chosen)


def _because(one: Candidate) -> str:
    words = "、".join(f"“{word}”" for word in one.words)
    return f"词语{words}和单位都对得上"
