"""From a line to a proposed record: its day, its kind, the orgs it names, its amounts, what is left as its title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jixiao import sheets
from jixiao.catalogue import Catalogue, guard
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.ledger.pasting.days import find_day
from jixiao.ledger.pasting.speaking import Speaker, is_idle, said
from jixiao.reading import quantities
from jixiao.sheets.columns import Sort

LONGEST_TITLE = 100
MOST_LINES = 300
FEWEST_SIGNS = 4
_GAP = "…"
_BETWEEN = "[^，。；,;]{1,14}?"
_EDGES = "，,。.；;、：: \t　!！~～-—"
_CUT = re.compile(r"[。；;\n]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(slots=True)
class Proposal:
    """A line as it was read. No `kind`: it looks like no fact and stays out unless somebody says otherwise."""

    number: int
    text: str
    kind: str = ""
    values: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


class Words:
    """The words by which lines tell what they are about: what packs say chat calls a kind, the titles of kinds, and
    of the indicators that count them. A kind without a date of its own is a list of names, never a thing that happened.
    """

    def __init__(self, kinds: Sequence[Kind], catalogue: Catalogue) -> None:
        self.kinds = kinds
        self._words: dict[str, dict[str, int]] = {}
        self._spoken: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
        for kind in (one for one in kinds if one.date or one.parent):
            self._spoken[kind.full_id] = [_pattern(one) for one in kind.spoken]
            found = self._words.setdefault(kind.full_id, {})
            for piece in _pieces(kind.title):
                found[piece] = max(found.get(piece, 0), 3 * len(piece))
        for one in catalogue.indicators.values():
            if one.rows and one.rows.kind in self._words:
                for alias in (one.title, *one.aliases):
                    for piece in _pieces(re.sub(r"(次数|件数|数量|数|率)$", "", alias)):
                        found = self._words[one.rows.kind]
                        found[piece] = max(found.get(piece, 0), len(piece))
        self._shared = Counter(word for words in self._words.values() for word in words)

    @property
    def every(self) -> frozenset[str]:
        spoken = (piece for one in self.kinds for said in one.spoken for piece in said.split(_GAP))
        return frozenset((*(word for words in self._words.values() for word in words), *spoken))

    def kind_of(self, text: str) -> str:
        """The kind a text speaks of most plainly; what is named early in it counts up to twice. Empty where none."""
        best = max(((self._plainness(kind, text), kind) for kind in self._words), default=(0.0, ""))
        return best[1] if best[0] >= 2 else ""

    def _plainness(self, kind: str, text: str) -> float:
        told = {word: weight for word, weight in self._words[kind].items() if word in text}
        early = {word: 2 - text.index(word) / len(text) for word in told}
        plain = sum(early[word] * weight / self._shared[word] for word, weight in told.items())
        spoken = ((weight, one.search(text)) for weight, one in self._spoken[kind])
        return plain + max(
            (weight * (2 - one.start() / len(text)) for weight, one in spoken if one), default=0
        )


def _pattern(spoken: str) -> tuple[int, re.Pattern[str]]:
    """How much it tells, and what to look for: what a pack says chat calls a kind outweighs words of its title."""
    pieces = spoken.split(_GAP)
    return 6 * sum(map(len, pieces)), re.compile(_BETWEEN.join(map(re.escape, pieces)))


def _pieces(title: str) -> Iterator[str]:
    """A title and its halves of two characters at the ends: 企业走访 is told by 走访 too."""
    plain = "".join(_HAN.findall(title))
    if len(plain) >= 2:
        yield plain
    if len(plain) >= 4:
        yield plain[-2:]
        yield plain[:2]


def propose(
    text: str,
    *,
    on: date,
    kinds: Sequence[Kind],
    catalogue: Catalogue,
    orgs: Mapping[str, str],
    records: Callable[[str], Mapping[str, str]] = lambda _: {},
    usual: str = "",
) -> list[Proposal]:
    """A proposal for each line. `orgs` maps names to ids, `records` gives such a map for a
    kind; `usual` is the kind of lines that do not tell.

    A line about a kind that lies below others is told so and left out.
    """
    words = Words(kinds, catalogue)
    by_id = {kind.full_id: kind for kind in kinds}
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    roots = [by_id[usual]] if usual in by_id else [kind for kind in kinds if kind.parent is None]
    if (table := _table(lines, roots, catalogue)) is not None:
        return table
    found = []
    for line in said(text, on, words.every):
        found.append(_proposal(line, on, words, by_id, catalogue, orgs, records, usual))
    return found[:MOST_LINES]


def _proposal(
    line: Speaker,
    on: date,
    words: Words,
    by_id: Mapping[str, Kind],
    catalogue: Catalogue,
    orgs: Mapping[str, str],
    records: Callable[[str], Mapping[str, str]],
    usual: str,
) -> Proposal:
    text = " ".join(line.text.split("\t")).strip()
    proposal = Proposal(line.number, text, warnings=guard.remarks(text))
    day = find_day(text, line.said_on, on)
    meant = words.kind_of(text)
    if len(_HAN.findall(text)) < FEWEST_SIGNS or is_idle(text) or not (meant or (day and usual)):
        return proposal
    kind = by_id[meant or usual]
    if kind.parent:
        above = catalogue.kind(kind.parent).title
        proposal.warnings.append(f"像是“{kind.title}”，登记在“{above}”之下；请从那条{above}的页面添加")
        return proposal
    proposal.kind = kind.full_id
    if kind.date:
        proposal.values[kind.date] = (day.on if day else line.said_on).isoformat()
    _name_orgs(proposal, kind, orgs)
    _name_records(proposal, kind, records)
    _name_amounts(proposal, kind)
    _name_codes(proposal, kind, catalogue)
    _name_number(proposal, kind)
    _name_title(proposal, kind, text if day is None else f"{text[: day.start]}{text[day.end :]}")
    return proposal


def _name_orgs(proposal: Proposal, kind: Kind, orgs: Mapping[str, str]) -> None:
    places = [name for name, spec in kind.fields.items() if spec.type is FieldType.ORG]
    proposal.values |= dict(zip(places, _named(proposal.text, orgs), strict=False))


def _name_records(proposal: Proposal, kind: Kind, records: Callable[[str], Mapping[str, str]]) -> None:
    """A registered enterprise, studio … that the line names, to the field that asks for one."""
    for name, spec in kind.fields.items():
        if spec.type is FieldType.REF and spec.to and (found := _named(proposal.text, records(spec.to))):
            proposal.values[name] = found[0]


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


def _name_number(proposal: Proposal, kind: Kind) -> None:
    """Two proposals in one line are told so: a line becomes one record."""
    for mention in quantities.find(proposal.text):
        if mention.quantity.unit == kind.unit and mention.kind == "count" and mention.quantity.value > 1:
            told = f"像是说了{mention.text}{kind.title}，确认后只登记成一条；要分开登记，请拆成几行重新粘贴"
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
    plain = re.sub(r"^(?:上午|下午|晚上|早上)", "", rest.strip(_EDGES)).strip(_EDGES)
    short = _CUT.split(plain)[0][:LONGEST_TITLE].strip(_EDGES) or plain[:LONGEST_TITLE]
    spec = kind.fields[kind.label]
    if spec.type in (FieldType.TEXT, FieldType.LONG_TEXT):
        proposal.values[kind.label] = short
    if short != plain:
        long = next((name for name, one in kind.fields.items() if one.type is FieldType.LONG_TEXT), None)
        if long and long not in proposal.values:
            proposal.values[long] = plain


def _table(lines: Sequence[str], kinds: Sequence[Kind], catalogue: Catalogue) -> list[Proposal] | None:
    """Rows of a spreadsheet under a heading that fits one of the kinds; None for anything else."""
    if len(lines) < 2 or "\t" not in lines[0]:
        return None
    header = [cell.strip() for cell in lines[0].split("\t")]
    best: tuple[int, Kind, sheets.Matching] | None = None
    for kind in kinds:
        matching = sheets.match(sheets.columns_of(kind, catalogue), header)
        count = sum(column.sort is Sort.FIELD for column in matching.columns.values())
        if best is None or count > best[0]:
            best = count, kind, matching
    if best is None or best[0] < 2:
        return None
    _, kind, matching = best
    found = []
    for number, line in enumerate(lines[1 : MOST_LINES + 1], 2):
        cells = [cell.strip() for cell in line.split("\t")]
        values = {
            column.name: cells[place]
            for place, column in matching.columns.items()
            if column.sort is Sort.FIELD and place < len(cells) and cells[place]
        }
        # what a banned column says is not kept, not even as the text of the line
        shown = [cell for place, cell in enumerate(cells) if place not in matching.banned and cell]
        text = "　".join(shown)
        found.append(Proposal(number, text, kind.full_id if values else "", values, guard.remarks(text)))
    return found
