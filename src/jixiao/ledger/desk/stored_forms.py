"""Forms of a package as they are kept: printed cell by cell, to be shown, compared and published without the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jixiao.forms.cells import base_unit, printed
from jixiao.forms.fill import TOTAL, WHOLE, Grid, Line
from jixiao.ledger.desk.recognise import FormFound
from jixiao.values import RATIO


def shown(found: FormFound) -> dict[str, Any]:
    """A form as it is printed, block by block, to be shown without reading the file again."""
    blocks = []
    for grid in found.read.filled.grids:
        columns = [
            {"id": name, "title": one.title, "is_text": one.text} for name, one in grid.block.columns.items()
        ]
        lines = [
            {
                "key": line.key,
                "title": line.title.strip(),
                "indent": line.indent,
                "cells": _cells(grid, line),
                "units": [grid.unit(line, name) or "" for name in grid.block.columns],
            }
            for line in (*grid.lines, *([grid.whole] if grid.whole else ()))
        ]
        block = grid.block
        blocks.append(
            {
                "id": block.id,
                "caption": block.caption,
                "head": "" if block.list else block.head,
                "columns": columns,
                "lines": lines,
            }
        )
    return {"form": found.form.full_id, "title": found.form.title, "file": found.file, "blocks": blocks}


def _cells(grid: Grid, line: Line) -> list[str]:
    """The printed cells; the total of a list bears its title where the first column is empty."""
    cells = [_printed(grid, line, name) for name in grid.block.columns]
    if line.key in (TOTAL, WHOLE) and cells and not cells[0]:
        cells[0] = line.title.strip()
    return cells


def _printed(grid: Grid, line: Line, name: str) -> str:
    content, unit = line.cells[name], grid.unit(line, name)
    text = printed(content, unit, grid.block.columns[name].decimals)
    return f"{text}%" if content.is_number and base_unit(unit) == RATIO else text


def places_of(forms: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """(address, printed text) of every cell of stored forms, the first of each form."""
    seen: set[str] = set()
    for form in forms:
        if form["form"] in seen:
            continue
        seen.add(form["form"])
        for block in form["blocks"]:
            for line in block["lines"]:
                for column, text in zip(block["columns"], line["cells"], strict=True):
                    yield f"{form['form']}#{block['id']}.{line['key']}.{column['id']}", text
