"""`jixiao evidence`: the evidence of a year as one .zip with numbered folders and contents."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from jixiao.cli.options import Org, PeriodLabel, Until


def evidence(
    org: Org,
    period: PeriodLabel,
    out: Annotated[Path, typer.Option(help="写到这个 .zip 文件")],
    as_of: Until = None,
) -> None:
    """把一年的佐证材料打成一个 .zip：按台账编号的文件夹、目录、数据与佐证对照、缺佐证清单。"""
    from jixiao.cli import django_setup
    from jixiao.cli.mistakes import why
    from jixiao.cli.options import day
    from jixiao.errors import BadInput

    django_setup.ready()
    from jixiao.ledger import evidence_archive, queries
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.queries.proofs import evidence_of

    found = evidence_of(SYSTEM, org, queries.year_named(SYSTEM, org, period), day(as_of))
    try:
        descriptor, beside = tempfile.mkstemp(dir=out.resolve().parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                count = evidence_archive.write(found, file)
            os.replace(beside, out)  # there whole or not at all
        finally:
            Path(beside).unlink(missing_ok=True)
    except OSError as wrong:
        raise BadInput(f"写不了 {out}：{why(wrong)}") from wrong
    print(f"已写入 {out}：{len(found.records)} 条记录，{count} 份文件，{len(found.lacking)} 条缺佐证")
