"""Brings the figures of an edited .docx up to date and says what changed; nothing else is touched.

A figure is found by its bookmark, which re-saving keeps, or by the tag of its content control. What a clerk
deleted, copied or tore apart is reported, never guessed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from jixiao.errors import BadInput
from jixiao.reports.document import Placed
from jixiao.reports.figure_places import FigurePlace, find_places
from jixiao.reports.word_xml import XML_SPACE, Element
from jixiao.zips import UNREADABLE

MAIN = "word/document.xml"
LIMIT = 256 * 1024 * 1024  # unpacked, pictures and all
NOT_A_DOCX = "这个文件不是完整的 .docx（可能没有传完，或只改了扩展名）；请重新导出或另存为 .docx 后再试"


@dataclass(frozen=True, slots=True)
class Change:
    key: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The new file and its story, figures as (key, label).

    `missing` ones are not in the file, `repeated` ones stand in it more than once, `torn` ones run over
    several paragraphs and were left as they are.
    """

    content: bytes
    changes: tuple[Change, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    repeated: tuple[tuple[str, str], ...] = ()
    torn: tuple[tuple[str, str], ...] = ()

    @property
    def is_complete(self) -> bool:
        return not (self.missing or self.torn)


def refresh(docx: bytes, figures: Mapping[str, Placed]) -> Refreshed:
    """Put the text of each figure where its key stands. Raises BadInput where the file is no .docx."""
    entries = _entries(docx)
    root = _parse(entries)
    story = _apply(find_places(root), figures)
    if not story.changes:
        return replace(story, content=docx)
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return replace(story, content=_replaced(entries, written))


def read_figures(docx: bytes) -> dict[str, tuple[str, ...]]:
    """The texts that stand under each key, in file order; more than one where a figure was copied."""
    found = find_places(_parse(_entries(docx)))
    return {key: tuple(place.text for place in places) for key, places in found.items()}


def _apply(places: Mapping[str, list[FigurePlace]], figures: Mapping[str, Placed]) -> Refreshed:
    """Write the figures into the tree and tell the story; the file itself is not written yet."""
    changes: list[Change] = []
    missing, repeated, torn = [], [], []
    for key, figure in figures.items():
        found = places.get(key, [])
        whole = [place for place in found if not place.is_torn]
        if not found:
            missing.append((key, figure.label))
        elif len(whole) < len(found):
            torn.append((key, figure.label))
        if len(found) > 1:
            repeated.append((key, figure.label))
        for place in whole:
            if place.text != figure.text:
                changes.append(Change(key, figure.label, place.text, figure.text))
                _put(place, figure.text)
    return Refreshed(b"", tuple(changes), tuple(missing), tuple(repeated), tuple(torn))


def _put(place: FigurePlace, words: str) -> None:
    """The first piece of text takes the new words with its looks; others, cut up by editing, become empty."""
    first, *others = place.texts
    first.text = words
    first.set(XML_SPACE, "preserve")
    for other in others:
        other.text = ""


Entries = list[tuple[zipfile.ZipInfo, bytes]]


def _entries(docx: bytes) -> Entries:
    """Every entry of the archive, read and checked; anything damaged is found here, before work is done."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > LIMIT:
                raise BadInput("这个 .docx 展开后过大，不像是报告；请核对文件")
            return [(entry, archive.read(entry)) for entry in entries]
    except UNREADABLE as broken:
        raise BadInput(NOT_A_DOCX) from broken


def _parse(entries: Entries) -> Element:
    main = next((content for entry, content in entries if entry.filename == MAIN), b"")
    try:
        return etree.fromstring(main, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as broken:
        raise BadInput(NOT_A_DOCX) from broken


def _replaced(entries: Entries, main: bytes) -> bytes:
    """The same archive, entry by entry, with another main part."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as copy:
        for entry, content in entries:
            copy.writestr(entry, main if entry.filename == MAIN else content)
    return made.getvalue()
