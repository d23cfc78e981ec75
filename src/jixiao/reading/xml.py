"""XML and zip from strangers: limits on size, no entities, no network, no endless nesting."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from jixiao.errors import BadInput
from jixiao.zips import UNREADABLE

LARGEST_PART = 32 * 1024 * 1024
LARGEST_WHOLE = 96 * 1024 * 1024  # all parts that are read
MOST_PARTS = 5_000
MOST_ELEMENTS = 3_000_000
_LARGE = 4 * 1024 * 1024
_DENSEST = 150  # times a part may have been pressed together; real ones reach about 40
_ENTRY = b"PK\x01\x02"


class Package:
    """An Office file: its parts unpacked one by one, never more of them than a report can have.

    `whole` is the ending it should have. Raises BadInput for what is no zip file.
    """

    def __init__(self, data: bytes, name: str, whole: str) -> None:
        self.name, self.whole = name, whole
        self._unpacked = self._elements = 0
        if data.count(_ENTRY) > MOST_PARTS:
            raise BadInput(f"{name}：压缩包里的部件过多，不像正常的文档；请用 Word 或 WPS 打开后另存一份再试")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except UNREADABLE:
            raise self._broken() from None

    def has(self, wanted: str) -> bool:
        """Whether there is such a part."""
        return wanted in self._archive.NameToInfo

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._archive.NameToInfo)

    def part(self, wanted: str) -> bytes:
        """Unpack one part."""
        name = self.name
        try:
            info = self._archive.getinfo(wanted)
            if info.flag_bits & 1:
                raise BadInput(f"{name}：文件加了密码，请去掉密码后再试")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise BadInput(f"{name}：压缩方式不常见，请用 Word 或 WPS 打开后另存一份再试")
            with self._archive.open(info) as stream:
                content = stream.read(LARGEST_PART + 1)
        except KeyError:
            raise BadInput(f"{name}：里面没有正文，不是 .{self.whole} 文件，请确认文件类型") from None
        except UNREADABLE:
            raise self._broken() from None
        self._unpacked += len(content)
        if len(content) > _LARGE and len(content) > _DENSEST * info.compress_size:
            raise BadInput(
                f"{name}：解压后过大，不像正常的文档；请用 Word 或 WPS 打开，删去图片或拆分后另存一份再试"
            )
        if len(content) > LARGEST_PART or self._unpacked > LARGEST_WHOLE:
            raise BadInput(
                f"{name}：解压后过大，不像正常的文档；请用 Word 或 WPS 打开，删去图片或拆分后另存一份再试"
            )
        return content

    def walk(self, wanted: str) -> Iterator[tuple[str, etree._Element]]:
        """Start and end of every element of a part in document order; what has ended is let go, so memory
        stays small. Comments and instructions are passed over.

        Text is complete at the end of its element only. Entities are not resolved; a part that defines any
        is refused.
        """
        events = etree.iterparse(
            io.BytesIO(self.part(wanted)),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        first = True
        try:
            for event, element in events:
                if first and element.getroottree().docinfo.doctype:
                    raise BadInput(
                        f"{self.name}：正文里有文档不该有的实体定义；请用 Word 或 WPS 打开后另存一份再试"
                    )
                first = False
                yield event, element
                if event == "end":
                    self._elements += 1
                    if self._elements > MOST_ELEMENTS:
                        raise BadInput(f"{self.name}：内容异常庞大，不像正常的文档；请拆分后再试")
                    element.clear(keep_tail=False)
                    _forget_earlier_siblings(element)
        except (etree.XMLSyntaxError, ValueError):
            raise BadInput(f"{self.name}：正文不完整或已损坏，请重新下载或另存一份再试") from None

    def _broken(self) -> BadInput:
        return BadInput(f"{self.name}：文件不完整或已损坏，请重新下载或另存一份再试")


def has_part(data: bytes, wanted: str) -> bool:
    """Whether a file is an Office file that holds a part."""
    try:
        return Package(data, "", "").has(wanted)
    except BadInput:
        return False


def _forget_earlier_siblings(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
