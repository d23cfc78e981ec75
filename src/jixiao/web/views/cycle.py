"""The desk of a performance year: goals, monitoring, self-evaluations and rectifications, each where it stands."""

from __future__ import annotations

import tempfile
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.errors import NotFound
from jixiao.ledger import queries
from jixiao.ledger.packaging.proofs import INTERNAL, Enclose, Proof, size_of
from jixiao.ledger.queries import cycle as desk
from jixiao.ledger.queries.cycle import CycleView, PartView, Standing
from jixiao.ledger.queries.package import megabytes, outlook
from jixiao.ledger.queries.package import package as make_package
from jixiao.web.context import choose_org
from jixiao.web.gate import gate
from jixiao.web.stops import stops
from jixiao.web.twins import attachment

IN_MEMORY = 8 * 2**20
MOST_PAPERS = 300


@gate()
def show(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """Every part of the year with what waits for whom; what may be begun has a button with its boxes filled."""
    place = queries.org_for(request.user, org)
    choose_org(request, place)
    views = desk.cycle(request.user, org, year)
    if not views:
        raise NotFound(f"{place.title}没有启用带年度流程的规则包；请先由管理人员启用预算绩效的规则包")
    context = {
        "org": place,
        "year": year,
        "cycles": [_cycle(view) for view in views],
        "year_url": reverse("web:year", args=[org, year]),
        "package_url": reverse("web:package", args=[org, year]),
        "presubmit_url": reverse("web:presubmit", args=[org, year]),
    }
    return render(request, "web/cycle/cycle.html", context)


@gate()
def package(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """What a package would hold, how large it would be, and whether internal papers go in."""
    view = outlook(request.user, org, year)
    choose_org(request, view.org)
    enclosed, internal = size_of(view.open), size_of([*view.open, *view.internal])
    ways = [
        (Enclose.OPEN, "放入佐证文件，内部材料只列目录", f"{len(view.open)} 份，{megabytes(enclosed)}"),
        (
            Enclose.ALL,
            "连同内部材料一起放入",
            f"{len(view.open) + len(view.internal)} 份，{megabytes(internal)}",
        ),
        (Enclose.NONE, "只放佐证目录，文件备查", "0 份"),
    ]
    context = {
        "org": view.org,
        "year": year,
        "ways": [{"id": way.value, "title": title, "note": note} for way, title, note in ways],
        "chosen": Enclose.OPEN.value,
        "outline": request.GET.get("outline", ""),
        "papers": [_paper(one) for one in [*view.internal, *view.open][:MOST_PAPERS]],
        "files": len(view.open) + len(view.internal),
        "count": len(view.proofs),
        "listed": len(view.listed),
        "cycle_url": reverse("web:cycle", args=[org, year]),
        "year_url": reverse("web:year", args=[org, year]),
        "zip_url": reverse("web:package_zip", args=[org, year]),
        "presubmit_url": reverse("web:presubmit", args=[org, year]),
    }
    return render(request, "web/cycle/package.html", context)


def _paper(one: Proof) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": one.title,
        "what": one.what,
        "grade": one.grade_title,
        "is_internal": one.grade == INTERNAL,
        "size": megabytes(one.size),
    }


@gate()
def package_zip(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """The package for the bureau as one zip, written to disk where it is large."""
    ways = {one.value: one for one in Enclose}
    enclose = ways.get(request.GET.get("evidence", ""), Enclose.OPEN)
    made = make_package(request.user, org, year, request.GET.get("outline") or None, enclose)
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    made.write(file)
    file.seek(0)
    response = FileResponse(file, content_type="application/zip")
    response["Content-Disposition"] = attachment(made.name)
    return response


def _cycle(view: CycleView) -> dict[str, Any]:
    return {
        "title": view.cycle.title,
        "note": view.cycle.note,
        "parts": [_part(view, part) for part in view.parts],
        "alarms": [rule.title for rule in view.alarms],
        "is_watched": any(part.part.watch for part in view.parts),
    }


def _part(view: CycleView, part: PartView) -> dict[str, Any]:
    waiting = sum(not one.is_over for one in (*part.standings, *part.earlier))
    create = reverse("web:create", args=[part.kind.pack, part.kind.id])
    return {
        "id": part.part.id,
        "title": part.part.title,
        "unit": part.kind.unit,
        "count": len(part.standings),
        "waiting": waiting,
        "items": [_item(one) for one in part.standings],
        "earlier": [_item(one) | {"of": desk.year_of(one.record, part.part)} for one in part.earlier],
        "beginnings": [
            {"title": one.title, "url": f"{create}?{urlencode({**one.values, 'org': view.org.pk})}"}
            for one in part.beginnings
        ],
        "is_based": bool(part.part.based_on),
        "is_watched": part.part.watch is not None,
    }


def _item(one: Standing) -> dict[str, Any]:
    row = one.record
    kind = desk.rules().kind(row.kind)
    return {
        "title": row.label,
        "url": reverse("web:record", args=[row.pk]),
        "state": one.state,
        "is_over": one.is_over,
        "path": stops(kind, row.path) if kind.states else [],
        "waits_for": "、".join(one.waits_for),
        "steps": [
            {"title": step.spec.title, "url": reverse("web:advance", args=[row.pk, step.step])}
            for step in one.steps
        ],
        "dues": [
            {"text": f"{due.title} {due.on.isoformat()}", "tone": "bad" if due.is_late() else "plain"}
            for due in one.dues
        ],
        "forms": [
            {"title": title, "url": reverse("web:form", args=[row.pk, field])} for field, title in one.forms
        ],
        "score": one.score,
        "grade": one.grade,
        "checked": one.checked,
        "lights": [
            {
                "rule": light.rule,
                "light": light.signal.light or "",
                "working": light.signal.working,
                "warnings": light.signal.warnings,
                "left_out": light.left_out,
            }
            for light in one.lights
        ],
    }
