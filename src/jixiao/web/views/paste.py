"""Paste lines of chat or of a table, put right what was read, confirm: one line, one record. Needs no script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.catalogue.dates import read_date
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.errors import FieldErrors, JixiaoError, NotAllowed, NotFound
from jixiao.ledger import clock
from jixiao.ledger.actions import pastes
from jixiao.ledger.evidence_store import NOTICE
from jixiao.ledger.queries import pastes as kept
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web import entries as boxes
from jixiao.web.context import choose_org, frame_of
from jixiao.web.entries import Entry, ErrorItem, Errors, Options
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate
from jixiao.web.options import options_for

HINT = "从聊天群、工作日志或表格里复制，一行一件事；发言人的名字不保存。"


@gate("GET", "POST")
def paste(request: HttpRequest) -> HttpResponse:
    """The box to paste into, and what waits from before."""
    org = frame_of(request).require_org()
    kinds = [(kind.full_id, kind.title) for kind in kept.may_paste(request.user, org)]
    if not kinds:
        raise NotAllowed("您在本单位不能登记台账；须由经办人办理")
    text = Entry("text", "粘贴到这里", "lines", required=True, hint=f"{HINT}{NOTICE}", is_whole_line=True)
    today = clock.today().isoformat()
    day = Entry("on", "“昨天”“周五”从哪天算", "date", raw=today, hint="没写年份的日期也按这一天往前找")
    usual = Entry("usual", "看不出类别的算作", "select", offered=kinds, empty="不采用")
    page = FormPage(request, "粘贴登记", "读取", [text, day, usual], reverse("web:registers"))
    page.template = "web/imports/paste.html"
    page.extra = {"crumbs": [{"title": "粘贴登记"}], "earlier": kept.pastes(request.user, org)[:10]}
    if request.method == "GET":
        return page.show()
    page.refill()
    text.raw = request.POST.get("text", "")

    def act() -> str:
        if not text.raw.strip():
            raise FieldErrors({"text": "请把聊天记录或表格中的若干行粘贴到框里"})
        try:
            on = read_date(day.raw) if day.raw else clock.today()
        except ValueError as wrong:
            raise FieldErrors({"on": str(wrong)}) from wrong
        made = pastes.begin(by=request.user, org=org, text=text.raw, on=on, usual=usual.raw)
        return reverse("web:pasted", args=[made.pk])

    return page.do(act, "还不能读取")


@gate("GET", "POST")
def pasted(request: HttpRequest, paste_id: Any) -> HttpResponse:
    """The lines as they were read, each to be put right; kept whatever happens until they are confirmed."""
    row = kept.paste(request.user, str(paste_id))
    org = choose_org(request, row.org)
    kinds = {kind.full_id: kind for kind in kept.may_paste(request.user, org)}
    options = options_for(request.user, org, in_force())
    if request.method == "GET" or row.is_done:
        return _page(request, row, kinds, options)
    do = request.POST.get("do", "")
    if do == "discard":
        pastes.discard(by=request.user, paste=row)
        messages.success(request, "已丢弃这次粘贴；台账没有变动")
        return redirect("web:paste")
    typed = _typed(request, row, kinds, options)
    if do == "spread":
        _spread(typed, kinds)
    row = pastes.keep(by=request.user, paste=row, lines=typed)
    if do != "confirm":
        messages.success(request, "已保存，还没有登记")
        return redirect("web:pasted", paste_id=row.pk)
    try:
        done = pastes.confirm(by=request.user, paste=row)
    except (NotFound, NotAllowed):
        raise
    except FieldErrors as wrong:
        return _page(request, kept.paste(request.user, row.pk), kinds, options, wrong.errors, 422)
    except JixiaoError as refused:
        return _page(request, row, kinds, options, {"": str(refused)}, 422)
    count = sum(bool(line.get("record")) for line in done.lines)
    messages.success(request, f"已登记 {count} 条")
    return redirect("web:pasted", paste_id=row.pk)


def _typed(
    request: HttpRequest, row: Any, kinds: dict[str, Kind], options: Options
) -> dict[int, dict[str, Any]]:
    """What stands in the boxes of each line; a line whose kind was changed keeps what fits the new kind by type."""
    found = {}
    for place, line in enumerate(row.lines):
        chosen = request.POST.get(f"{place}.kind", line["kind"])
        shown = request.POST.get(f"{place}.as", line["kind"])
        kind = kinds.get(shown)
        values = dict(line["values"])
        if kind is not None:
            entries = _boxes(place, kind, {}, options)
            boxes.refill(entries, request.POST)
            asked = {entry.name.split(".", 1)[1]: _value(entry) for entry in entries}
            values = {name: text for name, text in values.items() if name not in asked} | asked
        if chosen != shown and chosen in kinds:
            values = _moved(values, kind, kinds[chosen], line["text"])
        found[place] = {"kind": chosen, "values": values}
    return found


def _spread(typed: dict[int, dict[str, Any]], kinds: dict[str, Kind]) -> None:
    """Where a line lacks something required that is chosen from a list, it takes what the first of its kind has."""
    first: dict[tuple[str, str], str] = {}
    for line in typed.values():
        kind = kinds.get(line["kind"])
        for name, spec in kind.fields.items() if kind else ():
            if spec.required and spec.type in (
                FieldType.CODE,
                FieldType.ORG,
                FieldType.REF,
                FieldType.BOOLEAN,
            ):
                found = line["values"].get(name) or first.get((line["kind"], name), "")
                if found:
                    first.setdefault((line["kind"], name), found)
                    line["values"][name] = found


def _value(entry: Entry) -> str:
    """What one box holds, a choice by its value where it is one of the offered."""
    if entry.offered:
        for value, title in entry.offered:
            if entry.raw in (value, title):
                return value
    return entry.raw


def _moved(values: dict[str, str], old: Kind | None, new: Kind, text: str) -> dict[str, str]:
    """Day, name and amounts of a line under another kind."""
    found: dict[str, str] = {}
    if old is not None:
        by_type: dict[FieldType, list[str]] = {}
        for name, raw in values.items():
            if name in old.fields and raw:
                by_type.setdefault(old.fields[name].type, []).append(raw)
        if old.date and new.date and values.get(old.date):
            found[new.date] = values[old.date]
        if values.get(old.label):
            found[new.label] = values[old.label]
        for type_ in (FieldType.ORG, FieldType.MONEY):
            places = [name for name, spec in new.fields.items() if spec.type is type_]
            found |= dict(zip(places, by_type.get(type_, []), strict=False))
    found.setdefault(new.label, text[:100])
    return found


def _boxes(place: int, kind: Kind, values: dict[str, str], options: Options) -> list[Entry]:
    """The boxes of a line: day, name, what must be filled in, what was read; the rest waits for the record's page."""
    numbered = kind.number.field if kind.number else ""
    first = [name for name in (kind.date, kind.label) if name]
    must = [name for name, spec in kind.fields.items() if spec.required]
    amounts = [name for name, spec in kind.fields.items() if spec.type in (FieldType.ORG, FieldType.MONEY)]
    wanted = list(dict.fromkeys([*first, *must, *values, *amounts[:2]]))
    found = []
    for name in wanted:
        if name in kind.fields and name != numbered and kind.fields[name].type.value != "form":
            entry = boxes.entry_of(name, kind.fields[name], options)
            entry.name, entry.hint = f"{place}.{name}", ""
            entry.widget = {"choices": "select", "lines": "lines", "figure": "line"}.get(
                entry.widget, entry.widget
            )
            raw = values.get(name, "")
            entry.raw = boxes.day(raw) or raw if entry.widget == "date" else raw
            if entry.offered and raw:
                entry.raw = next((value for value, title in entry.offered if raw in (value, title)), raw)
            found.append(entry)
    return found


def _page(
    request: HttpRequest,
    row: Any,
    kinds: dict[str, Kind],
    options: Options,
    wrong: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong = wrong or {}
    lines, items = [], [ErrorItem(text) for name, text in wrong.items() if not name]
    for place, line in enumerate(row.lines):
        kind = kinds.get(line["kind"])
        entries = _boxes(place, kind, line["values"], options) if kind else []
        by_name = {entry.name: entry for entry in entries}
        offered = [(one.full_id, one.title) for one in kinds.values()]
        choice = Entry(
            f"{place}.kind", "事项类型", "select", raw=line["kind"], offered=offered, empty="不采用"
        )
        loose = [wrong[str(place)]] if str(place) in wrong else []
        for name, text in wrong.items():
            if name.startswith(f"{place}."):
                if name in by_name:
                    by_name[name].error = text
                else:
                    loose.append(text)
        choice.error = "；".join(loose)
        items += [
            ErrorItem(f"第 {line['number']} 行：{entry.error}", entry.anchor)
            for entry in [choice, *entries]
            if entry.error
        ]
        record = line.get("record", "")
        lines.append(
            {
                **line,
                "place": place,
                "choice": choice,
                "entries": entries,
                "kind_title": kind.title if kind else "",
                "url": reverse("web:record", args=[record]) if record else "",
            }
        )
    context = {
        "paste": row,
        "lines": lines,
        "adopted": sum(bool(line["kind"]) for line in row.lines),
        "left": [line for line in lines if not line["kind"]],
        "made": [line for line in lines if line["url"]],
        "errors": Errors(f"还不能登记，有 {len(items)} 处要改", items) if items else None,
    }
    return render(request, "web/imports/pasted.html", context, status=status)
