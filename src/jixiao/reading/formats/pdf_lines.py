"""A PDF page's characters as lines: what was drawn later, or a little off the line, goes where it is seen.

PDFium hands over text in the order in which it was drawn. Lines keep that order, so columns of a page stay
apart; only a piece that lies inside another line, or right at its end, is put into it.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Box = tuple[float, float, float, float]  # left, bottom, right, top

_DROPPED = re.compile("[\ufffe\uffff\x00-\x08\x0b\x0c\x0e-\x1f\xad]")
_TOUCHING = 0.6  # of the type size
_BLANK = 0.3
_MOST_LINES = 2_000  # beyond that a page is a drawing


@dataclass(slots=True, eq=False)
class Glyph:
    """A character with its box; blanks have none to speak of."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def size(self) -> float:
        return self.top - self.bottom


@dataclass(slots=True, eq=False)
class Line:
    """A line of a page; `glyphs` only where the page was looked at closely."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    glyphs: list[Glyph] | None = None
    is_broken: bool = False  # its end lies higher or lower than its beginning

    def forget(self) -> None:
        """Let the characters go once the page is laid out: a long document would hold millions."""
        self.glyphs = None

    @property
    def size(self) -> float:
        return max(self.top - self.bottom, 1.0)

    @property
    def y(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page is turned when it is shown: quarter turns, and its unturned width and height."""

    quarters: int
    width: float
    height: float

    def __call__(self, left: float, bottom: float, right: float, top: float) -> Box:
        match self.quarters:
            case 1:
                return bottom, self.width - right, top, self.width - left
            case 2:
                return self.width - right, self.height - top, self.width - left, self.height - bottom
            case 3:
                return self.height - top, left, self.height - bottom, right
        return left, bottom, right, top


def plain_lines(textpage: Any, text: str) -> list[Line]:
    """The lines of a page, each measured by its first and last character alone."""
    import pypdfium2.raw as pdfium

    found, position, last = [], 0, max(0, textpage.count_chars() - 1)
    for raw in text.splitlines(keepends=True):
        first = position
        position += len(raw.encode("utf-16-le")) // 2
        shown = _DROPPED.sub("", raw).strip()
        if not shown:
            continue
        start = first + len(raw) - len(raw.lstrip())
        end = first + len(raw.rstrip().encode("utf-16-le")) // 2 - 1
        start, end = (
            min(max(0, pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, place)), last)
            for place in (start, end)
        )
        if _is_artifact(textpage, start):
            continue
        left, bottom, _, top = textpage.get_charbox(start, loose=True)
        _, foot, right, head = textpage.get_charbox(end, loose=True)
        found.append(Line(shown, left, bottom, right, top, None, head <= bottom or foot >= top))
    return found


def close_lines(textpage: Any, turn: Turn) -> list[Line]:
    """The lines of a page with the box of every character."""
    import pypdfium2.raw as pdfium

    rectangle = pdfium.FS_RECTF()
    reference, handle, box_of = ctypes.byref(rectangle), textpage.raw, pdfium.FPDFText_GetLooseCharBox
    found: list[Line] = []
    for characters in _character_lines(textpage):
        glyphs = []
        for index, character in characters:
            box_of(handle, index, reference)
            box = turn(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            glyphs.append(Glyph(character, *box))
        for start, end in _levels(glyphs):
            if not _is_artifact(textpage, characters[start][0]):
                found.append(line_of(glyphs[start:end]))
    return found


def _levels(glyphs: list[Glyph]) -> Iterator[tuple[int, int]]:
    """Stretches parted where the text jumps up or down: a page number may be handed over as the end of the last line."""
    start = 0
    last = glyphs[0]
    for index, one in enumerate(glyphs):
        if one.text.isspace():
            continue
        if one.top <= last.bottom or one.bottom >= last.top:
            yield start, index
            start = index
        last = one
    yield start, len(glyphs)


def _character_lines(textpage: Any) -> Iterator[list[tuple[int, str]]]:
    """Index and character, line by line, without blanks at the ends."""
    import pypdfium2.raw as pdfium

    code_of, handle, line = pdfium.FPDFText_GetUnicode, textpage.raw, list[tuple[int, str]]()
    count = textpage.count_chars()
    for index in range(count + 1):
        code = code_of(handle, index) if index < count else 10
        if code in (10, 13):
            while line and line[-1][1].isspace():
                line.pop()
            if line:
                yield line
            line = []
        elif code <= 0x10FFFF and not 0xD800 <= code < 0xE000:
            character = chr(code)
            if not _DROPPED.match(character) and (line or not character.isspace()):
                line.append((index, character))


def _is_artifact(textpage: Any, index: int) -> bool:
    """Tagged PDFs say which text is no content: heads, feet, page numbers."""
    import pypdfium2.raw as pdfium

    item = pdfium.FPDFText_GetTextObject(textpage, index)
    if not item:
        return False
    buffer = (ctypes.c_ushort * 16)()
    length = ctypes.c_ulong()
    for number in range(pdfium.FPDFPageObj_CountMarks(item)):
        mark = pdfium.FPDFPageObj_GetMark(item, number)
        if pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length):
            name = bytes(buffer)[: max(0, length.value - 2)].decode("utf-16-le", "ignore")
            if name == "Artifact":
                return True
    return False


def line_of(glyphs: list[Glyph]) -> Line:
    """The line of these characters; blanks have a place but no size."""
    shown = [one for one in glyphs if not one.text.isspace()] or glyphs
    return Line(
        "".join(one.text for one in glyphs).strip(),
        shown[0].left,
        min(one.bottom for one in shown),
        shown[-1].right,
        max(one.top for one in shown),
        glyphs,
    )


def are_torn(lines: Sequence[Line]) -> bool:
    """Whether some line of a page lies inside another, goes on right after it, or jumps."""
    return any(line.is_broken for line in lines) or any(True for _ in _pieces(lines))


def mend(lines: list[Line]) -> list[Line]:
    """Put what lies inside another line, or right at its end, into it; the lines must hold their glyphs."""
    host_of = {piece: host for host, piece in _pieces(lines)}
    taken: dict[int, list[Glyph]] = {}
    for piece, host in host_of.items():
        seen = {piece}
        while host in host_of and host not in seen:
            seen.add(host)
            host = host_of[host]
        if host not in host_of:
            taken.setdefault(host, []).extend(lines[piece].glyphs or [])
    moved = {id(glyph) for glyphs in taken.values() for glyph in glyphs}
    return [
        line_of(_in_order([*(line.glyphs or []), *taken[number]])) if number in taken else line
        for number, line in enumerate(lines)
        if not (line.glyphs and id(line.glyphs[0]) in moved)
    ]


def _pieces(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """(line, piece) by their numbers; the longer of two is the line."""
    if len(lines) > _MOST_LINES:
        return
    order = sorted(range(len(lines)), key=lambda number: lines[number].y)
    heights = [lines[number].y for number in order]
    for piece in range(len(lines)):
        small = lines[piece]
        at = bisect_left(heights, small.y - 0.5 * small.size)
        while at < len(order) and heights[at] <= small.y + 0.5 * small.size:
            host = order[at]
            at += 1
            if host != piece and _belongs(small, piece, lines[host], host):
                yield host, piece
                break


def _belongs(small: Line, piece: int, large: Line, host: int) -> bool:
    if (small.right - small.left, -piece) >= (large.right - large.left, -host):
        return False
    if not 0.6 < small.size / large.size < 1.7:
        return False
    near = _TOUCHING * min(small.size, large.size)
    return (large.left - near <= small.left and small.right <= large.right + near) or (
        -near <= small.left - large.right <= near or -near <= large.left - small.right <= near
    )


def _in_order(glyphs: list[Glyph]) -> list[Glyph]:
    """Characters from left to right, blanks anew where a gap shows."""
    shown = sorted((one for one in glyphs if not one.text.isspace()), key=lambda one: one.left)
    found = shown[:1]
    for before, after in pairwise(shown):
        if after.left - before.right > _BLANK * before.size:
            found.append(Glyph(" ", before.right, before.bottom, after.left, before.bottom))
        found.append(after)
    return found
