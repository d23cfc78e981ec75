"""Drafts that keep themselves: what a form holds, saved while it is being filled in, and put back when it is opened again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from jixiao.catalogue.kinds import Kind
from jixiao.errors import JixiaoError, NotFound
from jixiao.ledger import queries
from jixiao.ledger.actions import drafts
from jixiao.ledger.queries.names import DraftRow, RecordRow
from jixiao.web import entries as boxes
from jixiao.web import once
from jixiao.web.entries import Entry

KEEP = "keep"
PAGE = "@page"  # on which page the draft is gone on with, where that is not the usual one
SEEN = "@seen"  # the version of the record that was on the page
EDIT, STEP, FORM = "edit", "step:", "form:"  # which page of a record


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
    if once.was_sent(request):
        return JsonResponse({"draft": "", "told": ""})  # the form itself came first
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


class FormDraft:
    """What somebody has typed into the form of a record there is (a correction, a step, an official form) and not yet sent.

    It comes back by itself when the form is opened again, against the version of the record it was typed for.
    """

    def __init__(
        self, request: HttpRequest, row: RecordRow, kind: Kind, *, step: str = "", form: str = ""
    ) -> None:
        self.request, self.row, self.kind, self.step = request, row, kind, step
        self.page = f"{STEP}{step}" if step else f"{FORM}{form}" if form else EDIT
        mine = queries.drafts(request.user).filter(record=row, kind=kind.full_id)
        self.found: DraftRow | None = next((one for one in mine if one.data.get(PAGE) == self.page), None)

    @property
    def told(self) -> dict[str, Any]:
        """What the page needs to keep itself."""
        return {"may_draft": True, "draft": self.found.pk if self.found else ""}

    @property
    def is_asked(self) -> bool:
        """Whether this sending is about the draft alone."""
        return self.request.POST.get("do") in (KEEP, "draft", "discard")

    @property
    def since(self) -> dict[str, Any]:
        """Since when it has waited, and against which version; nothing where nothing waits."""
        if self.found is None:
            return {}
        return {"kept_at": timezone.localtime(self.found.saved_at), "seen": self.found.data.get(SEEN, "")}

    def restore(self, entries: Sequence[Entry]) -> dict[str, Any]:
        """Put back what was typed, and say since when it has waited."""
        if self.found is not None:
            boxes.refill(entries, self.found.data)
        return self.since

    def answer(self, data: Mapping[str, str], back_url: str) -> HttpResponse:
        """Keep or throw away, as asked."""
        do = self.request.POST["do"]
        if do == "discard":
            self.forget()
            messages.success(self.request, "草稿已丢弃")
            return redirect(back_url)
        if do == KEEP:
            return self._quietly(data)
        self.hold(data)
        messages.success(self.request, "草稿已保存，再打开这张表时接着填；草稿不计入任何数据")
        return redirect(back_url)

    def forget(self) -> None:
        """The form was sent, or its draft is not wanted any more."""
        if self.found is not None:
            drafts.discard(by=self.request.user, draft=self.found.pk)
            self.found = None

    def _quietly(self, data: Mapping[str, str]) -> JsonResponse:
        if once.was_sent(self.request):
            return JsonResponse({"draft": "", "told": ""})
        try:
            saved = self.hold(data)
        except JixiaoError as refused:
            return JsonResponse({"draft": "", "told": str(refused)})
        at = timezone.localtime(saved.saved_at)
        told = f"草稿已自动保存（{at:%H:%M:%S}），再打开这张表时接着填"
        return JsonResponse({"draft": saved.pk, "told": told})

    def hold(self, data: Mapping[str, str]) -> DraftRow:
        """Save the draft without a word. Raises what `drafts.save` raises."""
        about = {PAGE: self.page, SEEN: self.request.POST.get("seen", "")}
        self.found = drafts.save(
            by=self.request.user, org=self.row.org_id, kind=self.kind.full_id, data={**data, **about},
            record=self.row, draft=self.found, step=self.step,
        )  # fmt: skip
        return self.found
