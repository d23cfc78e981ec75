"""`jixiao desk`: the bureau's desk on the command line: who is expected, packages from a stick, the public folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from jixiao.cli.options import FormatOption, day, form

app = typer.Typer(help="财政汇总：应报名单、收报送件、看全区、公开。", no_args_is_help=True)

BureauOption = Annotated[str, typer.Option("--org", help="财政部门的单位编号")]
YearOption = Annotated[int, typer.Option("--year", help="年度，如 2020")]


@app.command("expect")
def expect(
    org: BureauOption,
    year: YearOption,
    names: Annotated[
        Path | None, typer.Argument(metavar="名单", help="一行一个单位的文本；不写则取下级单位")
    ] = None,
    due: Annotated[str | None, typer.Option(help="报送期限，如 2021-03-01")] = None,
    secret: Annotated[list[str] | None, typer.Option(help="涉密不公开的单位，可写多次")] = None,
) -> int:
    """列出应报单位。"""
    titles = _content(names).decode("utf-8-sig").splitlines() if names else []
    due_on = day(due)
    _ready()
    from jixiao.ledger.actions import desk
    from jixiao.ledger.permissions import SYSTEM

    listed = desk.expect(
        by=SYSTEM, bureau=org, year=year, titles=titles, due_on=due_on, secret=secret or None
    )
    print(f"名单上有 {len(listed)} 个单位")
    return 0


@app.command("take")
def take(
    paths: Annotated[
        list[Path], typer.Argument(metavar="文件夹或文件", help="报送包 .zip、报表、报告，或放着它们的文件夹")
    ],
    org: BureauOption,
    year: YearOption,
    received: Annotated[str | None, typer.Option("--received-on", help="收到日期；不写则为今天")] = None,
) -> int:
    """收报送件：一份一份核对，同样的文件不重复收。有没收下或认不出单位的返回 1。"""
    files = [(name, _content(path)) for one in paths for name, path in _walk(one)]
    received_on = day(received)
    _ready()
    from jixiao.errors import BadInput
    from jixiao.ledger.actions import desk, desk_packages
    from jixiao.ledger.permissions import SYSTEM

    if not files:
        raise BadInput("文件夹里没有文件；请核对路径")
    outcomes = desk_packages.take(by=SYSTEM, bureau=org, year=year, files=files, received_on=received_on)
    bad = 0
    for outcome in outcomes:
        row = outcome.submission
        if not outcome.is_new:
            print(f"· {row.file_name}　以前收过，没有重复收")
        elif row.state == desk.STATE.REFUSED:
            print(f"✕ {row.file_name}　{row.trouble}")
        elif row.state == desk.STATE.UNPLACED:
            print(f"？ {row.file_name}　认不出是哪个单位的（{row.trouble}），请在网页的汇总页指明")
        else:
            defects = sum(row.summary["defects"].values())
            late = "，迟报" if row.is_late else ""
            print(f"✓ {row.file_name}　{row.expected}，第{row.version}版，{defects} 处问题{late}")
        bad += row.state in (desk.STATE.REFUSED, desk.STATE.UNPLACED)
    print(f"共 {len(outcomes)} 份，{len(outcomes) - bad} 份收下，{bad} 份没有收下或待认领")
    return 1 if bad else 0


@app.command("show")
def show(org: BureauOption, year: YearOption, format: FormatOption = "table") -> int:
    """全区汇总：各单位的状态、得分和问题。"""
    chosen = form(format)
    _ready()
    from jixiao.cli.output import emit
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.queries.desk import overview

    view = overview(SYSTEM, org, year)
    rows = [
        {
            "title": row.expected.title,
            "state": row.state,
            "late": "迟报" if row.is_late else "",
            "score": None if row.score is None else f"{row.score:f}",
            "grade": row.grade,
            "before": None if row.before is None else f"{row.before:f}",
            "defects": row.defects,
            "flags": row.flags,
            "alarms": "、".join(one["title"] for one in row.alarms),
        }
        for row in view.rows
    ]
    titles = {
        "title": "单位", "state": "状态", "late": "期限", "score": "得分", "grade": "等级", "before": "上年",
        "defects": "问题", "flags": "存疑", "alarms": "预警",
    }  # fmt: skip
    emit(
        rows,
        titles,
        chosen,
        f"{year}年度{view.desk.title}：{len(view.rows)} 个应报，{len(view.reported)} 个已报",
    )
    return 0


@app.command("publish")
def publish(
    org: BureauOption,
    year: YearOption,
    out: Annotated[Path, typer.Option("--out", help="写到这个文件夹；以 .zip 结尾则写成压缩包")],
    with_unreviewed: Annotated[
        bool, typer.Option("--with-unreviewed", help="未复核的也公开，注明是自评")
    ] = False,
) -> int:
    """写出公开页：一个不用脚本、可以直接上传的文件夹。有内容因个人信息或密级没有公开时返回 1，并列出位置。"""
    _ready()
    from jixiao.cli.mistakes import why
    from jixiao.errors import BadInput
    from jixiao.ledger.actions import desk_decisions
    from jixiao.ledger.desk import public_files
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.queries.desk_public import published

    found = published(SYSTEM, org, year, with_unreviewed=with_unreviewed)
    files = public_files.files_of(found)
    try:
        if out.suffix.lower() == ".zip":
            out.write_bytes(public_files.zipped(files))
        else:
            public_files.write(out, files)
    except OSError as wrong:
        raise BadInput(f"写不了 {out}：{why(wrong)}") from wrong
    marked = desk_decisions.mark_published(by=SYSTEM, bureau=org, year=year, where=str(out.name))
    for told in found.withheld:
        print(f"△ {told}")
    print(f"已写出 {len(files)} 个文件：{out}；{marked} 个单位记为已公开")
    return 1 if found.withheld else 0


def _walk(path: Path) -> Iterator[tuple[str, Path]]:
    """(name, file): a file under its name, a folder's files under their path in it."""
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            if one.is_file() and not one.name.startswith("."):
                yield one.relative_to(path).as_posix(), one
    else:
        yield path.name, path


def _content(path: Path) -> bytes:
    from jixiao.cli.mistakes import why
    from jixiao.errors import BadInput

    try:
        return path.read_bytes()
    except OSError as wrong:
        raise BadInput(f"读不了 {path}：{why(wrong)}") from wrong


def _ready() -> None:
    from jixiao.cli import django_setup

    django_setup.ready()
