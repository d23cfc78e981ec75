"""One record as the cells of a row, and one row as what it says of a record; pure, so names stay names here.

Whoever knows the records turns the names of records and orgs into ids and back.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from jixiao.catalogue import Catalogue, fields
from jixiao.catalogue.dates import read_date
from jixiao.catalogue.kinds import FieldType
from jixiao.catalogue.stored import fits
from jixiao.sheets.columns import Column, Sort

Cell = str | int | float | date | None
LONGEST_CELL = 32_767
TOO_LONG = "（这段文字超出一格能放的长度，没有导出；这一格不动，原文就不变）"
MOST_EXACT = 10**15  # a spreadsheet keeps fifteen digits
GRADES = {"内部": "internal", "官方": "official", "第三方": "third_party", "无": "none"}
_SERIAL_DAY = re.compile(r"[2-5]\d{4}")
_JOINED = re.compile(r"[;；\n]")


@dataclass(slots=True)
class RowRead:
    """What a row says. `values` are stored values, but records and orgs as they were written; `problems` maps
    column ids to what is wrong there.
    """

    key: str = ""
    seen: str = ""
    parent: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    path: dict[str, str] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    papers: list[tuple[str, str, str]] = field(default_factory=list)  # grade, title, document number
    texts: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def read_row(columns: Mapping[int, Column], cells: Sequence[str], catalogue: Catalogue) -> RowRead:
    """Read the cells of a row by the columns at their positions. Nothing is raised: every wrong cell is told. A day
    without its year is wrong: a file is read on another day than it was written.
    """
    row = RowRead()
    for place, column in columns.items():
        text = cells[place].strip() if place < len(cells) else ""
        try:
            _take(row, column, text, catalogue)
        except ValueError as error:
            row.problems[column.id] = str(error)
    return row


def _take(row: RowRead, column: Column, text: str, catalogue: Catalogue) -> None:
    match column.sort:
        case Sort.KEY:
            row.key = text
        case Sort.SEEN:
            row.seen = text
        case Sort.PARENT:
            row.parent = text
        case Sort.FIELD if column.spec is not None:
            row.values[column.name] = _value(column, text, catalogue)
        case Sort.DAY if text:
            row.path[column.name] = _day(text).isoformat()
        case Sort.LINK:
            row.links[column.name] = _several(text)
        case Sort.PAPERS:
            row.papers = [_paper(one) for one in _several(text)]
        case Sort.TEXT:
            row.texts[column.id] = text


def _value(column: Column, text: str, catalogue: Catalogue) -> Any:
    assert column.spec is not None
    if text == TOO_LONG:
        return None
    if column.type in (FieldType.REF, FieldType.ORG):
        return text or None
    if column.type is FieldType.DATE and text:
        return _day(text).isoformat()
    if column.type is FieldType.CODE and text:
        code = fields.parse(column.spec, text, catalogue)
        table = catalogue.codes.get(column.spec.codes or "")
        if table and code not in table.codes:
            raise ValueError(f"“{text}”不在{table.title}之列")
        return code
    return fields.parse(column.spec, text, catalogue)


def _day(text: str) -> date:
    if _SERIAL_DAY.fullmatch(text):
        meant = date.fromordinal(date(1899, 12, 30).toordinal() + int(text))
        raise ValueError(f"“{text}”像是日期变成了数字（{meant}）；请把这一格设为日期格式，或直接写 {meant}")
    return read_date(text)


def _several(text: str) -> list[str]:
    return [part.strip() for part in _JOINED.split(text) if part.strip()]


def _paper(text: str) -> tuple[str, str, str]:
    parts = [part.strip() for part in text.replace("：", ":").split(":")]
    if len(parts) == 1:
        return "none", parts[0], ""
    grade = GRADES.get(parts[0], parts[0])
    if grade not in GRADES.values() or len(parts) > 3 or not parts[1]:
        raise ValueError(f"“{text}”应写成 等级:名称:文号，等级可写 {'、'.join(GRADES)}")
    return grade, parts[1], parts[2] if len(parts) > 2 else ""


def cells_of(
    columns: Sequence[Column],
    *,
    data: Mapping[str, Any],
    path: Mapping[str, str],
    others: Mapping[str, str],
    links: Mapping[str, Sequence[str]],
    name_of: Callable[[Column, str], str],
    catalogue: Catalogue,
) -> list[Cell]:
    """A record as cells. `others` holds the columns that start with _; `name_of` calls what a column points to."""
    found: list[Cell] = []
    for column in columns:
        match column.sort:
            case Sort.FIELD:
                found.append(_shown(column, data.get(column.name), name_of, catalogue))
            case Sort.DAY:
                found.append(_as_day(path.get(column.name)))
            case Sort.LINK:
                found.append(
                    "；".join(name_of(column, target) for target in links.get(column.name, ())) or None
                )
            case _:
                found.append(others.get(column.id) or None)
    return found


def _shown(column: Column, stored: Any, name_of: Callable[[Column, str], str], catalogue: Catalogue) -> Cell:
    spec = column.spec
    if stored is None or spec is None:
        return None
    if not fits(spec.type, stored):
        return fields.show(spec, stored, catalogue)
    match spec.type:
        case FieldType.DATE:
            return _as_day(stored)
        case FieldType.MONEY:
            yuan = Decimal(stored) / 100
            return _number(yuan) if abs(stored) < MOST_EXACT else f"{yuan:.2f}"
        case FieldType.INTEGER:
            return stored if abs(stored) < MOST_EXACT else str(stored)
        case FieldType.DECIMAL:
            digits = Decimal(stored)
            return _number(digits) if len(digits.as_tuple().digits) <= 15 else stored
        case FieldType.REF | FieldType.ORG:
            return name_of(column, stored)
        case FieldType.CODE:
            return _code(column, stored, catalogue)
        case FieldType.STATED | FieldType.BOOLEAN:
            return fields.show(spec, stored, catalogue)
    return str(stored) if len(str(stored)) <= LONGEST_CELL else TOO_LONG


def _code(column: Column, code: str, catalogue: Catalogue) -> str:
    """The title of a code, the code itself where two bear one title."""
    table = catalogue.codes.get(column.spec.codes or "") if column.spec else None
    if table is None or code not in table.codes:
        return code
    title = table.codes[code].title
    return title if sum(one.title == title for one in table.codes.values()) == 1 else code


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _as_day(text: str | None) -> date | str | None:
    """A day as a date cell; spreadsheets know none before 1900-03-01."""
    if not text:
        return None
    day = date.fromisoformat(text)
    return day if day >= date(1900, 3, 1) else text


def fingerprint(data: Mapping[str, Any], path: Mapping[str, str]) -> str:
    """Twelve digits that change when a field or a day of the record does; links and evidence do not matter."""
    kept = {name: value for name, value in data.items() if value is not None}
    text = json.dumps([kept, dict(path)], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
