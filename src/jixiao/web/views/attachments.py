"""Papers behind a record and its links to others: attach, download, link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jixiao.errors import FieldErrors, NotFound
from jixiao.ledger import evidence_store, handed, permissions, queries
from jixiao.ledger.actions import evidence, links
from jixiao.ledger.queries import names
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web.context import choose_org
from jixiao.web.entries import Entry
from jixiao.web.form_page import FormPage
from jixiao.web.gate import gate
from jixiao.web.options import records_of
from jixiao.web.twins import attachment
from jixiao.web.views.changes import record_crumbs

ACCEPTED = ",".join(f".{extension}" for extension in evidence_store.TYPES)

MOST_AT_ONCE = 50
LARGEST_AT_ONCE = 200 * 2**20


@gate("GET", "POST")
def attach(request: HttpRequest, record: Any) -> HttpResponse:
    """Add a file or a document number, with its grade."""
    row = queries.record(request.user, str(record))
    choose_org(request, row.org)
    handed.require(request.user, "attach", row)
    usual = in_force().kind(row.kind).evidence
    what = f"可以把几张照片、几份扫描件一起拖到框里。{evidence_store.NOTICE}"
    file = Entry("file", "文件", "files", hint=what, accept=ACCEPTED, is_whole_line=True)
    number = Entry("document_number", "文号", hint="没有文件时，填文号或名称也可以，如 示政办〔2020〕12号")
    title = Entry("title", "名称", hint=f"通常是：{'、'.join(usual)}" if usual else "")
    grade = Entry("grade", "等级", "choices", raw="internal", required=True, offered=names.grades())
    page = FormPage(
        request, "添加佐证", "添加", [file, number, title, grade], reverse("web:record", args=[row.id])
    )
    page.extra = {"crumbs": [*record_crumbs(row), {"title": "添加佐证"}], "lead": row.label}
    if request.method == "GET":
        return page.show()
    page.refill()
    uploaded = request.FILES.getlist("file")

    def act() -> str:
        page.values([], [grade])
        _check_sizes(uploaded)
        if len(uploaded) > 1:
            files = [(one.name, one.read()) for one in uploaded]
            evidence.attach_several(
                by=request.user, record=row.id, grade=grade.raw, files=files, title=title.raw
            )
            messages.success(request, f"已添加 {len(files)} 份佐证")
            return page.back_url
        evidence.attach(
            by=request.user, record=row.id, grade=grade.raw, title=title.raw, document_number=number.raw,
            file=uploaded[0].read() if uploaded else None, name=uploaded[0].name if uploaded else "",
        )  # fmt: skip
        messages.success(request, "已添加佐证")
        return page.back_url

    return page.do(act, "还不能添加")


def _check_sizes(uploaded: Sequence[Any]) -> None:
    for one in uploaded:
        if one.size > evidence_store.LARGEST:
            told = f"“{one.name}”超过 {evidence_store.LARGEST // 2**20} MB，请压缩或拆分后再传"
            raise FieldErrors({"file": told})
    if len(uploaded) > MOST_AT_ONCE or sum(one.size for one in uploaded) > LARGEST_AT_ONCE:
        told = f"一次最多 {MOST_AT_ONCE} 份、共 {LARGEST_AT_ONCE // 2**20} MB；请分几次添加"
        raise FieldErrors({"file": told})


@gate()
def download(request: HttpRequest, content: str) -> HttpResponse:
    """The bytes of a file behind a record this person may read, always as a download."""
    found, data = queries.evidence_file(request.user, content)
    response = HttpResponse(data, content_type=found.evidence.media_type or "application/octet-stream")
    response["Content-Disposition"] = attachment(found.file_name)
    return response


@gate("GET", "POST")
def link(request: HttpRequest, record: Any) -> HttpResponse:
    """Join this record to another in a role its kind allows."""
    row = queries.record(request.user, str(record))
    org = choose_org(request, row.org)
    permissions.require(request.user, "edit", org=row.org_id, kind=row.kind)
    catalogue = in_force()
    kind = catalogue.kind(row.kind)
    if not kind.links:
        raise NotFound(f"“{kind.title}”没有可以添加的关联")
    entries = []
    for role, spec in kind.links.items():
        offered = [pair for pair in records_of(request.user, spec.to, org) if pair[0] != row.id]
        hint = "" if offered else f"还没有可选的{catalogue.kind(spec.to).title}"
        widget = "select" if len(offered) <= 200 else "line"
        entries.append(Entry(role, spec.title, widget, offered=offered, hint=hint))
    page = FormPage(request, "添加关联", "关联", entries, reverse("web:record", args=[row.id]))
    page.extra = {
        "crumbs": [*record_crumbs(row), {"title": "添加关联"}],
        "lead": f"“{row.label}”和哪一条有关？关联不改变办理状态。",
    }
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        chosen = {role: target for role, target in page.values(entries).items() if target}
        if not chosen:
            raise FieldErrors({entries[0].name: "请至少选择一条要关联的记录"})
        for role, target in chosen.items():
            links.link(by=request.user, record=row.id, role=role, target=str(target))
        messages.success(request, f"已添加 {len(chosen)} 处关联")
        return page.back_url

    return page.do(act, "还不能关联")


@gate("GET", "POST")
def unlink(request: HttpRequest, record: Any, link: Any) -> HttpResponse:
    """Part two records, with a reason; the act keeps what was."""
    row = queries.record(request.user, str(record))
    choose_org(request, row.org)
    permissions.require(request.user, "edit", org=row.org_id, kind=row.kind)
    found = next(
        (one for one in queries.links(request.user, row) if one.id == str(link) and one.outgoing), None
    )
    if found is None:
        raise NotFound("这个关联已经取消，或者不属于这条记录")
    why = Entry("reason", "理由", "lines", required=True, hint="会留在经过里")
    page = FormPage(request, "取消关联", "取消关联", [why], reverse("web:record", args=[row.id]))
    page.extra = {"crumbs": [*record_crumbs(row), {"title": "取消关联"}], "is_risky": True}
    page.extra["lead"] = f"{found.title}：“{found.other.label}”。取消后不再算作关联，经过仍然保留。"
    if request.method == "GET":
        return page.show()
    page.refill()

    def act() -> str:
        page.values([], [why])
        links.unlink(by=request.user, record=row.id, link=found.id, reason=why.raw)
        messages.success(request, "已取消关联")
        return page.back_url

    return page.do(act, "还不能取消")
