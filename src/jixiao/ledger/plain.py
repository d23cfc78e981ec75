"""Figures, findings and score sheets as programs read them: plain JSON values, decimal text in base units, nothing rounded.

One place, so that the command line and the REST interface cannot say different things.
"""

from __future__ import annotations

from typing import Any

from jixiao.evaluation.assessment import Assessment, Marked
from jixiao.values import Figure, Finding, Score, decimal_text


def figure(found: Figure) -> dict[str, Any]:
    """`value` is what is printed, `exact` what was counted (30 and 34 for 30余); None where there is no number."""
    return {
        "id": found.indicator,
        "title": found.title,
        "text": found.text,
        "value": None if found.value is None else decimal_text(found.value),
        "exact": None if found.exact is None else decimal_text(found.exact),
        "top": found.top,
        "bottom": found.bottom,
        "unit": found.unit,
        "qualifier": None if found.qualifier is None else str(found.qualifier),
        "status": str(found.status),
        "period": found.period.text,
        "as_of": found.as_of.isoformat(),
        "records": found.records,
    }


def finding(found: Finding) -> dict[str, Any]:
    """A relation's verdict; `reading` says under which reading of the words it holds."""
    return {
        "relation": found.relation,
        "title": found.title,
        "verdict": str(found.verdict),
        "reason": found.reason,
        "stated": found.stated,
        "computed": found.computed,
        "reading": found.reading,
        "subjects": list(found.subjects),
    }


def assessment(found: Assessment) -> dict[str, Any]:
    """A score sheet as a tree; `grade` is None while points are open."""
    return {
        "scheme": found.scheme,
        "title": found.title,
        "total": decimal_text(found.total),
        "earned": decimal_text(found.earned),
        "open": decimal_text(found.open),
        "grade": found.grade,
        "text": found.text,
        "working": found.working,
        "unexplained": [one.leaf for one in found.unexplained],
        "tree": [_marked(node) for node in found.tree],
    }


def _marked(node: Marked) -> dict[str, Any]:
    return {
        "id": node.id,
        "title": node.title,
        "points": decimal_text(node.points),
        "earned": decimal_text(node.earned),
        "open": decimal_text(node.open),
        "dropped": node.dropped,
        "score": None if node.score is None else _score(node.score),
        "children": [_marked(child) for child in node.children],
    }


def _score(found: Score) -> dict[str, Any]:
    return {
        "earned": None if found.earned is None else decimal_text(found.earned),
        "method": found.method,
        "working": found.working,
        "reason": found.reason,
        "flags": list(found.flags),
    }
