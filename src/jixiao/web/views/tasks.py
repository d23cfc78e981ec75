"""What waits for the person who signed in: late things first, drafts, and what the year still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.ledger import queries
from jixiao.ledger.queries import Task
from jixiao.ledger.queries.names import DraftRow
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web.context import frame_of
from jixiao.web.gate import gate
from jixiao.web.pager import pager

SOON_DAYS = 7
PAGE = 25
MOST = 1000


@gate()
def show(request: HttpRequest) -> HttpResponse:
    """The desk one starts from."""
    frame = frame_of(request)
    org = frame.org
    found = queries.tasks(request.user, limit=MOST)
    waiting = [task for task in found if org is None or task.record.org_id == org.id]
    late = [task for task in waiting if task.is_late]
    soon = [task for task in waiting if not task.is_late and _left(task) is not None and _left(task) <= SOON_DAYS]
    urgent = {task.record.id for task in (*late, *soon)}
    rest = Paginator([task for task in waiting if task.record.id not in urgent], PAGE).get_page(request.GET.get("page"))
    groups = [
        _group("late", "已逾期", late),
        _group("soon", f"{SOON_DAYS} 天内到期", soon),
        _group("rest", "可以办理", rest.object_list, rest.paginator.count),
    ]
    context = {
        "total": len(waiting),
        "is_cut": len(found) == MOST,
        "late_count": len(late),
        "groups": [group for group in groups if group["items"]],
        "pager": pager(rest, {}),
        "drafts": [_draft(draft) for draft in queries.drafts(request.user)],
        "year": _year(frame),
    }
    return render(request, "web/tasks/tasks.html", context)


def _left(task: Task) -> int | None:
    return None if task.due is None else task.due.days_left()


def _group(anchor: str, title: str, tasks: Sequence[Task], total: int | None = None) -> dict[str, Any]:
    count = len(tasks) if total is None else total
    return {"anchor": anchor, "title": title, "count": count, "items": [_item(task) for task in tasks]}


def _item(task: Task) -> dict[str, Any]:
    row, left = task.record, _left(task)
    tag, tone = "", ""
    if left is not None and task.due is not None:
        tone = "bad" if left < 0 else "warn" if left <= SOON_DAYS else "plain"
        tag = f"{task.due.title}逾期 {-left} 天" if left < 0 else f"{task.due.title}还剩 {left} 天"
    state = task.kind.states[row.state].title if row.state in task.kind.states else ""
    by_title = {spec.title: name for name, spec in task.kind.steps.items()}
    return {
        "title": row.label,
        "detail": "，".join(filter(None, [row.number, state])),
        "kind": task.kind.title,
        "url": reverse("web:record", args=[row.id]),
        "tag": tag,
        "tone": tone,
        "due_on": task.due_on,
        "steps": [
            {"title": title, "url": reverse("web:advance", args=[row.id, by_title[title]])}
            for title in task.steps
            if title in by_title
        ],
    }


def _draft(draft: DraftRow) -> dict[str, Any]:
    kind = in_force().kind(draft.kind)
    if draft.record_id:
        url = reverse("web:create_child", args=[draft.record_id, kind.pack, kind.id])
    else:
        url = reverse("web:create", args=[kind.pack, kind.id])
    return {
        "title": draft.data.get(kind.label) or f"未命名的{kind.title}",
        "kind": kind.title,
        "saved_at": draft.saved_at,
        "url": f"{url}?draft={draft.id}",
    }


def _year(frame: Any) -> dict[str, Any] | None:
    if frame.org is None or frame.year is None:
        return None
    at = [frame.org.id, frame.year]
    return {
        "label": f"{frame.year}年度",
        "url": reverse("web:year", args=at),
        "report_url": reverse("web:report", args=at),
    }
