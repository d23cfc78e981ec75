"""报送包: everything the bureau asks for in one zip, the same bytes for the same records.

Folders are numbered; `package.json` (format 1) says to a program what the folders say to people: the office, the year,
every file with its digest, the forms' stored values, scores, evidence. What is not ready is told, never left out
silently: a report that was not issued is called a draft. Evidence is copied in file by file when the zip is written.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from jixiao.errors import BadInput
from jixiao.evaluation.presubmission import Sheet
from jixiao.forms import write_docx as form_docx
from jixiao.forms import write_xlsx as form_xlsx
from jixiao.ledger import evidence_store, filling
from jixiao.ledger.chain import digest, sm3
from jixiao.ledger.desk import parts as desk_parts
from jixiao.ledger.file_names import safe
from jixiao.ledger.models import Issue, Org, Record
from jixiao.ledger.packaging import pages
from jixiao.ledger.packaging.binding import Bound, merged, official_book
from jixiao.ledger.packaging.proofs import FOLDER as EVIDENCE
from jixiao.ledger.packaging.proofs import INTERNAL, Enclose, Proof, enclosed, proofs_of, size_of
from jixiao.ledger.packaging.surveys import surveys_of
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.cycle import records_of, score_of
from jixiao.ledger.queries.cycle_told import parts_of
from jixiao.ledger.queries.form_told import form_tables
from jixiao.ledger.queries.forms import forms_of
from jixiao.ledger.queries.issued import issue as find_issue
from jixiao.ledger.queries.issued import issued_file
from jixiao.ledger.queries.orgs import org_for
from jixiao.ledger.queries.presubmit import presubmit
from jixiao.ledger.queries.records import record
from jixiao.ledger.queries.reports import ReportView
from jixiao.ledger.rules import catalogue as rules
from jixiao.reports import write_docx, write_pdf
from jixiao.values import decimal_text

FORMAT = 1
MANIFEST = "package.json"
WHEN = (1980, 1, 1, 0, 0, 0)
REPORT, FORMS, CHECK, SEAL = "1 报告", "2 附表", "4 自查", "5 定稿存证"
BOOK, CONTENTS = "0 合订本.pdf", "0 目录.html"
OFFICIAL_BOOK = f"{EVIDENCE}/00 正式文件合订本.pdf"


@dataclass(frozen=True, slots=True)
class File:
    """A file made for the package; `kind` is report, form, evidence, check, seal, merged or contents."""

    path: str
    content: bytes
    kind: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """`notes` is what a person should know before sending it. `proofs` tells where each paper lies or why it does not."""

    name: str
    made: tuple[File, ...]
    proofs: tuple[Proof, ...]
    notes: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """Every path in the zip but the manifest's."""
        return tuple(
            sorted([*(one.path for one in self.made if one.path != MANIFEST), *_papers(self.proofs)])
        )

    def write(self, out: IO[bytes]) -> None:
        """Write the zip, one file of evidence in memory at a time."""
        with zipfile.ZipFile(out, "w") as archive:
            for one in self.made:
                archive.writestr(_entry(one.path, zipfile.ZIP_DEFLATED), one.content, compresslevel=6)
            for path, content in _papers(self.proofs).items():
                archive.writestr(_entry(path, zipfile.ZIP_STORED), evidence_store.read(content))


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a package would hold of evidence, told before it is made. Sizes in bytes."""

    org: Org
    year: int
    proofs: tuple[Proof, ...]

    @property
    def open(self) -> list[Proof]:
        """Papers with files that go in without being asked for."""
        return [one for one in self._files if one.grade != INTERNAL]

    @property
    def internal(self) -> list[Proof]:
        return [one for one in self._files if one.grade == INTERNAL]

    @property
    def listed(self) -> list[Proof]:
        """Papers that can only be listed: known by number or name alone."""
        return [one for one in self.proofs if not one.content]

    @property
    def _files(self) -> list[Proof]:
        return [one for one in self.proofs if one.content]


def outlook(user: Actor, org: Org | str, year: int) -> Outlook:
    """Which papers there are for a package, and how large. Raises NotFound."""
    place = org_for(user, org)
    return Outlook(place, year, tuple(proofs_of(user, place, year)))


def package(
    user: Actor, org: Org | str, year: int, outline: str | None = None, enclose: Enclose = Enclose.OPEN
) -> Package:
    """Gather the package of a year. Raises NotFound, NotAllowed, and BadInput where the report cannot be told."""
    checked = presubmit(user, org, year, outline)
    view = checked.view
    notes: list[str] = []
    proofs = enclosed(proofs_of(user, view.org, year), enclose)
    filled = list(_filled(user, view))
    files = [*_report(user, view, notes), *_forms(view, filled), *_evidence(view, proofs, notes)]
    check = write_docx.write(pages.check_page(view, checked.sheet), None)
    files += [File(f"{CHECK}/报送前自查表.docx", check, "check"), *_seal(user, view)]
    files += _merged(view, files, filled, proofs, checked.sheet, notes)
    notes += _told(proofs)
    paths = [one.path for one in files]
    files.append(File(CONTENTS, pages.linked(view, paths, proofs, notes), "contents"))
    files.sort(key=lambda one: one.path)
    told = _manifest(view, files, filled, proofs, checked.sheet, notes, surveys_of(user, view.org, year))
    manifest = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode()
    name = safe(f"{view.org.title}{view.year}年度绩效自评报送包")
    return Package(f"{name}.zip", (*files, File(MANIFEST, manifest, "manifest")), tuple(proofs), tuple(notes))


def _papers(proofs: Sequence[Proof]) -> dict[str, str]:
    """Path → content of every paper that lies in the package, each once."""
    return dict(sorted({one.path: one.content for one in proofs if one.path}.items()))


def _told(proofs: Sequence[Proof]) -> Iterator[str]:
    """What to know about the evidence before sending it."""
    for one in proofs:
        if one.content and not one.path and one.why.startswith("没有放入"):
            yield f"{one.number} {one.title}：{one.why}"
    size = size_of([one for one in proofs if one.path])
    if size > desk_parts.LARGEST:
        yield (
            f"佐证文件共 {megabytes(size)}，汇总页一次只收 {desk_parts.LARGEST // 2**20} MB；"
            "可选“只放目录”另打一份在线报送，佐证文件用光盘或 U 盘送"
        )


def megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{-(-size // 1024)} KB"


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


def _evidence(view: ReportView, proofs: Sequence[Proof], notes: list[str]) -> Iterator[File]:
    """The contents of evidence, and the official documents bound as one; the papers themselves are copied later."""
    yield File(f"{EVIDENCE}/00 佐证目录.csv", pages.evidence_csv(proofs), "evidence")
    contents = write_docx.write(pages.evidence_page(view, proofs), None)
    yield File(f"{EVIDENCE}/00 佐证目录.docx", contents, "evidence")

    def cover(bound: Sequence[Bound]) -> bytes:
        return write_pdf.write(pages.cover_page(view, bound), None)

    book, told = official_book(proofs, None if write_pdf.missing_fonts() else cover)
    notes += told
    if book is not None:
        yield File(OFFICIAL_BOOK, book, "evidence")


def _seal(user: Actor, view: ReportView) -> Iterator[File]:
    issued = _issue_of(user, view)
    if issued is not None:
        manifest = json.dumps(issued.manifest, ensure_ascii=False, sort_keys=True, indent=1).encode()
        yield File(f"{SEAL}/定稿存证.json", manifest, "seal", issued.root)


def _merged(
    view: ReportView,
    files: Sequence[File],
    filled: Sequence[_Form],
    proofs: Sequence[Proof],
    sheet: Sheet,
    notes: list[str],
) -> Iterator[File]:
    """One PDF of contents, report, forms, evidence contents and self-check, in this order."""
    if packages := write_pdf.missing_fonts():
        notes.append(f"本机没有中文字体，没有合订 PDF；请安装 {' '.join(packages)} 后再打包")
        return
    reports = [one.content for one in files if one.kind == "report" and one.path.endswith(".pdf")]
    contents = pages.contents_page(view, [one.path for one in files])
    attached = _attached(view)
    forms = [
        table
        for one in filled
        if (one.part, one.field) not in attached
        for table in form_tables(one.row, one.field, with_title=True)
    ]
    told = [pages.forms_page(view, forms)] if forms else []
    told += [pages.evidence_page(view, proofs), pages.check_page(view, sheet)]
    yield File(
        BOOK,
        merged([write_pdf.write(contents, None), *reports, *(write_pdf.write(one, None) for one in told)]),
        "merged",
    )


def _attached(view: ReportView) -> set[tuple[str, str]]:
    """The forms, by part and field, that the report itself has among its attachments."""
    return {
        (clause.table.part or "", clause.table.field or "")
        for one in view.outline.attachments
        for clause in one.clauses
        if clause.table is not None and clause.table.of == "form"
    }


def _manifest(
    view: ReportView, files: Sequence[File], filled: Sequence[_Form], proofs: Sequence[Proof], sheet: Sheet,
    notes: Sequence[str], surveys: Sequence[dict[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    return {
        "format": FORMAT,
        "org": {"id": view.org.pk, "title": view.org.title},
        "year": view.year,
        "as_of": view.as_of.isoformat(),
        "outline": view.outline.full_id,
        "packs": {name: one.version for name, one in rules().packs.items() if name in view.bench.packs},
        "files": [
            *(
                {"path": one.path, "kind": one.kind, "sm3": sm3(one.content)}
                | ({"root" if one.kind == "seal" else "form": one.about} if one.about else {})
                for one in files
            ),
            *(
                {"path": path, "kind": "evidence", "sm3": content}
                for path, content in _papers(proofs).items()
            ),
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
            {"number": one.number, "title": one.title, "for": one.what, "grade": one.grade_title}
            | ({"path": one.path} if one.path else {"why": one.why})
            for one in proofs
        ],
        "surveys": surveys,
        "self_check": {"points": decimal_text(sheet.points), "earned": decimal_text(sheet.earned)},
        "notes": list(notes),
    }


def _entry(path: str, how: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, WHEN)
    entry.compress_type = how
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def check_name(out: str) -> None:
    """Raises BadInput for an output that is no zip."""
    if not out.lower().endswith(".zip"):
        raise BadInput("请把报送包写到 .zip 文件：--out 报送包.zip")
