"""A report as text with the places of its labels: line width, spaces before units, full-width digits.

Offsets are characters of the text as a reader decodes it. A line is broken between any two characters that
are not both parts of a number, as PDF text is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.generation.amounts import Amount
from benchmarks.generation.dice import Dice
from benchmarks.generation.model import Prose, Relation, Report, fragments

Key = tuple[int, str]  # piece and slot
_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_NARROW = str.maketrans("，；：（）", ",;:()")
_NO_START = "，。；：、）》”！？%"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is set. `width` 0 does not wrap."""

    width: int = 0
    spaced: bool = False
    full_width: bool = False
    airy: bool = False  # a space on either side of every number, as PDF text has
    narrow: bool = False  # stops and brackets of half width
    indent: str = ""
    newline: str = "\n"
    encoding: str = "utf-8"


PLAIN = Layout()
LAYOUTS = (
    PLAIN,
    PLAIN,
    Layout(indent="\u3000\u3000"),
    Layout(width=28, indent="\u3000\u3000"),
    Layout(width=34, spaced=True),
    Layout(spaced=True),
    Layout(newline="\r\n", encoding="gb18030"),
    Layout(encoding="utf-8-sig"),
    Layout(full_width=True),
    Layout(encoding="utf-16"),
    Layout(airy=True),
    Layout(airy=True, width=30),
    Layout(narrow=True, indent="    "),
)


@dataclass(frozen=True, slots=True)
class Label:
    """A quantity in the text, by the labelling standard."""

    start: int
    end: int
    text: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Typeset:
    """A report as text. `places` says where each slot stands, words included."""

    text: str
    data: bytes
    labels: tuple[Label, ...]
    places: dict[Key, tuple[int, int]]
    relations: tuple[tuple[int, Relation], ...]


def layout_for(seed: int | str) -> Layout:
    return Dice(f"layout {seed}").pick(LAYOUTS)


def typeset(report: Report, layout: Layout = PLAIN) -> Typeset:
    """Set the prose of a report; tables are left out."""
    page = _Page(layout)
    page.words(report.title)
    page.end()
    for number, block in report.blocks():
        if isinstance(block, Prose):
            page.words(layout.indent)
            for slot, fill in fragments(block.template, report.pieces[number].fills):
                page.fill((number, slot), fill) if slot else page.words(str(fill))
            page.end()
    text = "".join(page.characters)
    return Typeset(
        text, text.encode(layout.encoding), tuple(page.labels), page.places, tuple(report.relations())
    )


class _Page:
    """Characters written so far, and where the line stands."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.characters: list[str] = []
        self.labels: list[Label] = []
        self.places: dict[Key, tuple[int, int]] = {}
        self.column = 0
        self.length = 0

    def words(self, text: str) -> None:
        if self.layout.narrow:
            text = text.translate(_NARROW)
        for character in text:
            self._break(character)
            self._put(character)

    def _break(self, character: str) -> None:
        width = self.layout.width
        if not width or self.column < width or character in _NO_START or character == " ":
            return
        last = self.characters[-1] if self.characters else ""
        if character in "0123456789.," and last in "0123456789.,":
            return
        self._put(self.layout.newline)
        self.column = 0

    def _put(self, character: str) -> None:
        self.characters.append(character)
        self.length += len(character)
        self.column += 1

    def fill(self, key: Key, fill: Amount | str) -> None:
        if isinstance(fill, str):
            start = self.length
            self.words(fill)
            self.places[key] = (start, self.length)
            return
        self.words(fill.before)
        span = self._shown(fill)
        airy = self.layout.airy and fill.style != "中"
        self.words(" " if airy else "")
        self._break(span[:1])
        start = self.length
        self._put(span[0])
        self.words(span[1:])
        self.places[key] = (start, self.length)
        text = "".join(self.characters)[start:] if self.layout.width else span
        self.labels.append(Label(start, self.length, text, fill))
        self.words(" " if airy else "")

    def _shown(self, amount: Amount) -> str:
        text = amount.text
        if self.layout.airy and amount.style != "中" and amount.unit != "%":
            return text.replace(amount.printed, amount.printed + " ", 1)
        if self.layout.spaced and amount.scale in ("万", "亿") and not amount.inner and amount.style != "中":
            text = text.replace(amount.printed, amount.printed + " ", 1)
        return text.translate(_DIGITS) if self.layout.full_width else text

    def end(self) -> None:
        self._put(self.layout.newline)
        self.column = 0


def labels_as_json(typeset: Typeset) -> Iterator[dict[str, object]]:
    """The labels in the form of the labelling standard."""
    for label in typeset.labels:
        yield {
            "start": label.start,
            "end": label.end,
            "text": label.text,
            "value": float(label.amount.value),
            "unit": label.amount.base,
            "qualifier": label.amount.qualifier,
            "kind": label.amount.kind,
            "optional": not label.amount.is_label,
        }
