"""`jixiao packs`: check rule packs; show and carry out what a changed pack asks of the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from jixiao.catalogue import Catalogue

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
    catalogue = load([] if folders else None, tuple(folders or ()))
    ran, failures = _examples(catalogue) if examples else (0, [])
    print(
        f"{len(catalogue.packs)} 个规则包，{len(catalogue.kinds)} 类事项，{len(catalogue.indicators)} 个指标：没有错误；"
        f"{ran} 个例子，{ran - len(failures)} 个相符"
    )
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

    django_setup.started()
    from jixiao.ledger import projection
    from jixiao.ledger.rules import catalogue

    found = projection.plan(catalogue())
    for change in found:
        print(f"· {change}")
    print(f"共 {len(found)} 项变更。执行：jixiao packs migrate" if len(found) else "数据库与规则包一致，不用变更。")
    return 1 if len(found) else 0


@app.command("migrate")
def migrate(
    drop: Annotated[bool, typer.Option("--drop", help="同时删去规则包中已没有的列和表（台账记录本身不受影响）")] = False,
) -> None:
    """按规则包变更数据库，并由台账重新填写变更过的表。"""
    from jixiao.cli import django_setup

    django_setup.started()
    from jixiao.ledger import projection
    from jixiao.ledger.rules import catalogue

    rules = catalogue()
    for done in projection.ensure(rules):
        print(f"· {done}")
    left = projection.plan(rules)
    for change in left:
        print(f"· {change}" if drop else f"· 未执行：{change}（确要删去请加 --drop）")
    if drop:
        left.apply(drop=True)
    print("数据库已与规则包一致。" if drop or not len(left) else f"尚有 {len(left)} 项删除未执行。")


def _examples(catalogue: Catalogue) -> tuple[int, list[str]]:
    """Run the worked examples of indicators and schemes: how many ran, and what differed."""
    from jixiao.evaluation import examples as scheme_examples
    from jixiao.indicators import examples as indicator_examples

    outcomes = [one for indicator in catalogue.indicators.values() for one in indicator_examples.run(catalogue, indicator)]
    failures = [f"{one.indicator}：{one.problem}" for one in outcomes if one.problem]
    tried = [(scheme, one) for scheme in catalogue.schemes.values() for one in scheme_examples.run(scheme)]
    failures += [
        f"{scheme.full_id}：例子 {one.example.leaf} 应得 {one.example.earned}，算得 {one.score.earned}"
        for scheme, one in tried
        if not one.holds
    ]
    return len(outcomes) + len(tried), failures
