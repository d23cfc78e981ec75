"""A report as the bytes of a file: plain text in many layouts, .docx, .html and .xlsx with tables, sometimes .pdf.

Written without the program's own writers, except for .pdf, so that a reader and a writer cannot agree on a mistake.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from html import escape

from benchmarks.generation.amounts import Amount
from benchmarks.generation.layouts import layout_for, typeset
from benchmarks.generation.model import Grid, Prose, Report, fragments
from benchmarks.generation.reports import caption

FORMS = ("docx", "html", "xlsx")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def made(report: Report, form: str, seed: int | str) -> bytes:
    """The bytes of a report in a form."""
    if form == "txt":
        return typeset(report, layout_for(seed)).data
    return _MAKERS[form](report)


def prose(report: Report) -> Iterator[tuple[str, str | Grid, bool]]:
    """(text, "" or table with caption, is heading) of every block in order."""
    for number, block in report.blocks():
        piece = report.pieces[number]
        if isinstance(block, Prose):
            yield words(report, number, block.template), "", block.heading
        else:
            yield caption(block, piece), block, False


def words(report: Report, number: int, template: str) -> str:
    """A template with its slots filled."""
    fills = report.pieces[number].fills
    return "".join(
        fill.before + fill.text if isinstance(fill, Amount) else fill
        for _, fill in fragments(template, fills)
    )


def cells(report: Report, grid: Grid) -> tuple[list[list[str]], dict[tuple[int, int], tuple[int, int]]]:
    """All cells of a table as text, header first, and the merged ones."""
    number = next(place for place, block in report.blocks() if block is grid)
    rows = [[words(report, number, cell) for cell in row] for row in (*grid.header, *grid.rows)]
    return rows, grid.spans


def _covered(spans: dict[tuple[int, int], tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Every cell that a merged one covers → the one that covers it."""
    return {
        (row + down, column + right): (row, column)
        for (row, column), (height, width) in spans.items()
        for down in range(height)
        for right in range(width)
        if down or right
    }


def html(report: Report) -> bytes:
    body = [f"<h1>{escape(report.title)}</h1>"]
    for text, grid, is_heading in prose(report):
        if not isinstance(grid, Grid):
            body.append(f"<h2>{escape(text)}</h2>" if is_heading else f"<p>{escape(text)}</p>")
            continue
        rows, spans = cells(report, grid)
        hidden = _covered(spans)
        unit = f"（单位：{grid.unit}）" if grid.unit else ""
        lines = []
        for row, line in enumerate(rows):
            tag = "th" if row < len(grid.header) else "td"
            shown = []
            for column, cell in enumerate(line):
                if (row, column) in hidden:
                    continue
                height, width = spans.get((row, column), (1, 1))
                merged = f' rowspan="{height}" colspan="{width}"' if (height, width) != (1, 1) else ""
                shown.append(f"<{tag}{merged}>{escape(cell)}</{tag}>")
            lines.append(f"<tr>{''.join(shown)}</tr>")
        body.append(f"<table><caption>{escape(text)}{unit}</caption>{''.join(lines)}</table>")
    page = f'<!doctype html><html lang="zh"><meta charset="utf-8"><body>{"".join(body)}</body></html>'
    return page.encode()


def docx(report: Report) -> bytes:
    body = [_paragraph(report.title)]
    for text, grid, _ in prose(report):
        if not isinstance(grid, Grid):
            body.append(_paragraph(text))
            continue
        body.append(_paragraph(text))
        if grid.unit:
            body.append(_paragraph(f"单位：{grid.unit}"))
        rows, spans = cells(report, grid)
        lines = "".join(
            f"<w:tr>{''.join(_word_cells(row, line, spans))}</w:tr>" for row, line in enumerate(rows)
        )
        body.append(f"<w:tbl>{lines}</w:tbl>")
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("word/document.xml"), xml)
    return stream.getvalue()


def _word_cells(row: int, line: list[str], spans: dict[tuple[int, int], tuple[int, int]]) -> Iterator[str]:
    hidden = _covered(spans)
    for column, text in enumerate(line):
        height, width = spans.get((row, column), (1, 1))
        merge = '<w:vMerge w:val="restart"/>' if height > 1 else ""
        if (row, column) in hidden:
            owner = hidden[row, column]
            if owner[1] != column:
                continue
            width, merge, text = spans[owner][1], "<w:vMerge/>", ""
        span = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
        yield f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{_paragraph(text)}</w:tc>"


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def xlsx(report: Report) -> bytes:
    """One sheet for the text, one for each table; numbers are numbers."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("说明")
    sheet.write_string(0, 0, report.title)
    line = 1
    for text, grid, _ in prose(report):
        if not isinstance(grid, Grid):
            sheet.write_string(line, 0, text)
            line += 1
            continue
        _tabulate(book, report, text, grid)
    book.close()
    return stream.getvalue()


def _tabulate(book: object, report: Report, text: str, grid: Grid) -> None:
    sheet = book.add_worksheet()  # type: ignore[attr-defined]
    sheet.write_string(0, 0, text)
    if grid.unit:
        sheet.write_string(1, 0, f"单位：{grid.unit}")
    rows, spans = cells(report, grid)
    formats: dict[str, object] = {}
    for row, line in enumerate(rows):
        for column, cell in enumerate(line):
            is_number = cell.replace(".", "", 1).isdigit() and row >= len(grid.header) and column
            if not is_number or len(cell) > 15:
                sheet.write_string(row + 2, column, cell)
                continue
            shown = "0." + "0" * len(cell.split(".")[1]) if "." in cell else "0"
            form = formats.setdefault(shown, book.add_format({"num_format": shown}))  # type: ignore[attr-defined]
            sheet.write_number(row + 2, column, float(cell), form)
    for (row, column), (height, width) in spans.items():
        words = rows[row][column]
        sheet.merge_range(row + 2, column, row + height + 1, column + width - 1, words)


def pdf(report: Report) -> bytes:
    """Through the program's own typesetter."""
    from datetime import date

    from jixiao.reports import document, write_pdf

    blocks: list[document.Block] = []
    for number, (text, grid, is_heading) in enumerate(prose(report)):
        clause = f"clause-{number}"
        if isinstance(grid, Grid):
            rows, _ = cells(report, grid)
            head = [rows[len(grid.header) - 1][column] or rows[0][column] for column in range(len(rows[0]))]
            columns = tuple(document.Column(title or " ", 2) for title in head)
            body = tuple(document.Row(tuple((cell,) for cell in row)) for row in rows[len(grid.header) :])
            blocks.append(document.Table(text, grid.unit, columns, body, clause))
        elif is_heading:
            mark, title = text.split("、", 1)
            blocks.append(document.Heading(1, f"{mark}、", (title,), clause))
        else:
            blocks.append(document.Paragraph((text,), clause))
    whole = document.Document(
        (report.title,), "示例单位", 2024, date(2024, 12, 31), "2025年1月20日", (), tuple(blocks), (), ()
    )
    return write_pdf.write(whole, None)


_MAKERS = {"docx": docx, "html": html, "xlsx": xlsx, "pdf": pdf}
