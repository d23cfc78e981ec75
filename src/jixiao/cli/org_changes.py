"""`jixiao orgs rename|merge|split`: one org becomes another, from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.ledger.actions.org_changes import NewOrg
    from jixiao.ledger.queries.orgs import Org

OrgId = Annotated[str, typer.Argument(metavar="单位编号", help="如 our-office；列出全部：jixiao orgs list")]
On = Annotated[str, typer.Option(help="新单位的第一天，如 2026-03-01")]
Reason = Annotated[str, typer.Option(help="依据和理由，如文件的文号")]
NEW = "新单位，写作 编号=名称，如 new-office=某某局"


def add_to(app: typer.Typer) -> None:
    """Put the three commands into the group of orgs."""
    for name, command in {"rename": rename, "merge": merge, "split": split}.items():
        app.command(name)(command)


def rename(org: OrgId, into: Annotated[str, typer.Option(help=NEW)], on: On, reason: Reason) -> None:
    """单位更名：原单位到前一天为止，记录留在它名下；人员和未完的期间转到新单位，编号接着排。"""
    changes, about = _ready(on, reason)
    _tell("更名", [changes.rename(org=org, into=_new(into), **about)])


def merge(
    orgs: Annotated[list[str], typer.Argument(metavar="单位编号...", help="要合并的单位")],
    into: Annotated[str, typer.Option(help=f"已有单位的编号；或者{NEW}")],
    on: On,
    reason: Reason,
) -> None:
    """几个单位合并成一个，或并入已有的单位；原单位的记录仍可查看，未办结事项由合并后的单位接着办。"""
    changes, about = _ready(on, reason)
    _tell("合并", [changes.merge(orgs=orgs, into=_new(into) if "=" in into else into, **about)])


def split(
    org: OrgId,
    into: Annotated[list[str], typer.Option(help=f"{NEW}；至少写两次")],
    on: On,
    reason: Reason,
    person: Annotated[
        list[str] | None, typer.Option(help="谁去哪个新单位，写作 用户名=编号；不写的去第一个，管理员去全部")
    ] = None,
) -> None:
    """一个单位分设成几个；未办结事项各新单位都能看到，往年数据分不开，标明“不可比”。"""
    changes, about = _ready(on, reason)
    people = dict(_pair(one, "用户名=编号") for one in person or ())
    _tell("分设", changes.split(org=org, into=[_new(one) for one in into], people=people, **about))


def _ready(on: str, reason: str) -> tuple[Any, dict[str, Any]]:
    from jixiao.cli import django_setup
    from jixiao.cli.options import day

    begin = day(on)
    django_setup.ready()
    from jixiao.ledger.actions import org_changes
    from jixiao.ledger.permissions import SYSTEM

    return org_changes, {"by": SYSTEM, "on": begin, "reason": reason}


def _new(text: str) -> NewOrg:
    from jixiao.ledger.actions.org_changes import NewOrg

    return NewOrg(*_pair(text, "编号=名称"))


def _pair(text: str, form: str) -> tuple[str, str]:
    from jixiao.errors import BadInput

    left, sign, right = text.partition("=")
    if not (sign and left.strip() and right.strip()):
        raise BadInput(f"“{text}”应写作 {form}")
    return left.strip(), right.strip()


def _tell(what: str, made: Sequence[Org]) -> None:
    for one in made:
        print(f"· {one.title}（{one.pk}），自 {one.valid_from}")
    print(f"{what}已登记；原单位的记录都在，未办结事项由后继单位接着办")
