"""The styles of a .docx: official font names, sizes and indents. Runs carry none of these."""

from __future__ import annotations

from typing import TypedDict

from jixiao.reports.layout import BODY_PT, LINE_PT, PAGE_NUMBER_PT, TABLE_PT, TITLE_PT, TRACKING_PT
from jixiao.reports.word_xml import Element, element, qualified


class _Looks(TypedDict):
    fonts: str
    size: float
    tracking: bool
    snap: bool


BODY_FONT, TITLE_FONT, BLACK, KAI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
_TITLE = _Looks(fonts=TITLE_FONT, size=TITLE_PT, tracking=False, snap=False)
CHARACTER = round((BODY_PT + TRACKING_PT) * 20)  # one character of body text in twips


def styles() -> Element:
    return element("styles", _defaults(), *_styles())


def font_table() -> Element:
    """The same typeface under the name newer systems give it, for machines without the official one."""
    made = element("fonts")
    for name, other in ((BODY_FONT, "仿宋"), (KAI, "楷体"), (BLACK, "SimHei"), (SONG, "SimSun")):
        made.append(element("font", element("altName", val=other), element("charset", val="86"), name=name))
    return made


def _defaults() -> Element:
    characters = element(
        "rPrDefault",
        element("rPr", _fonts(BODY_FONT), _size("sz", BODY_PT), _size("szCs", BODY_PT), _language()),
    )
    return element("docDefaults", characters, element("pPrDefault", element("pPr", *_no_extra_space())))


def _language() -> Element:
    return element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")


def _styles() -> list[Element]:
    return [
        _normal(),
        _style("BodyText", "Body Text", _indent(), _side("both")),
        _style("Addressee", "Addressee", _keep(), _side("left")),
        _style("Title", "Title", _keep(), _side("center"), **_TITLE),
        _heading(1, BLACK),
        _heading(2, KAI),
        _heading(3, BODY_FONT),
        _heading(4, BODY_FONT),
        _style("AttachmentList", "Attachment List", _keep(), _side("left")),
        _style("Signature", "Signature", _keep(), _side("right")),
        _style("Date", "Date", _side("right")),
        _style("AttachmentMark", "Attachment Mark", _keep(), element("pageBreakBefore"), fonts=BLACK),
        _style("AttachmentTitle", "Attachment Title", _keep(), _side("center"), **_TITLE),
        _style("Caption", "caption", _keep(), _side("center"), fonts=BLACK, size=12, tracking=False),
        _style("TableUnit", "Table Unit", _keep(), _side("right"), size=TABLE_PT, tracking=False),
        _cell("TableText", "left"),
        _cell("TableNumber", "right"),
        _cell("TableCentre", "center"),
        _cell("TableHead", "center", BLACK),
        _cell("TableGroup", "left", BLACK),
        _style("Header", "header", _side("center"), fonts=BLACK, size=12, tracking=False, grid=False),
        _page_number("PageNumberOdd", "right", element("ind", rightChars=100, right=PAGE_NUMBER_PT * 20)),
        _page_number("PageNumberEven", "left", element("ind", leftChars=100, left=PAGE_NUMBER_PT * 20)),
    ]


def _normal() -> Element:
    made = _style("Normal", "Normal")
    made.set(qualified("w:default"), "1")
    return made


def _style(
    name: str,
    title: str,
    *properties: Element,
    fonts: str = BODY_FONT,
    size: float = BODY_PT,
    tracking: bool = True,
    grid: bool = True,
    snap: bool = True,
    latin: str = LATIN,
) -> Element:
    """A paragraph style. On the grid, lines are exactly one line pitch high whatever font the machine has."""
    spacing = element("spacing", before=0, after=0, line=round(LINE_PT * 20), lineRule="exact")
    loose = element("spacing", before=20, after=20, line=240, lineRule="auto")
    common = [
        element("widowControl", val=0),
        *_no_extra_space(),
        spacing if grid else loose,
        *properties,
    ]
    if not (grid and snap):
        common.append(element("snapToGrid", val=0))
    characters = [_fonts(fonts, latin), _size("sz", size), _size("szCs", size)]
    if tracking:
        characters.insert(1, element("spacing", val=round(TRACKING_PT * 20)))
    return element(
        "style",
        element("name", val=title),
        element("basedOn", val="Normal") if name != "Normal" else None,
        element("qFormat"),
        element("pPr", *sorted(common, key=_order)),
        element("rPr", *characters),
        type="paragraph",
        styleId=name,
    )


# Word refuses properties out of the order of its schema.
_ORDER = (
    "keepNext", "pageBreakBefore", "widowControl", "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing",
    "ind", "jc", "outlineLvl",
)  # fmt: skip


def _order(one: Element) -> int:
    return _ORDER.index(str(one.tag).rpartition("}")[2])


def _heading(level: int, font: str) -> Element:
    outline = element("outlineLvl", val=level - 1)
    return _style(f"Heading{level}", f"heading {level}", _keep(), _indent(), outline, fonts=font)


def _no_extra_space() -> list[Element]:
    """Nothing is put between Chinese and Latin: it would push lines off their 28 characters."""
    return [element("autoSpaceDE", val=0), element("autoSpaceDN", val=0)]


def _keep() -> Element:
    return element("keepNext")


def _side(side: str) -> Element:
    return element("jc", val=side)


def _indent() -> Element:
    return element("ind", firstLineChars=200, firstLine=2 * CHARACTER)


def _cell(name: str, side: str, font: str = BODY_FONT) -> Element:
    title = "Table " + name.removeprefix("Table")
    return _style(name, title, _side(side), fonts=font, size=TABLE_PT, tracking=False, grid=False)


def _page_number(name: str, side: str, indent: Element) -> Element:
    title = "Page " + name.removeprefix("Page")
    size = PAGE_NUMBER_PT
    return _style(
        name, title, _side(side), indent, fonts=SONG, latin=SONG, size=size, tracking=False, grid=False
    )


def _fonts(chinese: str, latin: str = LATIN) -> Element:
    return element("rFonts", hint="eastAsia", ascii=latin, hAnsi=latin, eastAsia=chinese, cs=latin)


def _size(name: str, points: float) -> Element:
    return element(name, val=round(points * 2))
