"""Files of evidence by the hash of their content, and what may be a file of evidence at all.

A file is written beside its place, synced and renamed: it is there whole or not at all. The name alone
convinces nobody: the content must begin as its type begins.
"""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

from jixiao.errors import BadInput, NotFound
from jixiao.ledger.chain import sm3
from jixiao.ledger.home import evidence_folder
from jixiao.zips import UNREADABLE

LARGEST = 50 * 1024 * 1024
NOTICE = "本系统不得存储、处理任何涉密信息"
_MARKED = re.compile(r"秘密|机密|绝密")
_SECRECY = r"(?:秘\s*密|机\s*密|绝\s*密)"
_MARK_IN_TEXT = re.compile(
    rf"{_SECRECY}\s*[★☆*]|[\[【〔(《]\s*{_SECRECY}\s*[\]】〕)》]|密级\s*[::]?\s*{_SECRECY}|^\s*{_SECRECY}\s*$",
    re.MULTILINE,
)
_BETWEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff._·★-]+")
_TRADITIONAL = str.maketrans("祕機絕絶", "秘机绝绝")

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES: dict[str, tuple[str, tuple[bytes, ...], str]] = {
    "pdf": ("application/pdf", (b"%PDF-",), ""),
    "docx": (_OFFICE + "wordprocessingml.document", (_ZIP,), "word/"),
    "xlsx": (_OFFICE + "spreadsheetml.sheet", (_ZIP,), "xl/"),
    "ofd": ("application/ofd", (_ZIP,), "OFD.xml"),
    "wps": ("application/vnd.ms-works", (_OLE, _ZIP), ""),
    "doc": ("application/msword", (_OLE,), ""),
    "xls": ("application/vnd.ms-excel", (_OLE,), ""),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",), ""),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",), ""),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",), ""),
    "txt": ("text/plain", (), ""),
    "csv": ("text/csv", (), ""),
}


def is_marked(text: str) -> bool:
    """Whether a name bears a mark of secrecy, however it is written: parted by spaces or dashes, in wide or
    traditional characters.
    """
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_TRADITIONAL)
    return _MARKED.search(plain) is not None


def classified(text: str) -> str:
    """A warning where free text bears a mark of secrecy as documents do (机密★, 【秘密】, 密级：绝密); empty else.

    A text may speak of 保守秘密; only what looks like a mark is pointed out.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_TRADITIONAL)
    if _MARK_IN_TEXT.search(plain):
        return f"文字中像有密级标志，请立即核对。{NOTICE}；确属涉密的，按保密规定处理"
    return ""


def check(name: str, content: bytes) -> str:
    """The media type of a file that may be evidence. Raises BadInput, saying what to do."""
    if is_marked(name):
        raise BadInput(f"文件名“{name}”带有密级字样，已拒绝。{NOTICE}；请按保密规定处理该文件")
    extension = Path(name).suffix.lower().removeprefix(".")
    if extension not in TYPES:
        raise BadInput(f"不能上传“{name}”：只接受 {'、'.join(TYPES)}；请另存为 PDF 后再上传")
    if not content:
        raise BadInput(f"“{name}”是空文件；请检查后重新选择")
    if len(content) > LARGEST:
        raise BadInput(
            f"“{name}”有 {len(content) // 1024 // 1024} MB，超过 {LARGEST // 1024 // 1024} MB；请压缩或拆分后再上传"
        )
    media_type, beginnings, member = TYPES[extension]
    if not _begins(content, beginnings) or (member and not _has_member(content, member)):
        raise BadInput(f"“{name}”的内容不是 {extension} 文件；请用原来的程序打开并重新另存")
    return media_type


def keep(content: bytes) -> str:
    """Store the bytes and give the hash they are known by; storing them again changes nothing."""
    name = sm3(content)
    path = path_of(name)
    if path.exists():
        return name
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync(path.parent)
    return name


def read(name: str) -> bytes:
    """The bytes of a stored file. Raises NotFound where it is gone, BadInput where it no longer is what was
    stored.
    """
    try:
        content = path_of(name).read_bytes()
    except FileNotFoundError:
        raise NotFound("佐证文件不在存储目录中；请从备份恢复") from None
    if sm3(content) != name:
        raise BadInput("佐证文件的内容与登记时不一致，可能被改动；请从备份恢复")
    return content


def path_of(name: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{64}", name):
        raise NotFound("没有这份佐证文件")
    return evidence_folder() / name[:2] / name


def _begins(content: bytes, beginnings: tuple[bytes, ...]) -> bool:
    if beginnings:
        return content.startswith(beginnings)
    return b"\x00" not in content[:4096]  # text has no NUL


def _has_member(content: bytes, member: str) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return any(name.startswith(member) for name in archive.namelist())
    except UNREADABLE:
        return False


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
