"""One document, read or checked, in the form somebody asked for: what a process of its own hands back.

Forms: text for people, jsonl for programs, html, xlsx and docx (with comments) to take along.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from jixiao.reading.checks.tally import WORDS, row
from jixiao.reading.contexts import context_of
from jixiao.reading.marked.checked import Checked, Finding, Opinions, check
from jixiao.reading.marked.view import Limits, view
from jixiao.reading.read import Reading, read
from jixiao.reading.terms import Role
from jixiao.values import Statement, Verdict, decimal_text

Source = str | bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """The counts of the summary and what was made. `told` maps the fingerprints of what does not simply hold
    to their messages.
    """

    stated: int
    content: bytes
    checked: int = 0
    broken: int = 0
    rounding: int = 0
    dismissed: int = 0
    told: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of HTML a page of the server is made of, every word in them escaped."""

    tally: str
    findings: str
    article: str
    broken: int
    told: dict[str, str]


def read_answer(source: Source, name: str, form: str, with_context: bool = False) -> Answer:
    """Every quantity of a file; for programs also, if asked, what stands around it. Raises BadInput where the file
    cannot be read.
    """
    reading = read(source, name)
    if form == "html":
        from jixiao.reading.marked.write_html import read_page

        made = read_page(reading, name)
    elif form == "jsonl":
        rows = quantity_rows(name, reading, with_context)
        made = _lines(json.dumps(one, ensure_ascii=False) for one in rows)
    else:
        made = _lines(_read_lines(name, reading))
    return Answer(len(reading.statements), made.encode("utf-8", "replace"))


def count_figures(source: Source, name: str) -> int:
    """How many quantities a file states. Raises BadInput where it cannot be read."""
    return len(read(source, name).statements)


def check_answer(source: Source, name: str, form: str, opinions: Opinions | None = None) -> Answer:
    """What does not add up in a file. `opinions` of None are not spoken of. Raises BadInput."""
    checked = check(source, name, opinions)
    counts = (checked.checked, checked.broken, checked.rounding, checked.dismissed)
    return Answer(checked.stated, made(checked, source, form, opinions is not None), *counts, _told(checked))


def page_answer(source: Source, name: str, opinions: Opinions, limits: Limits, ask: str) -> Page:
    """A checked file for a page of the server; `ask` is the id of the form that takes opinions."""
    from jixiao.reading.marked.findings_html import findings_html, tally_html
    from jixiao.reading.marked.write_html import article

    checked = check(source, name, opinions)
    shown = view(checked, limits)
    findings = findings_html(shown, ask)
    return Page(tally_html(shown), findings, article(shown), checked.broken, _told(checked))


def _told(checked: Checked) -> dict[str, str]:
    kept = Verdict.KEPT
    return {
        one.fingerprint: one.outcome.message for one in checked.findings if one.outcome.verdict is not kept
    }


def made(checked: Checked, source: Source, form: str, with_opinions: bool) -> bytes:
    """The file of a form."""
    if form == "html":
        from jixiao.reading.marked.write_html import check_page

        return check_page(checked).encode("utf-8", "replace")
    if form == "xlsx":
        from jixiao.reading.marked.workbook import workbook

        return workbook(checked)
    if form == "docx":
        from jixiao.reading.marked.with_comments import with_comments

        assert isinstance(source, bytes)
        return with_comments(checked, source)
    if form == "jsonl":
        rows = (finding_row(checked.name, one, with_opinions) for one in checked.findings)
        lines = _lines(json.dumps(one, ensure_ascii=False) for one in rows)
    else:
        lines = _lines(_check_lines(checked, with_opinions))
    return lines.encode("utf-8", "replace")


def quantity_rows(name: str, reading: Reading, with_context: bool = False) -> Iterator[dict[str, object]]:
    """The quantities of a file for programs. `change` is up or down where words of growth lead to an amount;
    one that was reached (增加到732万人) is no change.
    """
    changes = {
        term.span: term.change
        for sentence in reading.sentences
        for term in sentence.terms
        if term.change and term.role is not Role.CURRENT
    }
    for one in reading.statements:
        found = quantity_row(name, one)
        if change := changes.get((one.place.start, one.place.end)):
            found["change"] = change
        yield found | _around(reading, one) if with_context else found


def _around(reading: Reading, statement: Statement) -> dict[str, object]:
    """Its part in the sentence, the place as people name it, and the words around, empty where none tell them."""
    context = context_of(reading, statement)
    return {
        "role": statement.role,
        "place": statement.place.label,
        "clause": context.clause,
        "section": context.section,
        "period": context.period,
    }


def quantity_row(name: str, statement: Statement) -> dict[str, object]:
    """A quantity for programs: `value` is a decimal string in base units, offsets count characters."""
    quantity, place = statement.quantity, statement.place
    found: dict[str, object] = {
        "file": name,
        "start": place.start,
        "end": place.end,
        "text": statement.text,
        "value": decimal_text(quantity.value),
        "unit": quantity.unit,
        "qualifier": str(quantity.qualifier),
        "kind": statement.kind,
    }
    if quantity.high is not None:
        found["high"] = decimal_text(quantity.high)
    return found


def finding_row(name: str, finding: Finding, with_opinions: bool) -> dict[str, object]:
    """A relation for programs; with opinions also its fingerprint and what was said of it."""
    found = row(name, finding.outcome)
    if with_opinions:
        opinion = finding.opinion
        found["fingerprint"] = finding.fingerprint
        found["opinion"] = str(opinion.verdict) if opinion else None
        found["note"] = opinion.note if opinion else ""
    return found


def _lines(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _read_lines(name: str, reading: Reading) -> Iterator[str]:
    yield f"{name}：识别 {len(reading.statements)} 处数据"
    for statement in reading.statements:
        before = "".join(statement.before.split())[-12:]
        after = "".join(statement.after.split())[:8]
        text = "".join(statement.text.split())
        yield f"  {statement.place.label or statement.place.start}　…{before}【{text}】{after}…"


def _check_lines(checked: Checked, with_opinions: bool) -> Iterator[str]:
    yield f"{checked.name}：{checked.summary}"
    for finding in checked.findings:
        one = finding.outcome
        if one.verdict is Verdict.KEPT:
            continue
        label = checked.reading.document.place(*min(one.spans)).label
        dismissed = "，不计" if finding.is_dismissed else ""
        yield f"  【{WORDS[one.verdict]}{dismissed}】{label}　{one.message}"
        if one.computed:
            yield f"      算式：{one.computed}" + (f"；原文：{one.stated}" if one.stated else "")
        if one.reading:
            yield f"      读法：{one.reading}"
        if finding.opinion:
            yield f"      意见：{finding.opinion.words}"
        if with_opinions:
            yield f"      标识：{finding.fingerprint}"
