"""Comment anchors in the body of somebody's .docx: runs are split where an anchor falls into them.

Nothing else of the body changes: the anchors are inserted into the characters of the part as they stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from jixiao.reading.marked.remarks import Remark

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?P<end>/?)(?P<name>[^\s/>!?]+)(?P<rest>(?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>",
    re.DOTALL,
)
_CHARACTER = re.compile(r"&[^;]*;|\r\n|.", re.DOTALL)
_PRESERVE = 'xml:space="preserve"'


class NoPlace(Exception):
    """The body is written in a way in which no anchor can be set."""


@dataclass(slots=True)
class _Run:
    """A run of the body: where it begins and ends, and what its halves have to repeat."""

    start: int
    tag: str
    outer: _Run | None
    depth: int
    body: int = 0  # where its content begins, behind its properties
    end: int = 0
    properties: str = ""

    @property
    def outermost(self) -> _Run:
        return self if self.outer is None else self.outer.outermost


@dataclass(slots=True)
class _Text:
    """A `w:t`: where it stands in the part, and which stretch of the document's text it holds."""

    run: _Run
    tag_start: int
    start: int
    end: int
    tag_end: int
    first: int = -1
    last: int = -1
    positions: list[int] = field(default_factory=list)

    def at(self, xml: str, offset: int) -> int:
        """The position in the part of a character of the text; an entity or CR LF is one character."""
        if not self.positions:
            found = [match.start() for match in _CHARACTER.finditer(xml, self.start, self.end)]
            self.positions = [*found, self.end]
        if len(self.positions) != self.last - self.first + 1:
            raise NoPlace
        return self.positions[offset - self.first]


@dataclass(slots=True)
class _Cut:
    """What is inserted at one position: ends of ranges before starts, around them what closes and opens again."""

    before: str = ""
    after: str = ""
    ends: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)


def anchored(xml: str, pieces: Sequence[tuple[int, int]], remarks: Sequence[Remark], first_id: int) -> str:
    """The body with a comment range for every remark, numbered from `first_id`. Raises NoPlace."""
    prefix = _prefix(xml)
    texts = _texts(xml, prefix)
    if len(texts) != len(pieces):
        raise NoPlace
    for text, (first, last) in zip(texts, pieces, strict=True):
        text.first, text.last = first, last
    read = [text for text in texts if text.last > text.first >= 0]
    if not read:
        raise NoPlace
    cuts: dict[int, _Cut] = {}
    for number, remark in enumerate(remarks, first_id):
        _fasten(xml, prefix, read, remark, str(number), cuts)
    return _with(xml, cuts)


def _prefix(xml: str) -> str:
    """The prefix of the word-processing namespace; attributes need one."""
    found = re.search(rf"xmlns:([\w.-]+)\s*=\s*[\"']{re.escape(SPACE)}[\"']", xml[:20_000])
    if found is None:
        raise NoPlace
    return found[1]


def _texts(xml: str, prefix: str) -> list[_Text]:
    """Every `w:t` in document order with the run it stands in."""
    scan = _Scan(xml, f"{prefix}:r", f"{prefix}:rPr", f"{prefix}:t")
    for token in _TOKEN.finditer(xml):
        scan.take(token)
    return scan.texts


@dataclass(slots=True)
class _Scan:
    """A walk over the tags of a body: the run one is in, its properties, the text that is open."""

    xml: str
    run_name: str
    properties_name: str
    text_name: str
    texts: list[_Text] = field(default_factory=list)
    run: _Run | None = None
    depth: int = 0
    properties: int = 0
    opened: re.Match[str] | None = None

    def take(self, token: re.Match[str]) -> None:
        name, is_end = token["name"], bool(token["end"])
        if name is None:
            if self.opened is not None:
                raise NoPlace  # a comment or CDATA inside a text
            return
        is_empty = token["rest"].endswith("/")
        self.depth += 0 if is_empty else (-1 if is_end else 1)
        if name == self.run_name and not is_empty:
            self._run(token, is_end)
        elif name == self.properties_name and self.run is not None:
            self._properties(self.run, token, is_end, is_empty)
        elif name == self.text_name:
            self._text(token, is_end, is_empty)

    def _run(self, token: re.Match[str], is_end: bool) -> None:
        if not is_end:
            self.run = _Run(token.start(), token[0], self.run, self.depth, token.end())
        elif self.run is None:
            raise NoPlace
        else:
            self.run.end = token.end()
            self.run = self.run.outer

    def _properties(self, run: _Run, token: re.Match[str], is_end: bool, is_empty: bool) -> None:
        """Those of the run itself: earlier ones may stand inside them, others in a text box."""
        if is_end and self.depth == run.depth:
            run.properties, run.body = self.xml[self.properties : token.end()], token.end()
        elif is_empty and self.depth == run.depth:
            run.properties, run.body = token[0], token.end()
        elif not is_end and self.depth == run.depth + 1:
            self.properties = token.start()

    def _text(self, token: re.Match[str], is_end: bool, is_empty: bool) -> None:
        if self.run is None:
            raise NoPlace
        if is_empty:
            self.texts.append(_Text(self.run, token.start(), token.end(), token.end(), token.end()))
        elif not is_end:
            self.opened = token
        elif self.opened is not None:
            start, end = self.opened.start(), self.opened.end()
            self.texts.append(_Text(self.run, start, end, token.start(), token.end()))
            self.opened = None


def _fasten(
    xml: str, prefix: str, read: Sequence[_Text], remark: Remark, number: str, cuts: dict[int, _Cut]
) -> None:
    """Set both ends of a range: around the characters of the remark that are text of the body."""
    start = min(bisect_right(read, remark.start, key=lambda text: text.last), len(read) - 1)
    end = max(bisect_left(read, remark.end, key=lambda text: text.first) - 1, start)
    opening = f'<{prefix}:commentRangeStart {prefix}:id="{number}"/>'
    closing = (
        f'<{prefix}:commentRangeEnd {prefix}:id="{number}"/>'
        f'<{prefix}:r><{prefix}:commentReference {prefix}:id="{number}"/></{prefix}:r>'
    )
    first, last = read[start], read[end]
    if first.run.outer or last.run.outer:  # no comments inside text boxes: the box itself gets it
        _cut(cuts, first.run.outermost.start).starts.append(opening)
        _cut(cuts, max(first.run.outermost.end, last.run.outermost.end)).ends.append(closing)
        return
    _split(xml, prefix, first, max(remark.start, first.first), cuts).starts.append(opening)
    _split(xml, prefix, last, min(remark.end, last.last), cuts).ends.append(closing)


def _cut(cuts: dict[int, _Cut], at: int, before: str = "", after: str = "") -> _Cut:
    return cuts.setdefault(at, _Cut(before, after))


def _split(xml: str, prefix: str, text: _Text, offset: int, cuts: dict[int, _Cut]) -> _Cut:
    """The cut before a character of a text, or behind its last: between runs where a run ends there anyway."""
    run = text.run
    close, reopen = f"</{prefix}:r>", run.tag + run.properties
    if offset <= text.first:
        if text.tag_start == run.body:
            return _cut(cuts, run.start)
        return _cut(cuts, text.tag_start, close, reopen)
    if offset >= text.last:
        if text.tag_end + len(close) == run.end:
            return _cut(cuts, run.end)
        return _cut(cuts, text.tag_end, close, reopen)
    at = text.at(xml, offset)
    tag = xml[text.tag_start : text.start]
    keeps = _PRESERVE in tag or xml[at - 1].isspace() or xml[at].isspace()
    if keeps and _PRESERVE not in tag:
        _cut(cuts, text.start - 1).starts.append(f" {_PRESERVE}")
        cuts[text.start - 1].starts[:] = [f" {_PRESERVE}"]
    new = f"<{prefix}:t {_PRESERVE}>" if keeps else f"<{prefix}:t>"
    return _cut(cuts, at, f"</{prefix}:t>{close}", f"{reopen}{new}")


def _with(xml: str, cuts: dict[int, _Cut]) -> str:
    made: list[str] = []
    at = 0
    for position in sorted(cuts):
        cut = cuts[position]
        made += [xml[at:position], cut.before, *cut.ends, *cut.starts, cut.after]
        at = position
    return "".join([*made, xml[at:]])
