"""`jixiao report`: the year's report as .docx, .pdf and .html; with --issue sealed by a record of issue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jixiao.cli.options import Org, PeriodLabel

if TYPE_CHECKING:
    from jixiao.reports.document import Document

OutOption = Annotated[Path, typer.Option(help="写到哪个文件夹")]


def report(
    org: Org,
    period: PeriodLabel,
    out: OutOption = Path("out"),
    outline: Annotated[str | None, typer.Option(help="报告提纲编号；不写则用规则包中的第一个")] = None,
    issue: Annotated[
        bool, typer.Option("--issue", help="签发：生成定稿存证，可用 jixiao verify 核对")
    ] = False,
) -> int:
    """生成报告（.docx .pdf .html）；不加 --issue 为送审稿，不带定稿存证。"""
    from jixiao.cli import django_setup

    django_setup.ready()
    if issue:
        issue_report(org, period, out, outline)
        return 0
    return draft_report(org, period, out, outline)


def draft_report(org: str, period: str, out: Path, outline: str | None = None) -> int:
    """Write a draft; 1 where something stands against issuing it, which is printed."""
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    year = queries.year_named(SYSTEM, org, period)
    view = queries.report(SYSTEM, org, outline, year)
    for form, content in _written(view.document).items():
        _save(out / f"{org}-{year}.{form}", content)
    for problem in view.document.problems:
        print(f"✕ {problem.title}：{problem.reason}")
    return 1 if view.document.problems else 0


def issue_report(org: str, period: str, out: Path, outline: str | None = None) -> None:
    """Issue (again: the same record) and write the issued files. Raises BadInput with what stands against it."""
    from jixiao.ledger import queries
    from jixiao.ledger.actions import reports
    from jixiao.ledger.permissions import SYSTEM

    year = queries.year_named(SYSTEM, org, period)
    issued = reports.issue(by=SYSTEM, org=org, outline=outline, year=year)
    for form in issued.files:
        _save(out / f"{org}-{year}.{form}", queries.issued_file(SYSTEM, issued.root, form))
    _tell_missing_fonts()
    print(f"定稿存证 {issued.root}（只证明一致，不是电子签名）")


def _written(document: Document) -> dict[str, bytes]:
    from jixiao.reports import write_docx, write_html, write_pdf

    files = {"docx": write_docx.write(document, None), "html": write_html.write(document, None)}
    if not write_pdf.missing_fonts():
        files["pdf"] = write_pdf.write(document, None)
    _tell_missing_fonts()
    return files


def _tell_missing_fonts() -> None:
    from jixiao.reports import fonts, write_pdf

    if packages := write_pdf.missing_fonts():
        print(f"没有写 .pdf：缺少中文字体。请安装：sudo apt-get install {' '.join(packages)}")
    elif packages := fonts.lacking_looks():
        print(f".pdf 用了替代字体；装上 {' '.join(packages)} 后正文为仿宋。")


def _save(path: Path, content: bytes) -> None:
    from jixiao.cli.mistakes import why
    from jixiao.errors import BadInput

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as wrong:
        raise BadInput(f"写不了 {path}：{why(wrong)}。请换一个文件夹：--out 文件夹") from wrong
    print(f"· {path}（{len(content) / 1024:.0f} KB）")
