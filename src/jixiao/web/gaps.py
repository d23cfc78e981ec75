"""What a year still lacks: figures nobody reported, deadlines missed, papers not there; each with the way to mend it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.urls import reverse

from jixiao.catalogue import Catalogue
from jixiao.ledger.queries import LateRecord, YearView
from jixiao.web.year_lines import address_of

SHOWN = 8


def gaps_of(view: YearView, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Groups with their items; groups without any are left out."""
    groups = [
        {"title": "未填报", "items": _missing(view, catalogue)},
        {"title": "逾期", "items": _late(view)},
        {"title": "缺佐证", "items": _without_evidence(view, catalogue)},
        {"title": "待说明失分原因", "items": _unexplained(view)},
    ]
    for group in groups:
        group["more"] = len(group["items"]) - SHOWN
    return [group for group in groups if group["items"]]


def _missing(view: YearView, catalogue: Catalogue) -> list[dict[str, str]]:
    return [
        {
            "title": figure.title,
            "url": address_of(view.org.id, view.year, figure.indicator),
            "tone": "none",
            "tag": "未填报",
        }
        for figure in view.missing
    ]


def _late(view: YearView) -> list[dict[str, str]]:
    return [
        {
            "title": f"{_name(late)}：{late.due.title}",
            "url": reverse("web:record", args=[late.record.id]),
            "tone": "bad",
            "tag": f"晚 {(late.due.met_on - late.due.on).days} 天" if late.due.met_on else "尚未办结",
        }
        for late in view.late
    ]


def _name(late: LateRecord) -> str:
    """A child is told by its parent and its kind, which one knows better than its own label."""
    root = late.record.root
    about = root.number or root.label
    return about if root.id == late.record.id else f"{about} {late.kind.title}"


def _without_evidence(view: YearView, catalogue: Catalogue) -> list[dict[str, str]]:
    """One item per record, kind by kind."""
    found = []
    for kind, rows in groupby(view.without_evidence, key=lambda row: row.kind):
        title = catalogue.kinds[kind].title
        for row in rows:
            found.append(
                {
                    "title": f"{title}：{row.number or row.label}",
                    "url": reverse("web:record", args=[row.id]),
                    "tone": "warn",
                    "tag": "缺佐证",
                }
            )
    return found


def _unexplained(view: YearView) -> list[dict[str, str]]:
    where = reverse("web:scores", args=[view.org.id, view.year])
    return [
        {"title": score.title, "url": f"{where}#{score.leaf}", "tone": "warn", "tag": "待说明"}
        for assessment in view.scores
        for score in assessment.unexplained
    ]
