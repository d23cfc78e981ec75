"""`jixiao package`: the package for the bureau as one .zip."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from jixiao.cli.options import Org


def package(
    org: Org,
    year: Annotated[int, typer.Option(help="年度，如 2020")],
    out: Annotated[Path, typer.Option(help="写到这个 .zip 文件")],
    outline: Annotated[str | None, typer.Option(help="报告提纲编号；不写则用带年度各表的提纲")] = None,
    evidence: Annotated[
        str,
        typer.Option(help="佐证文件：open 放入内部材料以外的，all 连同内部材料，none 只放目录"),
    ] = "open",
) -> int:
    """打报送包：报告、附表、佐证材料、自查表、定稿存证和合订 PDF。有要留意的返回 1。"""
    from jixiao.cli import django_setup
    from jixiao.cli.mistakes import why
    from jixiao.errors import BadInput

    django_setup.ready()
    from jixiao.ledger.packaging.proofs import Enclose, size_of
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.queries.package import check_name, megabytes, outlook
    from jixiao.ledger.queries.package import package as make

    check_name(out.name)
    if evidence not in {one.value for one in Enclose}:
        raise BadInput(f"--evidence 写 open、all 或 none，不认得“{evidence}”")
    view = outlook(SYSTEM, org, year)
    print(
        f"佐证登记 {len(view.proofs)} 份：可放入 {len(view.open)} 份（{megabytes(size_of(view.open))}），"
        f"内部材料 {len(view.internal)} 份（{megabytes(size_of(view.internal))}），只列目录 {len(view.listed)} 份"
    )
    made = make(SYSTEM, org, year, outline, Enclose(evidence))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        descriptor, beside = tempfile.mkstemp(dir=out.resolve().parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                made.write(file)
                size = file.tell()
            os.replace(beside, out)  # there whole or not at all
        finally:
            Path(beside).unlink(missing_ok=True)
    except OSError as wrong:
        raise BadInput(f"写不了 {out}：{why(wrong)}") from wrong
    print(f"· {out}（{len(made.files)} 个文件，{megabytes(size)}）")
    for note in made.notes:
        print(f"△ {note}")
    return 1 if made.notes else 0
