"""What every act on a record begins with: fetch it locked, tell strangers it is not there, and editors what
they missed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from jixiao.catalogue import Catalogue
from jixiao.catalogue.definition import Named
from jixiao.errors import BadInput, FieldErrors, NotFound, Stale
from jixiao.ledger import fold, handed, permissions
from jixiao.ledger.models import Event, Org, PackBinding, Record
from jixiao.ledger.names import names_of
from jixiao.ledger.one_reading import once

N = TypeVar("N", bound=Named)
MISSING = "没有找到这条记录，或者您无权查看；请从台账列表中进入"


def open_record(record: Record | str, by: permissions.Actor) -> Record:
    """The record's row, locked. Raises NotFound where it is not there or the person may not read it."""
    pk = record.pk if isinstance(record, Record) else str(record)
    row = Record.objects.select_for_update().filter(pk=pk).first()
    if row is None or not handed.can(by, "read", row):
        raise NotFound(MISSING)
    return row


def open_org(org: Org | str, by: permissions.Actor) -> Org:
    """Raises NotFound where the org is not there or the person has no role in it."""
    pk = org.pk if isinstance(org, Org) else str(org)
    row = _org(pk)
    if isinstance(by, permissions.System):
        if row is None:
            raise NotFound(f"没有单位“{pk}”；请核对单位编号")
        return row
    if row is None or not permissions.roles_in(by, row.pk):
        raise NotFound(f"没有找到单位“{pk}”，或者您不在其中任职")
    return row


@once
def _org(pk: str) -> Org | None:
    return Org.objects.filter(pk=pk).first()


def check_seen(row: Record, seen: int, catalogue: Catalogue) -> None:
    """Raises Stale with what others changed since version `seen`; new links and evidence disturb no
    editor.
    """
    if seen == row.version:
        return
    missed = list(Event.objects.filter(record=row.id, version__gt=seen).order_by("version"))
    theirs: dict[str, object] = {}
    for event in missed:
        for name, (_, new) in event.changes.items():
            if fold.changes_row({name: None}):
                theirs[name] = new
    if theirs or seen > row.version:
        kind = catalogue.kind(row.kind)
        names = "、".join(_title(kind, name) for name in theirs)
        called = names_of({event.by for event in missed})
        people = "、".join(dict.fromkeys(called[event.by] for event in missed))
        raise Stale(
            f"您打开之后，{people} 已经改过这条记录（{names}）；您填写的内容还在，请对照后再次保存", theirs
        )


def check_alive(row: Record) -> None:
    """Raises BadInput for a voided record, or one whose parents are voided."""
    if row.voided:
        raise BadInput("这条记录已经作废，不能再改；如属误作废，请先撤销作废")
    check_above(row)


def check_above(row: Record) -> None:
    """Raises BadInput where something above the record is voided."""
    parent = row.parent
    while parent is not None:
        if parent.voided:
            raise BadInput(f"所属的“{parent.label}”已经作废，其下的记录不能再改")
        parent = parent.parent


def check_bound(org: Org, kind: Any, catalogue: Catalogue) -> None:
    """Raises BadInput where the org does not work under the kind's pack."""
    if kind.pack not in bound_packs(org.pk, catalogue):
        title = catalogue.packs[kind.pack].title
        raise BadInput(f"{org.title}没有启用规则包“{title}”，不能登记“{kind.title}”；请先由管理人员启用")


def bound_packs(org: str, catalogue: Catalogue) -> set[str]:
    """The packs an org works under, with those they require."""
    found: set[str] = set()
    waiting = list(_bindings(org))
    while waiting:
        pack = waiting.pop()
        if pack not in found and pack in catalogue.packs:
            found.add(pack)
            waiting.extend(catalogue.packs[pack].requires)
    return found


@once
def _bindings(org: str) -> tuple[str, ...]:
    return tuple(PackBinding.objects.filter(org_id=org).values_list("pack", flat=True))


def in_packs(packs: Collection[str], table: Mapping[str, N], reference: str) -> N | None:
    """The definition meant by a full id, or by a short one that is unique among the org's packs."""
    mine = [one for one in table.values() if one.pack in packs]
    meant = [one for one in mine if reference in (one.full_id, one.id)]
    return meant[0] if len(meant) == 1 else None


def check_note(note: str, what: str) -> str:
    """Raises FieldErrors without a reason."""
    if not note.strip():
        raise FieldErrors({"reason": f"请写明{what}的理由，理由会留在流转记录中"})
    return note.strip()


def overlong(model: type[Model], **texts: str) -> dict[str, str]:
    """A message for each text that its column cannot hold; not every database refuses it by itself."""
    fields = {name: model._meta.get_field(name) for name in texts}
    return {
        name: f"{fields[name].verbose_name}最多 {fields[name].max_length} 个字，写了 {len(text)} 个"
        for name, text in texts.items()
        if len(text) > fields[name].max_length
    }


def _title(kind: Any, name: str) -> str:
    if name in kind.fields:
        return kind.fields[name].title
    return {
        fold.STATE: "状态",
        fold.PATH: "办理日期",
        fold.VOIDED: "作废",
        fold.NUMBER: "编号",
        **fold.ORIGIN,
    }.get(name, name)
