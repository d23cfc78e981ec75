"""Back-fill a whole past case on one page: its fields, the day of each state, its number, its children in rows."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jixiao.catalogue.kinds import Kind
from jixiao.errors import FieldErrors
from jixiao.ledger import permissions
from jixiao.ledger.actions import drafts, records
from jixiao.ledger.queries import names
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web import entries as boxes
from jixiao.web import keeping
from jixiao.web.context import frame_of, kind_in
from jixiao.web.entries import Entry, Options
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate
from jixiao.web.options import options_for
from jixiao.web.views.origins import origin_entries

ROWS = 3
MOST_ROWS = 60


@dataclass(slots=True)
class ChildTable:
    """The rows for one child kind; a row without any value is not there."""

    kind: Kind
    rows: list[list[Entry]]

    @property
    def id(self) -> str:
        return f"{self.kind.pack}.{self.kind.id}"

    @property
    def title(self) -> str:
        return self.kind.title

    @property
    def titles(self) -> list[str]:
        return [entry.title for entry in self.rows[0]]

    @property
    def count_name(self) -> str:
        return f"rows.{self.id}"


@gate("GET", "POST")
def backfill(request: HttpRequest, pack: str, kind: str) -> HttpResponse:
    """Record what is long over, whole; one event, no reminders."""
    org = frame_of(request).require_org()
    found = kind_in(request.user, org, f"{pack}/{kind}")
    permissions.require(request.user, "backfill", org=org.id)
    catalogue = in_force()
    options = options_for(request.user, org, catalogue)
    fields = [boxes.entry_of(name, spec, options) for name, spec in found.fields.items()]
    fields[0].is_whole_line = True
    stops = [
        Entry(day_of(state), spec.title, "date")
        for state, spec in found.states.items()
        if day_of(state) not in found.fields  # else the day is a field already asked above
    ]
    draft = keeping.draft_id(request)
    given: Mapping[str, str] = request.POST
    if draft and request.method == "GET":
        given = keeping.own_draft(request, draft).data
    tables = [_table(given, child, options) for child in catalogue.children_of(found.full_id)]
    papers = Entry(
        "papers", "佐证材料", hint="文号或名称，多份用分号隔开；文件可在补录后上传", is_whole_line=True
    )
    source, outside = origin_entries()
    grade = Entry("papers_grade", "佐证等级", "select", raw="internal", offered=names.grades())
    cells = [entry for table in tables for row in table.rows for entry in row]
    register = reverse("web:register", args=[pack, kind])
    page = PastPage(
        request,
        f"补录{found.title}",
        "补录",
        [*fields, *stops, papers, grade, source, outside, *cells],
        register,
    )
    page.extra = {
        "kind": found,
        "stops": stops,
        "tables": tables,
        "fields": fields,
        "papers": [papers, grade, source, outside],
        "draft": draft,
    }
    page.extra["crumbs"] = [{"title": found.title, "url": register}, {"title": "补录"}]
    if request.method == "GET":
        if draft:
            boxes.refill(page.entries, given)
        return page.show()
    page.refill()
    do = request.POST.get("do", "")
    if do.startswith("more:"):
        return page.show()
    if do in (keeping.KEEP, "draft", "discard"):
        counts = {table.count_name: str(len(table.rows)) for table in tables}
        data = keeping.typed(page.entries, counts | {keeping.PAGE: "backfill"})
        return _drafted(request, do, org, found, data)

    def act() -> str:
        values = _values(page, fields, cells)
        typed = {entry.name: entry.raw for entry in [*fields, *stops]}
        path = {state: typed[day_of(state)] for state in found.states if typed.get(day_of(state))}
        children = [past for table in tables for past in _pasts(table)]
        made = records.backfill(
            by=request.user, org=org.id, kind=found.full_id, values=values, path=path, children=children,
            evidence=_papers(papers, grade), id=_id(request), source="网页补录",
            source_system=source.raw, outside_number=outside.raw,
        )  # fmt: skip
        if draft:
            drafts.discard(by=request.user, draft=draft)
        messages.success(request, f"已补录{found.title}")
        return reverse("web:record", args=[made.id])

    return page.do(act, "还不能补录")


def _drafted(request: HttpRequest, do: str, org: Any, kind: Kind, data: Mapping[str, str]) -> HttpResponse:
    """Keep what is typed, or throw it away."""
    draft = keeping.draft_id(request)
    if do == keeping.KEEP:
        return keeping.keep(request, org, kind, None, data)
    if do == "discard":
        drafts.discard(by=request.user, draft=draft)
        messages.success(request, "草稿已丢弃")
        return redirect("web:tasks")
    drafts.save(by=request.user, kind=kind.full_id, org=org, data=data, draft=draft or None)
    messages.success(request, "草稿已保存，在“待办”里可以接着填；草稿不计入任何数据")
    return redirect("web:tasks")


def day_of(state: str) -> str:
    """The name under which the day of a state is typed, as the projection calls it."""
    return f"{state}_on"


class PastPage(FormPage):
    template = "web/records/backfill.html"

    def show(self, errors: Any = None, status: int = 200) -> HttpResponse:
        self.entries = self.extra["fields"]
        return super().show(errors, status)


def _table(given: Mapping[str, str], kind: Kind, options: Options) -> ChildTable:
    table = ChildTable(kind, [])
    asked = given.get(table.count_name, "")
    count = min(int(asked), MOST_ROWS) if asked.isdecimal() and len(asked) < 5 and int(asked) else ROWS
    if given.get("do") == f"more:{table.id}":
        count = min(count + ROWS, MOST_ROWS)
    for number in range(count):
        row = []
        for name, spec in kind.fields.items():
            if spec.is_projected:
                entry = boxes.entry_of(name, spec, options, required=False)
                entry.name, entry.widget = f"{table.id}.{number}.{name}", _compact(entry.widget)
                entry.hint = ""  # no room in a row
                row.append(entry)
        table.rows.append(row)
    return table


def _compact(widget: str) -> str:
    return {"choices": "select", "figure": "line"}.get(widget, widget)


def _values(page: FormPage, fields: list[Entry], cells: list[Entry]) -> dict[str, Any]:
    """The values of the case; wrong cells of the rows are told in the same breath."""
    wrong: dict[str, str] = {}
    found: dict[str, Any] = {}
    try:
        found = page.values(fields)
    except FieldErrors as refused:
        wrong |= refused.errors
    boxes.values(cells)
    wrong |= {entry.name: entry.error for entry in cells if entry.error}
    if wrong:
        raise FieldErrors(wrong)
    return found


def _pasts(table: ChildTable) -> Iterator[records.Past]:
    for number, row in enumerate(table.rows, 1):
        values = {entry.name.rsplit(".", 1)[1]: boxes.read(entry) for entry in row if entry.raw}
        if values:
            yield records.Past(kind=table.kind.full_id, values=values, place=f"{table.title}第 {number} 行：")


def _papers(papers: Entry, grade: Entry) -> list[records.Paper]:
    titles = [one.strip() for one in papers.raw.replace("；", ";").split(";")]
    return [records.Paper(title=one, grade=grade.raw or "none") for one in titles if one]


def _id(request: HttpRequest) -> str | None:
    """The form's own id becomes the record's, so that sending it twice records it once."""
    try:
        return str(uuid.UUID(hex=request.POST.get("form_id", "")))
    except ValueError:
        return None
