"""The .docx that was handed in, with the findings as Word comments at their places; all else stays as it was.

Comments of an earlier check that nobody answered give way to the new ones.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Sequence
from html import escape, unescape

from jixiao.errors import BadInput
from jixiao.reading.formats import docx
from jixiao.reading.marked.remarks import Remark
from jixiao.reading.marked.word_anchors import SPACE, NoPlace, anchored
from jixiao.reading.marked.word_earlier import earlier, without_anchors, without_comments, without_number
from jixiao.zips import UNREADABLE

AUTHOR, INITIALS = "绩效核查", "核"
LARGEST_WHOLE = 300 * 1024 * 1024
_TYPES = "[Content_Types].xml"
_EXTENDED = "word/commentsExtended.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_ID = re.compile(r"<[\w.-]+:comment\b[^>]*?\bid\s*=\s*[\"'](\d{1,9})[\"']")


def commented(data: bytes, name: str, remarks: Sequence[Remark]) -> bytes:
    """The file with a comment for each remark, the file itself where nothing is to be changed. Raises NoPlace where
    its body takes none, BadInput where it is larger than any document.
    """
    parts = _parts(data, name)
    body = _decoded(parts, docx.PART)
    place = _place_of_comments(parts)
    present = _decoded(parts, place) if place in parts else ""
    before = earlier(present, _decoded(parts, _EXTENDED) if _EXTENDED in parts else "", AUTHOR)
    remarks = [one for one in remarks if without_number("".join(one.lines)) not in before.kept]
    if not remarks and not before.gone:
        return data
    body, present = without_anchors(body, before.gone), without_comments(present, before.gone)
    first = max((int(found[1]) + 1 for found in _ID.finditer(present)), default=0)
    made = anchored(body, docx.pieces(data, name), remarks, first)
    changed = {docx.PART: made, place: _comments(present, remarks, first)}
    if place not in parts:
        changed[_TYPES] = _typed(_decoded(parts, _TYPES), place)
        changed[_RELATIONS] = _related(_decoded(parts, _RELATIONS) if _RELATIONS in parts else "", place)
    whole = _packed(data, parts, {part: words.encode() for part, words in changed.items()})
    if docx.read(whole, name).text != docx.read(data, name).text:
        raise NoPlace
    return whole


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    """Every part, unpacked within the limit."""
    found: dict[str, bytes] = {}
    left = LARGEST_WHOLE
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                with archive.open(info) as stream:
                    found[info.filename] = stream.read(left + 1)
                left -= len(found[info.filename])
                if left < 0:
                    raise BadInput(f"{name}：解压后过大，不像正常的文档，不能加批注")
    except UNREADABLE as broken:
        raise NoPlace from broken
    return found


def _decoded(parts: dict[str, bytes], part: str) -> str:
    try:
        return parts[part].decode("utf-8-sig")
    except (KeyError, UnicodeDecodeError) as strange:
        raise NoPlace from strange


def _place_of_comments(parts: dict[str, bytes]) -> str:
    """The part in which the document keeps its comments, or the one in which it would."""
    if _RELATIONS in parts:
        for row in re.findall(r"<(?:[\w.-]+:)?Relationship\b[^>]*>", _decoded(parts, _RELATIONS)):
            target = re.search(r"\bTarget\s*=\s*[\"']([^\"']*)[\"']", row)
            if f'"{_KIND}"' in row.replace("'", '"') and target:
                return posixpath.normpath(posixpath.join("/word", unescape(target[1]))).lstrip("/")
    return "word/comments.xml"


def _comments(present: str, remarks: Sequence[Remark], first: int) -> str:
    made = "".join(comment(number, remark) for number, remark in enumerate(remarks, first))
    at = present.rfind("</")
    if at < 0:
        return f'{_HEAD}<w:comments xmlns:w="{SPACE}">{made}</w:comments>'
    return present[:at] + made + present[at:]


def comment(number: int, remark: Remark) -> str:
    """A comment as XML; it carries no time, so that the same document gives the same bytes."""
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{words(line)}</w:t></w:r></w:p>' for line in remark.lines
    )
    return f'<w:comment xmlns:w="{SPACE}" w:id="{number}" w:author="{AUTHOR}" w:initials="{INITIALS}">{lines}</w:comment>'


def words(text: str) -> str:
    """Text as XML can hold it."""
    return escape(_UNPRINTABLE.sub("", text), quote=False)


def _typed(types: str, place: str) -> str:
    if _CONTENT in types:
        return types
    return _inserted(types, "Types", f'Override PartName="/{place}" ContentType="{_CONTENT}"')


def _related(relations: str, place: str) -> str:
    target = posixpath.relpath(place, "word")
    row = f'Relationship Id="rIdJixiaoComments" Type="{_KIND}" Target="{target}"'
    if not relations:
        return f'{_HEAD}<Relationships xmlns="{_PACKAGE}"><{row}/></Relationships>'
    return _inserted(relations, "Relationships", row)


def _inserted(xml: str, whole: str, row: str) -> str:
    """Put an element at the end of the whole, under the prefix the whole is written with."""
    found = re.search(rf"</((?:[\w.-]+:)?){whole}\s*>", xml)
    if found is None:
        raise NoPlace
    return f"{xml[: found.start()]}<{found[1]}{row}/>{xml[found.start() :]}"


def _packed(data: bytes, parts: dict[str, bytes], changed: dict[str, bytes]) -> bytes:
    """The archive in its own order and with its own times, new parts at the end."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        times = {}
        for info in old.infolist():
            times[info.filename] = info
        for name in [*parts, *(name for name in changed if name not in parts)]:
            known = times.get(name)
            entry = zipfile.ZipInfo(name, known.date_time if known else (1980, 1, 1, 0, 0, 0))
            entry.compress_type = known.compress_type if known else zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, changed.get(name, parts.get(name, b"")))
    return made.getvalue()
