"""What came in, as single files: a zip is unpacked within bounds, its names made readable, its litter left out.

A file that cannot be opened is no reason to lose the others: it stays as it came.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from jixiao.errors import BadInput
from jixiao.zips import UNREADABLE

LARGEST = 50 * 1024 * 1024
MOST_FILES, MOST_BYTES, MOST_RATIO = 500, 200 * 1024 * 1024, 200
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "~$")
_PACKED = (".zip",)
_OTHER_PACKED = (".rar", ".7z", ".tar", ".gz")


@dataclass(frozen=True, slots=True)
class Part:
    """A file with the path it had in its package."""

    path: str
    content: bytes

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def ending(self) -> str:
        return PurePosixPath(self.path).suffix.lower()


def is_packed(name: str) -> bool:
    """Whether the file holds others."""
    return name.lower().endswith(_PACKED)


def unpack(name: str, content: bytes) -> list[Part]:
    """The files of a zip, or the file itself. Raises BadInput for what cannot be opened, saying what to do."""
    if len(content) > LARGEST:
        raise BadInput(f"“{name}”超过 {LARGEST // 1024 // 1024} MB；请只留报表、报告和佐证目录后重新打包")
    if not content:
        raise BadInput(f"“{name}”是空文件；请让单位重新发送")
    if name.lower().endswith(_OTHER_PACKED):
        raise BadInput(f"“{name}”不是 zip 压缩包；请解压后重新打成 .zip，或直接上传里面的文件")
    if not is_packed(name):
        return [Part(PurePosixPath(name).name, content)]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [Part(path, archive.read(one)) for path, one in _members(name, archive)]
    except NotImplementedError as unusual:  # what zipfile says of a way of packing it does not know
        raise BadInput(f"“{name}”的压缩方式不常见，打不开；请用系统自带的压缩重新打成 .zip") from unusual
    except RuntimeError as locked:
        raise BadInput(f"“{name}”设了密码；请让单位去掉密码后重新发送") from locked
    except UNREADABLE as broken:
        raise BadInput(f"“{name}”打不开，可能没有拷贝完整；请让单位重新发送") from broken


def unfolded(parts: Sequence[Part], depth: int = 2) -> list[Part]:
    """The files with those of the zips among them in folders of their names. A zip that cannot be opened, or would make too
    much of it all, stays one file.
    """
    found: list[Part] = []
    size = sum(len(one.content) for one in parts)
    for one in parts:
        held: list[Part] = []
        if is_packed(one.path) and depth:
            with suppress(BadInput):
                held = unfolded(unpack(one.name, one.content), depth - 1)
        size += sum(len(inner.content) for inner in held)
        if not held or size > MOST_BYTES or len(found) + len(held) > MOST_FILES:
            found.append(one)
            continue
        folder = one.path.rsplit(".", 1)[0]
        found += [Part(f"{folder}/{inner.path}", inner.content) for inner in held]
    return found


def _members(name: str, archive: zipfile.ZipFile) -> Iterable[tuple[str, zipfile.ZipInfo]]:
    if archive.infolist() and min(one.header_offset for one in archive.infolist()) > 0:
        raise zipfile.BadZipFile("cut off: what was found is the end of a file inside")
    members = [one for one in archive.infolist() if not one.is_dir()]
    if len(members) > MOST_FILES or sum(one.file_size for one in members) > MOST_BYTES:
        raise BadInput(f"“{name}”展开后太大（{len(members)} 个文件）；请只留报表、报告和佐证目录后重新打包")
    for one in members:
        if one.file_size > 1_000_000 and one.file_size > MOST_RATIO * one.compress_size:
            raise BadInput(f"“{name}”的压缩比例异常，不打开；请核对来源")
        path = _readable(one)
        if not any(mark in path for mark in _LITTER):
            yield path, one


def _readable(one: zipfile.ZipInfo) -> str:
    """Names packed on Chinese Windows are GBK without saying so."""
    if one.flag_bits & 0x800:
        return one.filename
    try:
        return one.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return one.filename
