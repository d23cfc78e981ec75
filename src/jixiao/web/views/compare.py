"""Holding documents against the figures of a year and against each other; what a person says of words is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.errors import BadInput, FieldErrors, NotFound
from jixiao.ledger import permissions
from jixiao.ledger.actions import matches
from jixiao.ledger.queries.comparing import Figures, figures_told
from jixiao.reading.agreement import TITLES, Group, Line
from jixiao.reading.crossing import Crossing, cross
from jixiao.reading.cutoffs import cutoff_of
from jixiao.reading.fitting import Known
from jixiao.reading.matching import same_sort
from jixiao.values import RATIO, Verdict
from jixiao.web import strangers
from jixiao.web.context import frame_of
from jixiao.web.documents_given import ACCEPTED, MOST_FILES, Given, documents_given
from jixiao.web.entries import Entry, ErrorItem, Errors
from jixiao.web.gate import gate

MOST_LINES = 100
MOST_UNSAID = 60
NONE, FORGET = "none", "forget"
TONES = {Group.DIFFERS: "bad", Group.UNSURE: "warn", Group.AGREES: "ok"}
CROSSED = (
    (Verdict.BROKEN, "不一致", "bad"),
    (Verdict.ROUNDING, "舍入", "warn"),
    (Verdict.NOT_APPLICABLE, "未判", "none"),
)


@gate("GET", "POST")
def compare(request: HttpRequest, org: str, year: int) -> HttpResponse:
    """The form; with documents, what agrees and what differs, and with answers, what they said first."""
    place = frame_of(request).require_org()
    if place.id != org:
        raise NotFound("没有找到这个单位，或者您不在其中任职")
    figures = figures_told(request.user, place, year)
    may_say = permissions.can(request.user, "file", org=place.id)
    entry = Entry("file", "要对照的文件", "file", accept=ACCEPTED, is_whole_line=True, hint=_hint())
    context: dict[str, Any] = {"entry": entry, "year": year, "org": place, "may_say": may_say}
    context["year_url"] = reverse("web:year", args=[place.id, year])
    if request.method == "GET":
        return render(request, "web/compare/compare.html", context)
    try:
        said = _say(request, place.id) if request.POST.get("do") == "say" else 0
        if said:
            figures = figures_told(request.user, place, year)
        given = documents_given(request, "要对照的文件")
        cutoffs = [_day(request, number) for number in range(len(given))]
    except BadInput as refused:
        wrong = refused.errors if isinstance(refused, FieldErrors) else {"file": str(refused)}
        entry.error = next(iter(wrong.values()))
        context["errors"] = Errors("还不能对照", [ErrorItem(entry.error, entry.anchor)])
        return strangers.told(render(request, "web/compare/compare.html", context), refused)
    context |= {"said": said} | _result(given, cutoffs, figures, may_say)
    return render(request, "web/compare/compare.html", context)


def _hint() -> str:
    return f"工作总结、决算说明、自评报告等，最多 {MOST_FILES} 份，每份不超过 20 MB；选几份时还互相核对。文件不留存"


def _day(request: HttpRequest, number: int) -> date | None:
    """The day somebody entered for a document. Raises FieldErrors for what is none."""
    text = request.POST.get(f"cutoff-{number}", "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise FieldErrors({"file": f"截止日“{text}”看不懂，应写成 2020-10-31 这样"}) from None


def _say(request: HttpRequest, org: str) -> int:
    """Remember every answer of the form. Raises BadInput, NotAllowed."""
    count = 0
    for name, answer in request.POST.items():
        number = name.removeprefix("say-")
        if number == name or not answer:
            continue
        fingerprint = request.POST.get(f"fingerprint-{number}", "")
        if answer == FORGET:
            count += matches.forget(by=request.user, org=org, fingerprint=fingerprint)
            continue
        matches.confirm(
            by=request.user, org=org, fingerprint=fingerprint,
            words=request.POST.get(f"words-{number}", ""), unit=request.POST.get(f"unit-{number}", ""),
            indicator="" if answer == NONE else answer,
        )  # fmt: skip
        count += 1
    return count


def _result(
    given: Sequence[Given], cutoffs: Sequence[date | None], figures: Figures, may_say: bool
) -> dict[str, Any]:
    numbers = iter(range(10**6))
    documents = []
    for index, one in enumerate(given):
        held = figures.hold(one.reading, cutoffs[index])
        read = cutoff_of(one.reading.document.text)
        documents.append(
            {
                "name": one.name,
                "index": index,
                "carried": one.carried,
                "stated": len(one.reading.statements),
                "cutoff": cutoffs[index] or read,
                "others": "、".join(held.others),
                "groups": list(_groups(one, held.lines, figures, numbers, may_say)),
            }
        )
    return {
        "documents": documents,
        "as_of": figures.as_of,
        "is_carried": all(one.carried for one in given),
        "crossed": _crossed(given, cutoffs) if len(given) > 1 else None,
    }


def _groups(
    given: Given, lines: Sequence[Line], figures: Figures, numbers: Iterator[int], may_say: bool
) -> Iterator[dict[str, Any]]:
    for group in Group:
        members = [line for line in lines if line.group is group]
        if group is Group.ONLY_LEDGER:
            shown = [_unsaid(line, figures) for line in members[:MOST_UNSAID]]
        else:
            shown = [_line(line, given, figures, next(numbers), may_say) for line in members[:MOST_LINES]]
        yield {
            "title": TITLES[group],
            "tone": TONES.get(group, "none"),
            "count": len(members),
            "lines": shown,
            "missing": len(members) - len(shown),
            "is_open": group in (Group.DIFFERS, Group.UNSURE),
            "is_unsaid": group is Group.ONLY_LEDGER,
            "is_unsure": group is Group.UNSURE,
        }


def _line(line: Line, given: Given, figures: Figures, number: int, may_say: bool) -> dict[str, Any]:
    assert line.match is not None
    phrase, statement = line.match.phrase, line.match.statement
    return {
        "number": number,
        "before": phrase.before,
        "text": "".join(statement.text.split()),
        "after": phrase.after,
        "label": statement.place.label,
        "reason": line.reason,
        "figures": [_unsaid_figure(one, figures) for one in line.known],
        "fingerprint": phrase.fingerprint,
        "words": phrase.words,
        "unit": statement.quantity.unit,
        "by_person": line.match.by_person,
        "options": _options(line, figures.known) if may_say else [],
        "is_asked": line.group is Group.UNSURE,
    }


def _options(line: Line, known: Sequence[Known]) -> list[tuple[str, str]]:
    """What the words may be said to speak of: the candidates first, then every figure of such a measure word."""
    assert line.match is not None
    unit = line.match.statement.quantity.unit
    first = [one.known for one in line.match.candidates]
    rest = [one for one in known if same_sort(one.unit, unit) and one.id not in {it.id for it in first}]
    told = [(one.id, f"{one.title}（台账{one.operand.text}）") for one in (*first, *rest)]
    return [*told, (NONE, "不对应任何指标"), *([(FORGET, "取消以前的认定")] if line.match.by_person else [])]


def _unsaid(line: Line, figures: Figures) -> dict[str, Any]:
    return _unsaid_figure(line.known[0], figures)


def _unsaid_figure(known: Known, figures: Figures) -> dict[str, Any]:
    pack, _, name = known.id.partition("/")
    url = reverse("web:figure", args=[figures.org.id, figures.year, pack, name])
    return {"title": known.title, "text": known.operand.text, "url": url, "is_rate": known.unit == RATIO}


def _crossed(given: Sequence[Given], cutoffs: Sequence[date | None]) -> dict[str, Any]:
    found = cross([one.reading for one in given], cutoffs)
    kept = sum(one.verdict is Verdict.KEPT for one in found)
    told = [
        {"word": word, "tone": tone, "message": one.message, "places": _places(one, given)}
        for verdict, word, tone in CROSSED
        for one in found
        if one.verdict is verdict
    ]
    return {"count": len(found), "kept": kept, "lines": told[:MOST_LINES], "missing": len(told[MOST_LINES:])}


def _places(one: Crossing, given: Sequence[Given]) -> list[dict[str, Any]]:
    return [
        {
            "name": given[told.file].name,
            "label": told.phrase.statement.place.label,
            "text": told.text,
            "cutoff": told.cutoff,
        }
        for told in (one.one, one.other)
    ]
