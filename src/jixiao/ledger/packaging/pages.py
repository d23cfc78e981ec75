"""The pages a package brings along: its contents, the contents of evidence, the self-check, the cover of bound papers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from jixiao.evaluation.presubmission import Line, Sheet
from jixiao.formulas import harmless
from jixiao.ledger.packaging.binding import Bound
from jixiao.ledger.packaging.proofs import Proof
from jixiao.ledger.queries.reports import ReportView
from jixiao.reports.context import FormTable, Piece, date_words
from jixiao.reports.document import Column, Document, Heading, Paragraph, Row, Table
from jixiao.reports.titles import break_title
from jixiao.values import decimal_text

EVIDENCE_HEAD = ("编号", "支撑的数据或事项", "记录", "材料", "等级", "文号", "所在位置")
_STYLE = (
    "body{font:16px/1.6 sans-serif;max-width:60em;margin:1em auto;padding:0 1em}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #999;padding:.2em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
)
_WIDTHS = (3, 6, 6, 6, 4, 4, 6)


def contents_page(view: ReportView, paths: Sequence[str]) -> Document:
    """Every file but those of evidence, which have contents of their own."""
    rows = tuple(Row(((str(n),), (path,))) for n, path in enumerate(sorted(paths), 1))
    columns = (Column("序号", 2, "center"), Column("文件", 12))
    table = Table("材料目录", "", columns, rows, "contents")
    return _page(view, f"{view.year}年度绩效自评报送材料目录", [table])


def forms_page(view: ReportView, forms: Sequence[FormTable]) -> Document:
    """The scored forms as they stand, table after table."""
    return _page(
        view, f"{view.year}年度绩效自评附表", [_form(one, f"form{n}") for n, one in enumerate(forms)]
    )


def _form(form: FormTable, name: str) -> Table:
    columns = tuple(
        Column(title or "项目", 2 if numeric else 3, "right" if numeric else "left")
        for title, numeric in zip(form.columns, form.numeric, strict=True)
    )
    rows = tuple(Row(tuple((_told(piece),) if _told(piece) else () for piece in row)) for row in form.rows)
    return Table(form.caption, form.unit, columns, rows, name)


def _told(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.text


def evidence_page(view: ReportView, proofs: Sequence[Proof]) -> Document:
    columns = tuple(Column(title, width) for title, width in zip(EVIDENCE_HEAD, _WIDTHS, strict=True))
    rows = tuple(Row(tuple((text,) if text else () for text in cells(one))) for one in proofs)
    nothing = (Row((("没有登记佐证材料",),), group=True),)
    table = Table("佐证材料目录", "", columns, rows or nothing, "evidence")
    return _page(view, f"{view.year}年度佐证材料目录", [table])


def cover_page(view: ReportView, bound: Sequence[Bound]) -> Document:
    """What is bound together, and on which page of the book each begins."""
    columns = (
        Column("编号", 3), Column("材料", 9), Column("文号", 5), Column("起始页", 2, "right"), Column("页数", 2, "right"),
    )  # fmt: skip
    rows = tuple(
        Row(((one.proof.number,), (one.proof.title,), (one.proof.document or "—",), (str(one.begins),), (str(one.pages),)))
        for one in bound
    )  # fmt: skip
    table = Table("正式文件目录", "", columns, rows, "official")
    return _page(view, f"{view.year}年度佐证材料：正式文件合订本", [table])


def check_page(view: ReportView, sheet: Sheet) -> Document:
    total = f"自查 {decimal_text(sheet.earned)} 分，满分 {decimal_text(sheet.points)} 分；发现 {len(sheet.faults)} 处。"
    columns = (
        Column("项目", 4), Column("分值", 2, "right"), Column("得分", 2, "right"), Column("位置和情况", 10),
    )  # fmt: skip
    rows = tuple(row for line in sheet.lines for row in _checked(line))
    public = [
        Paragraph((f"{one.place}：{one.found}。{one.mend}。",), "publication") for one in sheet.publication
    ]
    return _page(
        view,
        f"{view.year}年度自评报告报送前自查表",
        [
            Paragraph((total,), "total"),
            Table("逐项得分", "", columns, rows, "lines"),
            Heading(1, "", ("公开前核对",), "publication_heading"),
            *(public or [Paragraph(("没有发现不宜公开的内容。",), "publication")]),
        ],
    )


def _checked(line: Line) -> Iterator[Row]:
    """A row for each place: one row with all of them would not fit a page."""
    told = [f"{one.place}：{one.found}" for one in line.faults] or ["没有发现"]
    yield Row(
        ((line.item.title,), (decimal_text(line.item.points),), (decimal_text(line.earned),), (told[0],))
    )
    yield from (Row(((), (), (), (text,))) for text in told[1:])


def evidence_csv(proofs: Sequence[Proof]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(EVIDENCE_HEAD)
    writer.writerows([[harmless(cell) for cell in cells(one)] for one in proofs])
    return text.getvalue().encode("utf-8-sig")


def linked(view: ReportView, paths: Sequence[str], proofs: Sequence[Proof], notes: Sequence[str]) -> bytes:
    """The contents of the package as a page: a link to every file, evidence with what it stands behind."""
    title = escape(f"{view.org.title}{view.year}年度绩效自评报送材料目录")
    marks = "".join(f"<p>{escape(mark)}</p>" for mark in view.document.marks)
    told = "".join(f"<li>{escape(note)}</li>" for note in notes)
    head = "".join(f'<th scope="col">{name}</th>' for name in EVIDENCE_HEAD)
    papers = (
        "\n".join(_line(one) for one in proofs)
        or f'<tr><td colspan="{len(EVIDENCE_HEAD)}">没有登记佐证材料</td></tr>'
    )
    return f"""<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>{_STYLE}</style></head>
<body><h1>{title}</h1>{marks}
<p>数据时点 {view.as_of.isoformat()}。</p>{f"<h2>要留意的</h2><ul>{told}</ul>" if told else ""}
<h2>材料</h2><ol>
{"".join(_links(paths))}</ol>
<h2>佐证材料</h2>
<table><thead><tr>{head}</tr></thead><tbody>
{papers}
</tbody></table></body></html>
""".encode()


def _links(paths: Sequence[str]) -> Iterator[str]:
    yield from (f'<li><a href="{quote(path)}">{escape(path)}</a></li>\n' for path in sorted(paths))


def _line(one: Proof) -> str:
    told = [escape(text) for text in cells(one)]
    if one.path:
        told[-1] = f'<a href="{quote(one.path)}">{escape(one.path.rsplit("/", 1)[-1])}</a>'
    return f"<tr>{''.join(f'<td>{text}</td>' for text in told)}</tr>"


def cells(one: Proof) -> tuple[str, ...]:
    """A paper in the columns of EVIDENCE_HEAD."""
    return (one.number, one.what, one.record, one.title, one.grade_title, one.document, one.place)


def _page(view: ReportView, title: str, blocks: Sequence[Any]) -> Document:
    return Document(
        title_lines=break_title([title]), org=view.org.title, year=view.year, as_of=view.as_of,
        date_text=date_words(view.as_of), marks=view.document.marks, blocks=tuple(blocks), attachments=(),
        clauses=(),
    )  # fmt: skip
