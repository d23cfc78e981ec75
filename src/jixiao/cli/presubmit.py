"""`jixiao presubmit`: the score a report would be given before it is handed in, with every place that costs points."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from jixiao.evaluation.presubmission import Sheet

FileArgument = Annotated[
    Path | None,
    typer.Argument(help="报告文件（.docx .pdf .html .txt），或拟公开的表（.xlsx）；不写则查台账里的报告"),
]


def presubmit(
    file: FileArgument = None,
    org: Annotated[str | None, typer.Option(help="单位编号；查文件时可不写")] = None,
    year: Annotated[int | None, typer.Option(help="年度，如 2020")] = None,
    outline: Annotated[str | None, typer.Option(help="报告提纲编号；不写则用带年度各表的提纲")] = None,
    notes: Annotated[
        Path | None, typer.Option(help="整改材料文件；与报告和自评表对着看，两处说法不一的列出来")
    ] = None,
) -> int:
    """报送前自查：按扣分标准打分，逐处列出位置和改法，并核对不宜公开的内容。有发现返回 1。"""
    from jixiao.errors import BadInput

    if file is not None:
        return _told(_of_file(file, notes))
    if org is None or year is None:
        raise BadInput("请写要查的文件，或写 --org 单位编号 --year 年度")
    from jixiao.cli import django_setup

    django_setup.ready()
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.queries.presubmit import presubmit as check

    return _told(check(SYSTEM, org, year, outline).sheet)


def _of_file(file: Path, notes: Path | None) -> Sheet:
    from jixiao.catalogue import load
    from jixiao.ledger.presubmitting import Note, mark_file, rules_in

    beside = None if notes is None else [Note(f"“{notes.name}”", _content(notes), notes.name)]
    return mark_file(_content(file), file.name, rules_in(load()), notes=beside)


def _content(file: Path) -> bytes:
    from jixiao.cli.mistakes import why
    from jixiao.errors import BadInput
    from jixiao.ledger.presubmitting import only_report

    only_report(file.name)
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise BadInput(f"读不了 {file}：{why(wrong)}") from wrong


def _told(sheet: Sheet) -> int:
    from jixiao.values import decimal_text

    if sheet.lines:
        print(f"{sheet.title}：{decimal_text(sheet.earned)} / {decimal_text(sheet.points)} 分")
    else:
        print("这是表格文件，只核对不宜公开的内容")
    for line in sheet.lines:
        print(f"\n{line.item.title}　{decimal_text(line.earned)} / {decimal_text(line.item.points)}")
        for one in line.faults:
            print(f"  ✕ {one.place}：{one.found}。{one.mend}")
        if line.unasked:
            print(f"  ○ 看不出：{'、'.join(line.unasked)}")
    print(f"\n公开前核对　{len(sheet.publication)} 处")
    for one in sheet.publication:
        print(f"  ✕ {one.place}：{one.found}。{one.mend}")
    return 1 if sheet.faults or sheet.publication else 0
