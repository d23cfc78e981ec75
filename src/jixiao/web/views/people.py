"""Who works in an org in which role; and for which subject of a register an account speaks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.errors import NotFound
from jixiao.ledger import clock, permissions, queries
from jixiao.ledger.actions import people
from jixiao.ledger.queries.own_desk import subjects_to_choose
from jixiao.ledger.queries.people import membership as membership_of
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web.context import choose_org, frame_of
from jixiao.web.entries import LONGEST_SELECT, Entry
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate


@gate()
def index(request: HttpRequest) -> HttpResponse:
    """The people of the org with their roles, those of today first; for who manages it."""
    org = frame_of(request).require_org()
    permissions.require(request.user, "manage", org=org.id)
    lines = [line_of(one) for one in queries.people_in(request.user, org)]
    lines.sort(key=lambda line: not line["is_now"])
    return render(request, "web/office/people.html", {"org": org, "lines": lines})


@gate("GET", "POST")
def speak_for(request: HttpRequest, membership: int) -> HttpResponse:
    """Say for which member (group, party organisation) an account speaks; it then sees and answers only what is theirs."""
    found = membership_of(request.user, membership)
    choose_org(request, found.org)
    role = in_force().role(found.role)
    if role.speaks_for is None:
        raise NotFound(f"“{role.title}”不代表名册中的某一位，不用设置")
    register = in_force().kind(role.speaks_for)
    offered = subjects_to_choose(found.org, register.full_id)
    now = found.subject
    wide = len(offered) > LONGEST_SELECT
    box = Entry(
        "subject", f"代表{register.title}中的", "line" if wide else "select", offered=offered,
        raw=(now.label if wide else now.pk) if now else "", hint="留空则不代表任何一位",
    )  # fmt: skip
    back = reverse("web:people")
    page = FormPage(request, f"{found.user.display_name}代表谁", "保存", [box], back)
    page.extra = {
        "crumbs": [{"title": "人员", "url": back}, {"title": found.user.display_name}],
        "lead": f"账号“{found.user.username}”以“{role.title}”的角色，只看、只办所代表的这一位自己的事项；别人的一概不见。",
    }
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        chosen = page.values([box])["subject"]
        made = people.speak_for(by=request.user, membership=found, subject=_text(chosen))
        told = f"代表{made.subject.label}" if made.subject else "不再代表任何一位"
        messages.success(request, f"{found.user.display_name}（{found.user.username}）现在{told}")
        return back

    return page.do(act, "还不能保存")


def _text(chosen: object) -> str | None:
    return str(chosen) if chosen else None


def line_of(one: Any) -> dict[str, Any]:
    """What a page tells of one term of a person in a role."""
    role = in_force().roles.get(one.role)
    bound = role is not None and role.speaks_for is not None
    is_now = one.to_on is None or one.to_on >= clock.today()
    return {
        "name": one.user.display_name,
        "username": one.user.username,
        "account": one.user_id,
        "is_active": one.user.is_active,
        "role": role.title if role else one.role,
        "from_on": one.from_on,
        "to_on": one.to_on,
        "is_now": is_now,
        "is_to_come": one.from_on > clock.today(),
        "end_url": reverse("web:role_end", args=[one.pk]) if is_now else "",
        "subject": one.subject.label if one.subject else "",
        "is_lacking": bound and is_now and one.subject is None,
        "url": reverse("web:speak_for", args=[one.pk]) if bound and is_now else "",
    }
