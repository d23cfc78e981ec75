"""The page of one record: where it stands, what it says, what hangs on it, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.catalogue import Catalogue
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.ledger import deadlines, permissions, queries
from jixiao.ledger.actions.filed_records import items_of
from jixiao.ledger.queries import StepView, advice, names, towards
from jixiao.ledger.queries.names import RecordRow
from jixiao.ledger.queries.prints import prints_for
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web import hints, mending, words
from jixiao.web.context import choose_org
from jixiao.web.gate import gate
from jixiao.web.stops import stops, way_on
from jixiao.web.views.changes import beside, record_crumbs
from jixiao.web.words import sources
from jixiao.web.year_lines import address_of

CHILD_COLUMNS = 4
SOON_DAYS = 7
SHOWN_ACTS = 10
MOST_BELOW = 20


@gate()
def show(request: HttpRequest, record: Any) -> HttpResponse:
    """Everything about one record that this person may see."""
    row = queries.record(request.user, str(record))
    choose_org(request, row.org)
    catalogue = in_force()
    kind = catalogue.kind(row.kind)
    may = queries.may(request.user, row)
    steps = queries.steps(request.user, row)
    dues = deadlines.stored(kind, row.dues, row.state)
    at = [row.id]
    history = queries.history(request.user, row, family=row.parent_id is None)
    children = [
        _children(request, row, child, rows, catalogue) for child, rows in queries.children(request.user, row)
    ]
    context = {
        "record": row,
        "kind": kind,
        "name": row.label,
        "state": words.state(kind, row.state),
        "crumbs": _here(record_crumbs(row)),
        "notices": queries.notices(request.user, row),
        "path": stops(kind, row.path),
        "due": _nearest(dues),
        "legal": _legal(kind, row, steps),
        "blocked": [_blocked(request, row, one) for one in steps if not one.legal],
        "facts": _facts(request, kind, row, catalogue),
        "children": [group for group in children if group["rows"]],
        "no_children": [group for group in children if not group["rows"]],
        "links": _links(request, kind, row, catalogue, "edit" in may),
        "evidence": [_paper(use) for use in queries.evidence(request.user, row)],
        "usual_evidence": kind.evidence,
        "deadlines": [_deadline(kind, due) for due in dues],
        "history": history[:SHOWN_ACTS],
        "older": history[SHOWN_ACTS:],
        "counted": _counted(request, row),
        "lines": [_line(one, catalogue) for one in towards.lines_of(request.user, row)],
        "totals": [
            {"title": one.title, "count": count, "unit": one.unit}
            for one, count in towards.totals_of(request.user, row)
        ],
        "prints": _prints(row),
        "file_items": _file_items(request, row),
        "file_url": reverse("web:file_record", args=at),
        "edit_url": reverse("web:edit", args=at) if "edit" in may else "",
        "evidence_url": reverse("web:attach", args=at) if queries.may_attach(request.user, row) else "",
        "link_url": reverse("web:link", args=at) if "edit" in may and kind.links else "",
        "void_url": reverse("web:void", args=at) if "void" in may else "",
        "undo_url": reverse("web:undo", args=at) if "undo" in may else "",
        "look_url": reverse("web:similar", args=at) if kind.similar else "",
        **beside(request, kind, row),
        **_hints(request, row, catalogue),
    }
    return render(request, "web/records/record.html", context)


def _hints(request: HttpRequest, row: RecordRow, catalogue: Catalogue) -> dict[str, Any]:
    """What may be looked over at the record itself, and at what hangs below it."""
    found = advice.of_family(request.user, row)
    own = hints.lines(request.user, [one for one in found if one.record.pk == row.pk], catalogue)
    below = [one for one in found if one.record.pk != row.pk][:MOST_BELOW]
    return {
        "hints": own[0]["items"] if own else [],
        "family_hints": hints.lines(request.user, below, catalogue),
    }


def _file_items(request: HttpRequest, row: RecordRow) -> list[str]:
    """The titles of what this record may be filed as, for who may file."""
    if row.voided or not permissions.can(request.user, "file", org=row.org_id):
        return []
    return [item.title for item in items_of(row)]


def _prints(row: RecordRow) -> list[dict[str, str]]:
    """The official papers of a record as it stands."""
    return [
        {
            "title": one.title,
            "docx": reverse("web:print_docx", args=[row.id, one.pack, one.id]),
            "pdf": reverse("web:print_pdf", args=[row.id, one.pack, one.id]),
        }
        for one in prints_for(row)
    ]


def _legal(kind: Kind, row: RecordRow, steps: Sequence[StepView]) -> list[dict[str, Any]]:
    """The steps one may take, the one on the main way first."""
    ahead = way_on(kind, row.state or "")
    found = [
        {
            "title": one.spec.title,
            "url": reverse("web:advance", args=[row.id, one.step]),
            "is_main": bool(ahead) and one.spec.to == ahead[0],
        }
        for one in steps
        if one.legal
    ]
    return sorted(found, key=lambda step: not step["is_main"])


def _blocked(request: HttpRequest, row: RecordRow, one: StepView) -> dict[str, Any]:
    """A step that cannot be taken yet, why, and where that is put right."""
    return {
        "title": one.spec.title,
        "reasons": one.reasons,
        "ways": mending.ways(request.user, row, one.step),
    }


def _here(crumbs: list[dict[str, str]]) -> list[dict[str, str]]:
    return [*crumbs[:-1], {"title": crumbs[-1]["title"]}]


def _nearest(dues: list[deadlines.Due]) -> dict[str, str] | None:
    open_ones = [due for due in dues if not due.is_met]
    if not open_ones:
        return None
    due = min(open_ones, key=lambda one: one.on)
    return {"text": f"{due.title}{_left(due)}", "tone": _tone(due)}


def _left(due: deadlines.Due) -> str:
    days = due.days_left()
    return f"逾期 {-days} 天" if days < 0 else "今天到期" if days == 0 else f"还剩 {days} 天"


def _tone(due: deadlines.Due) -> str:
    if due.is_met:
        return "bad" if due.is_late() else "ok"
    return "bad" if due.days_left() < 0 else "warn" if due.days_left() <= SOON_DAYS else "plain"


def _deadline(kind: Kind, due: deadlines.Due) -> dict[str, Any]:
    if due.met_on is not None:
        text = f"{due.met_on.isoformat()} {'逾期办结' if due.is_late() else '按期办结'}"
    else:
        text = f"{due.on.isoformat()}，{_left(due)}"
    return {
        "title": due.title,
        "text": text,
        "tone": _tone(due),
        "trace": due.trace,
        "is_provisional": due.provisional,
        "sources": [source["text"] for source in sources(kind.deadlines[due.deadline].source)],
    }


def _facts(request: HttpRequest, kind: Kind, row: RecordRow, catalogue: Catalogue) -> list[dict[str, Any]]:
    """The fields that say something, then those still empty that are required."""
    called = names.pointed_to(kind, [row])
    found = []
    for name, spec in kind.fields.items():
        stored = row.data.get(name)
        if spec.type is FieldType.FORM:
            url = reverse("web:form", args=[row.id, name])
            told = words.field(kind, name, stored, catalogue, called) or "去填写"
            found.append({"title": spec.title, "text": told, "is_prose": False, "url": url})
            continue
        if stored is None and not spec.required:
            continue
        url = reverse("web:record", args=[stored]) if spec.type is FieldType.REF and stored in called else ""
        if url and not permissions.can(request.user, "read", org=row.org_id, kind=spec.to or ""):
            url = ""
        found.append(
            {
                "title": spec.title,
                "text": words.field(kind, name, stored, catalogue, called),
                "is_prose": spec.type is FieldType.LONG_TEXT,
                "url": url,
            }
        )
    return found


def _children(
    request: HttpRequest, row: RecordRow, kind: Kind, rows: list[RecordRow], catalogue: Catalogue
) -> dict[str, Any]:
    called = names.pointed_to(kind, rows)
    shown = [name for name, spec in kind.fields.items() if spec.is_projected and name != kind.label]
    shown = [kind.label, *shown[: CHILD_COLUMNS - 1]]
    lines = []
    for one in rows:
        cells = [{"text": words.field(kind, name, one.data.get(name), catalogue, called)} for name in shown]
        cells[0] |= {"url": reverse("web:record", args=[one.id]), "text": cells[0]["text"] or one.label}
        if kind.states:
            cells.append({"text": words.state(kind, one.state)})
        lines.append({"cells": cells})
    may_add = queries.may_add(request.user, kind, row)
    return {
        "title": kind.title,
        "unit": kind.unit,
        "columns": [kind.fields[name].title for name in shown] + (["状态"] if kind.states else []),
        "rows": lines,
        "add_url": reverse("web:create_child", args=[row.id, kind.pack, kind.id]) if may_add else "",
    }


def _links(
    request: HttpRequest, kind: Kind, row: RecordRow, catalogue: Catalogue, may_edit: bool
) -> list[dict[str, Any]]:
    """Links by what the others are to this record; the roles of its own kind are there even when empty, as far as the
    person could see what they point to: what one may not read is not told to be absent.
    """
    groups: dict[str, list[dict[str, str]]] = {
        spec.title: []
        for spec in kind.links.values()
        if permissions.can(request.user, "read", org=row.org_id, kind=spec.to)
    }
    for link in queries.links(request.user, row):
        item = {
            "text": link.other.label,
            "url": reverse("web:record", args=[link.other.id]),
            "kind": catalogue.kind(link.other.kind).title,
            "unlink_url": reverse("web:unlink", args=[row.id, link.id]) if may_edit and link.outgoing else "",
        }
        groups.setdefault(link.title, []).append(item)
    return [{"title": title, "items": items} for title, items in groups.items()]


def _paper(use: Any) -> dict[str, str]:
    detail = [use.document_number if use.document_number != use.title else ""]
    if use.evidence is not None:
        detail.append(f"{use.file_name}，{_size(use.evidence.size)}")
    detail.append(f"{words.moment(use.added_at)[:10]} 添加")
    return {
        "title": use.title,
        "url": reverse("web:evidence", args=[use.evidence_id]) if use.evidence_id else "",
        "grade": use.get_grade_display(),
        "detail": "，".join(filter(None, detail)),
    }


def _size(size: int) -> str:
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(1, size // 1024)} KB"


def _line(one: towards.Towards, catalogue: Catalogue) -> dict[str, Any]:
    """A line of counting the record counts towards, at which level, and which others count it too."""
    kind = catalogue.kind(one.line.kind)
    level = next(
        (
            words.field(kind, name, one.line.data.get(name), catalogue, {})
            for name, spec in kind.fields.items()
            if spec.type is FieldType.CODE
        ),
        "",
    )
    return {
        "title": one.line.label,
        "level": level,
        "role": one.title,
        "beside": "、".join(one.beside),
        "url": reverse("web:record", args=[one.line.pk]),
    }


def _counted(request: HttpRequest, row: RecordRow) -> list[dict[str, str]]:
    """The figures this record counts towards, year by year."""
    found = []
    for one in queries.counted_in(request.user, row):
        if one.indicator.is_rate:
            part = "分子、分母" if one.in_top and one.in_bottom else "分子" if one.in_top else "分母"
        else:
            part = ""
        found.append(
            {
                "title": f"{one.year}年度 {one.indicator.title}",
                "part": part,
                "url": address_of(row.org_id, one.year, one.indicator.full_id),
            }
        )
    return found
