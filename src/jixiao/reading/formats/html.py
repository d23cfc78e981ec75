"""Web pages: what a reader of the page sees, as lines of text, with its marked `<data>` elements.

Reads the one `<article>` or `<main>` where there is one, else the whole body. Scripts, styles, navigation and
hidden elements are left out; raised digits become raised characters (m², not m2). A table gives one line a row
with tabs between the cells, and a Table.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field

from lxml import etree

from jixiao.errors import BadInput
from jixiao.reading.bounded import apart
from jixiao.reading.document import Document, Mark, Writer
from jixiao.reading.formats import txt
from jixiao.reading.tables import Sketch, span

_NO_TEXT = ["canvas", "iframe", "object", "script", "style", "svg", "template"]
_CONTROLS = ["button", "datalist", "form", "select", "textarea"]
_LEFT_OUT = frozenset([*_NO_TEXT, *_CONTROLS, "del", "head", "nav", "noscript", "rp", "rt"])
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARAGRAPHS = frozenset(["p", "li", "dt", "dd", "blockquote", "caption", "figcaption", "pre", *_HEADINGS])
_TABLE_PARTS = ("table", "thead", "tbody", "tfoot", "tr")
_SECTIONS = ("body", "main", "article", "section", "div", "header", "footer", "aside", "figure", "details")
_LINES = frozenset([*_PARAGRAPHS, *_TABLE_PARTS, *_SECTIONS, "ul", "ol", "dl", "hr"])
_MOST_TAGS = 600_000
_MOST_ATTRIBUTES = 40_000
_TOO_DEEP = re.compile("(?i)depth|nodes? nest")
_UNSEEN = re.compile(r"(?i)(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_ENCODINGS = {"utf-8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5"}
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)


def read(data: bytes, name: str) -> Document:
    """Raises BadInput for what is no page; one of very many attributes, which may be slow, is read apart."""
    return apart(read_here, data, name) if data.count(b"=") > _MOST_ATTRIBUTES else read_here(data, name)


def read_here(data: bytes, name: str) -> Document:
    """The same in this process."""
    walk = _Walk()
    left_out: etree._Element | None = None
    for event, element in etree.iterwalk(_root(data, name), events=("start", "end")):
        if left_out is not None:
            if event == "end" and element is left_out:
                left_out = None
                walk.text(element.tail)
        elif event == "end":
            walk.leave(element)
        elif _is_left_out(element):
            left_out = element
        else:
            walk.enter(element)
    return walk.writer.document(name, "html")


def _root(data: bytes, name: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    if data.count(b"<") > _MOST_TAGS:
        raise BadInput(f"{name}：网页过大，请拆分或另存为 .docx 后再试")
    text = _decode(data, name)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if any(_TOO_DEEP.search(error.message) for error in parser.error_log):
        raise BadInput(f"{name}：网页层层嵌套过深，不像正常的网页；请另存为 .docx 后再试")
    if root is None:
        raise BadInput(f"{name}：网页内容不完整或已损坏，请重新保存后再试")
    for tag in ("article", "main", "body"):
        found = root.findall(f".//{tag}")
        if len(found) == 1:
            return found[0]
    return root


def _decode(data: bytes, name: str) -> str:
    """The declared encoding where it is true, else what the bytes look like."""
    declared = _CHARSET.search(data[:2048])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        encoding = _ENCODINGS.get(declared[1].decode("ascii").lower())
        with suppress(UnicodeDecodeError):
            if encoding:
                return data.decode(encoding)
    return txt.decode(data, name)


def _is_left_out(element: etree._Element) -> bool:
    if element.tag in _LEFT_OUT:
        return True
    if not element.keys():
        return False
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_UNSEEN.search(element.get("style") or ""))
    )


@dataclass(slots=True)
class _Walk:
    """Where the walk is: open blocks, open tables with the number of the cell in its row, open figures."""

    writer: Writer = field(default_factory=Writer)
    paragraphs: int = 0
    tables_seen: int = 0
    tables: list[Sketch] = field(default_factory=list)
    ordinals: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def enter(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in _LINES:
            self.writer.break_line()
        if tag == "table":
            self.tables_seen += 1
            self.tables.append(Sketch(self.tables_seen, lead=self.writer.lead()))
            self.ordinals.append(0)
        elif tag == "tr" and self.tables:
            self.tables[-1].next_row()
            self.ordinals[-1] = 0
        elif tag in ("td", "th") and self.tables:
            self.tables[-1].row = self.tables[-1].row or 1  # a cell may come without its row
            self.ordinals[-1] += 1
            self.writer.write("\t" if self.ordinals[-1] > 1 else "")
        elif tag == "br":
            self.writer.write("\n")
        elif tag in _PARAGRAPHS:
            self.paragraphs += 1
        if tag in _PARAGRAPHS or tag in ("td", "th", "data"):
            self.starts.append(self.writer.length)
        self.text(element.text, raised=tag == "sup")

    def leave(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in _PARAGRAPHS or tag in ("td", "th", "data"):
            self._close(element, tag, self.starts.pop())
        if tag in _LINES:
            self.writer.break_line()
        if tag == "table" and self.tables:
            self.ordinals.pop()
            self.writer.table(self.tables.pop())
        self.text(element.tail)

    def _close(self, element: etree._Element, tag: str, start: int) -> None:
        if tag == "data":
            key = element.get("data-key") or element.get("data-figure") or ""
            if key and self.writer.length > start:
                told = (str(element.get(name) or "") for name in ("value", "data-unit", "data-qualifier"))
                self.writer.marks.append(Mark(str(key), start, self.writer.length, "data", *told))
        elif tag in ("td", "th") and self.tables:
            sketch = self.tables[-1]
            label = f"表{sketch.number} 第{sketch.row}行第{self.ordinals[-1]}列"
            self.writer.block(start, label)
            is_plain = not element.keys()
            rows, columns = (1, 1) if is_plain else map(span, map(element.get, ("rowspan", "colspan")))
            self.writer.cell(sketch, start, label, rows, columns)
        elif tag == "caption" and self.tables:
            self.tables[-1].lead = self.writer.written_since(start)
        elif not self.tables:
            self.writer.block(start, f"第{self.paragraphs}段")

    def text(self, text: str | None, *, raised: bool = False) -> None:
        """Write text as a browser shows it: white space runs are one space, none at the start of a line."""
        if not text:
            return
        shown = _SPACES.sub(" ", text)
        shown = shown.translate(_RAISED) if raised else shown
        self.writer.write(shown.lstrip(" ") if self.writer.last in ("", "\n", "\t", " ") else shown)
