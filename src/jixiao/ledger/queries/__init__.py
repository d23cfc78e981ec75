"""Reads: every one takes the user first and shows what that user may see; a stranger's thing is not found.

What computes (figures, scores, reports) is imported when it is first asked for: a list of records needs none
of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.ledger.queries.filed import FiledRow, filed_values
from jixiao.ledger.queries.histories import Change, HistoryEntry, history
from jixiao.ledger.queries.lists import records
from jixiao.ledger.queries.orgs import (
    bases_lacking,
    kinds_for,
    org_for,
    orgs_for,
    orgs_joined,
    packs_for,
    periods_for,
    roles_for,
    years_for,
)
from jixiao.ledger.queries.people import people_anywhere, people_in, person
from jixiao.ledger.queries.records import (
    LinkView,
    StepView,
    children,
    evidence,
    evidence_file,
    links,
    may,
    may_add,
    may_attach,
    mends,
    notices,
    record,
    steps,
)
from jixiao.ledger.queries.search import Found, search
from jixiao.ledger.queries.tasks import Task, drafts, tasks, waiting

if TYPE_CHECKING:
    from jixiao.ledger.queries.counting import Counted, counted_in
    from jixiao.ledger.queries.figures import FigureRow, FigureView, figure
    from jixiao.ledger.queries.issued import Verified, issue, issued_file, issues, verify
    from jixiao.ledger.queries.placing import Placing
    from jixiao.ledger.queries.reports import ReportView, clause_history, outlines_for, report
    from jixiao.ledger.queries.score_sheets import leaf_note, scores
    from jixiao.ledger.queries.years import LateRecord, ThemeFigures, YearView, year, year_named

_COMPUTING = {
    "Counted": "counting",
    "counted_in": "counting",
    "FigureRow": "figures",
    "FigureView": "figures",
    "Placing": "placing",
    "figure": "figures",
    "Verified": "issued",
    "issue": "issued",
    "issued_file": "issued",
    "issues": "issued",
    "verify": "issued",
    "ReportView": "reports",
    "clause_history": "reports",
    "outlines_for": "reports",
    "report": "reports",
    "leaf_note": "score_sheets",
    "scores": "score_sheets",
    "LateRecord": "years",
    "ThemeFigures": "years",
    "YearView": "years",
    "year": "years",
    "year_named": "years",
}

__all__ = [
    "Change",
    "Counted",
    "FigureRow",
    "FigureView",
    "FiledRow",
    "Found",
    "HistoryEntry",
    "LateRecord",
    "LinkView",
    "Placing",
    "ReportView",
    "StepView",
    "Task",
    "ThemeFigures",
    "Verified",
    "YearView",
    "bases_lacking",
    "children",
    "clause_history",
    "counted_in",
    "drafts",
    "evidence",
    "evidence_file",
    "figure",
    "filed_values",
    "history",
    "issue",
    "issued_file",
    "issues",
    "kinds_for",
    "leaf_note",
    "links",
    "may",
    "may_add",
    "may_attach",
    "mends",
    "notices",
    "org_for",
    "orgs_for",
    "orgs_joined",
    "outlines_for",
    "packs_for",
    "people_anywhere",
    "people_in",
    "periods_for",
    "person",
    "record",
    "records",
    "report",
    "roles_for",
    "scores",
    "search",
    "steps",
    "tasks",
    "verify",
    "waiting",
    "year",
    "year_named",
    "years_for",
]


def __getattr__(name: str) -> Any:
    """Import what computes on first use."""
    if name not in _COMPUTING:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_COMPUTING[name]}"), name)
