"""`jixiao export`: a register as the workbook that `jixiao import` reads; without records it is the template."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jixiao.cli.options import Org


def export(
    kind: Annotated[str, typer.Argument(metavar="事项类型", help="如 proposal；列出全部：jixiao packs list")],
    org: Org,
    out: Annotated[Path, typer.Option(help="写到这个 .xlsx 文件")],
    template: Annotated[bool, typer.Option("--template", help="只要空白模板")] = False,
) -> None:
    """把一本台账导出为 Excel 工作簿，改好后可以再导入。"""
    from jixiao.cli import django_setup
    from jixiao.cli.mistakes import why
    from jixiao.errors import BadInput

    django_setup.ready()
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.queries import workbooks

    make = workbooks.template if template else workbooks.export
    content = make(SYSTEM, kind, org)
    try:
        out.write_bytes(content)
    except OSError as wrong:
        raise BadInput(f"写不了 {out}：{why(wrong)}") from wrong
    print(f"已写入 {out}")
