"""Rename, merge or split an org: one plain form each, for who manages it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jixiao.errors import FieldErrors, NotFound
from jixiao.ledger import clock, permissions, queries
from jixiao.ledger.actions import org_changes, taking_back
from jixiao.ledger.actions.org_changes import NewOrg
from jixiao.ledger.queries import office
from jixiao.web.context import frame_of
from jixiao.web.entries import DAYS, Entry, ErrorItem, Errors
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate

HOW = {"rename": "更名", "merge": "合并", "split": "分设"}
MOST_PARTS = 4
ID_HINT = "小写字母、数字和连字符，定了不再改，如 new-office"


class ChangePage(FormPage):
    template = "web/office/change.html"


@gate("GET", "POST")
def show(request: HttpRequest) -> HttpResponse:
    """The form for ?how= rename, merge or split of the org one works in."""
    org = frame_of(request).require_org()
    permissions.require(request.user, "manage", org=org.id)
    how = request.GET.get("how", "rename")
    how = how if how in HOW else "rename"
    here = reverse("web:org_change")
    managed = [one for one in queries.orgs_for(request.user) if _is_managed(request, one)]
    page = ChangePage(request, f"单位{HOW[how]}", HOW[how], _entries(request, org, how, managed), here)
    page.extra = {
        "org": org,
        "how": how,
        "ways": [(name, title, name == how) for name, title in HOW.items()],
        "others": [one for one in managed if one.id != org.id] if how == "merge" else [],
        "chosen": request.POST.getlist("orgs"),
        "made": office.made_changes(request.user, org),
        "moving": office.moving(request.user, org),
    }
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        page.values([], page.entries)
        made = _change(request, org, how, {entry.name: entry.raw for entry in page.entries})
        titles = "、".join(one.title for one in made)
        messages.success(request, f"{HOW[how]}已登记：{titles}。原单位的记录都在，未办结事项由后继单位接着办")
        return f"{reverse('web:tasks')}?org={made[0].id}"

    return page.do(act, f"还不能{HOW[how]}")


@gate("GET", "POST")
def undo(request: HttpRequest, change: Any) -> HttpResponse:
    """Take back a change with a reason, while nothing else was built on it."""
    org = frame_of(request).require_org()
    permissions.require(request.user, "manage", org=org.id)
    found = next((one for one in office.made_changes(request.user, org) if one.act.pk == str(change)), None)
    if found is None:
        raise NotFound("没有找到这次变更，或者您无权办理")
    before, after = ("、".join(one.title for one in orgs) for orgs in (found.before, found.after))
    why = Entry("reason", "理由", "lines", required=True, hint="如文件作废、登记有误；会永久保留")
    page = FormPage(request, f"撤销{found.title}", "撤销变更", [why], reverse("web:org_change"))
    page.extra = {
        "crumbs": [{"title": "单位变更", "url": reverse("web:org_change")}, {"title": "撤销"}],
        "lead": f"{found.act.facts['on']} {before} {found.title}：{after}。撤销后，{before}照旧存续，"
        "人员角色、草稿退回原单位，变更时新设的单位、带过去的期间和规则包取消；原单位的记录本来就没有动。",
        "is_risky": True,
    }
    blocked = Errors("还不能撤销", [ErrorItem(one) for one in found.against]) if found.against else None
    if found.is_undone:
        blocked = Errors("还不能撤销", [ErrorItem("这次变更已经撤销过了")])
    if request.method == "GET":
        return page.show(blocked)
    page.refill()

    def act() -> str:
        page.values([], [why])
        back = taking_back.undo_change(by=request.user, change=found.act.pk, reason=why.raw)
        messages.success(request, f"变更已撤销，{'、'.join(one.title for one in back)}照旧存续")
        return f"{reverse('web:tasks')}?org={back[0].id}"

    return page.do(act, "还不能撤销")


def _is_managed(request: HttpRequest, org: Any) -> bool:
    return org.valid_to is None and permissions.can(request.user, "manage", org=org.id)


def _entries(request: HttpRequest, org: Any, how: str, managed: list[Any]) -> list[Entry]:
    on = Entry(
        "on", "从哪天起", "date", raw=clock.today().isoformat(), required=True, hint=f"新单位的第一天，{DAYS}"
    )
    reason = Entry("reason", "依据和理由", "lines", required=True, hint="如机构改革文件的文号")
    if how == "rename":
        return [*_new(""), on, reason]
    if how == "merge":
        offered = [(one.id, one.title) for one in managed]
        into = Entry("into", "并入", "select", offered=offered, hint="并入新设的单位时不选，填下面两项")
        into.empty = "（新设单位）"
        return [into, *_new("", required=False), on, reason]
    parts = [entry for place in range(1, MOST_PARTS + 1) for entry in _new(str(place), required=place <= 2)]
    offered_parts = [(str(place), f"第 {place} 个新单位") for place in range(1, MOST_PARTS + 1)]
    people = [
        Entry(f"person-{one.user_id}", f"{one.user.display_name}去", "select", offered=offered_parts)
        for one in _people(request, org)
    ]
    for entry in people:
        entry.empty = "第 1 个（管理员去全部）"
    return [*parts, *people, on, reason]


def _new(suffix: str, *, required: bool = True) -> list[Entry]:
    """The boxes for one new org."""
    which = f"第 {suffix} 个新单位" if suffix else "新单位"
    return [
        Entry(f"title{suffix}", f"{which}名称", required=required),
        Entry(f"id{suffix}", f"{which}编号", required=required, hint=ID_HINT),
    ]


def _people(request: HttpRequest, org: Any) -> list[Any]:
    """The people who are in the org today, each once."""
    found = {one.user_id: one for one in queries.people_in(request.user, org) if _is_held(one)}
    return list(found.values())


def _is_held(one: Any) -> bool:
    return one.to_on is None or one.to_on >= clock.today()


def _change(request: HttpRequest, org: Any, how: str, given: dict[str, str]) -> list[Any]:
    about: dict[str, Any] = {
        "by": request.user,
        "on": date.fromisoformat(given["on"]),
        "reason": given["reason"],
    }
    if how == "rename":
        return [org_changes.rename(org=org, into=NewOrg(given["id"].strip(), given["title"]), **about)]
    if how == "merge":
        before = [org.id, *request.POST.getlist("orgs")]
        if not given["into"] and not (given["id"] and given["title"]):
            raise FieldErrors({"into": "请选取并入哪个单位，或者填写新单位的名称和编号"})
        into: Any = given["into"] or NewOrg(given["id"].strip(), given["title"])
        return [org_changes.merge(orgs=before, into=into, **about)]
    new = {
        str(place): NewOrg(given[f"id{place}"].strip(), given[f"title{place}"])
        for place in range(1, MOST_PARTS + 1)
        if given[f"id{place}"] and given[f"title{place}"]
    }
    people = {}
    for one in _people(request, org):
        if part := given.get(f"person-{one.user_id}"):
            if part not in new:
                raise FieldErrors({f"person-{one.user_id}": f"第 {part} 个新单位没有填写名称和编号"})
            people[one.user.username] = new[part].id
    return org_changes.split(org=org, into=list(new.values()), people=people, **about)
