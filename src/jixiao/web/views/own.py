"""The desk of who speaks for a subject: what waits for its word, its own matters, its own points line by line."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.errors import NotFound
from jixiao.evaluation.standings import Standing
from jixiao.ledger import own as theirs
from jixiao.ledger import queries
from jixiao.ledger.queries import own_desk
from jixiao.ledger.queries.names import RecordRow
from jixiao.ledger.queries.points import PointsView
from jixiao.values import decimal_text
from jixiao.web import words
from jixiao.web.context import frame_of
from jixiao.web.gate import gate
from jixiao.web.views.tasks import draft_line
from jixiao.web.words import basis


@gate()
def show(request: HttpRequest) -> HttpResponse:
    """What is one's own in the org one works in."""
    frame = frame_of(request)
    org = frame.require_org()
    heard = own_desk.speaks_for(request.user, org)
    if not heard and not own_desk.speaks_only(request.user, org.id):
        raise NotFound("您的角色不代表名册中的某一位，没有“我的”一页；请到“待办”")
    at = [org.id, frame.year]
    context = {
        "subjects": "、".join(voice.label for voice in heard),
        "asked": [_asked(one) for one in own_desk.asked(request.user, org)],
        "registers": [_register(one) for one in own_desk.own_rows(request.user, org)],
        "schemes": [
            {"title": one.title, "url": reverse("web:own_points", args=[*at, one.pack, one.id])}
            for one in own_desk.own_schemes(request.user, org)
        ]
        if frame.year
        else [],
        "year": frame.year,
        "ways_in": [
            {"title": kind.title, "url": reverse("web:create", args=[kind.pack, kind.id])}
            for kind in queries.kinds_for(request.user, org, own=True)
            if kind.parent is None and kind.own and theirs.can_create(request.user, kind, org.id)
        ],
        "drafts": [draft_line(draft) for draft in queries.drafts(request.user)],
    }
    return render(request, "web/own/home.html", context)


@gate()
def points(request: HttpRequest, org: str, year: int, pack: str, scheme: str) -> HttpResponse:
    """One's own points of a year with the clauses and the records behind them."""
    view, mine = own_desk.own_points(request.user, org, year, f"{pack}/{scheme}")
    context = {
        "year": year,
        "org": view.org,
        "title": view.scheme.title,
        "note": view.scheme.note,
        "sources": basis(view.scheme, org),
        "sheets": [_sheet(request, view, one) for one in mine],
        "home_url": reverse("web:own"),
    }
    return render(request, "web/own/points.html", context)


def _asked(one: own_desk.Asked) -> dict[str, Any]:
    told, tone = _due_words(one)
    return {
        "title": one.about or one.record.label,
        "kind": one.kind.title,
        "detail": one.record.label if one.about else words.state(one.kind, one.record.state),
        "due": told,
        "tone": tone,
        "due_on": one.due.on if one.due else None,
        "url": reverse("web:record", args=[one.record.id]),
        "steps": [
            {"title": step.spec.title, "url": reverse("web:advance", args=[one.record.id, step.step])}
            for step in one.steps
        ],
    }


def _due_words(one: own_desk.Asked) -> tuple[str, str]:
    left = one.due.days_left() if one.due else None
    if left is None:
        return "", "plain"
    if left < 0:
        return f"逾期 {-left} 天", "bad"
    return (f"还剩 {left} 天", "plain") if left else ("今天到期", "warn")


def _register(one: own_desk.OwnRows) -> dict[str, Any]:
    day = one.kind.date
    return {
        "title": one.kind.title,
        "count": one.count,
        "unit": one.kind.unit,
        "rows": [
            {
                "title": row.label,
                "number": row.number,
                "day": row.data.get(day, "") if day else "",
                "state": words.state(one.kind, row.state),
                "url": reverse("web:record", args=[row.id]),
            }
            for row in one.rows
        ],
    }


def _sheet(request: HttpRequest, view: PointsView, one: Standing) -> dict[str, Any]:
    open_to = _open_to(request, [*one.unscored, *(record for line in one.lines for record in line.records)])
    return {
        "label": view.labels[one.subject],
        "total": decimal_text(one.total),
        "grade": one.grade or "",
        "remark": "；".join(filter(None, [one.still_open, one.held_back, *one.follows])),
        "lines": [
            {
                "title": line.title,
                "clause": line.clause,
                "points": decimal_text(line.points),
                "working": line.working,
                "records": [_record(view, name, open_to) for name in line.records],
            }
            for line in one.lines
        ],
        "unscored": [_record(view, name, open_to) for name in one.unscored],
    }


def _open_to(request: HttpRequest, names: list[str]) -> set[str]:
    """Those of the records that this person may open."""
    found: set[str] = set()
    for name in dict.fromkeys(names):
        try:
            row: RecordRow = queries.record(request.user, name)
        except NotFound:
            continue
        found.add(row.id)
    return found


def _record(view: PointsView, name: str, open_to: set[str]) -> dict[str, str]:
    url = reverse("web:record", args=[name]) if name in open_to else ""
    return {"label": view.labels[name], "url": url}
