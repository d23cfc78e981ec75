"""Why a figure is what it is: its equation, words and SQL, the records behind it, and where it is told."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.ledger import queries
from jixiao.ledger.actions.opening import bound_packs
from jixiao.ledger.queries import FigureRow, FigureView, advice
from jixiao.ledger.queries.forerunners import Forerunner
from jixiao.ledger.rules import catalogue as in_force
from jixiao.values import RATIO, Figure, Qualifier, Status, decimal_text
from jixiao.web import findings, hints
from jixiao.web.bars import bars_of
from jixiao.web.gate import gate
from jixiao.web.numbers import grouped
from jixiao.web.pager import pager
from jixiao.web.twins import as_csv, as_json
from jixiao.web.views import deviations
from jixiao.web.words import basis
from jixiao.web.year_lines import address_of, targets_of

PAGE = 50
HEAD = ("编号", "记录", "类型", "区分", "计入分子", "计入分母", "佐证")
TOLD_ELSEWHERE = ("依据", "取整")


@gate()
def show(
    request: HttpRequest, org: str, year: int, pack: str, indicator: str, form: str = "html"
) -> HttpResponse:
    """One figure laid open, as a page, JSON or CSV."""
    view = queries.figure(request.user, org, f"{pack}/{indicator}", year)
    if form == "csv":
        rows = [_flat(row) for row in view.rows]
        return as_csv(HEAD, [list(row.values()) for row in rows], f"{view.figure.title}.csv")
    if form == "json":
        return as_json(_data(view))
    figure, at = view.figure, [org, year, pack, indicator]
    page = Paginator(view.rows, PAGE).get_page(request.GET.get("page"))
    behind = advice.of_ids(request.user, (row.record.id for row in view.rows if row.record))
    told = {one.record.pk: hints.short(one.advice) for one in behind}
    context = {
        "title": figure.title,
        "indicator_id": figure.indicator,
        "theme": next(
            (one.title for name, one in in_force().themes_in_order() if name == view.indicator.theme), ""
        ),
        "lead": _lead(view),
        "as_of": figure.as_of,
        "year_url": reverse("web:year", args=[org, year]),
        "printed": figure.text if figure.stated is not None else "",
        "equation": _equation(figure),
        "status_note": _status_note(view),
        **_way_to_mend(request, view),
        "words": [
            {"title": title, "text": text} for title, text in view.words if title not in TOLD_ELSEWHERE
        ],
        "period": figure.period.text,
        "print_note": _print_note(view),
        "alternatives": [{"title": title, "text": _worked(other)} for title, other in view.alternatives],
        "sources": basis(view.indicator, org),
        "definition": figure.definition[:12],
        "rule_url": reverse("web:rules_indicator", args=[pack, indicator]),
        "sql": view.sql.strip(),
        "rows": [
            _row(row, figure) | {"hint": told.get(row.record.id, "") if row.record else ""} for row in page
        ],
        "hinted": len(told),
        "rows_note": _rows_note(view),
        "no_rows": _no_rows(view),
        "pager": pager(page, {}),
        "list_url": _list_url(view),
        "places": _places(view),
        "history": [_year(org, indicator, pack, one) for one in (figure, *view.earlier)]
        if view.earlier
        else [],
        "forerunners": [_forerunner(one) for one in view.forerunners],
        "bars": bars_of([*reversed(view.earlier), figure]) if view.earlier else None,
        "json_url": reverse("web:figure_json", args=at),
        "csv_url": reverse("web:figure_csv", args=at),
        **findings.shown(view.relations),
        "otherwise": deviations.panel(request, org, year, figure.indicator),
    }
    return render(request, "web/figures/figure.html", context)


def _forerunner(one: Forerunner) -> dict[str, Any]:
    """A year of the orgs that went before: each by itself, and the whole where it may be told."""
    parts = "；".join(f"{org.title} {figure.text}" for org, figure in one.parts)
    return {"year": f"{one.year}年度", "parts": parts, "text": one.text, "reason": one.reason}


def _lead(view: FigureView) -> str:
    return f"{view.org.title}，{view.figure.period.text}" + (
        f"。{view.indicator.note}" if view.indicator.note else ""
    )


def _rows_note(view: FigureView) -> str:
    told = [f"{len(view.rows)} 条"] if view.rows else []
    if view.withheld:
        told.append(f"另有 {view.withheld} 条您无权查看")
    return "，".join(told)


def _no_rows(view: FigureView) -> str:
    if view.withheld:
        return "背后的记录不在您可以查看的台账之内。"
    return "没有记录：台账在这一期间是空的。" if view.sql else "这一年度还没有设置该指标的口径期间。"


def _equation(figure: Figure) -> dict[str, str] | None:
    """Numerator over denominator for rates; the counted number for all else."""
    if figure.exact is None:
        return None
    if figure.bottom is not None:
        return {
            "top": grouped(str(figure.top)),
            "top_title": "分子",
            "bottom": grouped(str(figure.bottom)),
            "bottom_title": "分母",
        }
    if figure.unit == RATIO:
        return None
    return {
        "top": grouped(decimal_text(figure.exact)),
        "top_title": f"{figure.unit}，由 {figure.records} 条记录得出",
    }


def _status_note(view: FigureView) -> str:
    match view.figure.status:
        case Status.NOT_REPORTED:
            return "未填报：这一期间没有记录，也没有零报告。未填报不等于零。"
        case Status.NONE:
            return "无可计算：分母为零，或分母只有约数，比率不存在。"
    return ""


def _way_to_mend(request: HttpRequest, view: FigureView) -> dict[str, str]:
    """Where a silent figure is entered: its filed items, or its register and the nil return."""
    if view.figure.status is not Status.NOT_REPORTED:
        return {}
    filed = reverse("web:filed", args=[view.org.id, view.year])
    if view.indicator.rows is None:
        item = view.indicator.filed[0].lstrip("-")
        return {"enter_url": f"{filed}?item={item}#enter", "enter_title": "去填报"}
    root = in_force().root_of(view.indicator.rows.kind)
    register = reverse("web:register", args=[root.pack, root.id])
    return {
        "enter_url": register,
        "enter_title": f"去{root.title}台账登记",
        "nil_url": f"{filed}?item={root.full_id}#enter",
    }


def _print_note(view: FigureView) -> str:
    """How the number is written, and the exact one where that differs."""
    rule = next((text for title, text in view.words if title == "取整"), "")
    figure = view.figure
    if figure.exact is None:
        vague = figure.stated is not None and figure.stated.qualifier is not Qualifier.EXACT
        return f"{rule}；填报时就是约数，没有准确值" if vague else rule
    if figure.stated is not None and figure.stated.qualifier is not Qualifier.EXACT:
        return f"{rule}；准确值 {grouped(decimal_text(figure.exact))}{figure.unit}，写作 {figure.text}"
    return rule


def _worked(figure: Figure) -> str:
    if figure.bottom is not None and figure.stated is not None:
        return f"{figure.top} / {figure.bottom} = {figure.text}"
    return figure.text


def _row(row: FigureRow, figure: Figure) -> dict[str, Any]:
    flat = _flat(row)
    if figure.bottom is None:
        part = "计入" if row.in_top else "不计"
    else:
        part = "分子、分母" if row.in_top and row.in_bottom else "分子" if row.in_top else "分母"
    return {
        "number": flat["编号"],
        "title": flat["记录"],
        "kind": flat["类型"],
        "detail": row.key,
        "url": reverse("web:record", args=[row.record.id]) if row.record else "",
        "part": part,
        "evidence": [use.title for use in row.evidence] or ([row.filed.source] if row.filed else []),
    }


def _flat(row: FigureRow) -> dict[str, str]:
    catalogue = in_force()
    if row.record is not None:
        number, title, kind = row.record.number, row.record.label, catalogue.kind(row.record.kind).title
    elif row.filed is not None:
        item = catalogue.filed.get(row.filed.item)
        number, title, kind = "", f"{item.title if item else row.filed.item}（{row.filed.label}）", "填报数"
    else:
        number, title, kind = "", "记录已不在", ""
    values = (
        number,
        title,
        kind,
        row.key,
        _yes(row.in_top),
        _yes(row.in_bottom),
        "；".join(u.title for u in row.evidence),
    )
    return dict(zip(HEAD, values, strict=True))


def _yes(found: bool) -> str:
    return "是" if found else ""


def _list_url(view: FigureView) -> str:
    if view.indicator.rows is None or not view.rows:
        return ""
    kind = in_force().kind(view.indicator.rows.kind)
    where = reverse("web:register", args=[kind.pack, kind.id])
    return f"{where}?figure={view.figure.indicator}&year={view.year}"


def _places(view: FigureView) -> list[dict[str, str]]:
    """Clauses that place the figure, and the score sheets that hold it against a target."""
    report = reverse("web:report", args=[view.org.id, view.year])
    found = [
        {"title": one.outline_title, "url": f"{report}#c-{one.clause}", "text": f"写作“{view.figure.text}”"}
        for one in view.placed
    ]
    catalogue = in_force()
    for name, scheme in catalogue.schemes.items():
        target = targets_of(catalogue, {name}).get(view.figure.indicator)
        if target and not scheme.sample and scheme.pack in bound_packs(view.org.id, catalogue):
            found.append(
                {
                    "title": scheme.title,
                    "url": reverse("web:scores", args=[view.org.id, view.year]),
                    "text": f"目标 {target}",
                }
            )
    return found


def _year(org: str, indicator: str, pack: str, figure: Figure) -> dict[str, Any]:
    year = figure.period.year
    return {"year": year, "text": figure.text, "url": address_of(org, year, f"{pack}/{indicator}")}


def _data(view: FigureView) -> dict[str, Any]:
    figure = view.figure
    return {
        "id": figure.indicator,
        "title": figure.title,
        "org": figure.org,
        "period": figure.period.text,
        "as_of": figure.as_of.isoformat(),
        "status": figure.status.value,
        "text": figure.text,
        "value": None if figure.value is None else decimal_text(figure.value),
        "qualifier": figure.qualifier.value if figure.qualifier else None,
        "exact": None if figure.exact is None else decimal_text(figure.exact),
        "top": figure.top,
        "bottom": figure.bottom,
        "unit": "1" if figure.unit == RATIO else figure.unit,
        "definition": figure.definition,
        "words": dict(view.words),
        "sql": view.sql,
        "rows": [
            {"id": row.record.id if row.record else row.filed.id if row.filed else "", **_flat(row)}
            for row in view.rows
        ],
    }
