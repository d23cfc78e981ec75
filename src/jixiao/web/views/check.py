"""Checking a document: anybody may hand one in, nothing is kept, and what does not add up is shown at its place.

The document travels in the page it gave, so that it can be asked for again: as a file, or with opinions counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jixiao.errors import BadInput, FieldErrors
from jixiao.reading.marked.answers import Page, check_answer, page_answer
from jixiao.reading.marked.layout import Room
from jixiao.reading.marked.opinions import Opinion, write_opinions
from jixiao.reading.marked.view import Limits
from jixiao.web import carried, strangers
from jixiao.web.entries import Entry, ErrorItem, Errors
from jixiao.web.given_opinions import Given, given_opinions
from jixiao.web.twins import attachment
from jixiao.web.uploads import MIB, read_upload

LARGEST = 20 * MIB
LONGEST_PASTE = 1_000_000
PASTED = "粘贴的文字.txt"
ACCEPTED = ".docx,.xlsx,.pdf,.html,.htm,.txt,.md,.doc,.wps,.rtf,.xls,.et"
AGAIN = "again"  # the form that carries the document
LIMITS = Limits(findings=200, places=8, room=Room(text=120_000, marks=6_000))


@dataclass(frozen=True, slots=True)
class Form:
    """A form the result can be taken along in."""

    name: str
    title: str
    ending: str
    media_type: str


FORMS = (
    Form(
        "docx",
        "批注版 .docx",
        "批注.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    Form(
        "xlsx", "明细 .xlsx", "核查.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    Form("html", "网页 .html", "核查.html", "text/html; charset=utf-8"),
    Form("jsonl", "明细 .jsonl", "核查.jsonl", "application/x-ndjson; charset=utf-8"),
)
OPINIONS = Form("opinions", "意见 .jsonl", "意见.jsonl", "application/x-ndjson; charset=utf-8")


@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Take a file or a text and show its figures and what contradicts what; `format` gives the same as a file."""
    entries = _entries()
    context: dict[str, Any] = {"entries": entries.values(), "forms": FORMS}
    if request.method == "GET":
        return render(request, "web/check/check.html", context)
    try:
        strangers.admit(request)
        content, name = _given(request)
        given = given_opinions(request)
        form = next((one for one in FORMS if one.name == request.POST.get("format")), None)
        if form is not None:
            return _file(form, name, _answer(content, name, form.name, given.every))
        page = strangers.read(name, page_answer, content, name, given.every, LIMITS, AGAIN)
        given.about(page.told)
        if request.POST.get("format") == OPINIONS.name:
            return _file(OPINIONS, name, write_opinions(given.every.values()).encode())
        given.keep(request, page.told)
    except BadInput as refused:
        return _refused(request, entries, context, refused)
    return render(request, "web/check/check.html", context | _result(content, name, page, given))


def _entries() -> dict[str, Entry]:
    what = f"Word、Excel、PDF、网页或纯文本，不超过 {LARGEST // MIB} MB；可以把文件拖到框里"
    paste = f"没有选文件时，核查这里的文字，不超过 {LONGEST_PASTE // 10_000} 万字"
    before = "上次核查后下载的意见文件（.jsonl）；判为误报、可接受的不再计入"
    return {
        "file": Entry("file", "要核查的文件", "file", accept=ACCEPTED, is_whole_line=True, hint=what),
        "text": Entry("text", "或者粘贴文字", "lines", is_whole_line=True, hint=paste),
        "opinions": Entry(
            "opinions", "意见文件", "file", accept=".jsonl,.json", is_whole_line=True, hint=before
        ),
    }


def _given(request: HttpRequest) -> tuple[bytes, str]:
    """The file, else the text as it was copied (forms send line breaks of their own), else what the page carried.

    Raises FieldErrors.
    """
    text = request.POST.get("text", "")
    if request.FILES.get("file") is None and not text.strip() and (field := request.POST.get("carried")):
        return carried.unpacked(field, LARGEST), request.POST.get("carried_name", "")[:200] or PASTED
    if request.FILES.get("file") is not None or not text.strip():
        return read_upload(request, "file", LARGEST, "要核查的文件，或者粘贴文字")
    if len(text) > LONGEST_PASTE:
        raise FieldErrors({"text": f"文字超过 {LONGEST_PASTE // 10_000} 万字，请存成文件再核查"})
    return text.replace("\r\n", "\n").encode("utf-8", "replace"), PASTED


def _answer(content: bytes, name: str, form: str, opinions: Mapping[str, Opinion]) -> bytes:
    """Rows for programs are those of `jixiao check`: they speak of opinions where there are any."""
    spoken_of = None if form == "jsonl" and not opinions else opinions
    return strangers.read(name, check_answer, content, name, form, spoken_of).content


def _file(form: Form, name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=form.media_type)
    response["Content-Disposition"] = attachment(f"{PurePath(name).stem}-{form.ending}")
    return response


def _refused(
    request: HttpRequest, entries: dict[str, Entry], context: dict[str, Any], refused: BadInput
) -> HttpResponse:
    """Say what is wrong; a pasted text stays in its box unless it is too long for one."""
    default = "text" if request.POST.get("text", "").strip() and "file" not in request.FILES else "file"
    wrong = refused.errors if isinstance(refused, FieldErrors) else {default: str(refused)}
    entries["text"].raw = request.POST.get("text", "")[:LONGEST_PASTE]
    for name, message in wrong.items():
        entries[name].error = message
    context["errors"] = Errors(
        "还不能核查", [ErrorItem(one.error, one.anchor) for one in entries.values() if one.error]
    )
    return strangers.told(render(request, "web/check/check.html", context), refused)


def _result(content: bytes, name: str, page: Page, given: Given) -> dict[str, Any]:
    return {
        "file_name": name,
        "page": page,
        "again": AGAIN,
        "carried": carried.packed(content),
        "opinions": write_opinions(given.every.values()),
        "opinions_form": OPINIONS,
        "given": given,
    }
