"""Word files made by hand for these tests, and what their comments are fastened to."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
ROOT = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def body(inner: str, prefix: str = "w") -> str:
    """A body of paragraphs written with `w:`, under another prefix where one is asked for."""
    xml = f'<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'
    return xml.replace("w:", f"{prefix}:").replace("xmlns:w=", f"xmlns:{prefix}=")


def word_file(document: str, **parts: str | bytes) -> bytes:
    """A .docx of a body part and further parts by name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT)
        archive.writestr("word/document.xml", document)
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def fastened(data: bytes) -> dict[str, str]:
    """What stands between the two ends of every comment, by the comment's first line."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        comments = etree.fromstring(archive.read("word/comments.xml"))
        document = etree.fromstring(archive.read("word/document.xml"))
    lines = {one.get(f"{{{W}}}id"): "".join(one[0].itertext(f"{{{W}}}t")) for one in comments if len(one)}
    open_, found = set(), dict.fromkeys(lines, "")
    referred = set()
    for element in document.iter():
        number = element.get(f"{{{W}}}id")
        match etree.QName(element).localname:
            case "commentRangeStart":
                open_.add(number)
            case "commentRangeEnd":
                open_.remove(number)
            case "commentReference":
                referred.add(number)
            case "t":
                for one in open_:
                    found[one] += element.text or ""
    assert not open_
    assert referred == set(lines)
    return {lines[number]: words for number, words in found.items()}
