"""`jixiao demo`: a demonstration office and its year, computed, scored, reported and served.

Idempotent: run again, it finds what is there. Refuses a home in which other orgs live.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    out: Annotated[Path, typer.Option(help="报告写到哪个文件夹")] = Path("out"),
    serve: Annotated[bool, typer.Option(help="完成后打开网页服务")] = True,
    port: Annotated[int, typer.Option(help="网页端口", min=1, max=65535)] = 8000,
) -> None:
    """建立示例单位及其年度数据，计算、评分、写报告，并打开网页。"""
    from jixiao.cli import django_setup, report, score
    from jixiao.cli.figures import show_figures
    from jixiao.cli.output import Format

    django_setup.start()
    logins = build()
    for org, year in logins.years:
        show_figures(org, str(year), None, Format.TABLE)
        score.show_scores(org, str(year), Format.TABLE)
        report.issue_report(org, str(year), out)
    _tell(logins, port if serve else None)
    if serve:
        from jixiao.cli.serve import run

        run("127.0.0.1", port)


class Built:
    """What the demonstration consists of: orgs with their years, and the accounts."""

    def __init__(self) -> None:
        self.years: list[tuple[str, int]] = []
        self.logins: list[tuple[str, str, str]] = []


def build() -> Built:
    """Create the database where it is missing, and the example orgs in it. Raises BadInput for a foreign home."""
    from jixiao.cli.init import make_database, told

    make_database()
    from jixiao.ledger import clock, examples, queries
    from jixiao.ledger.permissions import SYSTEM

    available = examples.available()
    _refuse_others(available)
    built = Built()
    for name in available:
        installed = examples.install(name, progress=_progress)
        told("示例单位", f"{installed.org.title}（{name}），台账记录 {installed.records} 条")
        built.logins += installed.logins
        built.years += [(name, year) for year in queries.years_for(SYSTEM, name)]
    for name in available:
        living, logins = examples.install_living(name, today=clock.today())
        if living:
            told("近日工作", f"{name}，{living} 条，日期按安装当天推算，不计入以上年度")
        built.logins += logins
    return built


def _refuse_others(available: object) -> None:
    from django.conf import settings

    from jixiao.errors import BadInput
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    others = [org.title for org in queries.orgs_for(SYSTEM) if not org.is_example]
    if others:
        raise BadInput(
            f"{settings.HOME} 里已有别的单位（{'、'.join(others[:3])}），示例不会写进去。"
            "请另设一个文件夹：JIXIAO_HOME=示例文件夹 jixiao demo"
        )


def _progress(what: str, done: int, total: int) -> None:
    end = "\n" if done >= total else "\r"
    print(f"  {what} {done}/{total}", end=end, flush=True)


def _tell(built: Built, port: int | None) -> None:
    print("\n示例数据：单位、记录、预算、目标和得分均为演示而编。")
    print("演示账号和初始密码（只用于示例，勿用于正式环境）：")
    for username, name, password in built.logins:
        print(f"  {username}\t{password}\t{name}")
    if port is None:
        print("打开网页：jixiao serve")
