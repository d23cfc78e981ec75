"""Writes a document as .pdf: the layout of the .docx, set by typst, fonts embedded, tagged, reproducible.

The document goes to the template `report.typ` as data, so no word of it can be read as markup.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time
from importlib.resources import files
from pathlib import Path
from typing import Any

from jixiao.errors import BadInput
from jixiao.reports import fonts as machine
from jixiao.reports import layout
from jixiao.reports.document import Block, Document, Heading, Paragraph, Runs, Table, attachment_list

MEDIA_TYPE = "application/pdf"


def missing_fonts() -> list[str]:
    """Debian packages to install before a .pdf can be written; empty where nothing is missing."""
    return machine.missing_fonts()


def write(document: Document, manifest: bytes | None, fonts: Sequence[Path] | None = None) -> bytes:
    """The .pdf as bytes; the manifest travels as an attached file. `fonts` are folders to look in first.

    Raises BadInput naming the package to install where the machine has no usable Chinese font.
    """
    typst = machine.typesetter()
    folders = (*(fonts or ()), *machine.FOLDERS)
    if missing := machine.missing_fonts(folders):
        raise BadInput(f"本机没有可用的中文字体，不能生成 PDF；请先安装：apt-get install {' '.join(missing)}")
    data = json.dumps(_data(document, manifest, machine.families(folders)), ensure_ascii=False)
    written: bytes = typst.compile(
        files("jixiao.reports").joinpath("report.typ").read_bytes(),
        font_paths=machine.fonts_in(folders),
        format="pdf",
        sys_inputs={"report": data},
        timestamp=datetime.combine(document.as_of, time(), UTC),
    )
    return written


def _data(document: Document, manifest: bytes | None, available: dict[str, str]) -> dict[str, Any]:
    day = document.as_of
    return {
        "layout": {
            "paper": layout.PAGE_MM,
            "margins": layout.MARGINS_MM,
            "body": layout.BODY_PT,
            "title": layout.TITLE_PT,
            "table": layout.TABLE_PT,
            "page_number": layout.PAGE_NUMBER_PT,
            "line": layout.LINE_PT,
            "tracking": layout.TRACKING_PT,
        },
        "fonts": {**machine.chains(available), "latin": machine.latin(available)},
        "title_lines": document.title_lines,
        "org": document.org,
        "as_of": (day.year, day.month, day.day),
        "date_text": document.date_text,
        "marks": document.marks,
        "signature": layout.signature_indents(document.org, document.date_text),
        "blocks": [_block(block) for block in document.blocks],
        "attachment_list": _attachment_list(document),
        "attachments": [
            {"number": one.number, "title": one.title, "blocks": [_block(block) for block in one.blocks]}
            for one in document.attachments
        ],
        "manifest": (manifest or b"").decode(),
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level=level, number=number, runs=runs):
            return {"kind": "heading", "level": level, "runs": _words((number, *runs))}
        case Paragraph(runs=runs, flush=flush):
            return {"kind": "paragraph", "flush": flush, "runs": _words(runs)}
        case Table():
            return _table(block)


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "unit": table.unit,
        "columns": [{"title": one.title, "width": one.width, "align": one.align} for one in table.columns],
        "rows": [{"group": row.group, "cells": [_words(cell) for cell in row.cells]} for row in table.rows],
    }


def _words(runs: Runs) -> list[str]:
    return [run if isinstance(run, str) else run.text for run in runs]


def _attachment_list(document: Document) -> list[dict[str, Any]]:
    several = len(document.attachments) > 1
    return [
        {"words": line, "left": 5 if n else 2, "hanging": 1 if n else 4 if several else 3}
        for n, line in enumerate(attachment_list(document))
    ]
