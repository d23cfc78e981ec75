"""Writes a document as .docx in the layout of GB/T 9704—2012; the same document gives the same bytes.

Every figure is a bookmark and a content control under its key. Fonts go by their official names: the office's
own machine has them.
"""

from __future__ import annotations

from jixiao.reports.document import Document
from jixiao.reports.word_body import Body
from jixiao.reports.word_package import (
    OFFICE,
    PACKAGE,
    core_properties,
    manifest_parts,
    package,
    relations,
)
from jixiao.reports.word_page import footer, header, section, settings
from jixiao.reports.word_styles import font_table, styles
from jixiao.reports.word_xml import Element, element, to_bytes

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write(document: Document, manifest: bytes | None) -> bytes:
    """The .docx as bytes; the manifest, where given, travels inside as a custom XML part."""
    page_parts = {
        ("footer", "default"): ("footer1.xml", footer("default")),
        ("footer", "even"): ("footer2.xml", footer("even")),
    }
    if document.marks:
        page_parts["header", "default"] = ("header1.xml", header(document.marks))
        page_parts["header", "even"] = ("header2.xml", header(document.marks))
    references = {which: f"rId{n}" for n, which in enumerate(page_parts, 3)}
    body = element("body", *Body().elements(document), section(references))
    word = {name: to_bytes(tree) for name, tree in page_parts.values()}
    word["document.xml"] = to_bytes(element("document", body))
    word["styles.xml"] = to_bytes(styles())
    word["fontTable.xml"] = to_bytes(font_table())
    word["settings.xml"] = to_bytes(settings())
    extra = manifest_parts(manifest) if manifest else {}
    return package(
        {
            "_rels/.rels": _package_relations(bool(manifest)),
            "word/_rels/document.xml.rels": _document_relations(page_parts, references, bool(manifest)),
            **{f"word/{name}": content for name, content in sorted(word.items())},
            "docProps/core.xml": core_properties(document),
            **extra,
        }
    )


def _package_relations(sealed: bool) -> bytes:
    office = f"{OFFICE}/relationships"
    targets = {
        "rId1": (f"{office}/officeDocument", "word/document.xml"),
        "rId2": (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    }
    if sealed:
        targets["rId3"] = (f"{office}/custom-properties", "docProps/custom.xml")
    return relations(targets)


def _document_relations(
    page_parts: dict[tuple[str, str], tuple[str, Element]],
    references: dict[tuple[str, str], str],
    sealed: bool,
) -> bytes:
    office = f"{OFFICE}/relationships"
    targets = {
        "rId1": (f"{office}/styles", "styles.xml"),
        "rId2": (f"{office}/settings", "settings.xml"),
        "rId8": (f"{office}/fontTable", "fontTable.xml"),
    }
    for which, relationship in references.items():
        targets[relationship] = (f"{office}/{which[0]}", page_parts[which][0])
    if sealed:
        targets["rId9"] = (f"{office}/customXml", "../customXml/item1.xml")
    return relations(targets)
