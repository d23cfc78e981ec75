"""Draft clauses: last year's words with the numbers taken out, as a .docx and as an outline of a local pack.

A number whose figure is known becomes a slot; the others become blanks with their measure word. In the .docx a
slot is an empty figure under the key that the outline gives it, so that refreshing the file fills it in. The
year of the report is moved on; what stands in 《》 or “” keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import yaml

from jixiao.catalogue.slots import Slot
from jixiao.ledger.last_year.sorting import FILED, Row
from jixiao.reading import Reading
from jixiao.reading.cutoffs import year_of
from jixiao.reading.emptied import Line, blank, lines
from jixiao.reports.document import Block, Document, Heading, Paragraph, Placed, Run
from jixiao.reports.placing import Keys
from jixiao.reports.write_docx import write
from jixiao.values import Statement

OUTLINE = "report"
_LONGEST_TITLE = 60
_MOST_TITLE_LINES = 5
_ANNEX = re.compile(r"附件\s*\d*\s*[：:]?\s*\Z")
_KEPT = re.compile(r"《[^》]*》|“[^”]*”|(?<!\d)(?P<year>(?:19|20)\d{2})(?=年)")
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph or heading of the draft: words, and statements with the slot that fills them, if any."""

    id: str
    level: int
    pieces: tuple[str | tuple[Statement, Slot | None], ...]

    @property
    def slots(self) -> list[Slot]:
        return [slot for one in self.pieces if not isinstance(one, str) for slot in [one[1]] if slot]

    @property
    def template(self) -> str:
        """The text of the clause as an outline writes it."""
        return "".join(
            _plain(one) if isinstance(one, str) else one[1].text if one[1] else blank(one[0].text)
            for one in self.pieces
        )

    @property
    def emptied(self) -> str:
        """The text with nothing but blanks."""
        return "".join(_plain(one) if isinstance(one, str) else blank(one[0].text) for one in self.pieces)


@dataclass(frozen=True, slots=True)
class Draft:
    """The clauses of a draft for `year`, with the words of its title."""

    title: str
    year: int
    clauses: tuple[Clause, ...]

    @property
    def slotted(self) -> int:
        return sum(len(clause.slots) for clause in self.clauses)


def draft_of(reading: Reading, rows: Sequence[Row], year: int) -> Draft:
    """Take the numbers out of a report and put slots where their figures are known."""
    about = year_of(reading.document.text)
    slots = {(row.statement.place.start, row.statement.place.end): _slot(row) for row in rows if row.homes}
    every = list(lines(reading))
    head = _title_lines(every)
    title = "".join(line.text.strip() for line in every[:head] if not _ANNEX.match(line.text))
    told = every[head:]
    clauses = tuple(
        Clause(f"c{number:03d}", line.level, tuple(_pieces(line, slots, about, year)))
        for number, line in enumerate(told, 1)
    )
    named = _moved(title, about, year) or f"{year}年度工作报告"
    return Draft(named, year, clauses)


def docx(draft: Draft, titles: Mapping[str, str], org: str) -> bytes:
    """The draft as a .docx. `titles` name the figures by their ids."""
    keys = Keys()
    blocks = tuple(_block(clause, keys, titles, number) for clause, number in _numbered(draft.clauses))
    day = date(draft.year, 12, 31)
    document = Document(
        (draft.title,), org, draft.year, day, f"{draft.year}年　月　日", ("草稿",), blocks, (), ()
    )
    return write(document, None)


def overlay(draft: Draft, packs: Collection[str], source: str) -> dict[str, str]:
    """The files of a local pack with the outline of the draft, by path."""
    pack = f"draft_{draft.year}"
    about = {
        "id": pack,
        "title": f"{draft.year}年度报告草稿提纲",
        "version": f"{draft.year}.1",
        "requires": sorted(packs),
        "note": "由上年报告生成，条款和空位请核对后使用。",
    }
    outline = {
        "title": f"{draft.year}年度报告草稿",
        "document_title": _plain(draft.title).replace(str(draft.year), "{year}", 1),
        "source": [{"title": f"上年报告（{source}）", "verified": False}],
        "clauses": [_as_data(clause) for clause in draft.clauses],
    }
    return {
        f"{pack}/pack.yaml": _yaml(about),
        f"{pack}/outlines/{OUTLINE}.yaml": _yaml(outline),
    }


def _slot(row: Row) -> Slot:
    first = row.homes[0].id
    if first.startswith(FILED):
        return Slot("filed", (first.removeprefix(FILED),))
    return Slot("figure", tuple(home.id for home in row.homes))


def _title_lines(every: Sequence[Line]) -> int:
    """How many lines at the beginning are the title."""
    for number, line in enumerate(every[:_MOST_TITLE_LINES]):
        if not _is_title(line) and not _ANNEX.match(line.text):
            return number
    return min(len(every), _MOST_TITLE_LINES)


def _is_title(line: Line) -> bool:
    words = line.text.strip()
    return (
        not line.level
        and len(words) <= _LONGEST_TITLE
        and all(isinstance(one, str) for one in line.pieces)
        and not words.endswith(("。", "：", ":"))
    )


def _pieces(
    line: Line, slots: Mapping[tuple[int, int], Slot], about: int | None, year: int
) -> Iterator[str | tuple[Statement, Slot | None]]:
    for one in line.pieces:
        if isinstance(one, str):
            yield _moved(one, about, year)
        else:
            yield one, slots.get((one.place.start, one.place.end))


def _moved(words: str, about: int | None, year: int) -> str:
    """The words with the report's own year moved on, outside of titles and quotations."""
    if about is None:
        return words

    def move(found: re.Match[str]) -> str:
        return str(int(found[0]) + year - about) if found["year"] and int(found[0]) == about else found[0]

    return _KEPT.sub(move, words)


def _plain(words: str) -> str:
    """Words as an outline may hold them: braces are for slots."""
    return words.replace("{", "（").replace("}", "）")


def _as_data(clause: Clause) -> dict[str, object]:
    found: dict[str, object] = {"id": clause.id}
    if clause.level:
        return {**found, "heading": clause.level, "text": clause.emptied}
    found["text"] = clause.template
    if clause.slots:
        found["otherwise"] = clause.emptied
    return found


def _numbered(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, str]]:
    """The clauses with the numbers of headings as they are printed."""
    counts = [0, 0, 0]
    for clause in clauses:
        number = ""
        if clause.level:
            counts[clause.level - 1] += 1
            counts[clause.level :] = [0] * (3 - clause.level)
            number = _heading_number(clause.level, counts[clause.level - 1])
        yield clause, number


def _heading_number(level: int, count: int) -> str:
    if level == 3 or count > len(_NUMERALS):
        return f"{count}."
    return f"（{_NUMERALS[count - 1]}）" if level == 2 else f"{_NUMERALS[count - 1]}、"


def _block(clause: Clause, keys: Keys, titles: Mapping[str, str], number: str) -> Block:
    runs: list[Run] = []
    for one in clause.pieces:
        if isinstance(one, str):
            runs.append(one)
            continue
        statement, slot = one
        words = blank(statement.text)
        if slot is None or clause.level:
            runs.append(words)
            continue
        names = tuple(FILED + name for name in slot.references) if slot.sort == "filed" else slot.references
        label = "、".join(titles.get(name, name) for name in names)
        runs.append(Placed(keys.key(clause.id, slot.text), names, words, None, label))
    if clause.level:
        return Heading(clause.level, number, tuple(runs), clause.id)
    return Paragraph(tuple(runs), clause.id)


def _yaml(data: object) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
