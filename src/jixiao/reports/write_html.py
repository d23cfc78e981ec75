"""Writes a document as one accessible .html page that needs nothing else: no script runs, nothing is loaded.

Every figure is a `<data>` element with its key, indicator, value, unit and qualifier.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from jixiao.reports.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    Placed,
    Row,
    Runs,
    Table,
    attachment_list,
)
from jixiao.values import decimal_text

MEDIA_TYPE = "text/html; charset=utf-8"
MANIFEST_ID = "record-of-issue"
_CLASSES = {"left": "", "center": ' class="centre"', "right": ' class="number"'}


def write(document: Document, manifest: bytes | None) -> bytes:
    """The page as UTF-8 bytes; the manifest travels in an inert script element."""
    lines = [
        "<!DOCTYPE html>",
        '<html lang="zh-CN">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(document.title)}</title>",
        f'<meta name="author" content="{escape(document.org)}">',
        f'<meta name="date" content="{document.as_of.isoformat()}">',
        f"<style>\n{_style()}{_on_every_page(document.marks)}</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#report">跳到正文</a>',
        *_body(document),
        *_manifest(manifest),
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode()


def _style() -> str:
    return files("jixiao.reports").joinpath("report.css").read_text(encoding="utf-8")


def _on_every_page(marks: tuple[str, ...]) -> str:
    """The marks in the margin of each printed page, spelled so that no character can end the style."""
    if not marks:
        return ""
    spelled = "".join(f"\\{ord(character):06x}" for character in "　".join(marks))
    return f'@media print {{ @page {{ @top-center {{ content: "{spelled}"; font-size: 12pt; }} }} }}\n'


def _body(document: Document) -> Iterator[str]:
    if document.marks:
        yield f'<p class="marks" role="note">{escape("　".join(document.marks))}</p>'
    yield '<main id="report" tabindex="-1">'
    yield f"<h1>{'<br>'.join(escape(line) for line in document.title_lines)}</h1>"
    yield from _blocks(document.blocks, 1)
    yield from (f'<p class="list">{escape(line)}</p>' for line in attachment_list(document))
    yield f'<p class="signature">{escape(document.org)}<br>'
    yield f"{escape(document.date_text)}</p>"
    for attachment in document.attachments:
        yield "<section>"
        yield f'<p class="attachment">{escape(attachment.number)}</p>'
        yield f'<h2 class="title">{escape(attachment.title)}</h2>'
        yield from _blocks(attachment.blocks, 2)
        yield "</section>"
    yield "</main>"


def _manifest(manifest: bytes | None) -> Iterator[str]:
    """JSON in which no character can end the element it stands in."""
    if manifest:
        inert = manifest.decode().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
        yield f'<script type="application/json" id="{MANIFEST_ID}">{inert}</script>'


def _blocks(blocks: tuple[Block, ...], depth: int) -> Iterator[str]:
    """`depth` is the level of the heading above, so that no level is skipped on the way down."""
    above = 0
    for block in blocks:
        match block:
            case Heading(level=level, number=number, runs=runs):
                above = min(level, above + 1)
                tag = f"h{min(depth + above, 6)}"
                yield f'<{tag} class="level{level}">{_runs((number, *runs))}</{tag}>'
            case Paragraph(runs=runs, flush=flush):
                opening = '<p class="flush">' if flush else "<p>"
                yield f"{opening}{_runs(runs)}</p>"
            case Table():
                yield from _table(block)


def _runs(runs: Runs) -> str:
    return "".join(_figure(run) if isinstance(run, Placed) else escape(run) for run in runs)


def _figure(figure: Placed) -> str:
    attributes = {"data-key": figure.key, "data-figure": " ".join(figure.figures), "title": figure.label}
    if figure.quantity is not None:
        attributes["value"] = decimal_text(figure.quantity.value)
        attributes["data-unit"] = figure.quantity.unit
        attributes["data-qualifier"] = figure.quantity.qualifier.value
    else:
        attributes["value"] = ""
    told = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<data{told}>{escape(figure.text)}</data>"


def _table(table: Table) -> Iterator[str]:
    yield f'<div class="table" role="region" tabindex="0" aria-label="{escape(table.caption)}"><table>'
    unit = f'\n<span class="unit">单位：{escape(table.unit)}</span>' if table.unit else ""
    yield f"<caption>{escape(table.caption)}{unit}</caption>"
    yield "<thead><tr>"
    yield from (f'<th scope="col">{escape(column.title)}</th>' for column in table.columns)
    yield "</tr></thead>"
    yield "<tbody>"
    for n, row in enumerate(table.rows):
        if row.group and n:
            yield "</tbody><tbody>"
        yield _row(table, row)
    yield "</tbody></table></div>"


def _row(table: Table, row: Row) -> str:
    if row.group:
        return f'<tr><th scope="rowgroup" colspan="{len(table.columns)}">{_runs(row.cells[0])}</th></tr>'
    cells = [f'<th scope="row">{_runs(row.cells[0])}</th>']
    for column, cell in zip(table.columns[1:], row.cells[1:], strict=True):
        cells.append(f"<td{_CLASSES[column.align]}>{_runs(cell)}</td>")
    return f"<tr>{''.join(cells)}</tr>"
