"""A year's scores beside last year's and, where the bureau has made them public, beside the district's; charts with tables."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import mark_safe

from jixiao.evaluation.assessment import Assessment, Marked
from jixiao.ledger.desk.charts import Bar, Pair, columns, pairs
from jixiao.ledger.desk.compare import points_text
from jixiao.ledger.queries.desk_shared import Shared
from jixiao.values import decimal_text, round_half_up

SILENT = "未填报"
NAMES = ("本年", "上年")


def beside_last_year(now: Assessment | None, before: Assessment | None) -> dict[str, Any] | None:
    """The parts of the sheet in both years; the total alone where the scheme has changed. None without a last year."""
    if now is None or before is None or before.open == before.total:
        return None
    is_same = now.scheme == before.scheme
    earlier = {one.id: one for one in before.tree} if is_same else {}
    found = [_pair(one, earlier.get(one.id)) for one in now.tree] if is_same else []
    whole = _whole(now, before)
    return {
        "lines": [*found, whole],
        "note": "" if is_same else f"上年用的是“{before.title}”，分项不能相比，只比总分",
        "svg": mark_safe(pairs([*found, whole], "得分占分值", NAMES)),  # escaped words and numbers
    }


def _pair(now: Marked, before: Marked | None) -> Pair:
    return Pair(
        now.title,
        _share(now.earned, now.points, now.open),
        None if before is None else _share(before.earned, before.points, before.open),
        _text(now.earned, now.points, now.open),
        "没有这一项" if before is None else _text(before.earned, before.points, before.open),
    )


def _whole(now: Assessment, before: Assessment) -> Pair:
    return Pair(
        "总分",
        _share(now.earned, now.total, now.open),
        _share(before.earned, before.total, before.open),
        _text(now.earned, now.total, now.open),
        _text(before.earned, before.total, before.open),
    )


def _share(earned: Any, points: Any, open_points: Any) -> float | None:
    return None if not points or open_points == points else float(earned / points)


def _text(earned: Any, points: Any, open_points: Any) -> str:
    return SILENT if not points or open_points == points else f"{decimal_text(earned)}/{decimal_text(points)}"


def in_district(found: Shared) -> dict[str, Any]:
    """The office's place among the departments of a bureau; nobody else is named."""
    own = found.own
    return {
        "bureau": found.bureau,
        "score": points_text(own.score),
        "grade": own.grade,
        "before": points_text(found.before),
        "count": found.count,
        "median": "" if found.median is None else decimal_text(round_half_up(found.median, 2)),
        "bands": [
            {"title": one.title, "count": one.count, "is_own": own.id in one.departments}
            for one in found.bands
        ],
        "svg": mark_safe(columns([Bar(one.title, one.count) for one in found.bands], "得分分布")),
    }
