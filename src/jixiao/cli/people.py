"""`jixiao people`: accounts and the roles they hold; passwords are asked for, never written in a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jixiao.cli.options import FormatOption, day
from jixiao.cli.passwords import FromStdin, Own

if TYPE_CHECKING:
    from datetime import date

    from jixiao.ledger.queries.people import Membership, Org, User

app = typer.Typer(
    help="人员：开账号、给角色、换密码、解锁、停用。", no_args_is_help=True, rich_markup_mode=None
)

Username = Annotated[str, typer.Argument(metavar="用户名", help="登录时用的名字")]
OrgId = Annotated[str, typer.Option(help="单位编号")]
Roles = Annotated[list[str], typer.Option(help="角色编号；几个就写几次")]
Subject = Annotated[
    str | None,
    typer.Option(help="这个角色代表名册中的哪一位，写其序号，如 委员008；只能看、只能办那一位自己的"),
]
Since = Annotated[str | None, typer.Option("--from", help="从哪天起，如 2026-01-01；不写则今天")]
TITLES = {
    "username": "用户名", "name": "姓名", "org": "单位", "role": "角色", "title": "角色名称", "subject": "代表",
    "from": "起", "to": "止", "active": "能否登录",
}  # fmt: skip


@app.command("add")
def add(
    username: Username,
    name: Annotated[str, typer.Option(help="姓名")],
    org: OrgId,
    role: Roles,
    since: Since = None,
    password_stdin: FromStdin = False,
    own: Own = False,
) -> None:
    """开一个账号，并在单位里给它角色。密码至少 10 位，不能太好猜。"""
    from jixiao.cli import django_setup, passwords

    begin = day(since)
    django_setup.ready()
    from django.db import transaction

    from jixiao.errors import BadInput
    from jixiao.ledger import queries
    from jixiao.ledger.actions import people
    from jixiao.ledger.permissions import SYSTEM

    place = queries.org_for(SYSTEM, org)
    for one in role:
        _check_role(place, one)
    if _account(username) is not None:
        raise BadInput(
            f"用户名“{username}”已经有人使用，没有改动；要再给角色：jixiao people join {username}，"
            f"要换密码：jixiao people password {username}"
        )
    password = passwords.ask(name, from_stdin=password_stdin)
    with transaction.atomic():
        user = people.create(
            by=SYSTEM, org=place, username=username, display_name=name, password=password, is_own=own
        )
        for one in role:
            people.join(by=SYSTEM, user=user, org=place, role=one, from_on=begin)
    print(f"已开账号 {user.username}（{user.display_name}）：{place.title}，{'、'.join(_held(user, place))}")
    if not own:
        print(passwords.GIVEN)


@app.command("join")
def join(username: Username, org: OrgId, role: Roles, since: Since = None, subject: Subject = None) -> None:
    """给已有的账号在单位里加角色；已有的角色保留。"""
    from jixiao.cli import django_setup

    begin = day(since)
    django_setup.ready()
    from django.db import transaction

    from jixiao.ledger import queries
    from jixiao.ledger.actions import people
    from jixiao.ledger.permissions import SYSTEM

    user, place = queries.person(SYSTEM, username), queries.org_for(SYSTEM, org)
    wanted = [_check_role(place, one) for one in role]
    with transaction.atomic():
        for one in wanted:
            if not _holds(user, place, one, begin):
                people.join(by=SYSTEM, user=user, org=place, role=one, from_on=begin)
        if subject is not None:
            _speak(user, place, wanted, subject)
    print(f"{user.display_name}（{user.username}）在{place.title}的角色：{'、'.join(_held(user, place))}")


@app.command("leave")
def leave(
    username: Username,
    org: OrgId,
    role: Annotated[list[str] | None, typer.Option(help="只去掉这个角色；不写则全部")] = None,
    on: Annotated[
        str | None, typer.Option(help="任职的最后一天；不写则昨天，即时生效（今天才给的角色到今天止）")
    ] = None,
) -> None:
    """结束账号在单位里的角色；办过的事都保留。"""
    from jixiao.cli import django_setup

    end = day(on)
    django_setup.ready()
    from django.db import transaction

    from jixiao.ledger import queries
    from jixiao.ledger.actions import people
    from jixiao.ledger.permissions import SYSTEM

    user, place = queries.person(SYSTEM, username), queries.org_for(SYSTEM, org)
    meant = {_check_role(place, one) for one in role or ()}
    with transaction.atomic():
        ended = [
            people.leave(by=SYSTEM, membership=one, on=end)
            for one in _current(user, place)
            if not meant or one.role in meant
        ]
    for one in ended:
        print(f"· {_title(one.role)}：到 {one.to_on} 止")
    print(f"{user.display_name}（{user.username}）在{place.title}结束了 {len(ended)} 个角色")


@app.command("password")
def password(username: Username, password_stdin: FromStdin = False, own: Own = False) -> None:
    """给账号换密码；已登录的要重新登录，因输错而暂停的随即解除。"""
    from jixiao.cli import django_setup, passwords

    django_setup.ready()
    from jixiao.ledger import queries
    from jixiao.ledger.actions import people
    from jixiao.ledger.permissions import SYSTEM

    user = queries.person(SYSTEM, username)
    new = passwords.ask(user.display_name, from_stdin=password_stdin)
    people.set_password(by=SYSTEM, user=user, password=new, is_own=own)
    print(f"{user.display_name}（{user.username}）的密码已换，原来的登录都已失效")
    if not own:
        print(passwords.GIVEN)


@app.command("unlock")
def unlock(username: Username) -> None:
    """解除因连续输错密码而暂停的登录；密码不变。"""
    from jixiao.cli import django_setup

    django_setup.ready()
    from jixiao.ledger import queries
    from jixiao.ledger.actions import people
    from jixiao.ledger.permissions import SYSTEM

    user = queries.person(SYSTEM, username)
    forgotten = people.unlock(by=SYSTEM, user=user)
    print(f"{username} 可以登录了" if forgotten else f"{username} 没有被暂停，不用解除")


@app.command("deactivate")
def deactivate(username: Username) -> None:
    """停用账号：不能再登录，办过的事都保留。恢复：jixiao people activate。"""
    print(f"{_switched(username, False)}已停用，不能再登录")


@app.command("activate")
def activate(username: Username) -> None:
    """恢复停用的账号。"""
    print(f"{_switched(username, True)}可以登录")


@app.command("list")
def list_people(
    org: Annotated[str | None, typer.Option(help="单位编号；不写则列出全部单位的")] = None,
    format: FormatOption = "table",
) -> None:
    """列出账号及其角色。"""
    from jixiao.cli import django_setup
    from jixiao.cli.options import form
    from jixiao.cli.output import Format, emit

    chosen = form(format)
    django_setup.ready()
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    found = queries.people_in(SYSTEM, org) if org else queries.people_anywhere(SYSTEM)
    rows = [_row(one) for one in found]
    if not rows and chosen is Format.TABLE:
        print("还没有账号。开账号：jixiao people add 用户名 --name 姓名 --org 单位编号 --role 角色")
        return
    if chosen is Format.TABLE:
        rows = [{**row, "active": "能" if row["active"] else "已停用"} for row in rows]
    emit(rows, TITLES, chosen, f"账号 {len({row['username'] for row in rows})} 个")


def _speak(user: User, org: Org, roles: list[str], subject: str) -> None:
    """Say for whom the account speaks in those of the roles that speak for a register."""
    from jixiao.errors import BadInput
    from jixiao.ledger.actions import people
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.rules import catalogue

    held = [one for one in _current(user, org) if one.role in roles and catalogue().role(one.role).speaks_for]
    if not held:
        raise BadInput("所给的角色都不代表名册中的某一位，不用写 --subject")
    for one in held:
        people.speak_for(by=SYSTEM, membership=one, subject=subject)


def _switched(username: str, active: bool) -> str:
    from jixiao.cli import django_setup

    django_setup.ready()
    from jixiao.ledger import queries
    from jixiao.ledger.actions import people
    from jixiao.ledger.permissions import SYSTEM

    user = people.set_active(by=SYSTEM, user=queries.person(SYSTEM, username), active=active)
    return f"{user.display_name}（{user.username}）"


def _account(username: str) -> User | None:
    from jixiao.errors import NotFound
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    try:
        return queries.person(SYSTEM, username.strip())
    except NotFound:
        return None


def _check_role(org: Org, role: str) -> str:
    """The full id of a role of the org's packs. Raises NotFound with the roles there are."""
    from jixiao.errors import NotFound
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    offered = queries.roles_for(SYSTEM, org)
    meant = [one.full_id for one in offered if role in (one.full_id, one.id)]
    if len(meant) != 1:
        there = "、".join(f"{one.full_id}（{one.title}）" for one in offered)
        raise NotFound(
            f"{org.title}没有角色“{role}”；可用：{there or '无，请先启用规则包：jixiao orgs bind'}"
        )
    return meant[0]


def _current(user: User, org: Org, on: date | None = None) -> list[Membership]:
    """The memberships that hold on a day (default: today) or will hold later."""
    from jixiao.ledger import clock, queries
    from jixiao.ledger.permissions import SYSTEM

    when = on or clock.today()
    of_user = queries.people_in(SYSTEM, org).filter(user=user)
    return [one for one in of_user if one.to_on is None or one.to_on >= when]


def _holds(user: User, org: Org, role: str, since: date | None) -> bool:
    from jixiao.ledger import clock

    begin = since or clock.today()
    return any(one.role == role and one.from_on <= begin for one in _current(user, org, begin))


def _held(user: User, org: Org) -> list[str]:
    return [_title(one.role) for one in _current(user, org)]


def _title(role: str) -> str:
    from jixiao.ledger.rules import catalogue

    found = catalogue().roles.get(role)
    return found.title if found else role


def _row(membership: Membership) -> dict[str, Any]:
    user = membership.user
    return {
        "username": user.username,
        "name": user.display_name,
        "org": membership.org_id,
        "role": membership.role,
        "title": _title(membership.role),
        "subject": membership.subject.label if membership.subject else "",
        "from": membership.from_on.isoformat(),
        "to": membership.to_on and membership.to_on.isoformat(),
        "active": user.is_active,
    }
