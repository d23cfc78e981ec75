"""An Office file as its parts: opened with care for strangers' files, written back with only the changed parts new."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from jixiao.errors import BadInput
from jixiao.zips import UNREADABLE

_MOST_PARTS = 2_000
_MOST_BYTES = 200_000_000
_LARGEST_RATIO = 200


class Package:
    """The parts of a .xlsx or .docx. Raises BadInput for what is no such file or unfolds beyond reason."""

    def __init__(self, content: bytes, kind: str) -> None:
        self.original = content
        self.changed: dict[str, etree._Element] = {}
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(content))
            parts = self.archive.infolist()
        except UNREADABLE as error:
            raise BadInput(f"不是可以读的 {kind} 文件；设了密码的请去掉密码，坏了的请重新另存") from error
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
            raise BadInput(f"{kind} 文件展开后太大，不读；请检查文件来源")
        if any(
            part.file_size > 1_000_000 and part.file_size > _LARGEST_RATIO * part.compress_size
            for part in parts
        ):
            raise BadInput(f"{kind} 文件的压缩比例异常，不读；请检查文件来源")
        self.names = {part.filename for part in parts}

    def part(self, name: str) -> etree._Element:
        """The root of a part, the same object each time, so that changes stay."""
        if name not in self.changed:
            if name not in self.names:
                raise BadInput("文件缺少应有的部分，请用 Excel、Word 或 WPS 打开后另存再上传")
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
            try:
                self.changed[name] = etree.fromstring(self.archive.read(name), parser)
            except (etree.XMLSyntaxError, *UNREADABLE) as error:
                raise BadInput("文件内容损坏，读不了；请打开后另存再上传") from error
        return self.changed[name]

    def content(self, dirty: frozenset[str]) -> bytes:
        """The file with the `dirty` parts written anew and every other part as it came."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
            for part in self.archive.infolist():
                data = self._read(part)
                if part.filename in dirty:
                    data = etree.tostring(
                        self.changed[part.filename], xml_declaration=True, encoding="UTF-8", standalone=True
                    )
                out.writestr(zipfile.ZipInfo(part.filename, part.date_time), data, zipfile.ZIP_DEFLATED)
        return stream.getvalue()

    def _read(self, part: zipfile.ZipInfo) -> bytes:
        try:
            return self.archive.read(part)
        except UNREADABLE as error:
            raise BadInput("文件内容损坏，读不了；请打开后另存再上传") from error
