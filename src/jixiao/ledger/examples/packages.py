"""What made-up departments send to a bureau's desk: filled forms, a report and papers in one zip, from `living/packages.yaml`.

    - unit: 示例区教育局
      forms: [{form: finance/base_data, filed: {finance/posts: [36, 人]}, entries: {…}, lists: {…}}]
      report: [its lines]
      papers: {name: what it says}
      review: "97.65"          # or  send_back: the opinion; neither: it waits for the reviewer

The same words give the same bytes.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from jixiao.errors import BadInput
from jixiao.forms.fill import fill
from jixiao.forms.write_xlsx import write
from jixiao.ledger.actions import desk_decisions, desk_packages, records
from jixiao.ledger.examples.papers import MARK
from jixiao.ledger.models import Org, Record, User
from jixiao.ledger.rules import catalogue as rules
from jixiao.reports import write_docx
from jixiao.reports.document import Document, Paragraph
from jixiao.values import Quantity

PACKED_AT = (2021, 3, 1, 0, 0, 0)


def hand_in(
    bureau: Org, year: int, by: User, packages: Sequence[Mapping[str, Any]], source_system: str
) -> int:
    """Take every package in at the desk and decide on it as the file says; gives how many records that made, each with
    where its days come from. Raises BadInput, KeyError for what is missing.
    """
    made = 0
    for about in packages:
        file = (f"{about['unit']}.zip", package(about, int(about.get("year", year))))
        (outcome,) = desk_packages.take(by=by, bureau=bureau, year=year, files=[file])
        submission = outcome.submission
        if "review" in about:
            decision = desk_decisions.review(by=by, submission=submission.id, score=str(about["review"]))
            for row in Record.objects.filter(
                pk=decision.record
            ):  # none for a department the ledger does not know
                records.set_origin(
                    by=by, record=row, source_system=source_system, outside_number="", seen=row.version
                )
                made += 1
        if "send_back" in about:
            rows = [one["id"] for one in submission.findings]
            desk_decisions.send_back(by=by, submission=submission.id, rows=rows, reason=about["send_back"])
    return made


def package(about: Mapping[str, Any], year: int) -> bytes:
    """The zip that one department sends for a year."""
    unit = about["unit"]
    parts = [
        (f"附件{number} {rules().form(one['form']).title}.xlsx", _workbook(one, unit, year))
        for number, one in enumerate(about["forms"], 1)
    ]
    parts.append(("自评报告.docx", report(unit, year, about["report"])))
    papers = enumerate(about.get("papers", {}).items(), 1)
    parts += [
        (f"佐证材料/{number:02d} {name}.txt", f"{said}\n{MARK}".encode()) for number, (name, said) in papers
    ]
    return packed([*parts, ("package.json", manifest(unit, year))])


def _workbook(about: Mapping[str, Any], unit: str, year: int) -> bytes:
    form = rules().form(about["form"])
    if form is None:
        raise BadInput(f"没有表“{about['form']}”")
    filed = {name: Quantity(Decimal(str(value)), of) for name, (value, of) in about.get("filed", {}).items()}
    entries = {name: str(text) for name, text in about.get("entries", {}).items()}
    lists = about.get("lists", {})
    return write(fill(form, org="", year=year, entries=entries, filed=filed, lists=lists), unit)


def report(unit: str, year: int, lines: Iterable[str], marks: tuple[str, ...] = (MARK,)) -> bytes:
    """A self-evaluation report of plain paragraphs."""
    return write_docx.write(
        Document(
            title_lines=(f"{unit}{year}年度部门整体支出绩效自评报告",),
            org=unit,
            year=year,
            as_of=date(year, 12, 31),
            date_text=f"{year + 1}年3月1日",
            marks=marks,
            blocks=tuple(Paragraph((line,), "text") for line in lines),
            attachments=(),
            clauses=(),
        ),
        None,
    )


def manifest(unit: str, year: int) -> bytes:
    """The note by which a package says whose it is."""
    told = {"format": 1, "org": {"title": unit}, "year": year}
    return json.dumps(told, ensure_ascii=False).encode()


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """One zip of these files, always dated alike."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts:
            archive.writestr(zipfile.ZipInfo(path, PACKED_AT), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
