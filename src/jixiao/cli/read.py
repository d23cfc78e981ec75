"""`jixiao read`: every quantity a document states. Needs no ledger."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from jixiao.reading import Reading
    from jixiao.values import Statement


class Face(StrEnum):
    TEXT = "text"
    JSONL = "jsonl"


FaceOption = Annotated[str, typer.Option("--format", help="text 供人阅读，jsonl 每行一个 JSON 对象")]
Paths = Annotated[list[Path], typer.Argument(help="要读的文件或文件夹", show_default=False)]


def read(files: Paths, format: FaceOption = "text") -> int:
    """列出文件中的每一处数据：位置、数值、单位、约数词和种类。有文件读不了时返回 2。"""
    from jixiao.cli.documents import files_of

    chosen, unread = face(format), 0
    for path in files_of(files):
        reading = read_or_tell(path)
        if reading is None:
            unread += 1
        elif chosen is Face.JSONL:
            for statement in reading.statements:
                print(json.dumps(row(path, statement), ensure_ascii=False))
        else:
            _tell(path, reading)
    return 2 if unread else 0


def face(text: str) -> Face:
    """Raises BadInput for an unknown format."""
    from jixiao.errors import BadInput

    try:
        return Face(text)
    except ValueError as wrong:
        raise BadInput(f"没有格式“{text}”，可用：{'、'.join(Face)}") from wrong


def read_or_tell(path: Path) -> Reading | None:
    """Read a file; where it cannot be read, say so on standard error."""
    from jixiao.errors import BadInput
    from jixiao.reading import read as read_file

    try:
        return read_file(path)
    except BadInput as wrong:
        print(wrong, file=sys.stderr)
        return None


def row(path: Path, statement: Statement) -> dict[str, object]:
    """A quantity for programs: `value` is a decimal string in base units, offsets count characters."""
    from jixiao.values import decimal_text

    quantity, place = statement.quantity, statement.place
    found: dict[str, object] = {
        "file": str(path),
        "start": place.start,
        "end": place.end,
        "text": statement.text,
        "value": decimal_text(quantity.value),
        "unit": quantity.unit,
        "qualifier": str(quantity.qualifier),
        "kind": statement.kind,
        "role": statement.role,
        "place": place.label,
    }
    if quantity.high is not None:
        found["high"] = decimal_text(quantity.high)
    return found


def _tell(path: Path, reading: Reading) -> None:
    print(f"{path}：识别 {len(reading.statements)} 处数据")
    for statement in reading.statements:
        before = "".join(statement.before.split())[-12:]
        after = "".join(statement.after.split())[:8]
        text = "".join(statement.text.split())
        print(f"  {statement.place.label or statement.place.start}　…{before}【{text}】{after}…")
