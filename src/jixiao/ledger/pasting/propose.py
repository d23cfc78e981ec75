"""From a line to proposed records: for each fact its day, its kind, the orgs it names, its amounts, what is left as title."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jixiao import sheets
from jixiao.catalogue import Catalogue, guard
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.ledger.pasting.days import find_day
from jixiao.ledger.pasting.dividing import Part, divide, in_turn
from jixiao.ledger.pasting.speaking import Speaker, is_idle, plain, said
from jixiao.ledger.pasting.words import Words
from jixiao.reading import quantities
from jixiao.sheets.columns import Sort
from jixiao.sheets.heading import is_end

LONGEST_TITLE = 100
MOST_LINES = 300
FEWEST_SIGNS = 4
ABOVE = 5  # lines among which the heading of a pasted table is looked for
QUOTED = "像是引用别人说过的话，不另登记；前面没有登记过的，请在这里选定事项类型"
_EDGES = "，,。.；;、：: \t　!！~～-—"
_CUT = re.compile(r"[。；;\n]")
_HALF_DAY = re.compile(r"[（(]\s*(?:(?:周|星期)[一二三四五六日天])?\s*(?:[上下]午|晚上?)?\s*[)）]")
_NAMED_AFTER = re.compile(r"^[^：:，,。；;]{1,12}[：:]\s*(?=关于|《)")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(slots=True)
class Proposal:
    """A row as it was read. No `kind`: it looks like no fact and stays out unless somebody says otherwise.

    `whole` is the line it is a part of, where the line was divided; `said_on` and `until` are how its days were read.
    """

    number: int
    text: str
    kind: str = ""
    values: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    whole: str = ""
    said_on: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads lines as seen from the day `on`. `orgs` maps names to ids, `records` gives such a map for a kind; `usual`
    is the kind of lines that do not tell.
    """

    on: date
    kinds: Sequence[Kind]
    catalogue: Catalogue
    orgs: Mapping[str, str]
    records: Callable[[str], Mapping[str, str]] = lambda _: {}
    usual: str = ""
    words: Words = field(init=False)
    by_id: Mapping[str, Kind] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", Words(self.kinds, self.catalogue))
        object.__setattr__(self, "by_id", {kind.full_id: kind for kind in self.kinds})

    def lines(self, text: str) -> list[Proposal]:
        """A proposal for each fact of a pasted text, or for each row of a pasted table."""
        lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
        roots = [kind for kind in self.kinds if kind.parent is None]
        if self.usual in self.by_id:
            roots = [self.by_id[self.usual]]
        if (table := _table(lines, roots, self.catalogue)) is not None:
            return table
        found = [row for line in said(text, self.on, self.words.every) for row in self.line(line)]
        return found[:MOST_LINES]

    def line(self, line: Speaker) -> list[Proposal]:
        """The rows of one thing said: as many as it tells facts."""
        text = " ".join(line.text.split("\t")).strip()
        if line.is_quoted:
            return [Proposal(line.number, text, warnings=[QUOTED], **self._seen(line.said_on))]
        parts = divide(text, line.said_on, self.on, self._root_of, self._unit_of)
        return self._parts(line.number, text, parts, line.said_on)

    def divided(self, number: int, whole: str, texts: list[str], said_on: date) -> list[Proposal]:
        """The rows of a line that somebody divided by hand; of one text alone the row of the whole line."""
        return self._parts(number, whole, in_turn(texts, said_on, self.on), said_on)

    def _parts(self, number: int, whole: str, parts: Sequence[Part], said_on: date) -> list[Proposal]:
        found = [self._row(number, one, said_on) for one in parts]
        if len(found) > 1:
            for one in found:
                one.whole = whole
        return found

    def _row(self, number: int, part: Part, said_on: date) -> Proposal:
        row = Proposal(number, part.text, warnings=guard.remarks(part.text), **self._seen(said_on))
        text, day = part.text, find_day(part.text, said_on, self.on)
        meant = self.words.kind_of(text)
        is_short = len(_HAN.findall(text)) < FEWEST_SIGNS
        if is_short or is_idle(text) or not (meant or (day and self.usual)):
            return row
        kind = self.by_id[meant or self.usual]
        if kind.parent:
            above = self.catalogue.kind(kind.parent).title
            told = f"像是“{kind.title}”，登记在“{above}”之下；请从那条{above}的页面添加"
            row.warnings.append(told)
            return row
        row.kind = kind.full_id
        if kind.date:
            row.values[kind.date] = (day.on if day else part.otherwise).isoformat()
        _name_orgs(row, kind, self.orgs)
        _name_records(row, kind, self.records)
        _name_amounts(row, kind)
        _name_codes(row, kind, self.catalogue)
        _name_number(row, kind)
        _name_title(row, kind, text if day is None else f"{text[: day.start]}{text[day.end :]}")
        return row

    def _seen(self, said_on: date) -> dict[str, str]:
        return {"said_on": said_on.isoformat(), "until": self.on.isoformat()}

    def _root_of(self, text: str) -> str:
        kind = self.words.kind_of(text)
        return kind if kind and self.by_id[kind].parent is None and not is_idle(text) else ""

    def _unit_of(self, kind: str) -> str:
        return self.by_id[kind].unit if kind else ""


def _name_orgs(proposal: Proposal, kind: Kind, orgs: Mapping[str, str]) -> None:
    places = [name for name, spec in kind.fields.items() if spec.type is FieldType.ORG]
    proposal.values |= dict(zip(places, _named(proposal.text, orgs), strict=False))


def _name_records(proposal: Proposal, kind: Kind, records: Callable[[str], Mapping[str, str]]) -> None:
    """A registered enterprise, studio … that the line names, to the field that asks for one."""
    for name, spec in kind.fields.items():
        if spec.type is FieldType.REF and spec.to and (found := _named(proposal.text, records(spec.to))):
            proposal.values[name] = found[0]
            if len(found) > 1:
                told = f"说到 {len(found)} 个{spec.title}，只登记到其中一个；各登记一条，请用下面的“分成几行”"
                proposal.warnings.append(told)


def _named(text: str, names: Mapping[str, str]) -> list[str]:
    """The ids whose names a text holds; a name inside a longer one that it holds too says nothing."""
    told = sorted((name for name in names if len(name) > 1 and name in text), key=len, reverse=True)
    kept: list[str] = []
    for name in told:
        if not any(name in longer for longer in kept):
            kept.append(name)
    return list(dict.fromkeys(names[name] for name in kept))


def _name_amounts(proposal: Proposal, kind: Kind) -> None:
    """Money to the first field of money; a count to the field of its unit."""
    for mention in quantities.find(proposal.text):
        for name, spec in kind.fields.items():
            if name in proposal.values:
                continue
            is_money = spec.type is FieldType.MONEY and mention.kind == "money"
            is_count = spec.unit and spec.type in (FieldType.INTEGER, FieldType.STATED, FieldType.DECIMAL)
            if is_money or (is_count and mention.quantity.unit == spec.unit):
                if spec.type is FieldType.STATED or mention.quantity.qualifier == "exact":
                    proposal.values[name] = mention.text
                break
            # one outing goes to each once: two 户 of it are two 户次
            if (
                is_count
                and spec.unit == f"{mention.quantity.unit}次"
                and mention.quantity.qualifier == "exact"
            ):
                proposal.values[name] = str(mention.quantity.value)
                break


def _name_number(proposal: Proposal, kind: Kind) -> None:
    """Two proposals in one line that were not told apart are told so: a row becomes one record."""
    for mention in quantities.find(proposal.text):
        is_counted = kind.unit in (mention.quantity.unit, f"{mention.quantity.unit}次")
        if is_counted and mention.kind == "count" and mention.quantity.value > 1:
            told = f"像是说了{mention.text}{kind.title}，确认后只登记成一条；要分开登记，请用下面的“分成几行”"
            proposal.warnings.append(told)
            return


def _name_codes(proposal: Proposal, kind: Kind, catalogue: Catalogue) -> None:
    """A code whose title stands in the line, where no other code of its table does."""
    for name, spec in kind.fields.items():
        if spec.type is FieldType.CODE and spec.codes in catalogue.codes:
            titles = {code: one.title for code, one in catalogue.codes[spec.codes].codes.items()}
            told = [code for code, title in titles.items() if len(title) > 1 and title in proposal.text]
            if len(told) == 1:
                proposal.values[name] = told[0]


def _name_title(proposal: Proposal, kind: Kind, rest: str) -> None:
    said_plainly = _HALF_DAY.sub("", plain(rest)).strip(_EDGES)
    all_said = re.sub(r"^(?:上午|下午|晚上|早上)", "", said_plainly).strip(_EDGES)
    all_said = _NAMED_AFTER.sub("", all_said)
    short = _CUT.split(all_said)[0][:LONGEST_TITLE].strip(_EDGES) or all_said[:LONGEST_TITLE]
    spec = kind.fields[kind.label]
    if spec.type in (FieldType.TEXT, FieldType.LONG_TEXT):
        proposal.values[kind.label] = short
    if short != all_said:
        long = next((name for name, one in kind.fields.items() if one.type is FieldType.LONG_TEXT), None)
        if long and long not in proposal.values:
            proposal.values[long] = all_said


def _heading(
    lines: Sequence[str], kinds: Sequence[Kind], catalogue: Catalogue
) -> tuple[int, Kind, sheets.Matching] | None:
    """The line among the first that is the heading of one of the kinds; a title may have been copied above it."""
    best: tuple[int, int, Kind, sheets.Matching] | None = None
    for at, line in enumerate(lines[:ABOVE]):
        header = [cell.strip() for cell in line.split("\t")]
        for kind in kinds if len(header) > 1 else ():
            of_person = guard.speaks_of_person(kind, catalogue)
            matching = sheets.match(sheets.columns_of(kind, catalogue), header, of_person=of_person)
            count = sum(column.sort is Sort.FIELD for column in matching.columns.values())
            if best is None or count > best[0]:
                best = count, at, kind, matching
    return best[1:] if best and best[0] > 1 else None


def _table(lines: Sequence[str], kinds: Sequence[Kind], catalogue: Catalogue) -> list[Proposal] | None:
    """Rows of a spreadsheet under a heading that fits one of the kinds; None for anything else."""
    if len(lines) < 2 or (heading := _heading(lines, kinds, catalogue)) is None:
        return None
    at, kind, matching = heading
    found = []
    for number, line in enumerate(lines[at + 1 : at + MOST_LINES + 1], at + 2):
        cells = [cell.strip() for cell in line.split("\t")]
        values = {
            column.name: cells[place]
            for place, column in matching.columns.items()
            if column.sort is Sort.FIELD and place < len(cells) and cells[place]
        }
        # what a banned column says is not kept, not even as the text of the line
        shown = [cell for place, cell in enumerate(cells) if place not in matching.banned and cell]
        text = "　".join(shown)
        meant = kind.full_id if values and not is_end(cells) else ""
        found.append(Proposal(number, text, meant, values if meant else {}, guard.remarks(text)))
    return found
