"""Brings the figures of an edited .docx up to date and says what changed; nothing else is touched.

A figure is found by its bookmark, which re-saving keeps, or by the tag of its content control. What a clerk
deleted, copied or tore apart is reported, never guessed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from jixiao.errors import BadInput
from jixiao.reports.document import Placed
from jixiao.reports.figure_places import FigurePlace, find_places
from jixiao.reports.word_xml import XML_SPACE

MAIN = "word/document.xml"
LIMIT = 64 * 1024 * 1024  # of unpacked XML: a report has a hundredth of it
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
    torn: tuple[tuple[str, str], ...] = field(default=())

    @property
    def is_complete(self) -> bool:
        return not (self.missing or self.torn)


def refresh(docx: bytes, figures: Mapping[str, Placed]) -> Refreshed:
    """Put the text of each figure where its key stands. Raises BadInput where the file is no .docx."""
    archive, root = _open(docx)
    with archive:
        places = find_places(root)
        story = _apply(places, figures)
        if not story.changes:
            return Refreshed(docx, (), story.missing, story.repeated, story.torn)
        written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        content = _replaced(archive, written)
    return Refreshed(content, story.changes, story.missing, story.repeated, story.torn)


def read_figures(docx: bytes) -> dict[str, tuple[str, ...]]:
    """The texts that stand under each key, in file order; more than one where a figure was copied."""
    archive, root = _open(docx)
    archive.close()
    return {key: tuple(place.text for place in places) for key, places in find_places(root).items()}


def _apply(places: Mapping[str, list[FigurePlace]], figures: Mapping[str, Placed]) -> Refreshed:
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


def _open(docx: bytes) -> tuple[zipfile.ZipFile, etree._Element]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(docx))
        if archive.getinfo(MAIN).file_size > LIMIT:
            raise BadInput("这个 .docx 展开后过大，不像是报告；请核对文件")
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return archive, etree.fromstring(archive.read(MAIN), parser)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, EOFError, NotImplementedError) as broken:
        raise BadInput(NOT_A_DOCX) from broken


def _replaced(archive: zipfile.ZipFile, main: bytes) -> bytes:
    """The same archive, entry by entry, with another main part."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as copy:
        for entry in archive.infolist():
            copy.writestr(entry, main if entry.filename == MAIN else archive.read(entry))
    return made.getvalue()
