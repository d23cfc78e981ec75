"""Takes the record of issue out of a file it travels in; the writers put it in."""

from __future__ import annotations

import io
import zipfile

from lxml import etree, html

from jixiao.reports.word_package import MANIFEST_SPACE
from jixiao.reports.write_html import MANIFEST_ID
from jixiao.zips import UNREADABLE

ATTACHED = "record-of-issue.json"


def extract(content: bytes) -> bytes | None:
    """The record of issue that travels in a .docx, .pdf or .html file; None where there is none."""
    if content.startswith(b"PK"):
        return _from_docx(content)
    if content.startswith(b"%PDF"):
        return _from_pdf(content)
    return _from_html(content)


def _from_docx(content: bytes) -> bytes | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.startswith("customXml/item") and "Props" not in name:
                    root_element = etree.fromstring(archive.read(name), _parser())
                    if root_element.tag == f"{{{MANIFEST_SPACE}}}manifest":
                        return (root_element.text or "").encode()
    except (etree.XMLSyntaxError, *UNREADABLE):
        return None
    return None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _from_pdf(content: bytes) -> bytes | None:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return None
    try:
        for index in range(document.count_attachments()):
            attachment = document.get_attachment(index)
            if attachment.get_name() == ATTACHED:
                return bytes(attachment.get_data())
    except pypdfium2.PdfiumError:
        return None
    finally:
        document.close()
    return None


def _from_html(content: bytes) -> bytes | None:
    try:
        tree = html.document_fromstring(content, html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    found = tree.xpath("//script[@type='application/json'][@id=$id]", id=MANIFEST_ID)
    return (found[0].text or "").encode() if isinstance(found, list) and found else None
