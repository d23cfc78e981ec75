"""The bureau's desk: whom it expects, packages taken in, the district, one department, decisions, samples, public pages."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, Status, UploadedFile

from jixiao.api.desk_answers import (
    DecisionAnswer,
    DepartmentAnswer,
    ExpectedAnswer,
    OverviewAnswer,
    PackageAnswer,
    PublishedAnswer,
    SampleAnswer,
    TakenAnswer,
)
from jixiao.api.questions import (
    Claim,
    Draw,
    Expecting,
    LetterForm,
    Publish,
    Returning,
    Review,
    Taking,
    Version,
)
from jixiao.errors import FieldErrors, NotFound
from jixiao.ledger import evidence_store
from jixiao.ledger.actions import desk as acts
from jixiao.ledger.actions import desk_decisions, desk_packages
from jixiao.ledger.desk import public_files
from jixiao.ledger.desk.compare import Counted
from jixiao.ledger.queries import desk as queries
from jixiao.ledger.queries.desk_public import published
from jixiao.reports import write_docx
from jixiao.values import decimal_text, round_half_up

router = Router(tags=["全区汇总"])

YEAR = "/desk/{slug:org}/{int:year}"
ONE = "/desk/packages/{uuid:id}"
MIB = 1024 * 1024
MOST_FILES, MOST_BYTES = 100, 300 * MIB
ZIPPED: dict[str, Any] = {"responses": {200: {"content": {"application/zip": {}}}}}
A_FILE: dict[str, Any] = {"responses": {200: {"content": {"application/octet-stream": {}}}}}


@router.get(YEAR, response=OverviewAnswer, summary="全区一年", description="每个数都带着是哪些单位。")
def overview(request: HttpRequest, org: str, year: int) -> dict[str, Any]:
    view = queries.overview(request.auth, org, year)
    return {
        "title": view.desk.title,
        "departments": [_line(one) for one in view.rows],
        "unplaced": [_loose(one) for one in view.unplaced],
        "refused": [_loose(one) for one in view.refused],
        **{
            name: [_counted(one) for one in getattr(view, name)]
            for name in ("states", "grades", "bands", "defects", "flags", "alarms")
        },
        "median": _text(view.median),
        "median_before": _text(view.median_before),
        "sums": [
            {"title": words, "value": decimal_text(round_half_up(total, 2)), "departments": len(told)}
            for words, (total, told) in view.sums.items()
        ],
    }


@router.post(
    f"{YEAR}/expected",
    response=list[ExpectedAnswer],
    summary="应报名单",
    description="titles 留空则取下级单位；已在名单上的不变。due_on 对全部单位，secret 为全部涉密单位的名称，不写则不变。",
)
def expect(request: HttpRequest, org: str, year: int, given: Expecting) -> Any:
    return acts.expect(
        by=request.auth, bureau=org, year=year, titles=given.titles, due_on=given.due_on, secret=given.secret
    )


@router.post(
    f"{YEAR}/packages",
    response={201: list[TakenAnswer]},
    summary="收报送件",
    description="multipart，files 可多份：.zip、.xlsx、.docx、.pdf。打不开、年度不对、认不出的也留存，原因在 trouble。",
)
def take(
    request: HttpRequest, org: str, year: int, files: File[list[UploadedFile]], given: Form[Taking]
) -> Status[list[dict[str, Any]]]:
    if len(files) > MOST_FILES or sum(one.size or 0 for one in files) > MOST_BYTES:
        raise FieldErrors({"files": f"一次最多 {MOST_FILES} 份、共 {MOST_BYTES // MIB} MB；请分几次"})
    outcomes = desk_packages.take(
        by=request.auth,
        bureau=org,
        year=year,
        files=[(one.name or "", one.read()) for one in files],
        received_on=given.received_on,
    )
    return Status(201, [{**_package(one.submission), "is_new": one.is_new} for one in outcomes])


@router.get(
    "/desk/departments/{uuid:id}",
    response=DepartmentAnswer,
    summary="一个单位的报送件",
    description="version 不写则为最新一版。",
)
def department(request: HttpRequest, id: UUID, given: Query[Version]) -> dict[str, Any]:
    view = queries.department(request.auth, str(id), given.version)
    chosen = view.submission
    return {
        **_line(view.standing),
        "chosen": None if chosen is None else _package(chosen),
        "files": [] if chosen is None else chosen.files,
        "findings": [] if chosen is None else chosen.findings,
        "leaves": [] if chosen is None else list(chosen.summary.get("leaves") or ()),
        "medians": {key: _text(share) or "" for key, (share, _) in view.medians.items()},
        "forms": [] if chosen is None else chosen.forms,
        "cells_before": view.before,
        "all_versions": [_package(one) for one in view.versions],
        "decisions": [_decision(one) for one in view.decisions],
        "answers": view.answers,
    }


@router.get(f"{ONE}/files/{{slug:content}}", response=None, summary="原件", openapi_extra=A_FILE)
def one_file(request: HttpRequest, id: UUID, content: str) -> HttpResponse:
    row = queries.submission(request.auth, str(id))
    if not any(one["raw"] == content for one in row.files):
        raise NotFound("这份报送件里没有这个文件")
    return HttpResponse(evidence_store.read(content), content_type="application/octet-stream")


@router.post(f"{ONE}/claim", response=PackageAnswer, summary="认领")
def claim(request: HttpRequest, id: UUID, given: Claim) -> dict[str, Any]:
    return _package(desk_packages.claim(by=request.auth, submission=str(id), expected=given.expected))


@router.post(
    f"{ONE}/return",
    response={201: DecisionAnswer},
    summary="退回",
    description="列出各处或写明意见，至少一样。",
)
def send_back(request: HttpRequest, id: UUID, given: Returning) -> Status[dict[str, Any]]:
    made = desk_decisions.send_back(by=request.auth, submission=str(id), rows=given.rows, reason=given.reason)
    return Status(201, _decision(made))


@router.post(
    f"{ONE}/review", response={201: DecisionAnswer}, summary="复核", description="与自评得分不同的要写理由。"
)
def review(request: HttpRequest, id: UUID, given: Review) -> Status[dict[str, Any]]:
    made = desk_decisions.review(by=request.auth, submission=str(id), score=given.score, reason=given.reason)
    return Status(201, _decision(made))


@router.get(
    "/desk/decisions/{uuid:id}/letter",
    response=None,
    summary="退回意见",
    description="form 为 docx 或 pdf。",
    openapi_extra=A_FILE,
)
def letter(request: HttpRequest, id: UUID, given: Query[LetterForm]) -> HttpResponse:
    _, document = queries.letter(request.auth, str(id))
    if given.form == "pdf":
        from jixiao.reports import write_pdf  # the typesetter is loaded for those who print

        return HttpResponse(write_pdf.write(document, None), content_type="application/pdf")
    return HttpResponse(write_docx.write(document, None), content_type=write_docx.MEDIA_TYPE)


@router.get(f"{YEAR}/samples", response=list[SampleAnswer], summary="记下的抽样")
def samples(request: HttpRequest, org: str, year: int) -> list[dict[str, Any]]:
    return [_sample(one) for one in queries.draws(request.auth, org, year)]


@router.post(
    f"{YEAR}/samples",
    response={201: SampleAnswer},
    summary="抽样并记下",
    description="按种子与单位名称的 SM3 值从小到大取，谁都可以重抽；记入流转记录。",
)
def draw(request: HttpRequest, org: str, year: int, given: Draw) -> Status[dict[str, Any]]:
    made = desk_decisions.draw(
        by=request.auth, bureau=org, year=year, seed=given.seed, count=given.count, reason=given.reason
    )
    return Status(201, _sample(made))


@router.get(
    f"{YEAR}/public.zip",
    response=None,
    summary="公开页",
    description="只有复核过的；取走不算公开。",
    openapi_extra=ZIPPED,
)
def public(request: HttpRequest, org: str, year: int) -> HttpResponse:
    files = public_files.files_of(published(request.auth, org, year))
    return HttpResponse(public_files.zipped(files), content_type="application/zip")


@router.post(
    f"{YEAR}/published", response=PublishedAnswer, summary="记为已公开", description="where 写公开在哪里。"
)
def mark_published(request: HttpRequest, org: str, year: int, given: Publish) -> dict[str, int]:
    return {
        "marked": desk_decisions.mark_published(by=request.auth, bureau=org, year=year, where=given.where)
    }


def _line(row: queries.Standing) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.expected.title,
        "org": row.expected.org_id,
        "state": row.state,
        "is_late": row.is_late,
        "is_secret": row.expected.is_secret,
        "versions": row.versions,
        "package": row.submission.pk if row.submission else None,
        "own_score": None if row.own_score is None else decimal_text(row.own_score),
        "score": None if row.score is None else decimal_text(row.score),
        "grade": row.grade,
        "before": None if row.before is None else decimal_text(row.before),
        "defects": row.defects,
        "flags": row.flags,
        "alarms": [one["title"] for one in row.alarms],
    }


def _loose(one: Any) -> dict[str, str]:
    return {
        "id": one.pk,
        "file_name": one.file_name,
        "state": one.get_state_display(),
        "trouble": one.trouble,
    }


def _counted(one: Counted) -> dict[str, Any]:
    found: Sequence[str] = one.departments
    return {"title": one.title, "count": one.count, "times": one.times, "departments": list(found)}


def _package(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "department": row.expected.title if row.expected else None,
        "version": row.version,
        "state": row.get_state_display(),
        "content": row.content,
        "file_name": row.file_name,
        "received_at": row.received_at,
        "received_by": row.received_by,
        "is_late": row.is_late,
        "trouble": row.trouble,
    }


def _decision(made: Any) -> dict[str, Any]:
    return {
        "id": made.pk,
        "package": made.submission_id,
        "state": made.get_state_display(),
        "score": made.score,
        "grade": made.grade,
        "reason": made.reason,
        "rows": made.rows,
        "record": made.record,
        "decided_by": made.decided_by,
        "decided_at": made.decided_at,
    }


def _sample(made: Any) -> dict[str, Any]:
    return {
        "id": made.pk,
        "seed": made.facts["seed"],
        "among": made.facts["among"],
        "drawn": made.facts["drawn"],
        "reason": made.reason,
        "drawn_by": made.done_by,
        "drawn_at": made.done_at,
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else decimal_text(round_half_up(value, 4))
