"""The parts of a .docx in one zip, byte for byte the same for the same parts."""

from __future__ import annotations

import io
import json
import zipfile
from xml.sax.saxutils import escape

from jixiao.reports.document import Document
from jixiao.reports.printable import printable

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MANIFEST_SPACE = "urn:jixiao:record-of-issue"
MANIFEST_ITEM = "{5B1C9F0E-6E0B-4D43-9A39-4A495849414F}"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "word/footer1.xml": f"{_WORD}.footer+xml",
    "word/footer2.xml": f"{_WORD}.footer+xml",
    "word/header1.xml": f"{_WORD}.header+xml",
    "word/header2.xml": f"{_WORD}.header+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
}


def package(parts: dict[str, bytes]) -> bytes:
    """Zip the parts with their content types; no time of day enters."""
    parts = {"[Content_Types].xml": _content_types(parts), **parts}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content)
    return made.getvalue()


def _content_types(parts: dict[str, bytes]) -> bytes:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPES[name]}"/>' for name in parts if name in _TYPES
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def relations(targets: dict[str, tuple[str, str]]) -> bytes:
    """A relationships part: id → (full type, target)."""
    rows = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'.encode()


def core_properties(document: Document) -> bytes:
    """Title, org and date; the date is the document's own."""
    day = f"{document.as_of.isoformat()}T00:00:00Z"
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:creator>{escape(document.org)}</dc:creator>"
        f"<dc:description>{escape('、'.join(document.marks))}</dc:description>"
        "<dc:language>zh-CN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    ).encode()


def manifest_parts(manifest: bytes) -> dict[str, bytes]:
    """The record of issue as a custom XML part, and its root as a document property."""
    root = str(json.loads(manifest).get("root", ""))
    kind = f"{OFFICE}/relationships/customXmlProps"
    return {
        "customXml/item1.xml": (
            f'{HEAD}<manifest xmlns="{MANIFEST_SPACE}">{escape(printable(manifest.decode()))}</manifest>'
        ).encode(),
        "customXml/itemProps1.xml": (
            f'{HEAD}<ds:datastoreItem xmlns:ds="{OFFICE}/customXml" ds:itemID="{MANIFEST_ITEM}">'
            f'<ds:schemaRefs><ds:schemaRef ds:uri="{MANIFEST_SPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        ).encode(),
        "customXml/_rels/item1.xml.rels": relations({"rId1": (kind, "itemProps1.xml")}),
        "docProps/custom.xml": (
            f'{HEAD}<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">'
            '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="jixiao_root">'
            f"<vt:lpwstr>{escape(root)}</vt:lpwstr></property></Properties>"
        ).encode(),
    }
