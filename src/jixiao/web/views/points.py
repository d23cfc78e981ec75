"""Points of members, groups, organisations and villages: by rank, line by line, and what a draft rule would change."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.catalogue.trial import read_scheme, written
from jixiao.errors import PackErrors, Problem
from jixiao.evaluation.standings import Move, Standing
from jixiao.ledger.queries import org_for
from jixiao.ledger.queries.points import PointsView, point_schemes, points
from jixiao.ledger.rules import catalogue as in_force
from jixiao.values import decimal_text
from jixiao.web.gate import gate
from jixiao.web.words import basis

LONGEST_DRAFT = 100_000


@gate()
def index(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """The points schemes of the org's packs."""
    schemes = [
        {
            "title": one.title,
            "note": one.note,
            "url": reverse("web:points", args=[org, year, one.pack, one.id]),
        }
        for one in point_schemes(request.user, org, year)
    ]
    context = {"org": org_for(request.user, org), "year": year, "schemes": schemes, **_year(org, year)}
    return render(request, "web/points/index.html", context)


@gate("GET", "HEAD", "POST")
def show(request: HttpRequest, org: str, year: int, pack: str, scheme: str) -> HttpResponse:
    """The subjects by rank; one of them line by line; a draft tried on the same records, and not kept."""
    name = f"{pack}/{scheme}"
    view = points(request.user, org, year, name)
    text, problems = written(view.scheme), []
    if request.method == "POST":
        text = request.POST.get("draft", "")[:LONGEST_DRAFT].replace("\r\n", "\n")
        try:
            view = points(request.user, org, year, name, read_scheme(text, view.scheme, in_force()))
        except PackErrors as wrong:
            problems = [_problem(one) for one in wrong.problems]
    chosen = request.GET.get("subject")
    context = {
        "org": view.org,
        "year": year,
        "title": view.scheme.title,
        "note": view.scheme.note,
        "subject_title": view.subject_title,
        "sources": basis(view.scheme, org),
        "ranks": [_rank(view, one) for one in view.standings],
        "one": _one(view, view.of(chosen)) if chosen else None,
        "draft": text,
        "problems": problems,
        "tried": view.draft is not None,
        "moves": [_move(view, one) for one in view.moves],
        "here": request.path,
        "index_url": reverse("web:points_index", args=[org, year]),
        **_year(org, year),
    }
    return render(request, "web/points/show.html", context, status=422 if problems else 200)


def _year(org: str, year: int) -> dict[str, Any]:
    return {"year_url": reverse("web:year", args=[org, year])}


def _rank(view: PointsView, one: Standing) -> dict[str, Any]:
    return {
        "rank": one.rank,
        "label": view.labels[one.subject],
        "query": one.subject,
        "total": decimal_text(one.total),
        "grade": one.grade or "",
        "remark": "；".join(filter(None, [one.still_open, one.held_back, *one.follows])),
    }


def _one(view: PointsView, one: Standing) -> dict[str, Any]:
    """Every line with its clause, its working and the records behind it."""
    lines = [
        {
            "title": line.title,
            "clause": line.clause,
            "points": decimal_text(line.points),
            "working": line.working,
            "records": _records(view, line.records),
        }
        for line in one.lines
    ]
    return {**_rank(view, one), "lines": lines, "unscored": _records(view, one.unscored)}


def _records(view: PointsView, ids: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"label": view.labels[one], "url": reverse("web:record", args=[one])} for one in ids]


def _move(view: PointsView, one: Move) -> dict[str, Any]:
    why = [f"{title}由{decimal_text(old)}分变为{decimal_text(new)}分" for title, old, new in one.why]
    return {
        "label": view.labels[one.subject],
        "text": one.text,
        "why": why or ["自己的分没有变，是名额或他人的变动"],
    }


def _problem(one: Problem) -> str:
    return f"第{one.line}行 {one.field}：{one.found}；应为：{one.expected}"
