"""What may be read as a register at all: kind refusals for macros, passwords, old formats and monstrous files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePath
from xml.sax.saxutils import unescape

from jixiao.errors import BadInput
from jixiao.zips import UNREADABLE

LARGEST = 50 * 1024 * 1024
LARGEST_UNPACKED = 1024 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FORMULA = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3}[1-9]\d*)"[^>]*>\s*<f\b')
_SHEET = re.compile(r'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')


def check(name: str, content: bytes) -> str:
    """Which form the file has: xlsx or csv. Raises BadInput, saying what to do."""
    ending = PurePath(name).suffix.lower()
    if not content:
        raise BadInput(f"“{name}”是空文件；请检查后重新选择")
    if len(content) > LARGEST:
        raise BadInput(f"“{name}”超过 {LARGEST // 2**20} MB；请按年度或类别拆成几个文件，分次导入")
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise BadInput(f"“{name}”设了打开密码，读不了；请在表格软件里去掉密码后再上传")
        raise BadInput(f"“{name}”是旧版 Excel 格式；请打开后另存为 .xlsx（Excel 工作簿）再上传")
    if content.startswith(b"PK"):
        _check_archive(name, content)
        return "xlsx"
    if ending in (".csv", ".txt", ".tsv", ""):
        return "csv"
    raise BadInput(f"“{name}”不是表格文件；请上传 .xlsx 或 .csv（在表格软件里用“另存为”）")


def _check_archive(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except UNREADABLE:
        raise BadInput(f"“{name}”不完整或已损坏；请重新下载，或用表格软件打开后另存一份") from None
    names = {part.filename for part in parts}
    if any(part.endswith("vbaProject.bin") for part in names):
        raise BadInput(f"“{name}”带有宏，为安全起见不读取；请另存为 .xlsx（不含宏的工作簿）再上传")
    if "xl/workbook.xml" not in names:
        raise BadInput(f"“{name}”不是 .xlsx 工作簿；请在表格软件里另存为 .xlsx 再上传")
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise BadInput(f"“{name}”展开后过大，不像正常的台账；请拆成几个文件再上传")


def formulas(content: bytes) -> Mapping[str, frozenset[str]]:
    """The addresses of formula cells by sheet: what stands in them may never have been computed."""
    found: dict[str, frozenset[str]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        workbook = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        try:
            links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        except KeyError:
            return found
        for title, link in _SHEET.findall(workbook):
            target = _target(links, link)
            if target in archive.NameToInfo:
                cells = frozenset(at.decode() for at in _FORMULA.findall(archive.read(target)))
                if cells:
                    found[unescape(title, {"&quot;": '"', "&apos;": "'"})] = cells
    return found


def _target(links: str, wanted: str) -> str:
    for link in re.findall(r"<Relationship\b[^>]*>", links):
        parts = dict(re.findall(r'\b(Id|Target)="([^"]*)"', link))
        if parts.get("Id") == wanted:
            target = parts.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""
