"""Records: list, create, open, correct, move on, look back. Values as `exchange` writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest
from ninja import Query, Router, Status

from jixiao.api import exchange, filters
from jixiao.api.answers import HistoryAnswer, Page, RecordAnswer, RecordInFull
from jixiao.api.papers import paper
from jixiao.api.questions import Correction, Listing, NewRecord, Step
from jixiao.api.refusals import Overtaken
from jixiao.catalogue.catalogue import Catalogue
from jixiao.errors import Stale
from jixiao.ledger import deadlines, queries
from jixiao.ledger.actions import records as acts
from jixiao.ledger.queries import names
from jixiao.ledger.queries.names import RecordRow, UserRow
from jixiao.ledger.rules import catalogue as in_force

router = Router(tags=["记录"])

KIND = "/records/{slug:pack}/{slug:kind}"
ONE = "/records/{uuid:id}"
ABOUT_LISTS = (
    "按列筛选：class=city（代码的名称也可以，重复写为其中之一），class= 为没有填写的，received_on.from 和 received_on.to 为起止。"
    "次序固定，翻页不重不漏；作废的只在 voided=true 时列出。"
)
ABOUT_VALUES = "值可照办公习惯填写，如 73万元、2020年3月5日、30余；不认得的字段会被退回。"
ABOUT_CHANGES = "没写的字段不变，null 或空文字为清空。别人在 seen 之后改过则答 409，theirs 为对方改的内容，version 为现在的版本。"


# First, because to the addresses of kinds “history” could be a kind.
@router.get(ONE + "/history", response=list[HistoryAnswer], summary="流转记录", description="最近的在前。")
def history(request: HttpRequest, id: UUID) -> Any:
    return queries.history(request.auth, str(id))


@router.get(KIND, response=Page, summary="列出记录", description=ABOUT_LISTS)
def listing(request: HttpRequest, pack: str, kind: str, given: Query[Listing]) -> dict[str, Any]:
    catalogue = in_force()
    found = catalogue.kind(f"{pack}/{kind}")
    rows = queries.records(
        request.auth,
        found.full_id,
        given.org,
        filters=filters.read(found, request.GET, catalogue),
        search=given.q,
        order=given.order,
        voided=given.voided,
        with_handed=True,
    )
    pages = Paginator(rows, given.size)
    kept = list(pages.page(given.page).object_list) if given.page <= pages.num_pages else []
    called = names.pointed_to(found, kept)
    items = [_short(row, catalogue, called) for row in kept]
    return {"count": pages.count, "page": given.page, "pages": pages.num_pages, "items": items}


@router.post(KIND, response={201: RecordAnswer}, summary="登记一条记录", description=ABOUT_VALUES)
def create(request: HttpRequest, pack: str, kind: str, given: NewRecord) -> Status[dict[str, Any]]:
    catalogue = in_force()
    found = catalogue.kind(f"{pack}/{kind}")
    row = acts.create(
        by=request.auth,
        org=given.org,
        kind=found.full_id,
        values=exchange.given(found, given.values),
        happened_on=given.happened_on,
        parent=given.parent,
        note=given.note,
    )
    return Status(201, _after(row, catalogue))


@router.get(
    ONE, response=RecordInFull, summary="一条记录", description="连同此状态下的步骤、子记录、关联和佐证。"
)
def one_record(request: HttpRequest, id: UUID) -> dict[str, Any]:
    user, row = request.auth, queries.record(request.auth, str(id))
    return {
        **_after(row, in_force()),
        "steps": [
            {"id": one.step, "title": one.spec.title, "legal": one.legal, "reasons": list(one.reasons)}
            for one in queries.steps(user, row)
        ],
        "may": sorted(queries.may(user, row)),
        "notices": queries.notices(user, row),
        "children": [child for _, children in queries.children(user, row) for child in children],
        "links": [_link(link) for link in queries.links(user, row)],
        "evidence": [paper(use) for use in queries.evidence(user, row)],
    }


@router.patch(ONE, response=RecordAnswer, summary="修改字段", description=ABOUT_CHANGES)
def correct(request: HttpRequest, id: UUID, given: Correction) -> dict[str, Any]:
    catalogue = in_force()
    row = queries.record(request.auth, str(id))
    with _told_in_full(request.auth, row):
        values = exchange.given(catalogue.kind(row.kind), given.values)
        row = acts.edit(by=request.auth, record=row, values=values, seen=given.seen, note=given.note)
    return _after(row, catalogue)


@router.post(
    ONE + "/steps/{slug:step}",
    response=RecordAnswer,
    summary="办理一步",
    description="现在不能办理时答 409，reasons 逐条说明原因。",
)
def advance(request: HttpRequest, id: UUID, step: str, given: Step) -> dict[str, Any]:
    catalogue = in_force()
    row = queries.record(request.auth, str(id))
    with _told_in_full(request.auth, row):
        row = acts.advance(
            by=request.auth,
            record=row,
            step=step,
            seen=given.seen,
            values=exchange.given(catalogue.kind(row.kind), given.values),
            happened_on=given.happened_on,
            note=given.note,
        )
    return _after(row, catalogue)


@contextmanager
def _told_in_full(user: UserRow, row: RecordRow) -> Iterator[None]:
    """Let an editor who came too late know what the others wrote, and which version is there now."""
    try:
        yield
    except Stale as late:
        kind = in_force().kind(row.kind)
        now = queries.record(user, row.id)
        raise Overtaken(late, exchange.plain_facts(kind, late.changes), now.version) from late


def _after(row: RecordRow, catalogue: Catalogue) -> dict[str, Any]:
    return _short(row, catalogue, names.pointed_to(catalogue.kind(row.kind), [row]))


def _short(row: RecordRow, catalogue: Catalogue, called: Mapping[str, str]) -> dict[str, Any]:
    kind = catalogue.kind(row.kind)
    return {
        "id": row.id,
        "kind": row.kind,
        "org": row.org_id,
        "parent": row.parent_id,
        "root": row.root_id,
        "number": row.number,
        "label": row.label,
        "state": row.state,
        "path": [
            {"id": state, "title": kind.states[state].title if state in kind.states else state, "on": on}
            for state, on in row.path
        ],
        "values": exchange.plain_values(kind, row.data),
        "shown": exchange.shown(kind, row.data, catalogue, called),
        "dues": [_due(due) for due in deadlines.stored(kind, row.dues, row.state)],
        "version": row.version,
        "voided": row.voided,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def _due(due: deadlines.Due) -> dict[str, Any]:
    return {
        "id": due.deadline,
        "title": due.title,
        "on": due.on,
        "met_on": due.met_on,
        "is_late": due.is_late(),
        "is_provisional": due.provisional,
    }


def _link(link: queries.LinkView) -> dict[str, Any]:
    return {
        "role": link.role,
        "title": link.title,
        "outgoing": link.outgoing,
        "linked_on": link.linked_on,
        "record": link.other,
    }
