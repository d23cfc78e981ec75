"""A file → its text with places. Finds out the format, refuses what cannot be read, and says what to do.

The name's ending says which format is claimed; the first bytes must agree with it. Reads .txt, .html, .docx
and .pdf; spreadsheets and the older binary formats are refused with advice.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

from jixiao.errors import BadInput
from jixiao.reading.document import Document

LARGEST_FILE = 64 * 1024 * 1024
LONGEST_TEXT = 8_000_000

_FORM_OF_ENDING = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}
_ADVICE = {
    ".xlsx": "暂不能读取表格文件，请把要核对的内容另存为 .docx、.pdf、.html 或 .txt 后再试",
    ".xls": "暂不能读取表格文件，请把要核对的内容另存为 .docx、.pdf、.html 或 .txt 后再试",
    ".et": "暂不能读取表格文件，请把要核对的内容另存为 .docx、.pdf、.html 或 .txt 后再试",
    ".doc": "这是旧版 Word 格式，请用 Word 或 WPS 打开，另存为 .docx 后再试",
    ".wps": "这是 WPS 专用格式，请用 WPS 打开，另存为 .docx 后再试",
    ".rtf": "请用 Word 或 WPS 打开，另存为 .docx 后再试",
    ".ofd": "暂不能读取版式文件 .ofd，请导出为 .pdf 后再试",
}
_TOLD = {"txt": "纯文本", "html": "网页", "docx": "Word 文档", "pdf": "PDF 文件"}


def open_document(source: str | os.PathLike[str] | bytes, name: str = "") -> Document:
    """Read a file, or bytes with the name they came under, into text with places.

    Raises BadInput, with a message for the person who chose the file, where it cannot be read.
    """
    if isinstance(source, bytes):
        data, name = source, name or "文件"
    else:
        path = Path(source)
        data, name = _bytes_of(path), name or path.name
    if len(data) > LARGEST_FILE:
        raise BadInput(f"{name}：文件超过 {LARGEST_FILE // 1024 // 1024} MB，请拆分后再试")
    if not data:
        raise BadInput(f"{name}：文件是空的，请确认选对了文件")
    reader = import_module(f"jixiao.reading.formats.{_form(data, name)}")
    document: Document = reader.read(data, name)
    if len(document.text) > LONGEST_TEXT:
        raise BadInput(f"{name}：正文超过 {LONGEST_TEXT // 10_000} 万字，请拆分后再试")
    return document


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput(f"{path.name}：文件超过 {LARGEST_FILE // 1024 // 1024} MB，请拆分后再试")
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"{path}：找不到这个文件，请检查路径") from None
    except OSError as error:
        raise BadInput(f"{path}：无法读取（{error.strerror or '未知原因'}），请检查路径和权限") from None


def _form(data: bytes, name: str) -> str:
    """The format by name and by first bytes; where the two disagree the file is refused."""
    ending = Path(name).suffix.lower()
    found = _form_of_bytes(data)
    if ending in _ADVICE:
        raise BadInput(f"{name}：{_ADVICE[ending]}")
    if found == "ole":
        raise BadInput(f"{name}：这是旧版 Office 格式或加了密码的文件，请打开并去掉密码，另存为 .docx 后再试")
    claimed = _FORM_OF_ENDING.get(ending)
    if claimed is None:
        if found:
            return found
        if ending:
            raise BadInput(f"{name}：不认识 {ending} 文件，请换成 .docx、.pdf、.html 或 .txt")
        return "txt"
    if claimed in ("docx", "pdf") and found != claimed:
        what = f"内容却是{_TOLD[found]}" if found else "内容却不是，可能没有下载完整"
        raise BadInput(f"{name}：后缀是 {ending}，{what}，请重新获取文件或改正后缀")
    if claimed in ("txt", "html") and found in ("docx", "pdf"):
        raise BadInput(f"{name}：后缀是 {ending}，内容却是{_TOLD[found]}，请改正后缀")
    return claimed


def _form_of_bytes(data: bytes) -> str | None:
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        return "html"
    return None
