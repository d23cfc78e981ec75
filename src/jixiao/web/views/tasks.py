"""What waits: for the person who signed in, the office, the offices they look after; whom to remind; and drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.registers import RoleSpec
from jixiao.ledger import clock, permissions, queries
from jixiao.ledger.queries import imports as staged
from jixiao.ledger.queries import pastes
from jixiao.ledger.queries import reminders as reminding
from jixiao.ledger.queries.names import DraftRow, RecordRow
from jixiao.ledger.queries.own_desk import speaks_only
from jixiao.ledger.queries.tasks import Number, Scope, Term, Waiting, late, takes_steps
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web import keeping, task_lists
from jixiao.web.context import frame_of
from jixiao.web.gate import gate
from jixiao.web.pager import pager

PAGE = 25
PAGE_REMINDED = 100  # the list is printed
MOST_UNFINISHED = 5


@gate()
def show(request: HttpRequest) -> HttpResponse:
    """The desk one starts from: one's own tasks, the office's or those of all offices one looks after; narrowed by
    ?kind= and ?unit=, with ?past=1 what was entered afterwards and never carried on.
    """
    frame = frame_of(request)
    org = frame.org
    if org and speaks_only(request.user, org.id):
        return redirect("web:own")
    acts = takes_steps(request.user)
    asked = _Asked.of(request, frame, Scope.MINE if acts else Scope.REACH)
    found = asked.waiting(request.user)
    numbers = found.numbers()
    one = next((in_force().kind(each.kind) for each in numbers if each.kind == asked.kind), None)
    if one is not None or asked.term is not None or asked.past:
        return _register(request, asked, one, found, numbers)
    context = {
        "total": sum(each.count for each in numbers),
        "late_count": late(numbers),
        "tabs": asked.tabs(mine=acts),
        "asked": asked,
        "kinds": _kinds(numbers),
        "piles": task_lists.piles(found, numbers, asked.query()),
        "rest_count": sum(each.count for each in numbers if each.term is Term.NONE),
        "registers": task_lists.registers(found, numbers, asked.query()),
        "past_count": asked.past_count(request.user),
        "past_url": "?" + urlencode({**asked.query(), "past": "1"}),
        "may_create": bool(
            org
            and any(permissions.allows(role, "create", "", in_force()) for role in _roles(request, org.id))
        ),
        "drafts": [draft_line(draft) for draft in queries.drafts(request.user)],
        "unfinished": _unfinished(request, org) if org else [],
        "year": _year(frame),
    }
    return render(request, "web/tasks/tasks.html", context)


@gate()
def reminders(request: HttpRequest) -> HttpResponse:
    """Whom to remind of what, to be printed or sent; late ones first."""
    least = Scope.ORG if takes_steps(request.user) else Scope.REACH
    asked = _Asked.of(request, frame_of(request), least)
    found = reminding.Reminded(request.user, asked.org, scope=asked.scope)
    page = Paginator(range(found.count()), PAGE_REMINDED).get_page(request.GET.get("page"))
    context = {
        "tabs": asked.tabs(mine=False),
        "today": clock.today(),
        "total": page.paginator.count,
        "late_count": found.late_count(),
        "lines": [_reminder(one) for one in found.of(*_bounds(page))],
        "pager": pager(page, asked.query()),
        "show_org": asked.scope is Scope.REACH,
    }
    return render(request, "web/tasks/reminders.html", context)


@dataclass(frozen=True)
class _Asked:
    """Which tasks are asked for: whose, of which kind, of which office, past ones or not."""

    scope: Scope
    org: str | None
    kind: str
    past: bool
    term: Term | None
    units: list[dict[str, Any]]
    frame: Any

    @classmethod
    def of(cls, request: HttpRequest, frame: Any, least: Scope = Scope.MINE) -> _Asked:
        named = request.GET.get("scope", "")
        scope = Scope(named) if named in set(Scope) else least
        if scope is Scope.MINE:
            scope = least
        if scope is Scope.REACH and len(frame.orgs) < 2:
            scope = Scope.ORG
        unit = request.GET.get("unit", "") if scope is Scope.REACH else ""
        known = {one.id for one in frame.orgs}
        chosen = unit if unit in known else None
        place = chosen if scope is Scope.REACH else frame.org.id if frame.org else None
        units = [{"id": one.id, "title": one.title, "is_chosen": one.id == chosen} for one in frame.orgs]
        past = request.GET.get("past") == "1"
        due = request.GET.get("due", "")
        term = Term(due) if due in set(Term) and not past else None
        return cls(scope, place, request.GET.get("kind", ""), past, term, units, frame)

    def waiting(self, user: Any, *, past: bool = False) -> Waiting:
        nowhere = self.scope is not Scope.REACH and self.org is None
        return Waiting(user, "" if nowhere else self.org, scope=self.scope, past=past or self.past)

    def past_count(self, user: Any) -> int:
        return self.waiting(user, past=True).count()

    @property
    def shows_org(self) -> bool:
        return self.scope is Scope.REACH

    @property
    def shows_roles(self) -> bool:
        return self.scope is not Scope.MINE

    def query(self) -> dict[str, str]:
        """The address of what is asked for, without the kind."""
        found = {} if self.scope is Scope.MINE else {"scope": str(self.scope)}
        if self.scope is Scope.REACH and self.org:
            found["unit"] = self.org
        return found | ({"past": "1"} if self.past else {})

    def tabs(self, *, mine: bool = True) -> list[dict[str, Any]]:
        """The sorts of desk one may look at; none where there is no choice."""
        offered = [(Scope.MINE, "等我办的")] if mine else []
        offered.append((Scope.ORG, "本单位的"))
        if len(self.frame.orgs) > 1:
            offered.append((Scope.REACH, f"所辖 {len(self.frame.orgs)} 个单位的"))
        found = [
            {"title": title, "url": f"?scope={scope}", "is_here": scope is self.scope}
            for scope, title in offered
        ]
        return found if len(found) > 1 else []


def _kinds(numbers: Sequence[Number]) -> list[dict[str, Any]]:
    """The kinds there are tasks of, the most first."""
    counted: Counter[str] = Counter()
    for one in numbers:
        counted[one.kind] += one.count
    catalogue = in_force()
    return [
        {"id": name, "title": catalogue.kind(name).title, "count": count}
        for name, count in counted.most_common()
    ]


def _register(
    request: HttpRequest, asked: _Asked, kind: Kind | None, found: Waiting, numbers: Sequence[Number]
) -> HttpResponse:
    """The tasks of one kind, those due at one time, or the past ones by register; page by page."""
    meant = [
        one
        for one in numbers
        if (kind is None or one.kind == kind.full_id) and (asked.term is None or one.term is asked.term)
    ]
    total = sum(one.count for one in meant)
    is_by_register = kind is None and asked.term is None
    page = Paginator(range(total), PAGE).get_page(request.GET.get("page"))
    name = kind.full_id if kind else ""
    first, last = _bounds(page)
    query = (
        asked.query() | ({"kind": name} if kind else {}) | ({"due": str(asked.term)} if asked.term else {})
    )
    context = {
        "kind": kind,
        "due_title": task_lists.TITLES.get(asked.term, "无期限") if asked.term else "",
        "asked": asked,
        "total": total,
        "late_count": late(meant),
        "items": []
        if is_by_register
        else [
            task_lists.item(task) for task in found.tasks(kind=name, term=asked.term, start=first, stop=last)
        ],
        "registers": task_lists.registers(found, numbers, asked.query()) if is_by_register else [],
        "pager": pager(page, query),
        "desk_url": "?" + urlencode({name: value for name, value in asked.query().items() if name != "past"}),
    }
    return render(request, "web/tasks/register.html", context)


def _bounds(page: Any) -> tuple[int, int]:
    """From which to before which the lines of a page are."""
    numbers = page.object_list
    return (numbers[0], numbers[-1] + 1) if numbers else (0, 0)


def _reminder(one: reminding.Reminder) -> dict[str, Any]:
    at = one.task.record.id
    return {
        **task_lists.item(one.task),
        "units": "、".join(one.units),
        "papers": [
            {"title": paper.title, "url": reverse("web:print_docx", args=[at, paper.pack, paper.id])}
            for paper in one.papers
        ],
    }


def _roles(request: HttpRequest, org: str) -> list[RoleSpec]:
    return [in_force().role(role) for role in permissions.roles_in(request.user, org)]


def draft_line(draft: DraftRow) -> dict[str, Any]:
    """A draft and where it is gone on with."""
    kind = in_force().kind(draft.kind)
    if draft.record is not None and draft.record.kind == draft.kind:
        return _going_on(draft, kind, draft.record)
    if draft.record_id:
        url = reverse("web:create_child", args=[draft.record_id, kind.pack, kind.id])
    else:
        page = "web:backfill" if draft.data.get(keeping.PAGE) == "backfill" else "web:create"
        url = reverse(page, args=[kind.pack, kind.id])
    return {
        "title": draft.data.get(kind.label) or f"未命名的{kind.title}",
        "kind": kind.title,
        "saved_at": draft.saved_at,
        "url": f"{url}?draft={draft.id}",
    }


def _going_on(draft: DraftRow, kind: Kind, row: RecordRow) -> dict[str, Any]:
    """A form of a record that was filled in and not sent."""
    page = str(draft.data.get(keeping.PAGE, ""))
    step, form = page.removeprefix(keeping.STEP), page.removeprefix(keeping.FORM)
    at, what = reverse("web:edit", args=[row.id]), "修改"
    if step in kind.steps:
        at, what = reverse("web:advance", args=[row.id, step]), kind.steps[step].title
    elif form != page and form in kind.fields:
        at, what = reverse("web:form", args=[row.id, form]), kind.fields[form].title
    return {"title": row.label, "kind": f"{kind.title}，{what}", "saved_at": draft.saved_at, "url": at}


def _unfinished(request: HttpRequest, org: Any) -> list[dict[str, str]]:
    """Imports and pasted lines that wait to be confirmed."""
    found = [
        {
            "title": f"导入“{one.file_name}”",
            "detail": one.get_state_display(),
            "url": reverse("web:import", args=[one.pk]),
        }
        for one in staged.imports(request.user, org).exclude(state__in=("done", "cancelled"))[
            :MOST_UNFINISHED
        ]
    ]
    waiting = pastes.pastes(request.user, org).filter(is_done=False)[:MOST_UNFINISHED]
    return found + [
        {
            "title": f"粘贴的 {len(one.lines)} 行",
            "detail": "待确认",
            "url": reverse("web:pasted", args=[one.pk]),
        }
        for one in waiting
    ]


def _year(frame: Any) -> dict[str, Any] | None:
    if frame.org is None or frame.year is None:
        return None
    at = [frame.org.id, frame.year]
    return {
        "label": f"{frame.year}年度",
        "url": reverse("web:year", args=at),
        "report_url": reverse("web:report", args=at),
    }
