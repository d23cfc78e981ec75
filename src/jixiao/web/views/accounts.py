"""One person of the office for who manages it: account and roles given and ended, switched off, a new password shown once."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.catalogue.dates import read_date
from jixiao.errors import NotAllowed
from jixiao.ledger import clock, permissions
from jixiao.ledger.actions import people
from jixiao.ledger.queries.people import Account, roles_to_give
from jixiao.ledger.queries.people import account as account_of
from jixiao.ledger.queries.people import membership as membership_of
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web import shown_once
from jixiao.web.context import choose_org, frame_of
from jixiao.web.entries import DAYS, Entry
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate
from jixiao.web.views.people import line_of


@gate("GET", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """A new account with its first role; the password is made by the program."""
    org = frame_of(request).require_org()
    permissions.require(request.user, "manage", org=org.id)
    page = _page(request, "添加人员", "添加", [
        Entry("display_name", "姓名", required=True, hint="只登记办事要用的：姓名、用户名和角色，不登记证件号、电话等"),
        Entry("username", "用户名", required=True, hint="登录时用，定了不再改：汉字、字母、数字和 . @ + - _，中间没有空格"),
        *_role_entries(request, org),
    ])  # fmt: skip
    page.extra["lead"] = f"在{org.title}开一个账号并给第一个角色。密码由程序生成，添加后只显示一次。"
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        given = page.values(page.entries)
        term, password = people.add(
            by=request.user, org=org.id, username=given["username"], display_name=given["display_name"],
            role=given["role"], from_on=read_date(given["from_on"]),
        )  # fmt: skip
        messages.success(request, f"已添加{term.user.display_name}（{term.user.username}）")
        return _show_once(request, term.user_id, password)

    return page.do(act, "还不能添加")


@gate()
def show(request: HttpRequest, account: int) -> HttpResponse:
    """The person's terms in the office one works in, and what may be done with the account."""
    found = _account(request, account)
    context = {
        "org": frame_of(request).org,
        "person": found.user,
        "terms": [line_of(one) for one in found.terms],
        "against": list(dict.fromkeys(filter(None, (found.against_switching, found.against_new_password)))),
        "may_switch": not found.against_switching and found.user != request.user,
        "may_renew": not found.against_new_password and found.user != request.user,
        "is_oneself": found.user == request.user,
        "has_password_waiting": shown_once.is_waiting(request.user.pk, account),
    }
    return render(request, "web/office/person.html", context)


@gate("GET", "POST")
def give(request: HttpRequest, account: int) -> HttpResponse:
    """Another role for somebody of the office."""
    found, org = _account(request, account), frame_of(request).require_org()
    page = _page(
        request, f"给{found.user.display_name}一个角色", "给角色", _role_entries(request, org), found
    )
    page.extra["lead"] = f"账号“{found.user.username}”已有的角色保留；新角色从所填的那天起有效。"
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        given = page.values(page.entries)
        made = people.join(
            by=request.user,
            user=found.user,
            org=org.id,
            role=given["role"],
            from_on=read_date(given["from_on"]),
        )
        messages.success(request, f"{found.user.display_name}从 {made.from_on} 起是{_title(made.role)}")
        return page.back_url

    return page.do(act, "还不能给角色")


@gate("GET", "POST")
def end(request: HttpRequest, membership: int) -> HttpResponse:
    """End somebody's role with its last day; what the person did stays."""
    term = membership_of(request.user, membership)
    choose_org(request, term.org)
    found, title = _account(request, term.user_id), _title(term.role)
    last = Entry("on", "任职的最后一天", "date", raw=_last_day(term).isoformat(), required=True, hint=DAYS)
    page = _page(request, f"结束{found.user.display_name}的角色：{title}", "结束角色", [last], found)
    until = f"，原定到 {term.to_on} 止" if term.to_on else ""
    page.extra |= {
        "lead": f"从 {term.from_on} 起{until}。最后一天过后，他不再以“{title}”看、办本单位的事；办过的都保留。"
        "有待办、草稿要交给别人的，请先办工作交接。",
        "is_risky": True,
    }
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        day = read_date(page.values([last])["on"])
        made = people.leave(by=request.user, membership=term, on=day)
        messages.success(request, f"{found.user.display_name}的角色“{title}”到 {made.to_on} 止")
        return reverse("web:tasks") if found.user == request.user else page.back_url

    return page.do(act, "还不能结束")


@gate("GET", "POST")
def switch(request: HttpRequest, account: int) -> HttpResponse:
    """Switch the account off, or on again; the form says which it means, so that an old one undoes nothing."""
    found = _account(request, account)
    _refuse(found.against_switching)
    name, was_on = found.user.display_name, request.POST.get("seen", str(int(found.user.is_active)))
    turn_on = was_on == "0"
    page = _page(
        request, f"{'恢复' if turn_on else '停用'}{name}的账号", "恢复" if turn_on else "停用", [], found
    )
    page.extra |= {
        "lead": "恢复后可以用原来的密码登录，角色照旧。"
        if turn_on
        else "停用后马上退出登录，也不能再登录；办过的事和角色都保留，以后可以恢复。",
        "is_risky": not turn_on,
        "seen": was_on,
    }
    if request.method == "GET":
        return page.show()

    def act() -> str:
        people.set_active(by=request.user, user=found.user, active=turn_on)
        messages.success(request, f"{name}的账号已{'恢复，可以登录' if turn_on else '停用，不能再登录'}")
        return page.back_url

    return page.do(act, "还不能恢复" if turn_on else "还不能停用")


@gate("GET", "POST")
def renew_password(request: HttpRequest, account: int) -> HttpResponse:
    """Make a new password in place of one that was forgotten; a lock after wrong ones ends with it."""
    found = _account(request, account)
    _refuse(found.against_new_password)
    name = found.user.display_name
    page = _page(request, f"重设{name}的密码", "重设密码", [], found)
    page.extra |= {
        "lead": "程序生成一个新密码，只显示一次。原密码马上作废，已登录的要重新登录，因输错而暂停的随即解除。",
        "is_risky": True,
    }
    if request.method == "GET":
        return page.show()

    def act() -> str:
        return _show_once(request, account, people.renew_password(by=request.user, user=found.user))

    return page.do(act, "还不能重设")


@gate("GET")
def show_password(request: HttpRequest, account: int) -> HttpResponse:
    """The new password, for the one who had it made and only the first time."""
    found = _account(request, account)
    word = shown_once.take(request.user.pk, account)
    return render(request, "web/office/password.html", {"person": found.user, "password": word})


def _page(
    request: HttpRequest, heading: str, button: str, entries: list[Entry], found: Account | None = None
) -> FormPage:
    everybody = reverse("web:people")
    back = reverse("web:person", args=[found.user.pk]) if found else everybody
    page = FormPage(request, heading, button, entries, back)
    crumbs: list[dict[str, Any]] = [{"title": "人员", "url": everybody}]
    if found:
        crumbs.append({"title": found.user.display_name, "url": back})
    page.extra = {
        "crumb_root": {"title": "年度", "url": reverse("web:this_year")},
        "crumbs": [*crumbs, {"title": button}],
    }
    return page


def _role_entries(request: HttpRequest, org: Any) -> list[Entry]:
    roles = roles_to_give(request.user, org)
    times = Counter(role.title for role in roles)
    offered = [
        (role.full_id, role.title if times[role.title] == 1 else f"{role.title}（{role.full_id}）")
        for role in roles
    ]
    today = clock.today().isoformat()
    return [
        Entry("role", "角色", "select", required=True, offered=offered, hint="只列出您能给的"),
        Entry("from_on", "从哪天起", "date", raw=today, required=True, hint=DAYS),
    ]


def _account(request: HttpRequest, id: int) -> Account:
    return account_of(request.user, frame_of(request).require_org(), id)


def _refuse(reason: str) -> None:
    if reason:
        raise NotAllowed(reason)


def _show_once(request: HttpRequest, account: int, password: str) -> str:
    shown_once.keep(request.user.pk, account, password)
    return reverse("web:password_once", args=[account])


def _last_day(term: Any) -> date:
    """What the box offers: today, within the term."""
    today = max(clock.today(), term.from_on)
    return min(today, term.to_on) if term.to_on else today


def _title(role: str) -> str:
    found = in_force().roles.get(role)
    return found.title if found else role
