"""`jixiao package`: the package for the bureau as one .zip."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jixiao.cli.options import Org


def package(
    org: Org,
    year: Annotated[int, typer.Option(help="年度，如 2020")],
    out: Annotated[Path, typer.Option(help="写到这个 .zip 文件")],
    outline: Annotated[str | None, typer.Option(help="报告提纲编号；不写则用带年度各表的提纲")] = None,
) -> int:
    """打报送包：报告、附表、佐证目录、自查表、定稿存证和合订 PDF。有要留意的返回 1。"""
    from jixiao.cli import django_setup
    from jixiao.cli.mistakes import why
    from jixiao.errors import BadInput

    django_setup.ready()
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.queries.package import check_name
    from jixiao.ledger.queries.package import package as make

    check_name(out.name)
    made = make(SYSTEM, org, year, outline)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(made.content)
    except OSError as wrong:
        raise BadInput(f"写不了 {out}：{why(wrong)}") from wrong
    print(f"· {out}（{len(made.files)} 个文件，{len(made.content) / 1024:.0f} KB）")
    for note in made.notes:
        print(f"△ {note}")
    return 1 if made.notes else 0
