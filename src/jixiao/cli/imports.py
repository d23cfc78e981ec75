"""`jixiao import`: bring a workbook or .csv into an office: checked row by row, then taken over all at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jixiao.cli.options import Org

if TYPE_CHECKING:
    from jixiao.ledger.queries.imports import ImportView

MOST_TOLD = 50


def import_file(
    file: Annotated[Path, typer.Argument(metavar="文件", help=".xlsx 或 .csv")],
    org: Org,
    kind: Annotated[str | None, typer.Option(help="事项类型；文件是本系统导出的不用写")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不导入")] = False,
    without_wrong: Annotated[bool, typer.Option("--without-wrong", help="只导入没有问题的行")] = False,
    keep: Annotated[str | None, typer.Option(help="两边都改过的以哪边为准：file 或 ledger")] = None,
    marked: Annotated[Path | None, typer.Option(help="把标注了问题的文件写到这里")] = None,
) -> int:
    """把表格导入台账：先逐行检查，再一次写入。有问题的行没有导入时返回 1。"""
    from jixiao.cli import django_setup
    from jixiao.cli.mistakes import why
    from jixiao.errors import BadInput

    try:
        content = file.read_bytes()
    except OSError as wrong:
        raise BadInput(f"读不了 {file}：{why(wrong)}") from wrong
    django_setup.ready()
    from jixiao.ledger.actions import imports
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.queries import imports as staged

    row = imports.begin(by=SYSTEM, org=org, content=content, name=file.name, kind=kind)
    _told_columns(row.told)
    if row.state == row.State.HEADINGS:
        row = imports.say_headings(by=SYSTEM, staged=row, said={})
    imports.check(by=SYSTEM, staged=row)
    view = staged.import_view(SYSTEM, row.pk)
    _told_rows(view)
    if marked and view.counts["wrong"]:
        marked.write_bytes(staged.given_back(SYSTEM, row.pk))
        print(f"标注了问题的文件：{marked}")
    if dry_run or (view.counts["wrong"] and not without_wrong):
        imports.cancel(by=SYSTEM, staged=row)
        print("没有导入。" if not dry_run else "只做了检查，没有导入。")
        return 1 if view.counts["wrong"] else 0
    if view.undecided and keep:
        imports.choose(by=SYSTEM, staged=row, keep={}, rest=keep)
    imports.accept(by=SYSTEM, staged=row, without_wrong=without_wrong)
    done = imports.finish(by=SYSTEM, staged=row)
    print(f"已导入：新增 {done.told['counts']['new']} 条，改动 {done.told['counts']['changed']} 条")
    return 1 if view.counts["wrong"] else 0


def _told_columns(told: dict) -> None:
    for sheet in told["sheets"]:
        if left := "、".join(map(str, sheet["left"])):
            print(
                f"△ “{sheet['title']}”的列名读自第 {sheet['heading']} 行；第 {left} 行是标题、合计或签字，没有读"
            )
        for title, attribute in sheet["banned"]:
            print(f"△ “{sheet['title']}”的“{title}”涉及个人的{attribute}，整列舍去")
        for title in sheet["unknown"]:
            print(f"△ “{sheet['title']}”的“{title}”认不出是哪一列，没有读；在网页上导入时可以说明")
    for title in told["left_out"]:
        print(f"△ 工作表“{title}”与台账的名称不同，没有读")


def _told_rows(view: ImportView) -> None:
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.queries import imports as staged

    for row in staged.import_rows(SYSTEM, view.row.pk, "wrong")[:MOST_TOLD]:
        print(f"✕ {staged.place_of(row)}{'；'.join(row.problems.values())}")
    told = {"new": "新增", "changed": "改动", "same": "不变", "conflict": "两边都改过", "wrong": "有问题"}
    print("检查结果：" + "，".join(f"{words} {view.counts[name]} 行" for name, words in told.items()))
