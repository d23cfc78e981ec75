"""XML and zip from strangers: limits on size, no entities, no network, no endless nesting."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from jixiao.errors import BadInput

LARGEST_PART = 32 * 1024 * 1024
MOST_PARTS = 20_000


def part(data: bytes, wanted: str, name: str, *, whole: str = "docx") -> bytes:
    """Unpack one part of an Office file, never more of it than the limit; `whole` says what it should be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.namelist()) > MOST_PARTS:
                raise BadInput(f"{name}：压缩包里的部件过多，不像正常的文档，已拒绝读取")
            info = archive.getinfo(wanted)
            if info.flag_bits & 1:
                raise BadInput(f"{name}：文件加了密码，请去掉密码后再试")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise BadInput(f"{name}：压缩方式不常见，请用 Word 或 WPS 打开后另存一份再试")
            with archive.open(info) as stream:
                content = stream.read(LARGEST_PART + 1)
    except KeyError:
        raise BadInput(f"{name}：里面没有正文，不是 .{whole} 文件，请确认文件类型") from None
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zlib.error):
        raise BadInput(f"{name}：文件不完整或已损坏，请重新下载或另存一份再试") from None
    if len(content) > LARGEST_PART:
        raise BadInput(f"{name}：解压后过大，不像正常的文档，已拒绝读取")
    return content


def has_part(data: bytes, wanted: str) -> bool:
    """Whether an Office file holds a part; False for what is no zip file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return wanted in archive.NameToInfo
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        return False


def walk(content: bytes, name: str) -> Iterator[tuple[str, etree._Element]]:
    """Start and end of every element in document order; what has ended is let go, so memory stays small.

    Text is complete at the end of its element only. Entities are not resolved; a document that defines
    any is refused.
    """
    events = etree.iterparse(
        io.BytesIO(content),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
    )
    first = True
    try:
        for event, element in events:
            if first and element.getroottree().docinfo.doctype:
                raise BadInput(f"{name}：正文里有文档不该有的实体定义，已拒绝读取")
            first = False
            yield event, element
            if event == "end":
                element.clear(keep_tail=False)
                _forget_earlier_siblings(element)
    except (etree.XMLSyntaxError, ValueError):
        raise BadInput(f"{name}：正文不完整或已损坏，请重新下载或另存一份再试") from None


def _forget_earlier_siblings(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
