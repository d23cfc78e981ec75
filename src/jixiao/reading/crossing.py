"""Several documents of one office held against each other: the same fact, told in two of them, is one number.

Two places tell the same fact where they name it by exactly the same words (six characters at least, light
words aside), in one measure word, of one year and time.

(1) What counts up to different days is not compared unless it is equal.
(2) A document that itself tells a fact in two ways is asked about, not held against others.
(3) Increases, shares, scores and last year's numbers are not compared.
Does not see a fact that is told in other words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from jixiao.reading.cutoffs import cutoff_near, cutoff_of, year_of
from jixiao.reading.fitting import LIGHT
from jixiao.reading.phrases import Phrase, phrases
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role
from jixiao.relations import RELATIONS, Operand
from jixiao.values import POINTS, RATIO, Qualifier, Verdict

_SHORTEST = 6
_HEAD = 4  # characters by which a short word after them is told apart
_CHANGED = re.compile(r"(?:增|减|降|升|涨|比|率|占|较)\w{0,3}\Z")  # (3)
_PLAIN = frozenset(
    {Role.NUMERATOR, Role.DENOMINATOR, Role.ACTUAL}
)  # a rate beside a count makes it no other fact
_LEFT_OUT = frozenset(
    {Role.GROWTH, Role.DELTA, Role.SHARE, Role.COMPLETION, Role.PREVIOUS, Role.WORTH, Role.EARNED}
)  # (3)
_EARLIER = ("上年", "去年", "上一年", "同期")

Key = tuple[str, str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """A fact at its place. `file` counts the documents from 0; `cutoff` is None where nobody says."""

    file: int
    phrase: Phrase
    words: str
    cutoff: date | None

    @property
    def text(self) -> str:
        return "".join(self.phrase.statement.text.split())


@dataclass(frozen=True, slots=True)
class Crossing:
    """What two documents say of one fact."""

    verdict: Verdict
    one: Told
    other: Told
    message: str
    computed: str


def cross(readings: Sequence[Reading], cutoffs: Sequence[date | None] = ()) -> list[Crossing]:
    """Every fact that two documents tell, in the order of the first. `cutoffs` are the days somebody entered."""
    years = [year_of(one.document.text) for one in readings]
    facts = []
    for file, reading in enumerate(readings):
        entered = cutoffs[file] if file < len(cutoffs) else None
        facts.append(_facts(file, reading, entered or cutoff_of(reading.document.text), years[file]))
    found = [
        _compared(one[key], other[key])
        for (first, one), (second, other) in combinations(enumerate(facts), 2)
        if years[first] == years[second]
        for key in one
        if key in other
    ]
    return sorted(found, key=lambda one: (one.one.file, one.one.phrase.statement.place.start, one.other.file))


def _facts(file: int, reading: Reading, cutoff: date | None, year: int | None) -> dict[Key, list[Told]]:
    found: dict[Key, list[Told]] = {}
    heads: dict[tuple[int, str], str] = {}
    for phrase in phrases(reading):
        words = _words(phrase)
        place = phrase.sentence, phrase.statement.quantity.unit
        head = heads.get(place, "")
        if len(words) >= _HEAD:
            heads[place] = words
        if phrase.sentence < 0 or not _is_fact(phrase):
            continue
        if 1 < len(words) < _SHORTEST and head:
            words = f"{head}…{words}"  # 征集提案…办结: what is closed, the quantity before says
        if len(words) < _SHORTEST:
            continue
        near = cutoff_near(phrase.earlier + phrase.before, year)
        time = tuple(sorted(word for word in phrase.time if not word[:4].isdecimal()))
        role = "" if phrase.statement.role in _PLAIN else str(phrase.statement.role)
        key = (words, phrase.statement.quantity.unit, role, time)
        found.setdefault(key, []).append(Told(file, phrase, words, near or cutoff))
    return found


def _words(phrase: Phrase) -> str:
    """What is counted, without the words that say when and that something was done."""
    return "".join(LIGHT.sub("", part) for part in (phrase.before, phrase.after))


def _is_fact(phrase: Phrase) -> bool:
    quantity = phrase.statement.quantity
    return (
        phrase.statement.role not in _LEFT_OUT
        and not (quantity.unit in (RATIO, POINTS) and _CHANGED.search(phrase.before))
        and not any(word in phrase.before for word in _EARLIER)
        and quantity.qualifier not in (Qualifier.AT_LEAST, Qualifier.AT_MOST)
    )


def _compared(first: Sequence[Told], second: Sequence[Told]) -> Crossing:
    one, other = first[0], second[0]
    for places in (first, second):
        if len({told.phrase.statement.quantity for told in places}) > 1:  # (2)
            texts = "、".join(dict.fromkeys(told.text for told in places))
            return _silent(one, other, f"同一文件对“{one.words}”有几种说法（{texts}），请先统一")
    operands = [Operand.from_quantity("", "", told.phrase.statement.quantity) for told in (one, other)]
    finding = RELATIONS["repeat"](places=[replace(operand, title=one.words) for operand in operands])
    if finding.verdict is not Verdict.BROKEN:
        return Crossing(finding.verdict, one, other, finding.reason, finding.computed)
    if one.cutoff != other.cutoff:  # (1)
        days = "、".join(told.cutoff.isoformat() if told.cutoff else "未写明" for told in (one, other))
        return _silent(one, other, f"两份文件的截止日不同（{days}），累计数不能直接相比")
    message = f"“{one.words}”一处写{one.text}，另一处写{other.text}，请核实后统一"
    return Crossing(Verdict.BROKEN, one, other, message, finding.computed)


def _silent(one: Told, other: Told, reason: str) -> Crossing:
    return Crossing(Verdict.NOT_APPLICABLE, one, other, reason, f"{one.text}；{other.text}")
