"""A file → its text with places. Finds out the format, refuses what cannot be read, and says what to do.

The name's ending says which format is claimed; the first bytes must agree with it. Reads .txt, .html, .docx,
.xlsx, .xls and .pdf; .doc, .wps and .rtf by way of LibreOffice where it is installed, else they are refused
with advice.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

from jixiao.errors import BadInput
from jixiao.reading.document import Document, TextTooLong
from jixiao.reading.formats import converted
from jixiao.reading.xml import has_part

LARGEST_FILE = 64 * 1024 * 1024
_OLD_SHEETS = (".xls", ".et")
_SMALLEST_OLE = 1536  # a header and two sectors
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_FORM_OF_ENDING = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".pdf": "pdf",
}
_ADVICE_OF = {
    "暂不能读取版式文件 .ofd，请导出为 .pdf 后再试": ".ofd",
    "暂不能读取演示文稿，请导出为 .pdf 后再试": ".ppt .pptx .dps",
    "暂不读取这种表格，请用 Excel 或 WPS 打开，另存为 .xlsx 后再试": ".csv .ods",
    "暂不读取这种文档，请用 Word 或 WPS 打开，另存为 .docx 后再试": ".odt",
    "这是图片，请先识别成文字，或使用原始的 .docx、可以选中文字的 .pdf": ".png .jpg .jpeg .bmp .gif .tif .tiff .webp",
    "这是压缩包，请解压后再试，命令行可以给出整个文件夹": ".zip .rar .7z .gz",
}
_ADVICE = {ending: words for words, endings in _ADVICE_OF.items() for ending in endings.split()}
_TOLD = {"txt": "纯文本", "html": "网页", "docx": " Word 文档", "xlsx": " Excel 表格", "pdf": " PDF 文件"}


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
    try:
        document = _read(data, name)
    except TextTooLong as refusal:
        raise BadInput(f"{name}：{refusal}") from None
    if document.form != "txt" and not document.text.strip():
        raise BadInput(f"{name}：里面没有文字，可能只有图片或空白，请确认选对了文件")
    return document


def _read(data: bytes, name: str) -> Document:
    if Path(name).suffix.lower() in (*converted.ENDINGS, *_OLD_SHEETS):
        data, form = _of_older_format(data, name)
    else:
        form = _form(data, name)
    document: Document = import_module(f"jixiao.reading.formats.{form}").read(data, name)
    return document


def _of_older_format(data: bytes, name: str) -> tuple[bytes, str]:
    """Programs write pages and newer files under the old endings too: what the bytes say goes."""
    ending = Path(name).suffix.lower()
    found = _form_of_bytes(data)
    if found in ("docx", "xlsx", "html", "pdf"):
        return data, found
    is_sheet = ending in _OLD_SHEETS
    is_whole = found == "ole" and len(data) > _SMALLEST_OLE
    if not is_whole and (is_sheet or not data.startswith(b"{\\rtf")):
        better = ".xlsx" if is_sheet else ".docx"
        raise BadInput(
            f"{name}：文件不完整，或者不是 {ending} 文件；请重新获取，或用 Word、WPS 另存为 {better} 后再试"
        )
    return (data, "xls") if is_sheet else (converted.convert(data, name), "docx")


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
    if found == "ole" and _ENCRYPTED in data:
        raise BadInput(f"{name}：文件加了密码，请打开并去掉密码后再试")
    if found == "ole":
        raise BadInput(
            f"{name}：这是旧版 Office 格式或加了密码的文件，请打开并去掉密码，另存为 .docx 或 .xlsx 后再试"
        )
    claimed = _FORM_OF_ENDING.get(ending)
    if claimed is None:
        if found in _TOLD:
            return found
        if ending:
            raise BadInput(f"{name}：不认识 {ending} 文件，请换成 .docx、.xlsx、.pdf、.html 或 .txt")
        return "txt"
    if claimed in ("docx", "xlsx") and found == "zip":
        return claimed  # its reader says what is missing
    if claimed in ("docx", "xlsx", "pdf") and found != claimed:
        what = f"内容却是{_TOLD[found]}" if found in _TOLD else "内容却不是，可能没有下载完整"
        raise BadInput(f"{name}：后缀是 {ending}，{what}，请重新获取文件或改正后缀")
    if claimed in ("txt", "html") and found in ("docx", "xlsx", "pdf"):
        raise BadInput(f"{name}：后缀是 {ending}，内容却是{_TOLD[found]}，请改正后缀")
    return claimed


def _form_of_bytes(data: bytes) -> str | None:
    if data.startswith(b"PK\x03\x04"):
        parts = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml"}
        return next((form for form, part in parts.items() if has_part(data, part)), "zip")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        return "html"
    return None
