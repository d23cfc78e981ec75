"""Verifying a file: anybody may hand one in, nothing is kept, and the answer is one of four in plain words.

A file is first read in a bounded process: what no reader gets through in time never comes near the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger import permissions
from jixiao.ledger.queries.issued import Verified
from jixiao.ledger.queries.issued import verify as verify_file
from jixiao.reading.marked.answers import count_figures
from jixiao.reports.seal import Detail, Outcome
from jixiao.web import strangers
from jixiao.web.entries import Entry, ErrorItem, Errors
from jixiao.web.uploads import MIB, read_upload
from jixiao.web.words import moment

LARGEST = 20 * MIB
MOST = 40
MEANINGS = {
    Outcome.INTACT: ("一致", "ok", "文字、数字和背后的记录都与签发时相同。"),
    Outcome.TEXT_CHANGED: ("文字有改动", "warn", "数字没有变，文字和签发时不同，会列出是哪一段。"),
    Outcome.FIGURE_ALTERED: ("数字被改", "bad", "文件里的数字和签发时不同，会列出是哪一个、原来是多少。"),
    Outcome.RECORDS_CHANGED: (
        "记录有变动",
        "warn",
        "文件没有动过，但签发之后台账里的记录改过，会列出是哪几条。",
    ),
    Outcome.CONSISTENT_ONLY: ("自洽，未与签发库核对", "none", "不是由这里签发的，只能看出文件自身前后相符。"),
}
PLACES = {"figure": "数字", "text": "文字", "record": "记录", "manifest": "存证"}


@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Take a file and say whether it is still what was issued."""
    hint = "本系统签发的 .docx、.pdf 或 .html，不超过 20 MB"
    file = Entry("file", "要核查的文件", "file", accept=".docx,.pdf,.html", is_whole_line=True, hint=hint)
    context: dict[str, Any] = {"entries": [file], "meanings": _meanings()}
    if request.method == "GET":
        return render(request, "web/verify/verify.html", context)
    try:
        strangers.admit(request)
        content, name = read_upload(request, "file", LARGEST, "要核查的文件")
        strangers.read(name, count_figures, content, name)
        found = verify_file(content, name)
    except BadInput as refused:
        file.error = refused.errors["file"] if isinstance(refused, FieldErrors) else str(refused)
        context["errors"] = Errors("还不能核查", [ErrorItem(file.error, file.anchor)])
        return strangers.told(render(request, "web/verify/verify.html", context), refused)
    context |= {"file_name": name, "outcome": _outcome(request, found)}
    return render(request, "web/verify/verify.html", context)


def _meanings() -> list[dict[str, str]]:
    return [{"word": word, "tone": tone, "text": text} for word, tone, text in MEANINGS.values()]


def _outcome(request: HttpRequest, found: Verified) -> dict[str, Any]:
    word, tone, text = MEANINGS[found.verification.outcome]
    return {
        "word": word,
        "tone": tone,
        "title": found.verification.title,
        "text": text,
        "facts": list(_facts(found)),
        "details": list(_details(request, found)),
        "notes": found.verification.notes,
    }


def _facts(found: Verified) -> Iterator[dict[str, str]]:
    record = found.record
    yield {"title": "报告", "text": record["title"]}
    yield {"title": "数据时点", "text": record["as_of"]}
    if found.issue is not None:
        yield {"title": "签发", "text": f"{found.issue.org.title}，{moment(found.issue.issued_at)}"}
    yield {"title": "根值（SM3）", "text": record["root"]}


def _details(request: HttpRequest, found: Verified) -> Iterator[str]:
    """Where the differences are; names of records are for people of the office that issued."""
    details = found.verification.details
    records = [one for one in details if one.kind == "record"]
    yield from (_told(one) for one in details[:MOST] if one.kind != "record")
    issue = found.issue
    may_see = (
        issue is not None
        and request.user.is_authenticated
        and permissions.roles_in(request.user, issue.org_id)
    )
    if may_see:
        yield from (_told(one) for one in records[:MOST])
    elif records:
        yield f"签发后有 {len(records)} 条记录变动；签发单位的人登录后可以看到是哪几条"


def _told(detail: Detail) -> str:
    if not detail.issued:
        return f"{PLACES[detail.kind]} {detail.label}：{detail.found}"
    where = "现在" if detail.kind == "record" else "文件里"
    found = f"“{_short(detail.found)}”" if detail.found else "已经没有"
    return f"{PLACES[detail.kind]} {detail.label}：签发时“{_short(detail.issued)}”，{where}{found}"


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:78]}…"
