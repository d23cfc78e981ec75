"""`jixiao draft`: last year's report becomes a draft with empty numbers, a workbook to fill in, and an outline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from jixiao.ledger.last_year.making import Made
    from jixiao.reading import Reading


def draft(
    file: Annotated[Path, typer.Argument(metavar="文件", help="上年的报告：.docx、.pdf、.html、.txt 等")],
    year: Annotated[int, typer.Option(help="草稿的年度，如 2021")],
    out: Annotated[Path, typer.Option(help="写到这个文件夹；里面已有同名文件时不覆盖")],
    org: Annotated[str, typer.Option(help="单位编号；不写则按全部规则包的用词归类，不用台账")] = "",
) -> None:
    """由上年报告起草本年报告：数据归类，待填表（可导入），数字清空的草稿和提纲。"""
    from jixiao.ledger.last_year.sorting import TITLES, Sort
    from jixiao.reading import read

    reading = read(file)
    made = _of_office(reading, org, year, file.name) if org else _alone(reading, year, file.name)
    _write(made, out)
    counts = "，".join(f"{TITLES[sort]} {made.count(sort)}" for sort in Sort)
    print(f"{file.name}：{len(made.rows)} 处数据，{counts}；草稿 {made.draft.slotted} 处留有数据位")
    for name in made.files:
        print(f"  {out / name}")
    for row in made.rows:
        if row.sort is Sort.OPEN:
            print(f"  【待分类】{row.statement.place.label}　{row.phrase.words}　{row.reason}")


def _of_office(reading: Reading, org: str, year: int, source: str) -> Made:
    from jixiao.cli import django_setup

    django_setup.ready()
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.queries.drafting import drafted

    return drafted(SYSTEM, org, reading, year, source)


def _alone(reading: Reading, year: int, source: str) -> Made:
    from jixiao.catalogue import load
    from jixiao.ledger.last_year.making import make

    return make(reading, load(), year, source)


def _write(made: Made, out: Path) -> None:
    """Write the files, none over another. Raises BadInput."""
    from jixiao.cli.mistakes import why
    from jixiao.errors import BadInput

    there = [name for name in made.files if (out / name).exists()]
    if there:
        raise BadInput(f"{out} 里已经有 {there[0]}，也许已经填过，没有覆盖；请换一个文件夹")
    try:
        for name, content in made.files.items():
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as wrong:
        raise BadInput(f"写不了 {wrong.filename or out}：{why(wrong)}") from wrong
