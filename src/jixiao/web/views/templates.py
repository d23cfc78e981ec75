"""A bureau's own form (套表): handed in once, its cells bound by pointing, given back filled each year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.catalogue.dates import read_date
from jixiao.errors import BadInput, FieldErrors, JixiaoError, NotAllowed, NotFound
from jixiao.forms.cells import shown
from jixiao.forms.template_places import Binding
from jixiao.forms.template_words import Spot, nearest, years_told
from jixiao.ledger import clock, permissions
from jixiao.ledger.actions import templates as acts
from jixiao.ledger.queries import templates as queries
from jixiao.ledger.queries.template_guesses import guesses
from jixiao.ledger.queries.templates import Offer, TemplateView
from jixiao.web import once
from jixiao.web.context import choose_org, frame_of
from jixiao.web.entries import ErrorItem, Errors
from jixiao.web.gate import gate
from jixiao.web.uploads import MIB, read_upload

LARGEST = 10 * MIB
MOST_ROWS, MOST_COLUMNS = 200, 40
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@gate("GET", "POST")
def index(request: HttpRequest) -> HttpResponse:
    """The office's templates, and the box to hand in another."""
    org = frame_of(request).require_org()
    errors: Errors | None = None
    if request.method == "POST":
        try:
            return once.do(request, lambda: _keep(request, org.id))
        except (NotFound, NotAllowed):
            raise
        except FieldErrors as wrong:
            errors = Errors(
                "还不能收下这张套表", [ErrorItem(text, name) for name, text in wrong.errors.items()]
            )
        except JixiaoError as refused:
            errors = Errors("还不能收下这张套表", [ErrorItem(str(refused))])
    context = {
        "org": org,
        "kept": queries.templates(request.user, org),
        "may_keep": permissions.can(request.user, "file", org=org.id),
        "title": request.POST.get("title", ""),
        "errors": errors,
        "form_id": once.fresh(),
    }
    return render(request, "web/templates/index.html", context, status=422 if errors else 200)


def _keep(request: HttpRequest, org: str) -> str:
    content, name = read_upload(request, "file", LARGEST, "财政发来的套表（.xlsx 或 .docx）")
    made = acts.keep(
        by=request.user, org=org, title=request.POST.get("title", ""), name=name, content=content,
        takes=request.POST.get("takes") == "yes",
    )  # fmt: skip
    messages.success(request, f"已收下：{made.title}")
    return reverse("web:template", args=[made.id])


@gate("GET", "POST")
def show(request: HttpRequest, template: Any) -> HttpResponse:
    """The tables of a template: point to a cell, choose what fills it."""
    view = queries.template(request.user, str(template))
    org = choose_org(request, view.template.org)
    year = frame_of(request).year
    here = reverse("web:template", args=[view.template.id])
    errors: Errors | None = None
    if request.method == "POST":
        try:
            return once.do(request, lambda: _bind(request, view, here, year))
        except (NotFound, NotAllowed):
            raise
        except JixiaoError as refused:
            errors = Errors("还没有记住", [ErrorItem(str(refused))])
    takes = view.template.takes
    offers = queries.offers(request.user, org.id, year)
    if takes:
        offers = [one for one in offers if one.source.startswith("filed:")]
    outcome = None if takes else queries.filled(request.user, view, year)
    context = {
        "takes": takes,
        "take_url": reverse("web:template_take", args=[view.template.id]),
        "last_day": date(year, 12, 31).isoformat(),
        "view": view,
        "org": org,
        "year": year,
        "tables": _tables(view, offers),
        "groups": _groups(offers),
        "units": ("", "万元", "元", "亿元", "%"),
        "unfilled": _unfilled(view, outcome.unfilled) if outcome else [],
        "moved": [told for _, told in outcome.moved] if outcome else [],
        "filled": len(outcome.filled) if outcome else 0,
        "guessed": _guessed(view, offers) if view.may_bind and not takes else [],
        "errors": errors,
        "form_id": once.fresh(),
        "file_url": reverse("web:template_file", args=[view.template.id, year]),
    }
    return render(request, "web/templates/template.html", context, status=422 if errors else 200)


def _bind(request: HttpRequest, view: TemplateView, here: str, year: int) -> str:
    address, source = request.POST.get("cell", ""), request.POST.get("source", "")
    if request.POST.get("act") == "forget":
        acts.forget(by=request.user, template=view.template.id, address=address, source=source)
        messages.success(request, f"不再填 {address}")
        return here
    if request.POST.get("act") == "guess":
        return _take_guesses(request, view, here, year)
    if not address:
        raise BadInput("请先在表里点选一格")
    if fixed := request.POST.get("words", "").strip()[:200]:
        source = f"{queries.FIXED}{fixed}"
    known = queries.offers(request.user, view.template.org_id, year)
    offer = next((one for one in known if one.source == source), None)
    spot = next((one for one in view.spots if one.address == address), None)
    unit = offer.unit(request.POST.get("unit", ""), spot.money) if offer and spot else ""
    places = request.POST.get("places", "2")
    acts.bind(
        by=request.user, template=view.template.id, address=address, source=source,
        unit=unit, places=int(places) if places in "0123456" and places else 2,
    )  # fmt: skip
    messages.success(request, f"已记住 {address} 的填法" if source else f"已取消 {address} 的填法")
    return f"{here}#bind"


def _take_guesses(request: HttpRequest, view: TemplateView, here: str, year: int) -> str:
    found = guesses(view, queries.offers(request.user, view.template.org_id, year))
    acts.bind_several(
        by=request.user, template=view.template.id,
        given=[(one.spot.address, one.offer.source, one.unit) for one in found],
    )  # fmt: skip
    messages.success(request, f"已按行列文字记住 {len(found)} 格；请逐格看一遍，不对的改选或取消")
    return here


@gate("POST")
def take(request: HttpRequest, template: Any) -> HttpResponse:
    """File what a workbook of this layout says for the year."""
    view = queries.template(request.user, str(template))
    choose_org(request, view.template.org)
    year = frame_of(request).year
    here = reverse("web:template", args=[view.template.id])

    def act() -> str:
        content, name = read_upload(request, "file", LARGEST, "要取数的表（.xlsx 或 .docx）")
        values, told = acts.take(
            by=request.user, template=view.template.id, year=year, name=name, content=content,
            stated_on=read_date(request.POST.get("stated_on", ""), clock.today()),
        )  # fmt: skip
        messages.success(request, f"已按{year}年度填报 {len(values)} 项")
        for line in told[:20]:
            messages.warning(request, line)
        return reverse("web:filed", args=[view.template.org_id, year])

    try:
        return once.do(request, act)
    except (NotFound, NotAllowed):
        raise
    except FieldErrors as wrong:
        for text in wrong.errors.values():
            messages.warning(request, text)
    except (JixiaoError, ValueError) as refused:
        messages.warning(request, str(refused))
    return redirect(here)


@gate()
def download(request: HttpRequest, template: Any, year: int) -> HttpResponse:
    """That very file, filled for the year."""
    view = queries.template(request.user, str(template))
    choose_org(request, view.template.org)
    outcome = queries.filled(request.user, view, year)
    name = view.template.file_name
    answer = HttpResponse(outcome.content, content_type=MEDIA[name.rsplit(".", 1)[-1].lower()])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def _groups(offers: Sequence[Offer]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, str]]] = {}
    for one in offers:
        told = one.title if one.lines is not None else f"{one.title}（{shown(one.content, one.units[0])}）"
        groups.setdefault(one.group, []).append({"source": one.source, "title": told})
    return [{"title": title, "offers": several} for title, several in groups.items()]


def _tables(view: TemplateView, offers: Sequence[Offer]) -> list[dict[str, Any]]:
    """Each table as rows of cells, drawn over what they cover; a bound cell says what fills it."""
    bound = view.bound()
    titles = {one.source: one.title for one in offers}
    tables: dict[str, dict[int, list[dict[str, Any]]]] = {}
    cut: set[str] = set()
    for spot in view.spots:
        if spot.row >= MOST_ROWS or spot.column >= MOST_COLUMNS:
            cut.add(spot.table)
            continue
        rows = tables.setdefault(spot.table, {})
        for number in range(spot.row, min(spot.row + spot.down, MOST_ROWS)):
            rows.setdefault(number, [])
        binding = bound.get(spot.address)
        rows[spot.row].append(
            {
                "address": spot.address,
                "text": spot.text,
                "down": spot.down,
                "across": spot.across,
                "filled_by": _filled_by(binding.source, titles) if binding else "",
                "may": view.may_bind and _may(view, spot, binding is not None),
                "is_formula": spot.formula and not view.template.takes,
                "says": _says(spot),
            }
        )
    return [
        {"title": title, "rows": [rows[number] for number in sorted(rows)], "is_cut": title in cut}
        for title, rows in tables.items()
    ]


def _guessed(view: TemplateView, offers: Sequence[Offer]) -> list[str]:
    """What would fill the cells whose words are those of our own forms, one line each."""
    return [f"{one.spot.place} {one.offer.title}" for one in guesses(view, offers)]


def _unfilled(view: TemplateView, found: Sequence[tuple[Binding, str]]) -> list[dict[str, str]]:
    """What stayed empty and why; a binding whose cell is gone can be dropped."""
    return [
        {
            "where": one.address,
            "named": one.named,
            "reason": reason,
            "drop": one.source if view.may_bind and view.lost(one) else "",
        }
        for one, reason in found
    ]


def _filled_by(source: str, titles: Mapping[str, str]) -> str:
    if source.startswith(queries.FIXED):
        return f"照写“{source.removeprefix(queries.FIXED)}”"
    return titles.get(source, "来源已不存在")


def _may(view: TemplateView, spot: Spot, is_bound: bool) -> bool:
    """Numbers are taken from cells that hold some; they are put into cells that are empty."""
    if view.template.takes:
        return is_bound or any(character.isdigit() for character in spot.text)
    return not spot.formula and (spot.is_open or is_bound)


def _says(spot: Spot) -> str:
    named = years_told("·".join(nearest(word) for word in (spot.row_words, spot.column_words) if word))
    return f"{spot.place} {named}".strip()
