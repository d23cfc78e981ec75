"""Drafts that keep themselves: what a form holds, saved while it is being filled in, and put back when it is opened again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from jixiao.catalogue.kinds import Kind
from jixiao.errors import JixiaoError, NotFound
from jixiao.ledger import queries
from jixiao.ledger.actions import drafts
from jixiao.ledger.queries.names import DraftRow, RecordRow
from jixiao.web.entries import Entry

KEEP = "keep"
PAGE = "@page"  # on which page the draft is gone on with, where that is not the usual one


def draft_id(request: HttpRequest) -> str:
    """The draft the form goes on with; empty for none."""
    return request.POST.get("draft", "") or request.GET.get("draft", "")


def own_draft(request: HttpRequest, id_: str) -> DraftRow:
    """Raises NotFound for somebody else's."""
    found = queries.drafts(request.user).filter(pk=id_).first()
    if found is None:
        raise NotFound("没有找到这份草稿；它可能已经提交或丢弃")
    return found


def typed(entries: Iterable[Entry], more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What the boxes hold, as a draft keeps it."""
    return {entry.name: entry.raw for entry in entries if entry.raw} | dict(more or {})


def keep(
    request: HttpRequest, org: Any, kind: Kind, above: RecordRow | None, data: Mapping[str, str]
) -> JsonResponse:
    """Save the draft quietly and say when; a refusal is told beside the form and loses nothing."""
    try:
        saved = drafts.save(
            by=request.user,
            org=org,
            kind=kind.full_id,
            data=data,
            record=above,
            draft=draft_id(request) or None,
        )
    except JixiaoError as refused:
        return JsonResponse({"draft": "", "told": str(refused)})
    at = timezone.localtime(saved.saved_at)
    return JsonResponse({"draft": saved.pk, "told": f"草稿已自动保存（{at:%H:%M:%S}），在“待办”里可以接着填"})
