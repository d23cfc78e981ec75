"""Paste lines of chat or of a table, put right what was read, divide and join rows, confirm: one row, one record. No script."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from jixiao.catalogue.dates import read_date
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.errors import BadInput, FieldErrors, JixiaoError, NotAllowed, NotFound
from jixiao.ledger import clock
from jixiao.ledger.actions import paste_rows, pastes
from jixiao.ledger.evidence_store import NOTICE
from jixiao.ledger.queries import pastes as kept
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web import entries as boxes
from jixiao.web.context import choose_org, frame_of
from jixiao.web.entries import Entry, ErrorItem, Errors, Options
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate
from jixiao.web.keeping import KEEP
from jixiao.web.options import options_for

HINT = "从聊天群、工作日志或表格里复制；一行里说了几件事的会先分开，给您看过再登记。发言人的名字不保存。"

_BREAK = re.compile(r"([。；;])(?=.)")
CHANGED = "这一批在别的页面上分过或并过行，没有登记；这里是现在的样子，请核对后再确认"


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
    if do == KEEP:  # the page keeps itself while it is filled in
        at = timezone.localtime(row.saved_at)
        return JsonResponse({"draft": "", "told": f"已自动保存（{at:%H:%M:%S}），还没有登记"})
    try:
        if do == "confirm":
            if typed.keys() != {line["key"] for line in row.lines}:
                raise BadInput(CHANGED)
            done = pastes.confirm(by=request.user, paste=row)
            count = sum(bool(line.get("record")) for line in done.lines)
            messages.success(request, f"已登记 {count} 条")
            return redirect("web:pasted", paste_id=row.pk)
        if ":" in do:
            return _reshaped(request, row, *do.split(":", 1))
    except (NotFound, NotAllowed):
        raise
    except FieldErrors as wrong:
        return _page(request, kept.paste(request.user, row.pk), kinds, options, wrong.errors, 422)
    except JixiaoError as refused:
        return _page(request, kept.paste(request.user, row.pk), kinds, options, {"": str(refused)}, 422)
    messages.success(request, "已保存，还没有登记")
    return redirect("web:pasted", paste_id=row.pk)


def _reshaped(request: HttpRequest, row: Any, do: str, key: str) -> HttpResponse:
    """Divide, join or make whole again, and come back to the rows there are now."""
    if not key.isdecimal():
        raise BadInput(paste_rows.GONE)
    before = {line["key"] for line in row.lines}
    given: dict[str, Any] = {"by": request.user, "paste": row, "key": int(key)}
    if do == "divide":
        after = paste_rows.divide(**given, text=request.POST.get(f"{key}.parts", ""))
    else:
        after = (paste_rows.join if do == "join" else paste_rows.restore)(**given)
    new = [line["key"] for line in after.lines if line["key"] not in before]
    told = f"已分成 {len(new)} 行" if do == "divide" else "已并成一行"
    messages.success(request, f"{told}；还没有登记，请核对")
    return redirect(f"{reverse('web:pasted', args=[row.pk])}#row-{new[0]}")


def _typed(
    request: HttpRequest, row: Any, kinds: dict[str, Kind], options: Options
) -> dict[int, dict[str, Any]]:
    """What stands in the boxes of each row that was on the page; one whose kind was changed keeps what fits the new
    kind by type.
    """
    found = {}
    for line in row.lines:
        key = line["key"]
        if f"{key}.as" not in request.POST:
            continue
        chosen, shown = request.POST.get(f"{key}.kind", line["kind"]), request.POST[f"{key}.as"]
        kind = kinds.get(shown)
        values = dict(line["values"])
        if kind is not None:
            entries = _boxes(key, kind, {}, options)
            boxes.refill(entries, request.POST)
            asked = {entry.name.split(".", 1)[1]: _value(entry) for entry in entries}
            values = {name: text for name, text in values.items() if name not in asked} | asked
        if chosen != shown and chosen in kinds:
            values = _moved(values, kind, kinds[chosen], line["text"])
        found[key] = {"kind": chosen, "values": values}
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


def _boxes(key: int, kind: Kind, values: dict[str, str], options: Options) -> list[Entry]:
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
            entry.name, entry.hint = f"{key}.{name}", ""
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
    lines = [_row(request, line, kinds, options, wrong) for line in row.lines]
    _number(lines)
    items = [ErrorItem(text) for name, text in wrong.items() if not name]
    for line in lines:
        asked = [line["choice"], *line["entries"], line["parts"]]
        items += [ErrorItem(f"{line['name']}：{one.error}", one.anchor) for one in asked if one.error]
    context = {
        "paste": row,
        "lines": lines,
        "adopted": sum(bool(line["kind"]) for line in row.lines),
        "left": [line for line in lines if not line["kind"]],
        "made": [line for line in lines if line["url"]],
        "errors": Errors(f"还不能登记，有 {len(items)} 处要改", items) if items else None,
    }
    return render(request, "web/imports/pasted.html", context, status=status)


def _row(
    request: HttpRequest,
    line: dict[str, Any],
    kinds: dict[str, Kind],
    options: Options,
    wrong: dict[str, str],
) -> dict[str, Any]:
    """One row as the page shows it: its boxes, what is wrong in them, how it may be divided."""
    key, kind = line["key"], kinds.get(line["kind"])
    entries = _boxes(key, kind, line["values"], options) if kind else []
    offered = [(one.full_id, one.title) for one in kinds.values()]
    choice = Entry(f"{key}.kind", "事项类型", "select", raw=line["kind"], offered=offered, empty="不采用")
    parts = Entry(f"{key}.parts", "每行写一件事，在要断开的地方换行", "lines", is_whole_line=True)
    parts.raw = _BREAK.sub(r"\1\n", line["text"])
    by_name = {entry.name: entry for entry in [*entries, parts]}
    loose = [wrong[str(key)]] if str(key) in wrong else []
    for name, text in wrong.items():
        if name == parts.name:
            parts.raw = request.POST.get(name, "")
        if name in by_name:
            by_name[name].error = text
        elif name.startswith(f"{key}."):
            loose.append(text)
    choice.error = "；".join(loose)
    record = line.get("record", "")
    return {
        **line,
        "choice": choice,
        "entries": entries,
        "parts": parts,
        "unregistered": _unregistered(kind, kinds, line["values"]),
        "kind_title": kind.title if kind else "",
        "url": reverse("web:record", args=[record]) if record else "",
    }


def _unregistered(kind: Kind | None, kinds: dict[str, Kind], values: dict[str, str]) -> list[dict[str, str]]:
    """The registers from which something must be chosen and nothing is yet, with the page where it is entered."""
    found = []
    for name, spec in kind.fields.items() if kind else ():
        if spec.type is FieldType.REF and spec.required and not values.get(name) and spec.to in kinds:
            register = kinds[spec.to]
            url = reverse("web:create", args=[register.pack, register.id])
            found.append({"title": register.title, "url": url})
    return found


def _number(lines: list[dict[str, Any]]) -> None:
    """Name each row by its line, the parts of a divided line by their turn; the first of them tells of the others."""
    for _, found in groupby(lines, key=lambda line: (line["number"], line.get("whole", ""))):
        group = list(found)
        for turn, line in enumerate(group, 1):
            told = f"之 {turn}" if line.get("whole") and len(group) > 1 else ""
            line["name"] = f"第 {line['number']} 行{told}"
            line["divided_into"] = len(group) if told and turn == 1 else 0
