"""What a file says beside its text: headers, comments, hidden sheets and words, deletions that are still there, properties.

Nobody sees it on the page and everybody gets it with the file. Reports are not checked by it; what may be published is.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from jixiao.errors import BadInput
from jixiao.reading.xml import Package

Found = tuple[str, str]  # where, what
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PAPERS = (("word/header", "页眉"), ("word/footer", "页脚"), ("word/comments", "批注"))
_BOOKS = (("xl/comments", "批注"), ("xl/threadedComments/", "批注"), ("xl/drawings/", "图形里的文字"))
_MARGINS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_PROPERTIES = {
    "creator": "作者姓名", "lastModifiedBy": "最后修改者姓名", "title": "标题", "subject": "主题",
    "description": "备注", "keywords": "关键词", "category": "类别", "Manager": "经理姓名", "Company": "单位",
}  # fmt: skip
_PDF_PROPERTIES = {"Author": "作者姓名", "Title": "标题", "Subject": "主题", "Keywords": "关键词"}
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|[0-9]{1,3}|[A-Z])|\n')  # how headers of sheets are set
_LONGEST = 2_000


def behind(data: bytes, name: str) -> list[Found]:
    """Everything there is behind the text of a .docx, .xlsx or .pdf that can be read; nothing of other files."""
    try:
        if name.lower().endswith(".pdf"):
            return list(_of_pdf(data, name))
        if data.startswith(b"PK"):
            return list(_of_office(Package(data, name, "docx")))
    except (BadInput, etree.XMLSyntaxError):
        return []  # whoever reads the text says why
    return []


def _of_office(package: Package) -> Iterator[Found]:
    if package.has("word/document.xml"):
        yield from _parts(package, _PAPERS)
        yield from _unseen_words(package)
    if package.has("xl/workbook.xml"):
        yield from _parts(package, _BOOKS)
        yield from _sheets(package)
    for part in ("docProps/core.xml", "docProps/app.xml"):
        if package.has(part):
            for one in _root(package, part):
                if (title := _PROPERTIES.get(_word(one))) and (one.text or "").strip():
                    yield "文件属性", f"{title}：{(one.text or '').strip()[:_LONGEST]}"


def _parts(package: Package, wanted: tuple[tuple[str, str], ...]) -> Iterator[Found]:
    """The paragraphs of the parts whose names begin so; each author of comments too."""
    for part in package.names():
        title = next(
            (title for begin, title in wanted if part.startswith(begin) and part.endswith(".xml")), ""
        )
        if not title:
            continue
        for one in _root(package, part).iter():
            if _word(one) in ("p", "text", "comment") and (text := _own_text(one)):
                yield title, text[:_LONGEST]
            if author := one.get(f"{_W}author") or (one.text if _word(one) == "author" else ""):
                yield title, f"批注人姓名：{author.strip()[:40]}"


def _own_text(element: etree._Element) -> str:
    """Text of the leaves; an element that holds paragraphs of its own says nothing itself."""
    if any(_word(one) in ("p", "text") for one in element.iterdescendants()):
        return ""
    return "".join(one.text or "" for one in element.iter() if _word(one) == "t" or one is element).strip()


def _unseen_words(package: Package) -> Iterator[Found]:
    for paragraph in _root(package, "word/document.xml").iter(f"{_W}p"):
        hidden = [run for run in paragraph.iter(f"{_W}r") if run.find(f"{_W}rPr/{_W}vanish") is not None]
        if text := "".join(one.text or "" for run in hidden for one in run.iter(f"{_W}t")):
            yield "隐藏文字", text[:_LONGEST]
        if text := "".join(one.text or "" for one in paragraph.iter(f"{_W}delText")):
            yield "修订中删去而仍在文件里的文字", text[:_LONGEST]


def _sheets(package: Package) -> Iterator[Found]:
    """Hidden sheets row by row, and what is printed in the margins of every sheet."""
    targets = {
        one.get("Id"): str(one.get("Target") or "") for one in _root(package, "xl/_rels/workbook.xml.rels")
    }
    shared = (
        ["".join(_texts(one)) for one in _root(package, "xl/sharedStrings.xml")]
        if package.has("xl/sharedStrings.xml")
        else []
    )
    for sheet in _root(package, "xl/workbook.xml").iter():
        if _word(sheet) != "sheet":
            continue
        target = next((targets.get(value, "") for key, value in sheet.items() if key.endswith("}id")), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if package.has(part):
            title = str(sheet.get("name"))
            yield from _sheet(_root(package, part), title, shared, sheet.get("state", "visible") != "visible")


def _sheet(root: etree._Element, title: str, shared: list[str], is_hidden: bool) -> Iterator[Found]:
    for one in root.iter():
        if _word(one) in _MARGINS:
            for text in _CODES.split(one.text or ""):
                if text.strip():
                    yield f"“{title}”的页眉页脚", text.strip()[:_LONGEST]
        elif is_hidden and _word(one) == "row":
            cells = [_cell(cell, shared) for cell in one]
            if words := "：".join(text for text in cells if text):
                yield f"隐藏的工作表“{title}”第{one.get('r', '?')}行", words[:_LONGEST]


def _cell(cell: etree._Element, shared: list[str]) -> str:
    value = next((one.text or "" for one in cell if _word(one) == "v"), "")
    if cell.get("t") == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    return "".join(_texts(cell)) or value


def _texts(element: etree._Element) -> Iterator[str]:
    return (one.text or "" for one in element.iter() if _word(one) == "t")


def _of_pdf(data: bytes, name: str) -> Iterator[Found]:
    from jixiao.reading.formats import pdf

    for title, text in pdf.properties(data):
        if title in _PDF_PROPERTIES and text.strip():
            yield "文件属性", f"{_PDF_PROPERTIES[title]}：{text.strip()[:_LONGEST]}"
    for page, text in pdf.running_lines(data, name):
        yield f"第{page}页页眉页脚", text[:_LONGEST]


def _root(package: Package, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(package.part(part), parser)


def _word(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
