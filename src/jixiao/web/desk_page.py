"""The bureau's desk laid out for its templates: charts with their tables, department lines, forms beside last year."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import mark_safe

from jixiao.ledger.desk.charts import Bar, columns, rows
from jixiao.ledger.desk.compare import Counted, points_text
from jixiao.ledger.desk.tallies import behind, working
from jixiao.ledger.queries.desk import Department, Overview, Standing
from jixiao.values import decimal_text, round_half_up

TONES = {"未报": "bad", "已报": "warn", "已退回": "bad", "已复核": "ok", "已公开": "ok"}
MOST_RANKED = 12


def charts(view: Overview, here: str) -> list[dict[str, Any]]:
    """Every chart with its title, its table and the address behind each number."""
    found = [
        _chart("报送情况", "state", "状态", view.states, here, columns),
        _chart("等级", "grade", "等级", view.grades, here, columns),
        _chart("得分分布", "band", "得分", view.bands, here, columns),
        _chart("问题排序", "defect", "问题", view.defects[:MOST_RANKED], here, rows),
        _chart("预警", "alarm", "预警", view.alarms, here, rows),
        _chart("存疑", "flag", "存疑", view.flags, here, rows),
    ]
    return [one for one in found if one is not None]


def _chart(
    title: str, sort: str, head: str, counted: Sequence[Counted], here: str, draw: Any
) -> dict[str, Any] | None:
    if not counted:
        return None
    lines = [
        {
            "title": one.title,
            "count": one.count,
            "times": one.times,
            "url": only(here, sort, one.key) if one.count else "",
        }
        for one in counted
    ]
    bars = [Bar(line["title"], line["count"], line["url"]) for line in lines]
    has_times = any(line["times"] != line["count"] for line in lines)
    return {
        "id": sort,
        "title": title,
        "head": head,
        "lines": lines,
        "has_times": has_times,
        "svg": mark_safe(draw(bars, title)),  # made of escaped words and whole numbers
    }


def only(here: str, sort: str, key: str) -> str:
    """The departments behind a number."""
    return f"{here}?only={quote(f'{sort}:{key}')}#departments"


def lines(view: Overview, chosen: Sequence[Standing], what: str) -> list[dict[str, Any]]:
    """A line for each department; the numbers behind a sum in a column of their own."""
    sort, _, key = what.partition(":")
    told = dict(view.sums[key][1]) if sort == "sum" and key in view.sums else {}
    return [
        {
            "title": row.expected.title,
            "url": reverse("web:desk_department", args=[view.bureau.pk, view.year, row.id]),
            "state": row.state,
            "tone": TONES.get(row.state, "none"),
            "is_late": row.is_late,
            "versions": row.versions,
            "refused": row.refused,
            "score": points_text(row.score),
            "own": points_text(row.own_score) if row.own_score != row.score else "",
            "grade": row.grade,
            "before": points_text(row.before),
            "defects": row.defects,
            "flags": row.flags,
            "alarms": [one["title"] for one in row.alarms],
            "value": money(told[row.id]) if row.id in told else "",
            "is_secret": row.expected.is_secret,
        }
        for row in chosen
    ]


def stats(view: Overview, here: str) -> list[dict[str, str]]:
    """The first numbers of the page, each with its denominator and a way behind it."""
    whole, came = len(view.rows), len(view.reported)
    found = [
        {
            "title": "已报送",
            "number": f"{came}/{whole}",
            "note": f"{len(view.missing)} 个未报" if view.missing else "全部报送",
            "url": only(here, "state", "未报") if view.missing else "",
        },
        {
            "title": "迟报",
            "number": str(len(view.late)),
            "note": "按报送期限",
            "url": only(here, "late", "") if view.late else "",
        },
        {
            "title": "得分中位数",
            "number": points_text(rounded(view.median)) or "—",
            "note": f"上年 {points_text(rounded(view.median_before))}"
            if view.median_before is not None
            else "没有上年的数",
            "url": "",
        },
        {
            "title": "有问题的单位",
            "number": str(sum(bool(row.defects) for row in view.rows)),
            "note": f"共 {sum(row.defects for row in view.rows)} 处",
            "url": "#defect" if view.defects else "",
        },
    ]
    for words, (total, told) in view.sums.items():
        found.append(
            {
                "title": f"{words}合计（万元）",
                "number": money(total) if told else "—",
                "note": f"{len(told)} 个单位有数",
                "url": only(here, "sum", words) if told else "",
            }
        )
    return found


def rounded(value: Fraction | None) -> Fraction | None:
    return None if value is None else Fraction(round_half_up(value, 2))


def money(value: Fraction) -> str:
    """元 as 万元 with two places."""
    return f"{round_half_up(value / 10_000, 2):f}"


def leaves(view: Department) -> list[dict[str, Any]]:
    """Each leaf with the median of its peers and what speaks against full marks."""
    found = []
    surveys = (view.submission.summary.get("surveys") or ()) if view.submission else ()
    for leaf in (view.submission.summary.get("leaves") or ()) if view.submission else ():
        survey = behind(leaf["title"], leaf["actual"], surveys)
        peers = view.medians.get(leaf["key"])
        share = Fraction(leaf["score"]) / Fraction(leaf["points"]) if Fraction(leaf["points"]) else None
        found.append(
            {
                **leaf,
                "median": f"{decimal_text(round_half_up(peers[0] * Fraction(leaf['points']), 2))}（{peers[1]}家）"
                if peers
                else "",
                "is_above": bool(peers and share is not None and share > peers[0]),
                "is_doubtful": leaf["is_full"] and not leaf["has_evidence"],
                "behind": working(survey, 0) if survey else "",
            }
        )
    return found


def forms(view: Department) -> list[dict[str, Any]]:
    """Stored forms with last year's text under each cell where it differs."""
    found = []
    for form in view.submission.forms if view.submission else ():
        blocks = []
        for block in form["blocks"]:
            shown = []
            for line in block["lines"]:
                cells = []
                for column, text in zip(block["columns"], line["cells"], strict=True):
                    address = f"{form['form']}#{block['id']}.{line['key']}.{column['id']}"
                    before = view.before.get(address, "")
                    cells.append(
                        {
                            "text": text,
                            "before": before if before != text and not column["is_text"] else "",
                            "is_number": not column["is_text"],
                            "address": address,
                        }
                    )
                shown.append({"title": line["title"], "indent": line["indent"], "cells": cells})
            blocks.append({**block, "lines": shown})
        found.append({"title": form["title"], "file": form["file"], "blocks": blocks})
    return found
