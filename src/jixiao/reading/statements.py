"""Quantities with the words around them: what a document claims, in the order in which it claims it.

A figure the document itself marks keeps its key, also where the prose around it would hide it (a bare number
in a table cell). What part a quantity plays is told by its sentence, in `roles`.
"""

from __future__ import annotations

from bisect import bisect_left

from jixiao.errors import BadInput
from jixiao.reading.document import Document, Mark
from jixiao.reading.quantities import Mention, find, find_alone
from jixiao.values import Statement

AROUND = 24
MOST = 240_000  # with their words and findings they just fit into half a gigabyte
_SOURCES = ("bookmark", "control", "data")


def statements(document: Document) -> tuple[Statement, ...]:
    """Every statement of a document, in the order of its text. Raises BadInput where there are too many."""
    mentions = find(document.text, MOST + 1)
    if len(mentions) > MOST:
        raise BadInput(
            f"{document.name}：文中的数据超过 {MOST // 10_000} 万处，一次核对不下；请按章节或年度拆成几份，放进一个文件夹后再试"
        )
    if not document.marks:
        return tuple([_statement(document, mention, "") for mention in mentions])
    keyed = _keyed(document, mentions)
    told = [(mention, keyed.get(index, "")) for index, mention in enumerate(mentions)]
    told += [(mention, key) for key, mention in _hidden(document, mentions)]
    told.sort(key=lambda pair: (pair[0].start, pair[0].end))
    return tuple(_statement(document, mention, key) for mention, key in told)


def _statement(document: Document, mention: Mention, key: str) -> Statement:
    start, end, words, quantity, kind = mention
    text = document.text
    before = text[start - AROUND if start > AROUND else 0 : start]
    place = document.place(start, end)
    return Statement(words, quantity, kind, place, before, text[end : end + AROUND], "", key)


def _figures(document: Document) -> list[Mark]:
    """The marks, tightest first and a bookmark before a control on the same span."""
    return sorted(
        document.marks, key=lambda mark: (mark.end - mark.start, _SOURCES.index(mark.source), mark.start)
    )


def _keyed(document: Document, mentions: list[Mention]) -> dict[int, str]:
    """Index of a mention → the key of the tightest mark that is this figure and little else."""
    keys: dict[int, str] = {}
    starts = [mention.start for mention in mentions]
    for mark in _figures(document):
        index = _mention_at(mark, mentions, starts)
        if index is not None and _is_same(mark, mentions[index], document.text):
            keys.setdefault(index, mark.key)
    return keys


def _mention_at(mark: Mark, mentions: list[Mention], starts: list[int]) -> int | None:
    """The first mention that shares a character with the mark."""
    index = bisect_left(starts, mark.start)
    if index and mentions[index - 1].end > mark.start:
        return index - 1
    return index if index < len(mentions) and mentions[index].start < mark.end else None


def _is_same(mark: Mark, mention: Mention, text: str) -> bool:
    """A mark around a whole clause is no figure, even where only one number stands in it."""
    before, after = text[mark.start : mention.start], text[mention.end : mark.end]
    return not before.strip() and not after.strip()


def _hidden(document: Document, mentions: list[Mention]) -> list[tuple[str, Mention]]:
    """Marked figures that the prose does not show, read by themselves."""
    starts = [mention.start for mention in mentions]
    found: dict[tuple[int, int], tuple[str, Mention]] = {}
    for mark in _figures(document):
        span = (mark.start, mark.end)
        if span in found or _mention_at(mark, mentions, starts) is not None:
            continue
        mention = find_alone(document.marked(mark))
        if mention is not None:
            moved = (mention.start + mark.start, mention.end + mark.start)
            found[span] = (mark.key, Mention(*moved, mention.text, mention.quantity, mention.kind))
    return list(found.values())
