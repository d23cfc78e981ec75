"""Whether a file is still the issued report. Whoever holds a file may ask; nothing is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import File, Router, UploadedFile

from jixiao.api.computed import VerificationAnswer
from jixiao.errors import FieldErrors
from jixiao.ledger import permissions, queries

router = Router(tags=["核查"])

MIB = 1024 * 1024
LARGEST = 20 * MIB
ABOUT = "文件不留存。签发后哪几条记录有变动，只告诉签发单位的人；其他人只知道有几条。"


@router.post(
    "/verify", response=VerificationAnswer, auth=None, summary="核查一份文件，不需登录", description=ABOUT
)
def verify(request: HttpRequest, file: File[UploadedFile]) -> dict[str, Any]:
    if (file.size or 0) > LARGEST:
        raise FieldErrors({"file": f"文件超过 {LARGEST // MIB} MB；请交系统签发的原文件"})
    found = queries.verify(file.read(), file.name or "")
    details = list(found.verification.details)
    notes = list(found.verification.notes)
    records = [one for one in details if one.kind == "record"]
    if records and not _is_of_the_office(request, found):
        details = [one for one in details if one.kind != "record"]
        notes.append(f"签发后有 {len(records)} 条记录变动；签发单位的人登录后可以看到是哪几条")
    outcome = found.verification
    return {"outcome": outcome.outcome.value, "title": outcome.title, "details": details, "notes": notes}


def _is_of_the_office(request: HttpRequest, found: queries.Verified) -> bool:
    user = request.user
    return (
        found.issue is not None
        and user.is_authenticated
        and bool(permissions.roles_in(user, found.issue.org_id))
    )
