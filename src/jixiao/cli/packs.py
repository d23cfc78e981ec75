"""`jixiao packs`: check rule packs; show and carry out what a changed pack asks of the database."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from jixiao.catalogue import Catalogue
    from jixiao.catalogue.indicators import Indicator
    from jixiao.catalogue.schemes import Scheme

app = typer.Typer(help="规则包：检查、迁移。", no_args_is_help=True, rich_markup_mode=None)


@app.command("check")
def check(
    folders: Annotated[
        list[Path] | None, typer.Argument(help="规则包文件夹；不写则检查自带的全部规则包")
    ] = None,
    examples: Annotated[bool, typer.Option(help="同时运行文件中的例子")] = True,
) -> int:
    """检查规则包：一次列出全部错误（文件、行、字段、写了什么、应为什么），并运行其中的例子，包括今天已不用和尚未启用的版本。"""
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

    rules = catalogue()
    found = projection.plan(rules)
    for change in found:
        print(f"· {change}")
    for lost in projection.unreadable(rules):
        print(f"△ {lost}")
    print(
        f"共 {len(found)} 项变更。执行：jixiao packs migrate"
        if len(found)
        else "数据库与规则包一致，不用变更。"
    )
    return 1 if len(found) else 0


@app.command("migrate")
def migrate(
    drop: Annotated[
        bool, typer.Option("--drop", help="同时删去规则包中已没有的列和表（台账记录本身不受影响）")
    ] = False,
) -> None:
    """按规则包变更数据库，并由台账重新填写变更过的表。"""
    from jixiao.cli import django_setup

    django_setup.started()
    from jixiao.ledger import handings, projection
    from jixiao.ledger.rules import catalogue

    rules = catalogue()
    lost = projection.unreadable(rules)
    for done in projection.ensure(rules):
        print(f"· {done}")
    if mended := handings.mend(rules):
        print(f"· 交给哪个单位办理：按流转记录重写了 {mended} 条")
    for one in lost:
        print(f"△ {one}")
    left = projection.plan(rules)
    for change in left:
        print(f"· {change}" if drop else f"· 未执行：{change}（确要删去请加 --drop）")
    if drop:
        left.apply(drop=True)
    print("数据库已与规则包一致。" if drop or not len(left) else f"尚有 {len(left)} 项删除未执行。")


def _examples(catalogue: Catalogue) -> tuple[int, list[str]]:
    """Run the worked examples of every version of indicators and schemes: how many ran, and what differed."""
    ran, failures, seen = 0, [], set()
    for day in _days(catalogue):
        rules = catalogue.on(day)
        for one in (*rules.indicators.values(), *rules.schemes.values()):
            version = (one.full_id, rules.digest(one))
            if version in seen:
                continue
            seen.add(version)
            count, problems = _run(rules, one)
            ran += count
            when = "" if day == catalogue.day else f"（{day} 的规则）"
            failures += [f"{one.full_id}{when}：{problem}" for problem in problems]
    return ran, failures


def _days(catalogue: Catalogue) -> list[date]:
    """Today, then days on which other versions are in force: the first of each, and the day before any began."""
    starts = sorted({one.from_on for one in catalogue.versions if one.from_on})
    before = [starts[0] - timedelta(days=1)] if starts else []
    return list(dict.fromkeys([catalogue.day, *before, *starts]))


def _run(rules: Catalogue, one: Indicator | Scheme) -> tuple[int, list[str]]:
    from jixiao.catalogue.indicators import Indicator
    from jixiao.evaluation import examples as scheme_examples
    from jixiao.indicators import examples as indicator_examples

    if isinstance(one, Indicator):
        outcomes = indicator_examples.run(rules, one)
        return len(outcomes), [outcome.problem for outcome in outcomes if outcome.problem]
    tried = scheme_examples.run(one)
    return len(tried), [
        f"例子 {each.example.leaf} 应得 {each.example.earned}，算得 {each.score.earned}"
        for each in tried
        if not each.holds
    ]
