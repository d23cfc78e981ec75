"""Where figures stand in the XML of a .docx, whoever saved it last: between bookmarks, or inside controls."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from jixiao.reports.word_xml import Element, qualified

KEY = re.compile(r"f_[0-9a-f]{12}_[0-9]+")
_START, _END, _TEXT = qualified("w:bookmarkStart"), qualified("w:bookmarkEnd"), qualified("w:t")
_CONTROL, _PARAGRAPH, _TAG = qualified("w:sdt"), qualified("w:p"), qualified("w:tag")
_NAME, _ID, _VALUE = qualified("w:name"), qualified("w:id"), qualified("w:val")


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """One place of a figure: the `w:t` elements of its text. Torn where they are not all in one paragraph."""

    texts: tuple[Element, ...]

    @property
    def text(self) -> str:
        return "".join(one.text or "" for one in self.texts)

    @property
    def is_torn(self) -> bool:
        return len({_paragraph(one) for one in self.texts}) != 1


def find_places(root: Element) -> dict[str, list[FigurePlace]]:
    """Every place of every figure, in reading order; a control in its own bookmark is one place, not two."""
    found: dict[str, list[FigurePlace]] = {}
    for key, texts in (*_bookmarked(root), *_controlled(root)):
        places = found.setdefault(key, [])
        held = {one for place in places for one in place.texts}
        if not texts or held.isdisjoint(texts):
            places.append(FigurePlace(tuple(texts)))
    return found


def _bookmarked(root: Element) -> list[tuple[str, list[Element]]]:
    """The texts between each figure's bookmark ends; a bookmark without an end holds none."""
    open_marks: dict[str, tuple[str, list[Element]]] = {}
    closed: list[tuple[str, list[Element]]] = []
    for one in root.iter(_START, _END, _TEXT):
        if one.tag == _START and KEY.fullmatch(one.get(_NAME, "")):
            open_marks[one.get(_ID, "")] = (one.get(_NAME, ""), [])
        elif one.tag == _END and one.get(_ID, "") in open_marks:
            closed.append(open_marks.pop(one.get(_ID, "")))
        elif one.tag == _TEXT:
            for _, texts in open_marks.values():
                texts.append(one)
    return [*closed, *((key, []) for key, _ in open_marks.values())]


def _controlled(root: Element) -> list[tuple[str, list[Element]]]:
    found = []
    for control in root.iter(_CONTROL):
        tag = control.find(f"{qualified('w:sdtPr')}/{_TAG}")
        key = "" if tag is None else tag.get(_VALUE, "")
        if KEY.fullmatch(key):
            found.append((key, list(control.iter(_TEXT))))
    return found


def _paragraph(one: Element) -> etree._Element | None:
    return next(one.iterancestors(_PARAGRAPH), None)
