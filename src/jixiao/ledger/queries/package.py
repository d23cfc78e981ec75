"""报送包: everything the bureau asks for in one zip, the same bytes for the same records.

Folders are numbered; `package.json` (format 1) says to a program what the folders say to people: the office, the year,
every file with its digest, the forms' stored values, scores, evidence. What is not ready is told, never left out
silently: a report that was not issued is called a draft.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jixiao.errors import BadInput
from jixiao.evaluation.presubmission import Sheet
from jixiao.forms import write_docx as form_docx
from jixiao.forms import write_xlsx as form_xlsx
from jixiao.ledger import filling
from jixiao.ledger.chain import digest, sm3
from jixiao.ledger.file_names import safe
from jixiao.ledger.models import EvidenceUse, Issue, Org, Record
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.cycle import records_of, score_of
from jixiao.ledger.queries.cycle_told import parts_of
from jixiao.ledger.queries.forms import forms_of
from jixiao.ledger.queries.issued import issue as find_issue
from jixiao.ledger.queries.issued import issued_file
from jixiao.ledger.queries.presubmit import presubmit
from jixiao.ledger.queries.proofs import evidence_of
from jixiao.ledger.queries.records import record
from jixiao.ledger.queries.reports import ReportView
from jixiao.ledger.rules import catalogue as rules
from jixiao.reports import write_docx, write_pdf
from jixiao.reports.context import date_words
from jixiao.reports.document import Column, Document, Heading, Paragraph, Row, Table
from jixiao.reports.titles import break_title
from jixiao.values import decimal_text

FORMAT = 1
MANIFEST = "package.json"
WHEN = (1980, 1, 1, 0, 0, 0)
REPORT, FORMS, EVIDENCE, CHECK, SEAL = "1 报告", "2 附表", "3 佐证目录", "4 自查", "5 定稿存证"
# What saving a PDF makes up anew each time; replaced by as many signs, since places of things in the file must not move.
_FILE_ID = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]{32})>\s*<([0-9A-Fa-f]{32})>\s*\]")
_SAVED_ON = re.compile(rb"(/CreationDate\(D:)\d{14}")
_SAVED = b"19800101000000"
EVIDENCE_HEAD = ("编号", "支撑的数据或事项", "记录", "材料", "等级", "文号")


@dataclass(frozen=True, slots=True)
class File:
    """A file of the package; `kind` is report, form, evidence, check, seal or merged."""

    path: str
    content: bytes
    kind: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A paper in the contents of evidence."""

    number: str
    what: str
    record: str
    title: str
    grade: str
    document: str


@dataclass(frozen=True, slots=True)
class Package:
    """`notes` is what a person should know before sending it."""

    name: str
    content: bytes
    files: tuple[str, ...]
    notes: tuple[str, ...]


def package(user: Actor, org: Org | str, year: int, outline: str | None = None) -> Package:
    """Make the package of a year. Raises NotFound, NotAllowed, and BadInput where the report cannot be told."""
    checked = presubmit(user, org, year, outline)
    view = checked.view
    notes: list[str] = []
    proofs = list(_proofs(user, view))
    filled = list(_filled(user, view))
    files = [*_report(user, view, notes), *_forms(view, filled), *_evidence(view, proofs)]
    files += [*_check(view, checked.sheet), *_seal(user, view, notes)]
    files += _merged(view, files, proofs, checked.sheet, notes)
    files.sort(key=lambda one: one.path)
    told = _manifest(view, files, filled, proofs, checked.sheet, notes)
    manifest = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode()
    name = safe(f"{view.org.title}{year}年度绩效自评报送包")
    content = _zip([*files, File(MANIFEST, manifest, "manifest")])
    return Package(f"{name}.zip", content, tuple(one.path for one in files), tuple(notes))


def _issue_of(user: Actor, view: ReportView) -> Issue | None:
    """The latest issue of this report."""
    found = Issue.objects.filter(org=view.org, outline=view.outline.full_id, year=view.year).first()
    return None if found is None else find_issue(user, found.root)


def _report(user: Actor, view: ReportView, notes: list[str]) -> Iterator[File]:
    title = safe(view.document.title)
    issued = _issue_of(user, view)
    if issued is not None:
        for form in ("docx", "pdf"):
            if form in issued.files:
                yield File(f"{REPORT}/{title}.{form}", issued_file(user, issued.root, form), "report")
        return
    notes.append("报告还没有签发，包里是未定稿；签发后再打包")
    yield File(f"{REPORT}/{title}（未定稿）.docx", write_docx.write(view.document, None), "report")
    if not write_pdf.missing_fonts():
        yield File(f"{REPORT}/{title}（未定稿）.pdf", write_pdf.write(view.document, None), "report")


@dataclass(frozen=True, slots=True)
class _Form:
    """A filled form of a record of the year, with the place it has in the package."""

    row: Record
    part: str
    field: str
    filled: Any
    score: str
    grade: str
    name: str


def _filled(user: Actor, view: ReportView) -> Iterator[_Form]:
    """The scored forms of the year that the person may read, in the order of the cycle."""
    number = 0
    for part in parts_of(view.org):
        if part.losses is None:
            continue
        kind = rules().kind(part.kind)
        rows = records_of(view.org, part, view.year)
        for found in rows:
            row = record(user, found.pk)
            score, grade = score_of(row, kind, part)
            for field, title in forms_of(row):
                number += 1
                told = f"{title} {row.label}" if len(rows) > 1 else title
                name = f"{number} {safe(told)}"
                yield _Form(row, part.id, field, filling.filled_form(row, field), score, grade, name)


def _forms(view: ReportView, filled: Sequence[_Form]) -> Iterator[File]:
    for one in filled:
        about = one.filled.form.full_id
        yield File(f"{FORMS}/{one.name}.xlsx", form_xlsx.write(one.filled, view.org.title), "form", about)
        yield File(
            f"{FORMS}/{one.name}.docx", form_docx.write(one.filled, view.org.title), "form_paper", about
        )


def _proofs(user: Actor, view: ReportView) -> Iterator[Proof]:
    """Every paper once, numbered by what it stands behind: the year's own records first, then the figures."""
    groups: dict[str, list[tuple[str, str, str, str]]] = {}
    for part in parts_of(view.org):
        ids = [row.pk for row in records_of(view.org, part, view.year)]
        uses = (
            EvidenceUse.objects.filter(record_id__in=ids).select_related("record").order_by("added_at", "id")
        )
        for use in uses:
            about = (use.record.label, use.title, use.get_grade_display(), use.document_number)
            groups.setdefault(part.title, []).append(about)
    found = evidence_of(user, view.org, view.year, view.as_of)
    for one in found.records.values():
        what = "、".join(one.figures) or one.kind.title
        for paper in one.papers:
            groups.setdefault(what, []).append(
                (f"{one.number} {one.label}".strip(), paper.title, paper.grade_title, paper.document_number)
            )
    for group, (what, papers) in enumerate(groups.items(), 1):
        for number, about in enumerate(dict.fromkeys(papers), 1):
            yield Proof(f"{group}-{number:02d}", what, *about)


def _evidence(view: ReportView, proofs: Sequence[Proof]) -> Iterator[File]:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(EVIDENCE_HEAD)
    writer.writerows([[_harmless(cell) for cell in _cells(one)] for one in proofs])
    yield File(f"{EVIDENCE}/佐证目录.csv", text.getvalue().encode("utf-8-sig"), "evidence")
    yield File(f"{EVIDENCE}/佐证目录.docx", write_docx.write(_evidence_page(view, proofs), None), "evidence")


def _cells(one: Proof) -> tuple[str, ...]:
    return (one.number, one.what, one.record, one.title, one.grade, one.document)


def _harmless(cell: str) -> str:
    """A cell no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@")) else cell


def _check(view: ReportView, sheet: Sheet) -> Iterator[File]:
    yield File(f"{CHECK}/报送前自查表.docx", write_docx.write(_check_page(view, sheet), None), "check")


def _seal(user: Actor, view: ReportView, notes: list[str]) -> Iterator[File]:
    issued = _issue_of(user, view)
    if issued is not None:
        manifest = json.dumps(issued.manifest, ensure_ascii=False, sort_keys=True, indent=1).encode()
        yield File(f"{SEAL}/定稿存证.json", manifest, "seal", issued.root)


def _merged(
    view: ReportView, files: Sequence[File], proofs: Sequence[Proof], sheet: Sheet, notes: list[str]
) -> Iterator[File]:
    """One PDF of contents, report, evidence contents and self-check, in this order."""
    if packages := write_pdf.missing_fonts():
        notes.append(f"本机没有中文字体，没有合订 PDF；请安装 {' '.join(packages)} 后再打包")
        return
    reports = [one.content for one in files if one.kind == "report" and one.path.endswith(".pdf")]
    pages = [write_pdf.write(_contents_page(view, files), None), *reports]
    pages += [
        write_pdf.write(_evidence_page(view, proofs), None),
        write_pdf.write(_check_page(view, sheet), None),
    ]
    yield File("0 合订本.pdf", merged(pages), "merged")


def merged(pages: Sequence[bytes]) -> bytes:
    """Several PDFs as one."""
    import pypdfium2 as pdfium

    book = pdfium.PdfDocument.new()
    try:
        for content in pages:
            one = pdfium.PdfDocument(content)
            book.import_pages(one)
            one.close()
        stream = io.BytesIO()
        book.save(stream)
    finally:
        book.close()
    mark = sm3(b"".join(pages))[:32].upper().encode()
    content = _SAVED_ON.sub(lambda found: found[1] + _SAVED, stream.getvalue())
    return _FILE_ID.sub(lambda found: found[0].replace(found[1], mark).replace(found[2], mark), content)


def _manifest(
    view: ReportView, files: Sequence[File], filled: Sequence[_Form], proofs: Sequence[Proof], sheet: Sheet,
    notes: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    return {
        "format": FORMAT,
        "org": {"id": view.org.pk, "title": view.org.title},
        "year": view.year,
        "as_of": view.as_of.isoformat(),
        "outline": view.outline.full_id,
        "packs": {name: one.version for name, one in rules().packs.items() if name in view.bench.packs},
        "files": [
            {"path": one.path, "kind": one.kind, "sm3": sm3(one.content)}
            | ({"root" if one.kind == "seal" else "form": one.about} if one.about else {})
            for one in files
        ],
        "forms": [
            {
                "form": one.filled.form.full_id,
                "part": one.part,
                "record": one.row.pk,
                "title": one.row.label,
                "state": one.row.state,
                "score": one.score,
                "grade": one.grade,
                "values": filling.as_texts(one.filled),
                "digest": digest(filling.as_texts(one.filled)),
            }
            for one in filled
        ],
        "evidence": [
            {"number": one.number, "title": one.title, "for": one.what, "grade": one.grade} for one in proofs
        ],
        "self_check": {"points": decimal_text(sheet.points), "earned": decimal_text(sheet.earned)},
        "notes": list(notes),
    }


def _zip(files: Sequence[File]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for one in files:
            entry = zipfile.ZipInfo(one.path, WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, one.content, compresslevel=6)
    return stream.getvalue()


# pages -------------------------------------------------------------------------------------------------------


def _page(view: ReportView, title: str, blocks: Sequence[Any]) -> Document:
    return Document(
        title_lines=break_title([title]), org=view.org.title, year=view.year, as_of=view.as_of,
        date_text=date_words(view.as_of), marks=view.document.marks, blocks=tuple(blocks), attachments=(),
        clauses=(),
    )  # fmt: skip


def _contents_page(view: ReportView, files: Sequence[File]) -> Document:
    rows = tuple(
        Row(((str(n),), (one.path,))) for n, one in enumerate(sorted(files, key=lambda one: one.path), 1)
    )
    columns = (Column("序号", 2, "center"), Column("文件", 12))
    return _page(
        view, f"{view.year}年度绩效自评报送材料目录", [Table("材料目录", "", columns, rows, "contents")]
    )


def _evidence_page(view: ReportView, proofs: Sequence[Proof]) -> Document:
    columns = tuple(
        Column(title, width) for title, width in zip(EVIDENCE_HEAD, (3, 6, 6, 6, 4, 4), strict=True)
    )
    rows = tuple(Row(tuple((text,) if text else () for text in _cells(one))) for one in proofs)
    nothing = (Row((("没有登记佐证材料",),), group=True),)
    return _page(
        view,
        f"{view.year}年度佐证材料目录",
        [Table("佐证材料目录", "", columns, rows or nothing, "evidence")],
    )


def _check_page(view: ReportView, sheet: Sheet) -> Document:
    total = f"自查 {decimal_text(sheet.earned)} 分，满分 {decimal_text(sheet.points)} 分；发现 {len(sheet.faults)} 处。"
    columns = (
        Column("项目", 4),
        Column("分值", 2, "right"),
        Column("得分", 2, "right"),
        Column("位置和情况", 10),
    )
    rows = tuple(
        Row(
            (
                (line.item.title,),
                (decimal_text(line.item.points),),
                (decimal_text(line.earned),),
                ("；".join(f"{one.place}：{one.found}" for one in line.faults) or "没有发现",),
            )
        )
        for line in sheet.lines
    )
    public = [
        Paragraph((f"{one.place}：{one.found}。{one.mend}。",), "publication") for one in sheet.publication
    ]
    return _page(
        view,
        f"{view.year}年度自评报告报送前自查表",
        [
            Paragraph((total,), "total"),
            Table("逐项得分", "", columns, rows, "lines"),
            Heading(1, "", ("公开前核对",), "publication_heading"),
            *(public or [Paragraph(("没有发现不宜公开的内容。",), "publication")]),
        ],
    )


def check_name(out: str) -> None:
    """Raises BadInput for an output that is no zip."""
    if not out.lower().endswith(".zip"):
        raise BadInput("请把报送包写到 .zip 文件：--out 报送包.zip")
