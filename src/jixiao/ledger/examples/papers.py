"""Made-up papers behind example records: a page of neutral words, marked as example data. The same words give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.ledger.models import Org
from jixiao.reports.document import Document, Paragraph
from jixiao.reports.titles import break_title

MARK = "示例数据"


def made_up(org: Org, title: str, lines: Sequence[str], notice: str) -> bytes:
    """The paper as a PDF."""
    from jixiao.reports import write_pdf  # the typesetter is loaded where papers are made

    said = (*lines, notice or MARK)
    document = Document(
        title_lines=break_title([title]),
        org=org.title,
        year=org.valid_from.year,
        as_of=org.valid_from,
        date_text=MARK,
        marks=(MARK,),
        blocks=tuple(Paragraph((line,), "paper") for line in said),
        attachments=(),
        clauses=(),
    )
    return write_pdf.write(document, None)
