"""Reads: every one takes the user first and shows only what that user may see; a stranger's thing is not found."""

from jixiao.ledger.queries.filed import FiledRow, filed_values
from jixiao.ledger.queries.histories import Change, HistoryEntry, history
from jixiao.ledger.queries.lists import records
from jixiao.ledger.queries.orgs import kinds_for, orgs_for, periods_for, years_for
from jixiao.ledger.queries.people import people_in
from jixiao.ledger.queries.records import (
    LinkView,
    StepView,
    children,
    evidence,
    evidence_file,
    links,
    may,
    notices,
    record,
    steps,
)
from jixiao.ledger.queries.tasks import Task, drafts, tasks

__all__ = [
    "Change",
    "FiledRow",
    "HistoryEntry",
    "LinkView",
    "StepView",
    "Task",
    "children",
    "drafts",
    "evidence",
    "evidence_file",
    "filed_values",
    "history",
    "kinds_for",
    "links",
    "may",
    "notices",
    "orgs_for",
    "people_in",
    "periods_for",
    "record",
    "records",
    "steps",
    "tasks",
    "years_for",
]
