"""One way to print rows: as a table for people, as JSON or CSV for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from jixiao.formulas import harmless

NUMBERS = frozenset({"text", "exact", "records", "points", "earned", "target", "actual"})
FILE_WIDTH = 160  # where the output is no terminal
LEAST_WIDTH = 10  # a column below this is harder to read than a list


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def emit(
    rows: Sequence[Mapping[str, Any]], titles: Mapping[str, str], format: Format, caption: str = ""
) -> None:
    """Print `rows`; `titles` maps the columns of the table to their Chinese headings (JSON keeps every key)."""
    match format:
        case Format.JSON:
            json.dump(list(rows), sys.stdout, ensure_ascii=False, indent=2, default=str)
            print()
        case Format.CSV:
            _csv(rows)
        case Format.TABLE:
            _table(rows, titles, caption)


def _csv(rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {key: "" if value is None else harmless(value) for key, value in row.items()} for row in rows
    )


def _table(rows: Iterable[Mapping[str, Any]], titles: Mapping[str, str], caption: str) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, width=FILE_WIDTH)
    if console.width < LEAST_WIDTH * len(titles):
        _cards(rows, titles, caption)
        return
    table = Table(title=caption or None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for key, title in titles.items():
        table.add_column(title, justify="right" if key in NUMBERS else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row, key) for key in titles))
    console.print(table)


def _cards(rows: Iterable[Mapping[str, Any]], titles: Mapping[str, str], caption: str) -> None:
    """A row below the other, a line for each cell: columns too narrow for a Chinese character would drop it."""
    print(caption)
    for row in rows:
        print()
        for key, title in titles.items():
            if cell := _cell(row, key):
                print(f"{title}：{cell}")
    print()


def _cell(row: Mapping[str, Any], key: str) -> str:
    return "" if row.get(key) is None else str(row.get(key))
