"""What waits for the person who signed in, and their drafts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.registers import RoleSpec
from jixiao.ledger import permissions, queries
from jixiao.ledger.queries import Task, pastes
from jixiao.ledger.queries import imports as staged
from jixiao.ledger.queries.names import DraftRow
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web import keeping, task_lists
from jixiao.web.context import frame_of
from jixiao.web.gate import gate
from jixiao.web.pager import pager

PAGE = 25
MOST = 1000
MOST_UNFINISHED = 5


@gate()
def show(request: HttpRequest) -> HttpResponse:
    """The desk one starts from; with ?kind= one register of it, page by page."""
    frame = frame_of(request)
    org = frame.org
    found = queries.tasks(request.user, org, limit=MOST)
    asked = request.GET.get("kind", "")
    one = next((task.kind for task in found if task.kind.full_id == asked), None)
    if one is not None:
        return _register(request, one, [task for task in found if task.kind is one])
    piles, rest = task_lists.piles(found)
    context = {
        "total": len(found),
        "is_cut": len(found) == MOST,
        "late_count": sum(task.is_late for task in found),
        "piles": piles,
        "rest_count": len(rest),
        "registers": task_lists.registers(rest),
        "may_create": bool(
            org
            and any(permissions.allows(role, "create", "", in_force()) for role in _roles(request, org.id))
        ),
        "drafts": [_draft(draft) for draft in queries.drafts(request.user)],
        "unfinished": _unfinished(request, org) if org else [],
        "year": _year(frame),
    }
    return render(request, "web/tasks/tasks.html", context)


def _register(request: HttpRequest, kind: Kind, tasks: Sequence[Task]) -> HttpResponse:
    page = Paginator(tasks, PAGE).get_page(request.GET.get("page"))
    context = {
        "kind": kind,
        "total": len(tasks),
        "items": [task_lists.item(task) for task in page.object_list],
        "pager": pager(page, {"kind": kind.full_id}),
    }
    return render(request, "web/tasks/register.html", context)


def _roles(request: HttpRequest, org: str) -> list[RoleSpec]:
    return [in_force().role(role) for role in permissions.roles_in(request.user, org)]


def _draft(draft: DraftRow) -> dict[str, Any]:
    kind = in_force().kind(draft.kind)
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
