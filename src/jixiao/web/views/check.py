"""Checking a document: anybody may hand one in, nothing is kept, and what does not add up is shown at its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jixiao.errors import BadInput, FieldErrors
from jixiao.reading import Reading, read
from jixiao.reading.checks import Outcome, examine
from jixiao.reading.checks.tally import WORDS, broken, checked, row
from jixiao.values import Verdict
from jixiao.web import marked_text
from jixiao.web.entries import Entry, ErrorItem, Errors
from jixiao.web.twins import attachment
from jixiao.web.uploads import MIB, read_upload

LARGEST = 20 * MIB
LONGEST_PASTE = 1_000_000
PASTED = "粘贴的文字.txt"
ACCEPTED = ".docx,.xlsx,.pdf,.html,.htm,.txt,.md,.doc,.wps,.rtf,.xls,.et"
MOST_FINDINGS = 200
MOST_PLACES = 8
LONGEST_SUM = 400
GROUPS = (
    (Verdict.BROKEN, "不一致", "bad", "broken"),
    (Verdict.ROUNDING, "舍入，仅作提示", "warn", ""),
    (Verdict.NOT_APPLICABLE, "未判，请留意", "none", ""),
    (Verdict.KEPT, "相符", "ok", "kept"),
)


@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Take a file or a text and show its figures and what contradicts what; `format=jsonl` gives the findings."""
    entries = _entries()
    if request.method == "GET":
        return render(request, "web/check/check.html", {"entries": entries.values()})
    try:
        content, name = _given(request)
        reading = read(content, name)
    except FieldErrors as wrong:
        return _refused(request, entries, wrong.errors)
    except BadInput as refused:
        return _refused(request, entries, {"file" if request.FILES else "text": str(refused)})
    outcomes = examine(reading)
    if request.POST.get("format") == "jsonl":
        return _as_lines(name, outcomes)
    context = {"entries": entries.values(), "file_name": name, "result": _result(reading, outcomes)}
    return render(request, "web/check/check.html", context)


def _entries() -> dict[str, Entry]:
    what = f"Word、Excel、PDF、网页或纯文本，不超过 {LARGEST // MIB} MB；可以把文件拖到框里"
    paste = f"没有选文件时，核查这里的文字，不超过 {LONGEST_PASTE // 10_000} 万字"
    return {
        "file": Entry("file", "要核查的文件", "file", accept=ACCEPTED, is_whole_line=True, hint=what),
        "text": Entry("text", "或者粘贴文字", "lines", is_whole_line=True, hint=paste),
    }


def _given(request: HttpRequest) -> tuple[bytes, str]:
    """The file, else the text as it was copied: forms send line breaks of their own. Raises FieldErrors."""
    text = request.POST.get("text", "")
    if request.FILES or not text.strip():
        return read_upload(request, "file", LARGEST, "要核查的文件，或者粘贴文字")
    if len(text) > LONGEST_PASTE:
        raise FieldErrors({"text": f"文字超过 {LONGEST_PASTE // 10_000} 万字，请存成文件再核查"})
    return text.replace("\r\n", "\n").encode(), PASTED


def _refused(request: HttpRequest, entries: dict[str, Entry], wrong: Mapping[str, str]) -> HttpResponse:
    """Say what is wrong; a pasted text stays in its box unless it is too long for one."""
    entries["text"].raw = request.POST.get("text", "")[:LONGEST_PASTE]
    for name, message in wrong.items():
        entries[name].error = message
    errors = Errors("还不能核查", [ErrorItem(one.error, one.anchor) for one in entries.values() if one.error])
    context = {"entries": entries.values(), "errors": errors}
    return render(request, "web/check/check.html", context, status=422)


def _as_lines(name: str, outcomes: Sequence[Outcome]) -> HttpResponse:
    """The same rows as `jixiao check --format jsonl`."""
    lines = "".join(json.dumps(row(name, one), ensure_ascii=False) + "\n" for one in outcomes)
    response = HttpResponse(lines.encode(), content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = attachment(f"{PurePath(name).stem}-核查.jsonl")
    return response


def _result(reading: Reading, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    groups = [(group, [one for one in outcomes if one.verdict is group[0]]) for group in GROUPS]
    listed = [one for _, members in groups for one in members[:MOST_FINDINGS]]
    numbers = {id(one): number for number, one in enumerate(listed, 1)}
    marks = marked_text.Marks(reading, outcomes, listed)
    shown = marked_text.show(reading.document.text, marks.every)
    there = shown.numbers()

    def place(span: tuple[int, int]) -> dict[str, Any]:
        """A place by its words and name, with the mark to jump to where that is on the page."""
        mark = marks.at(span)
        text = _short("".join(mark.text.split()), 24)
        label = reading.document.place(*span).label
        return {"text": text, "label": label, "mark": mark.number if mark.number in there else 0}

    return {
        "stated": len(reading.statements),
        "checked": checked(outcomes),
        "broken": broken(outcomes),
        "shown": shown,
        "legend": _legend(marks.every),
        "groups": [
            {
                "title": title,
                "count": len(members),
                "missing": max(0, len(members) - MOST_FINDINGS),
                "is_folded": verdict is Verdict.KEPT,
                "tone": tone,
                "css": css,
                "word": WORDS[verdict],
                "findings": [_finding(one, numbers[id(one)], place) for one in members[:MOST_FINDINGS]],
            }
            for (verdict, title, tone, css), members in groups
            if members
        ],
    }


def _legend(marks: Sequence[marked_text.Mark]) -> list[dict[str, Any]]:
    counts = ((state, sum(mark.state == state for mark in marks)) for state in marked_text.WORDS)
    return [
        {"state": state, "word": marked_text.WORDS[state], "count": count} for state, count in counts if count
    ]


def _finding(one: Outcome, number: int, place: Callable[[tuple[int, int]], dict[str, Any]]) -> dict[str, Any]:
    """A finding in words, with the places it speaks of."""
    return {
        "number": number,
        "message": one.message,
        "sum": _short(one.computed, LONGEST_SUM),
        "stated": _short(one.stated, LONGEST_SUM),
        "reading": _short(one.reading, LONGEST_SUM),
        "places": [place(span) for span in one.spans[:MOST_PLACES]],
        "more": max(0, len(one.spans) - MOST_PLACES),
    }


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
