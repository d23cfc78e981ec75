"""The page of a .docx: paper, margins, grid, page numbers at the outer edge, the mark of example data."""

from __future__ import annotations

from jixiao.reports.layout import LINE_PT, MARGINS_MM, PAGE_MM
from jixiao.reports.word_xml import Element, element, paragraph, qualified, run, text

HEADER_MM, FOOTER_MM = 20, 25.5  # the dashes of the page number stand 7 mm below the text
EDGES = {"default": "PageNumberOdd", "even": "PageNumberEven"}


def twips(millimetres: float) -> int:
    return int(millimetres * 1440 / 25.4)


def text_width() -> int:
    return twips(PAGE_MM[0] - MARGINS_MM["left"] - MARGINS_MM["right"])


def section(references: dict[tuple[str, str], str]) -> Element:
    """Section properties; `references` maps (header or footer, default or even) to a relationship id."""
    made = element("sectPr")
    for (kind, side), relationship in references.items():
        reference = element(f"{kind}Reference", type=side)
        reference.set(qualified("r:id"), relationship)
        made.append(reference)
    margins = {side: twips(size) for side, size in MARGINS_MM.items()}
    made.append(element("pgSz", w=11906, h=16838))
    made.append(element("pgMar", **margins, header=twips(HEADER_MM), footer=twips(FOOTER_MM), gutter=0))
    made.append(element("docGrid", type="lines", linePitch=round(LINE_PT * 20)))
    return made


def footer(side: str) -> Element:
    """— 1 — at the outer edge. The field has begin, separate and end runs, or WPS shows no number."""
    field = (
        run(element("fldChar", fldCharType="begin")),
        run(_instruction(" PAGE ")),
        run(element("fldChar", fldCharType="separate")),
        run(text("1")),
        run(element("fldChar", fldCharType="end")),
    )
    return element("ftr", paragraph(EDGES[side], run(text("— ")), *field, run(text(" —"))))


def header(marks: tuple[str, ...]) -> Element:
    return element("hdr", paragraph("Header", run(text("　".join(marks)))))


def _instruction(words: str) -> Element:
    made = element("instrText")
    made.text = words
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def settings() -> Element:
    """Odd and even pages differ; punctuation may hang; the rules of the current Word apply."""
    compatibility = element(
        "compat",
        element(
            "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15
        ),
    )
    return element(
        "settings",
        element("evenAndOddHeaders"),
        element("drawingGridVerticalSpacing", val=round(LINE_PT * 20)),
        element("characterSpacingControl", val="compressPunctuation"),
        compatibility,
        element("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )
