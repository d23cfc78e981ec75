"""The text of a document as HTML: paragraphs and tables with every figure marked. All text is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from jixiao.reading.marked.layout import Layout, Strip
from jixiao.reading.marked.marks import Mark
from jixiao.reading.tables import Cell

_UNSHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe(text: str) -> str:
    """Escaped for HTML, in any place; what a page cannot hold is replaced."""
    return escape(_UNSHOWN.sub("\ufffd", text))


def text_html(text: str, layout: Layout) -> str:
    """The strips of a layout, each table in a frame that scrolls by itself."""
    return "\n".join(_blocks(text, layout))


def _blocks(text: str, layout: Layout) -> Iterator[str]:
    for number, group in groupby(layout.strips, key=lambda one: one.grid.start if one.grid else -1):
        strips = list(group)
        if number >= 0:
            yield from _table(text, strips)
            continue
        for strip in strips:
            if strip.left_out:
                yield _left_out(strip.left_out, "段")
            yield f"<p>{_pieces(text, strip.start, strip.end, strip.marks)}</p>"
    if layout.left_out:
        yield _left_out(layout.left_out, "段")


def _left_out(count: int, what: str) -> str:
    return f'<p class="left-out">（略去 {count} {what}）</p>'


def _table(text: str, strips: Sequence[Strip]) -> Iterator[str]:
    grid = strips[0].grid
    assert grid is not None
    if strips[0].left_out:
        yield _left_out(strips[0].left_out, "段、行")
    yield f'<div class="wide" role="region" tabindex="0" aria-label="表{grid.table.number}"><table>'
    shown = {strip.row for strip in strips}
    waiting: list[Cell] = []  # cells that begin in a row left out and reach into one that is shown
    rows = grid.rows()
    before = 0
    for strip in strips:
        waiting += [cell for row in rows[before : strip.row - 1] for cell in row]
        if strip.left_out and strip is not strips[0]:
            yield f'<tr><td class="left-out" colspan="{grid.table.columns}">（略去 {strip.left_out} 行）</td></tr>'
        cells = [one for one in waiting if one.row + one.rows > strip.row] + list(strip.cells)
        waiting, before = [], strip.row
        yield _row(text, sorted(cells, key=lambda one: one.column), strip, shown)
    yield "</table></div>"


def _row(text: str, cells: Sequence[Cell], strip: Strip, shown: set[int]) -> str:
    assert strip.grid is not None
    is_head = strip.row <= strip.grid.table.headers
    made = "".join(_cell(text, cell, strip, shown, is_head) for cell in cells)
    return f"<tr>{made}</tr>"


def _cell(text: str, cell: Cell, strip: Strip, shown: set[int], is_head: bool) -> str:
    start, end = cell.place.start, cell.place.end
    marks = [mark for mark in strip.marks if start <= mark.start < end] if cell.row == strip.row else []
    words = _pieces(text, start, end, marks)
    height = sum(row in shown for row in range(strip.row, cell.row + cell.rows))
    spans = (f' rowspan="{height}"' if height > 1 else "") + (
        f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    )
    if is_head and words.strip():
        return f'<th scope="col"{spans}>{words}</th>'
    return f"<td{spans}>{words}</td>"


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    made: list[str] = []
    at = start
    for mark in marks:
        stop = min(mark.end, end)  # what was read across the border of a cell is marked in the first
        made += [safe(text[at : mark.start]), _mark(mark, text[mark.start : stop])]
        at = stop
    made.append(safe(text[at:end]))
    return "".join(made)


def _mark(mark: Mark, text: str) -> str:
    words = f'{safe(text)}<span class="unseen">（{mark.word}）</span>'
    if mark.finding:
        return f'<a class="figure {mark.state}" id="f{mark.number}" href="#n{mark.finding}">{words}</a>'
    return f'<mark class="figure {mark.state}" id="f{mark.number}">{words}</mark>'
