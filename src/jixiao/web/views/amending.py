"""Pages that go on with a record: correct its fields, take a step. What is typed keeps itself as a draft until it is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.errors import BadInput, NotFound
from jixiao.ledger import clock, handed, queries
from jixiao.ledger.actions import records
from jixiao.ledger.queries.brought_here import brought_here
from jixiao.ledger.queries.names import RecordRow
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web import entries as boxes
from jixiao.web import mending
from jixiao.web.context import choose_org
from jixiao.web.entries import Entry, ErrorItem, Errors
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate
from jixiao.web.keeping import FormDraft, typed
from jixiao.web.options import options_for
from jixiao.web.views.changes import beside, open_to, record_crumbs

HAPPENED = "happened_on"


@gate("GET", "POST")
def edit(request: HttpRequest, record: Any) -> HttpResponse:
    """Correct fields; a second editor is shown both versions and loses nothing."""
    row = queries.record(request.user, str(record))
    org = choose_org(request, row.org)
    handed.require(request.user, "edit", row)
    catalogue = in_force()
    kind = catalogue.kind(row.kind)
    options = options_for(request.user, org, catalogue, on=_own_day(kind, row), row=row)
    fields = open_to(request, kind, row.org_id, row, boxes.entries_of(kind, options))
    note = Entry("note", "说明", hint="为什么改，可不填")
    page = FormPage(
        request, f"修改{kind.title}", "保存修改", [*fields, note], reverse("web:record", args=[row.id])
    )
    kept = FormDraft(request, row, kind)
    page.extra = {"crumbs": [*record_crumbs(row), {"title": "修改"}], "seen": row.version, **kept.told}
    if request.method == "GET":
        boxes.fill(fields, row.data, catalogue)
        page.extra |= kept.restore(page.entries)
        return page.show()
    page.refill()
    if kept.is_asked:
        return kept.answer(typed(page.entries), page.back_url)

    def act() -> str:
        values = page.values(fields)
        seen = _seen(request)
        records.edit(by=request.user, record=row.id, values=values, seen=seen, note=note.raw)
        kept.forget()
        messages.success(request, "已保存修改")
        return page.back_url

    return page.do(act, "还不能保存", row)


@gate("GET", "POST")
def advance(request: HttpRequest, record: Any, step: str) -> HttpResponse:
    """Take one step: what it needs, when it happened, a note."""
    row = queries.record(request.user, str(record))
    org = choose_org(request, row.org)
    catalogue = in_force()
    kind = catalogue.kind(row.kind)
    if step not in kind.steps:
        raise NotFound("没有这一步")
    spec = kind.steps[step]
    handed.require_step(request.user, kind, spec, row)
    options = options_for(request.user, org, catalogue, on=clock.today(), row=row)
    asked = [(name, True) for name in spec.needs] + [(name, False) for name in spec.takes]
    asked = [
        (name, must)
        for name, must in asked
        if kind.fields[name].type is not FieldType.FORM and name not in spec.computes
    ]
    fields = [boxes.entry_of(name, kind.fields[name], options, required=must) for name, must in asked]
    hint = f"事情实际发生的那一天，{boxes.DAYS}"
    happened = Entry(HAPPENED, "发生日期", "date", raw=clock.today().isoformat(), required=True, hint=hint)
    about = [happened]
    if spec.note != "none":
        about.append(Entry("note", "说明", "lines", required=spec.note == "required"))
    page = FormPage(request, spec.title, spec.title, [*fields, *about], reverse("web:record", args=[row.id]))
    kept = FormDraft(request, row, kind, step=step)
    page.extra = {
        "crumbs": [*record_crumbs(row), {"title": spec.title}],
        "seen": row.version,
        "lead": row.label,
        "brought": brought_here(row),
        "similar": None,
        **kept.told,
    }
    page.ways = lambda: mending.ways(request.user, row, step)
    if request.method == "GET":
        boxes.fill(fields, row.data, catalogue)
        page.extra |= beside(request, kind, row)
        page.extra |= kept.restore(page.entries)
        blocked = _blocked(request, row, step, spec.title)
        page.extra["mend_ways"] = page.ways() if blocked else []
        return page.show(blocked)
    page.refill()
    if kept.is_asked:
        return kept.answer(typed(page.entries), page.back_url)

    def act() -> str:
        values = page.values(fields, about)
        records.advance(
            by=request.user,
            record=row.id,
            step=step,
            seen=_seen(request),
            values=values,
            happened_on=_day(happened),
            note=request.POST.get("note", "").strip(),
        )
        kept.forget()
        messages.success(request, f"已办：{spec.title}")
        return page.back_url

    return page.do(act, f"还不能“{spec.title}”", row)


def _own_day(kind: Kind, row: RecordRow) -> date:
    """The day the record itself names, else today."""
    named = row.data.get(kind.date) if kind.date else None
    return date.fromisoformat(named) if named else clock.today()


def _blocked(request: HttpRequest, row: RecordRow, step: str, title: str) -> Errors | None:
    """Why the step is not possible yet, told before anything is typed."""
    for option in queries.steps(request.user, row):
        if option.step == step and not option.legal:
            return Errors(f"还不能“{title}”", [ErrorItem(reason) for reason in option.reasons])
    return None


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    if not text.isdecimal() or len(text) > 9:
        raise BadInput("表单不完整：缺少版本号；请退回记录页重新打开")
    return int(text)


def _day(entry: Entry) -> date | None:
    return date.fromisoformat(entry.raw) if entry.raw else None
