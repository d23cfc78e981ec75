"""The performance year: where every goal, evaluation and rectification stands, the self-check, and the package.

Acts are steps of the records: POST /records/{id}/steps/{step}.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from typing import Any

from django.http import FileResponse, HttpRequest
from ninja import File, Query, Router, UploadedFile

from jixiao.api.cycle_answers import CycleAnswer, PackageAnswer, SheetAnswer
from jixiao.api.questions import Packing, WhichOutline
from jixiao.errors import FieldErrors
from jixiao.evaluation.presubmission import Fault, Sheet
from jixiao.ledger.packaging.proofs import Enclose, Proof, size_of
from jixiao.ledger.queries import cycle as desk
from jixiao.ledger.queries.package import outlook
from jixiao.ledger.queries.package import package as make
from jixiao.ledger.queries.presubmit import presubmit, presubmit_file
from jixiao.values import decimal_text

router = Router(tags=["绩效流程"])

YEAR = "/cycle/{slug:org}/{int:year}"
MIB = 1024 * 1024
LARGEST = 20 * MIB
IN_MEMORY = 8 * MIB
ABOUT_ZIP = "evidence 为 open 放入内部材料以外的佐证文件（默认），all 连同内部材料，none 只放目录；大小先看上一个地址。"
ZIPPED: dict[str, Any] = {"responses": {200: {"content": {"application/zip": {}}}}}


@router.get(
    YEAR, response=list[CycleAnswer], summary="一年的绩效流程", description="办理用 /records 的登记和步骤。"
)
def cycle(request: HttpRequest, org: str, year: int) -> list[dict[str, Any]]:
    return [
        {
            "title": view.cycle.title,
            "alarms": [one.title for one in view.alarms],
            "parts": [_part(part) for part in view.parts],
        }
        for view in desk.cycle(request.auth, org, year)
    ]


@router.get(f"{YEAR}/presubmit", response=SheetAnswer, summary="报送前自查：台账里的报告")
def own_sheet(request: HttpRequest, org: str, year: int, given: Query[WhichOutline]) -> dict[str, Any]:
    return _sheet(presubmit(request.auth, org, year, given.outline).sheet)


@router.post(
    "/presubmit/{slug:org}",
    response=SheetAnswer,
    summary="报送前自查：别处写的报告",
    description="notes 为整改材料，可不交；交了就与报告对着看。文件不留存。",
)
def file_sheet(
    request: HttpRequest, org: str, file: File[UploadedFile], notes: File[UploadedFile | None] = None
) -> dict[str, Any]:
    beside = None if notes is None else _content(notes, "notes")
    return _sheet(presubmit_file(request.auth, org, *_content(file, "file"), beside))


@router.get(f"{YEAR}/package", response=PackageAnswer, summary="报送包会有什么、多大")
def package(request: HttpRequest, org: str, year: int) -> dict[str, Any]:
    view = outlook(request.auth, org, year)
    return {
        "ways": [
            _way(Enclose.OPEN, "内部材料以外的佐证文件", view.open),
            _way(Enclose.ALL, "全部佐证文件", [*view.open, *view.internal]),
            _way(Enclose.NONE, "只放佐证目录", []),
        ],
        "papers": [_paper(one) for one in view.proofs],
    }


@router.get(
    f"{YEAR}/package.zip", response=None, summary="报送包", description=ABOUT_ZIP, openapi_extra=ZIPPED
)
def package_zip(request: HttpRequest, org: str, year: int, given: Query[Packing]) -> FileResponse:
    made = make(request.auth, org, year, given.outline, Enclose(given.evidence))
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    made.write(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=made.name, content_type="application/zip")


def _part(view: desk.PartView) -> dict[str, Any]:
    return {
        "id": view.part.id,
        "title": view.part.title,
        "kind": view.kind.full_id,
        "standings": [_standing(one) for one in view.standings],
        "earlier": [_standing(one) for one in view.earlier],
        "beginnings": [{"title": one.title, "values": dict(one.values)} for one in view.beginnings],
    }


def _standing(one: desk.Standing) -> dict[str, Any]:
    return {
        "record": one.record.pk,
        "label": one.record.label,
        "state": one.state,
        "is_over": one.is_over,
        "waits_for": list(one.waits_for),
        "steps": [{"id": step.step, "title": step.spec.title} for step in one.steps],
        "dues": [{"title": due.title, "on": due.on, "is_late": due.is_late()} for due in one.dues],
        "forms": [{"field": field, "title": title} for field, title in one.forms],
        "score": one.score,
        "grade": one.grade,
        "checked": one.checked,
        "lights": [
            {
                "rule": light.rule,
                "light": light.signal.light,
                "warnings": list(light.signal.warnings),
                "left_out": light.left_out,
            }
            for light in one.lights
        ],
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "points": decimal_text(sheet.points),
        "earned": decimal_text(sheet.earned),
        "lines": [
            {
                "id": line.item.id,
                "title": line.item.title,
                "points": decimal_text(line.item.points),
                "earned": decimal_text(line.earned),
                "faults": [_fault(one) for one in line.faults],
                "unasked": list(line.unasked),
            }
            for line in sheet.lines
        ],
        "publication": [_fault(one) for one in sheet.publication],
    }


def _fault(one: Fault) -> dict[str, str]:
    return {"rule": one.rule, "title": one.title, "place": one.place, "found": one.found, "mend": one.mend}


def _way(evidence: Enclose, title: str, papers: Sequence[Proof]) -> dict[str, Any]:
    return {"evidence": evidence.value, "title": title, "files": len(papers), "size": size_of(papers)}


def _paper(one: Proof) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": one.title,
        "what": one.what,
        "record": one.record,
        "grade": one.grade,
        "document_number": one.document,
        "content": one.content,
        "size": one.size,
    }


def _content(file: UploadedFile, name: str) -> tuple[bytes, str]:
    if (file.size or 0) > LARGEST:
        raise FieldErrors({name: f"文件超过 {LARGEST // MIB} MB；请确认选对了文件"})
    return file.read(), file.name or ""
