"""`jixiao packs`: check rule packs; show and carry out what a changed pack asks of the database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="规则包：检查、迁移。", no_args_is_help=True, rich_markup_mode=None)


@app.command("check")
def check(
    folders: Annotated[list[Path] | None, typer.Argument(help="规则包文件夹；不写则检查自带的全部规则包")] = None,
    examples: Annotated[bool, typer.Option(help="同时运行文件中的例子")] = True,
) -> int:
    """检查规则包：一次列出全部错误（文件、行、字段、写了什么、应为什么），并运行其中的例子。"""
    from jixiao.catalogue import load

    for folder in folders or ():
        _must_be_pack(folder)
    catalogue = load.load(None, tuple(folders or ()))
    counts = f"{len(catalogue.packs)} 个规则包，{len(catalogue.kinds)} 类事项，{len(catalogue.indicators)} 个指标"
    failures: list[str] = []
    ran = 0
    if examples:
        ran, failures = _examples(catalogue)
    print(f"{counts}：没有错误；{ran} 个例子，{ran - len(failures)} 个相符")
    for failure in failures:
        print(f"✕ {failure}")
    return 1 if failures else 0


def _must_be_pack(folder: Path) -> None:
    from jixiao.errors import BadInput

    if not (folder / "pack.yaml").is_file():
        raise BadInput(f"{folder} 不是规则包：里面没有 pack.yaml。请给出含 pack.yaml 的文件夹。")


@app.command("plan")
def plan() -> int:
    """列出规则包改动后数据库要做的变更，不执行。"""
    from jixiao.cli import django_setup

    django_setup.ready()
    from jixiao.ledger import projection
    from jixiao.ledger.rules import catalogue

    steps = projection.plan(catalogue())
    for step in steps:
        print(f"· {step}")
    print(f"共 {len(steps)} 项变更。执行：jixiao packs migrate" if steps else "数据库与规则包一致，不用变更。")
    return 1 if steps else 0


@app.command("migrate")
def migrate() -> None:
    """按规则包变更数据库（先列出变更，再执行）。"""
    from jixiao.cli import django_setup

    django_setup.ready()
    from jixiao.ledger import projection
    from jixiao.ledger.rules import catalogue

    rules = catalogue()
    steps = projection.plan(rules)
    for step in steps:
        print(f"· {step}")
    projection.apply(steps)
    print(f"已完成 {len(steps)} 项变更。")


def _examples(catalogue: object) -> tuple[int, list[str]]:
    """Run the worked examples of indicators and schemes: how many ran, and what differed."""
    raise NotImplementedError
