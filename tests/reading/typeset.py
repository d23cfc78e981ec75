"""PDF files as an office suite makes them, for tests of what is read back: set by typst, with rules or without."""

from __future__ import annotations

from collections.abc import Sequence

_PAGE = """#set page(paper: "a4", margin: 2.5cm, numbering: "1")
#set text(font: ("Libertinus Serif", "Noto Serif CJK SC", "FandolFang R"), size: 12pt, fallback: true)
"""


def typeset(markup: str) -> bytes:
    """A PDF of this typst markup on A4 pages with bare page numbers."""
    import typst

    made: bytes = typst.compile((_PAGE + markup).encode(), format="pdf")
    return made


def plain_table(
    rows: Sequence[Sequence[str]], columns: str, align: str, *, rules: str = "none", after_header: str = ""
) -> str:
    """A table of these rows without vertical lines."""
    first, *rest = [", ".join(f"[{text}]" for text in row) for row in rows]
    body = ",\n".join([first + (f", {after_header}" if after_header else ""), *rest])
    return f"#table(columns: {columns}, align: {align}, stroke: {rules},\n{body})\n"


def titled(title: str, unit: str) -> str:
    """A title in the middle and the unit at the right, as over every account."""
    return f"#align(center)[{title}]\n#align(right)[单位：{unit}]\n"
