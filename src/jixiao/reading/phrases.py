"""The words a statement stands among: its own clause on both sides, the sentence before it, the time it speaks of.

Between two quantities of one clause the words are told apart at 、, 和 and the like; where nothing parts them
they may belong to either, and both get them. A fingerprint names the words without their numbers, so that
the same words are known again next year.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from jixiao.frozen import quick
from jixiao.reading.document import Document
from jixiao.reading.read import Reading
from jixiao.reading.sentences import Sentence
from jixiao.values import Statement

_LONGEST_BEFORE, _LONGEST_AFTER, _LONGEST_EARLIER = 60, 40, 160
_NOUN = 3  # so few words between two quantities are what the first one counts
_FEWEST = 4  # words shorter than this say too little by themselves
_SILENT = re.compile(r"[\s“”\"‘’'「」]+|[-－−]\Z|《[^》]{0,80}》")
_WIDE = str.maketrans(",;:()", "，；：（）")
_STOP = re.compile(r"[，；：。！？（）]")
_JOINT = re.compile(r"、|和|以及|及|与")
_NAMED = re.compile(r"[\u4e00-\u9fff]{2}|率")
_NUMBERED = re.compile(r"[≥≤<>＜＞=约超近]?[-－−+]?[0-9０-９.,，]+.{0,4}\Z")
_DIGITS = re.compile(r"[0-9０-９]+")
_SPOKEN = re.compile(
    r"(?P<last>上一?年|去年|同期)|(?P<half>[上下]半年)|(?P<quarter>[第前]?[一二三四]季度)|"
    r"(?P<year>(?:19|20)\d{2})年|(?P<month>\d{1,2})月"
)


@quick
@dataclass(frozen=True, slots=True)
class Phrase:
    """`before` and `after` are the words of the clause on either side, `earlier` those of the sentence before it."""

    statement: Statement
    before: str
    after: str
    earlier: str
    section: str
    sentence: int = -1  # which sentence of prose it stands in
    heading: str = ""  # over the column, in a table

    @property
    def words(self) -> str:
        """The clause for people, with a mark where the number stands."""
        return f"{self.before}〔〕{self.statement.quantity.unit if self.unit_is_told else ''}{self.after}"

    @property
    def unit_is_told(self) -> bool:
        return self.statement.quantity.unit != "ratio"

    @property
    def time(self) -> frozenset[str]:
        """Words of time in the clause and right before it: 上年, 上半年, 一季度, 2019年, 9月."""
        spoken = (self.earlier[-24:] + self.before).rpartition("。")[2]
        return frozenset(match[0] for match in _SPOKEN.finditer(spoken))

    @property
    def fingerprint(self) -> str:
        """The same for the same words and unit, whatever the number and wherever it stands."""
        told = _DIGITS.sub("#", f"{self.before}|{self.after}")
        if len(self.before) + len(self.after) < _FEWEST:
            told = f"{_DIGITS.sub('#', self.earlier[-16:])}|{told}"
        return sha256(f"{self.statement.quantity.unit}\n{told}".encode()).hexdigest()


def phrases(reading: Reading) -> list[Phrase]:
    """One phrase for every statement, in the order of the text."""
    text = reading.document.text
    told: dict[tuple[int, int], Phrase] = {}
    for sentence in reading.sentences:
        for phrase in _told(text, sentence):
            told[_span(phrase.statement)] = phrase
    cells = _Cells(reading.document)
    return [told.get(_span(one)) or _in_table(text, one, cells) for one in reading.statements]


def plain(text: str) -> str:
    """Words without white space, quotation marks and the titles of documents."""
    return _SILENT.sub("", text.translate(_WIDE))


def _span(statement: Statement) -> tuple[int, int]:
    return statement.place.start, statement.place.end


def _told(text: str, sentence: Sentence) -> Iterator[Phrase]:
    terms = sentence.terms
    for index, one in enumerate(terms):
        start, end = one.span
        since = terms[index - 1].span[1] if index else sentence.start
        until = terms[index + 1].span[0] if index + 1 < len(terms) else sentence.end
        gap = plain(text[max(since, start - 4 * _LONGEST_BEFORE) : start])
        before = _before(gap, follows=bool(index))
        earlier = plain(text[max(sentence.start, start - 4 * _LONGEST_EARLIER) : start])
        earlier = earlier[: len(earlier) - len(before)].rpartition("；")[2][-_LONGEST_EARLIER:]
        yield Phrase(
            one.statement, before, _after(text, sentence, index, end, until), earlier, sentence.section,
            sentence.number,
        )  # fmt: skip


def _before(gap: str, *, follows: bool) -> str:
    """The words of the clause before a quantity; `follows` says that another quantity begins the gap."""
    pieces = _STOP.split(gap)
    if len(pieces) > 1 or not follows:
        return pieces[-1][-_LONGEST_BEFORE:]
    if joint := _JOINT.search(gap):
        return gap[joint.end() :][-_LONGEST_BEFORE:]
    return gap[-_LONGEST_BEFORE:] if len(gap) > _NOUN else ""


def _after(text: str, sentence: Sentence, index: int, end: int, until: int) -> str:
    """The words after a quantity; 5类12项建议 shares its noun with the quantity that follows at once."""
    terms = sentence.terms
    while until == end and index + 1 < len(terms):
        index += 1
        end = terms[index].span[1]
        until = terms[index + 1].span[0] if index + 1 < len(terms) else sentence.end
    words = plain(text[end : min(until, end + 4 * _LONGEST_AFTER)])
    stop = _STOP.search(words)
    if stop:
        words = words[: stop.start()]
    if (stop or until == sentence.end) and "、" not in words[:1]:
        return words[:_LONGEST_AFTER]
    joint = _JOINT.search(words)
    return (words[: joint.start()] if joint else words)[:_LONGEST_AFTER]


class _Cells:
    """The cells of a document's tables, found by place."""

    def __init__(self, document: Document) -> None:
        found = [(cell.place.start, cell, table) for table in document.tables for cell in table.cells]
        self._cells = sorted(found, key=lambda one: one[0])

    def heading(self, start: int) -> str:
        """What stands over the column of the cell in which a place lies."""
        index = bisect_right(self._cells, start, key=lambda one: one[0]) - 1
        if index < 0:
            return ""
        _, cell, table = self._cells[index]
        return "".join(table.heading(cell.column)) if cell.place.end > start else ""


def _in_table(text: str, statement: Statement, cells: _Cells) -> Phrase:
    """A cell of a table: its own words before the number, else the nearest words in its line."""
    start = statement.place.start
    line = text[max(text.rfind("\n", 0, start) + 1, start - 4 * _LONGEST_EARLIER) : start]
    own, *others = [plain(cell) for cell in reversed(line.split("\t"))]
    labels = [cell for cell in others if _NAMED.search(cell) and not _NUMBERED.match(cell)]
    if _NAMED.search(own):
        return Phrase(statement, _before(own, follows=False), "", "".join(reversed(labels)), "")
    before = labels[0][-_LONGEST_BEFORE:] if labels else ""
    earlier = "".join(reversed(labels[1:]))[-_LONGEST_EARLIER:]
    return Phrase(statement, before, "", earlier, "", heading=cells.heading(start))
