"""Part of the audit: do stored due days still follow from facts, rules and calendar, and do papers say who added them?

A due day not yet met is computed again. One that was met stays as it was when a calendar changes, so of it only the day on
which it was met is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jixiao.catalogue import Catalogue
from jixiao.catalogue.days import Days
from jixiao.catalogue.kinds import Kind
from jixiao.errors import BadInput, NotFound
from jixiao.ledger import evidence_store, workdays
from jixiao.ledger.deadlines import dues_of, first_open, states_entered
from jixiao.ledger.models import Event, EvidenceUse, Record

Wrong = tuple[str, str]  # subject, reason
BATCH = 1000


def due_days(org: str, catalogue: Catalogue) -> Iterator[Wrong]:
    """Records whose stored due days are not what they would be."""
    days = workdays.days_of(org, catalogue)
    for kind in catalogue.kinds.values():
        rows = Record.objects.filter(org_id=org, kind=kind.full_id)
        if not kind.deadlines:
            rows = rows.exclude(dues={}, open_deadline="")
        for row in rows.iterator(BATCH):
            if wrong := _wrong(row, kind, days):
                yield row.id, f"“{row.label}”的{wrong}"


def papers(org: str) -> Iterator[Wrong]:
    """Papers that say another added them than the event does, or are given out as what they are not."""
    uses = EvidenceUse.objects.filter(record__org_id=org).select_related("evidence")
    by = dict(Event.objects.filter(chain=org, pk__in=uses.values("event")).values_list("id", "by"))
    for use in uses.iterator(BATCH):
        if by.get(use.event) != use.added_by:
            yield use.record_id, f"佐证“{use.title}”的添加人与流转记录不一致"
        if use.evidence and (wrong := _not_as_stored(use)):
            yield use.record_id, f"佐证“{use.title}”登记的{wrong}"


def _wrong(row: Record, kind: Kind, days: Days) -> str:
    if (row.open_deadline, row.open_due_on, row.open_due_stands) != first_open(row.dues):
        return "最近一项未办期限与各项期限不一致"
    wanted = dues_of(kind, row.data, row.path, days, states_entered(kind, row.id))
    for name in {**wanted, **row.dues}:
        stored, computed = row.dues.get(name), wanted.get(name)
        if not _is_same(stored, computed):
            title = kind.deadlines[name].title if name in kind.deadlines else name
            found, due = (one["on"] if one else "无" for one in (stored, computed))
            return (
                f"期限“{title}”存的是 {found}，按现行规则和日历应为 {due}；规则或日历刚改过的，请先重算期限"
            )
    return ""


def _is_same(stored: Mapping[str, Any] | None, computed: Mapping[str, Any] | None) -> bool:
    if stored is None or computed is None:
        return stored is computed
    if stored["met_on"] != computed["met_on"]:
        return False
    return stored["met_on"] is not None or stored["on"] == computed["on"]


def _not_as_stored(use: EvidenceUse) -> str:
    try:
        content = evidence_store.read(use.evidence.content)
        media_type = evidence_store.check(use.file_name, content)
    except (BadInput, NotFound):
        return ""  # gone or changed on the disk: told where files are
    if len(content) != use.evidence.size:
        return "大小与文件不符"
    return "" if use.evidence.media_type == media_type else "文件类型与文件不符"
