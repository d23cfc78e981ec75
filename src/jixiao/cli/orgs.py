"""`jixiao orgs`: set up an office: its name, its packs, its reporting years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jixiao.cli import org_changes
from jixiao.cli.options import FormatOption

if TYPE_CHECKING:
    from datetime import date

    from jixiao.ledger.queries.orgs import Org

app = typer.Typer(help="单位：登记、列出，设年度和规则包。", no_args_is_help=True, rich_markup_mode=None)

OrgId = Annotated[str, typer.Argument(metavar="单位编号", help="如 our-office；列出全部：jixiao orgs list")]
org_changes.add_to(app)
TITLES = {
    "id": "编号", "title": "名称", "parent": "上级", "packs": "规则包", "years": "年度", "valid_from": "成立",
}  # fmt: skip
SINCE_EVER = "1949-10-01"


@app.command("add")
def add(
    org: Annotated[str, typer.Argument(metavar="单位编号", help="小写字母、数字和连字符，如 our-office")],
    title: Annotated[str, typer.Option(help="单位名称")],
    pack: Annotated[list[str], typer.Option(help="单位使用的规则包；几个就写几次")],
    short: Annotated[str, typer.Option(help="简称；不写则用名称")] = "",
    region: Annotated[str, typer.Option(help="行政区划代码")] = "",
    since: Annotated[str, typer.Option("--from", help="成立日期，更早的记录不收；不写则不限")] = SINCE_EVER,
    parent: Annotated[str | None, typer.Option(help="上级单位编号")] = None,
) -> None:
    """登记一个单位，启用它的规则包。再运行一次不改动什么；编号已归别的单位则拒绝。"""
    from jixiao.cli import django_setup
    from jixiao.cli.options import day

    begin = day(since)
    django_setup.ready()
    from django.db import transaction

    from jixiao.ledger.actions import orgs
    from jixiao.ledger.permissions import SYSTEM

    with transaction.atomic():
        given = {
            "title": title.strip(),
            "short_title": short.strip(),
            "region_code": region,
            "parent": parent,
        }
        found = _same(org, {**given, "valid_from": begin if since != SINCE_EVER else None})
        place = found or orgs.create(by=SYSTEM, id=org, valid_from=begin, **given)
        for name in pack:
            _bind(place, name, None)
    print(f"{'已有' if found else '已登记'}单位 {place.title}（{place.pk}），规则包 {_packs(place)}")
    if not _years(place):
        print(f"接着设年度：jixiao orgs open-year {place.pk} 年度")


@app.command("list")
def list_orgs(format: FormatOption = "table") -> None:
    """列出全部单位，及其规则包和已设的年度。"""
    from jixiao.cli import django_setup
    from jixiao.cli.options import form
    from jixiao.cli.output import Format, emit

    chosen = form(format)
    django_setup.ready()
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    rows = [_row(org) for org in queries.orgs_for(SYSTEM)]
    if not rows and chosen is Format.TABLE:
        print("还没有单位。登记：jixiao orgs add 单位编号 --title 单位名称 --pack 规则包")
        return
    emit(rows, TITLES, chosen, f"单位 {len(rows)} 个")


@app.command("open-year")
def open_year(
    org: OrgId, year: Annotated[int, typer.Argument(metavar="年度", help="如 2026", min=1949, max=2999)]
) -> None:
    """设好一个年度：自然年度、上半年、下半年、截至年末，沿用上年的计划。已设的保留；还要另设的口径会列出来。"""
    from jixiao.cli import django_setup

    django_setup.ready()
    from jixiao.ledger import queries
    from jixiao.ledger.actions import year_opening
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.queries import office

    place = queries.org_for(SYSTEM, org)
    opened = year_opening.open_year(by=SYSTEM, org=place, year=year)
    for period in opened.periods:
        print(f"· {period}")
    outcome = f"新设 {len(opened.periods)} 个期间" if opened.periods else "早已设好"
    print(f"{place.title} {year} 年度：{outcome}")
    if opened.plans:
        print(f"沿用上年的计划和目标 {len(opened.plans)} 项，确定后请在填报数页面更正")
    for group in office.carried(SYSTEM, place, year):
        print(f"上年结转 {group.kind.title} {len(group.rows)} {group.kind.unit}，现在未办结 {group.open_now}")
    _tell_lacking(place, year)


@app.command("period")
def period(
    org: OrgId,
    basis: Annotated[str, typer.Option(help="口径，如 plenary（全会届次）、event（一次性事项）")],
    label: Annotated[str, typer.Option(help="期间名称，如 五届五次会议以来")],
    year: Annotated[int, typer.Option(help="属于哪个年度", min=1949, max=2999)],
    since: Annotated[str, typer.Option("--from", help="起，如 2026-01-06")],
    until: Annotated[str, typer.Option("--to", help="止，如 2026-12-31")],
) -> None:
    """设一个口径期间；名称相同的改为新的起止日期，关账后不能改。"""
    from jixiao.cli import django_setup
    from jixiao.cli.options import day

    begin, end = day(since), day(until)
    django_setup.ready()
    from jixiao.ledger.actions import orgs
    from jixiao.ledger.permissions import SYSTEM

    made = orgs.set_period(by=SYSTEM, org=org, basis=basis, label=label, year=year, from_on=begin, to_on=end)
    print(f"已设 {made}（{basis}，{year} 年度）")
    _tell_which_counts(org, basis, year)


@app.command("bind")
def bind(
    org: OrgId,
    pack: Annotated[str, typer.Argument(metavar="规则包", help="规则包编号")],
    since: Annotated[str | None, typer.Option("--from", help="启用日期；不写则从单位成立起")] = None,
) -> None:
    """让单位启用一个规则包；已启用的保留原日期，写了 --from 则改为新日期。"""
    from jixiao.cli import django_setup
    from jixiao.cli.options import day

    begin = day(since)
    django_setup.ready()
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    place = queries.org_for(SYSTEM, org)
    _bind(place, pack, begin)
    print(f"{place.title}已启用规则包：{_packs(place)}")


def _tell_which_counts(org: str, basis: str, year: int) -> None:
    """A year has one period for each basis; where several are set, only one of them is computed with."""
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    there = [one.label for one in queries.periods_for(SYSTEM, org).filter(basis=basis, year=year)]
    if len(there) > 1:
        *others, counts = there
        print(
            f"△ {year} 年度这一口径设了 {len(there)} 个期间，数据只按“{counts}”计，不按{'、'.join(f'“{one}”' for one in others)}计"
        )


def _same(org: str, given: dict[str, Any]) -> Org | None:
    """The org of this id, None where there is none. Raises BadInput where it is not the one described."""
    from jixiao.errors import BadInput
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    found = queries.orgs_for(SYSTEM).filter(pk=org).first()
    if found is None:
        return None
    there = {**{name: getattr(found, name) for name in given}, "parent": found.parent_id}
    if any(said and there[name] != said for name, said in given.items()):
        raise BadInput(
            f"单位编号 {org} 已归{found.title}，登记的内容与这次写的不同，没有改动；"
            "请换一个编号，或用 jixiao orgs list 核对"
        )
    return found


def _bind(org: Org, pack: str, since: date | None) -> None:
    from jixiao.ledger import queries
    from jixiao.ledger.actions import orgs
    from jixiao.ledger.permissions import SYSTEM

    if since or pack not in queries.packs_for(SYSTEM, org):
        orgs.bind_pack(by=SYSTEM, org=org, pack=pack, from_on=since or org.valid_from)


def _row(org: Org) -> dict[str, Any]:
    return {
        "id": org.pk,
        "title": org.title,
        "short_title": org.short_title,
        "region": org.region_code,
        "parent": org.parent_id,
        "packs": _packs(org),
        "years": "、".join(str(year) for year in reversed(_years(org))),
        "valid_from": org.valid_from.isoformat(),
        "valid_to": org.valid_to and org.valid_to.isoformat(),
        "example": org.is_example,
    }


def _packs(org: Org) -> str:
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    return "、".join(queries.packs_for(SYSTEM, org))


def _years(org: Org) -> list[int]:
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    return queries.years_for(SYSTEM, org)


def _tell_lacking(org: Org, year: int) -> None:
    from jixiao.catalogue.describe import basis as title_of
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    lacking = queries.bases_lacking(SYSTEM, org, year)
    for basis, count in lacking.items():
        print(f"△ 还没有“{title_of(basis)}”口径（{basis}）的期间，{count} 项数据会是未填报")
    if lacking:
        print(f"设置：jixiao orgs period {org.pk} --basis 口径 --label 名称 --year {year} --from 起 --to 止")
