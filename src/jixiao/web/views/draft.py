"""Drafting from last year's report: what each number comes from this year, and the files to take along. Nothing is kept."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger.last_year.making import Made
from jixiao.ledger.last_year.sorting import TITLES, Row, Sort
from jixiao.ledger.queries.drafting import drafted
from jixiao.web import strangers
from jixiao.web.context import frame_of
from jixiao.web.documents_given import ACCEPTED, documents_given
from jixiao.web.entries import Entry, ErrorItem, Errors
from jixiao.web.gate import gate
from jixiao.web.twins import attachment

MOST_ROWS = 400
TONES = {Sort.RECORDS: "ok", Sort.FILED: "plain", Sort.OPEN: "warn"}


@gate("GET", "POST")
def draft(request: HttpRequest) -> HttpResponse:
    """The form; with a report, its numbers sorted; with `do=take`, everything as one .zip."""
    org = frame_of(request).require_org()
    entries = {
        "file": Entry("file", "上年的报告", "file", accept=ACCEPTED, is_whole_line=True, required=True,
                      hint="Word、PDF、网页或纯文本，不超过 20 MB；文件不留存"),
        "year": Entry("year", "草稿的年度", "line", raw=str((frame_of(request).year or 2020) + 1), required=True,
                      hint="如 2021"),
    }  # fmt: skip
    context: dict[str, Any] = {"entries": entries.values(), "org": org}
    if request.method == "GET":
        return render(request, "web/draft/draft.html", context)
    entries["year"].raw = request.POST.get("year", "").strip()
    try:
        year = _year(entries["year"].raw)
        (given,) = documents_given(request, "上年的报告", most=1)
        made = drafted(request.user, org, given.reading, year, given.name)
    except BadInput as refused:
        wrong = refused.errors if isinstance(refused, FieldErrors) else {_box(refused): str(refused)}
        for name, message in wrong.items():
            entries[name].error = message
        context["errors"] = Errors(
            "还不能起草", [ErrorItem(one.error, one.anchor) for one in entries.values() if one.error]
        )
        return strangers.told(render(request, "web/draft/draft.html", context), refused)
    if request.POST.get("do") == "take":
        return _packed(made, year)
    return render(request, "web/draft/draft.html", context | {"given": given, "year": year} | _result(made))


def _year(text: str) -> int:
    """Raises FieldErrors."""
    plain = text.removesuffix("年度").removesuffix("年")
    if not (plain.isascii() and plain.isdecimal() and len(plain) == 4):
        raise FieldErrors({"year": f"“{text}”不是年度，应写成 2021 这样"})
    return int(plain)


def _box(refused: BadInput) -> str:
    return "year" if "草稿年度" in str(refused) else "file"


def _packed(made: Made, year: int) -> HttpResponse:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.files.items():
            archive.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), content)
    response = HttpResponse(stream.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = attachment(f"{year}年度报告草稿.zip")
    return response


def _result(made: Made) -> dict[str, Any]:
    groups = []
    for sort in Sort:
        rows = [row for row in made.rows if row.sort is sort]
        groups.append(
            {
                "title": TITLES[sort],
                "tone": TONES[sort],
                "count": len(rows),
                "rows": [_row(row) for row in rows[:MOST_ROWS]],
                "missing": max(0, len(rows) - MOST_ROWS),
                "is_open": sort is Sort.OPEN,
            }
        )
    return {"made": made, "groups": groups, "files": list(made.files)}


def _row(row: Row) -> dict[str, Any]:
    return {
        "before": row.phrase.before,
        "text": "".join(row.statement.text.split()),
        "after": row.phrase.after,
        "label": row.statement.place.label,
        "homes": "、".join(home.title for home in row.homes),
        "candidates": "、".join(home.title for home in row.candidates),
        "reason": row.reason,
    }
