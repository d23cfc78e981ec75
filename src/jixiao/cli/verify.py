"""`jixiao verify`: whether a file still is the report that was issued. Works without a ledger, and then says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jixiao.cli.options import FormatOption

if TYPE_CHECKING:
    from jixiao.reports.seal import Verification

TITLES = {"kind": "类别", "label": "位置", "issued": "定稿", "found": "现在"}
KINDS = {"figure": "数据", "text": "文字", "record": "台账", "manifest": "存证"}


def verify(
    file: Annotated[Path, typer.Argument(help="要核对的 .docx、.pdf 或 .html")],
    format: FormatOption = "table",
) -> int:
    """核对文件是否仍是签发的那一份：一致、文字有改动、数据被改、台账已变。不一致时返回 1。"""
    from jixiao.cli.options import form
    from jixiao.cli.output import Format, emit

    chosen = form(format)
    found = check(file)
    rows = [
        {"kind": KINDS[one.kind], "label": one.label, "issued": one.issued, "found": one.found}
        for one in found.details
    ]
    if chosen is Format.JSON:
        result: dict[str, Any] = {"file": str(file), "outcome": str(found.outcome), "title": found.title}
        emit([{**result, "details": rows, "notes": list(found.notes)}], {}, chosen)
    elif chosen is Format.CSV:
        emit(rows, TITLES, chosen)
    else:
        print(f"{file.name}：{found.title}")
        if rows:
            emit(rows, TITLES, chosen)
        for note in found.notes:
            print(note)
    from jixiao.reports.seal import Outcome

    return 0 if found.outcome in (Outcome.INTACT, Outcome.CONSISTENT_ONLY) else 1


def check(file: Path) -> Verification:
    """Verify against the ledger where there is one, else against the file's own record. Raises BadInput."""
    from jixiao.cli.mistakes import why
    from jixiao.errors import BadInput

    try:
        content = file.read_bytes()
    except OSError as wrong:
        raise BadInput(f"打不开 {file}：{why(wrong)}") from wrong
    if _has_ledger():
        from jixiao.ledger import queries

        return queries.verify(content, file.name).verification
    return _alone(content, file.name)


def _has_ledger() -> bool:
    from jixiao.cli import django_setup
    from jixiao.errors import BadInput

    try:
        django_setup.ready()
    except BadInput:
        return False
    return True


def _alone(content: bytes, name: str) -> Verification:
    from jixiao.errors import BadInput
    from jixiao.reading import normalise, read
    from jixiao.reports import seal

    reading = read(content, name)
    carried = seal.extract(content)
    if carried is None:
        raise BadInput("文件里没有定稿存证，不能核对；请使用系统签发的原文件（docx、pdf 或 html）")
    record = seal.load(carried)
    figures = seal.figures_read(reading.statements, reading.document.marks, record)
    return seal.verify(record, figures, normalise(reading.document.text))
