"""What a file of a package is: which form of which year and unit, a report, or evidence. Guesses nothing it is not told.

A form is known by its title above the grid, else by its headings; a unit by the cell that names it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jixiao.catalogue.forms import Form
from jixiao.errors import BadInput
from jixiao.forms.read_docx import forms_in, rows_of
from jixiao.forms.read_xlsx import ReadForm, read, read_rows, sheets_of
from jixiao.forms.write_xlsx import MAP
from jixiao.ledger.desk.manifest import NAME, Manifest
from jixiao.ledger.desk.parts import Part

WORKBOOKS = (".xlsx", ".xls", ".et", ".xlsm")
DOCUMENTS = (".docx", ".doc", ".wps", ".pdf", ".html", ".htm", ".txt", ".rtf", ".ofd")
_OURS = {
    "form_paper": "报表的打印件",
    "check": "自查表",
    "seal": "定稿存证",
    "merged": "合订本",
    "contents": "目录",
}
_HEAD = 6  # rows above the grid in which title, unit and year stand
_UNIT = re.compile(r"^[（(]?(?:填报|预算|申报)?(?:单位|部门)(?:名称)?(?:（[^）]*）)?[）)]?[:：](.*)$")
_UNIT_ALONE = re.compile(r"^(?:填报单位|单位名称|预算部门名称|部门名称|预算单位)(?:（[^）]*）)?$")
_MONEY = re.compile(r"^(?:人民币)?(?:元|万元|千元|亿元|%|平方米|㎡)")
_YEAR = re.compile(r"(20\d\d)\s*年")


@dataclass(slots=True)
class FormFound:
    """A form that was read, with the file it lay in and what the file says of itself."""

    form: Form
    read: ReadForm
    file: str
    unit: str = ""
    org: str = ""
    year: int = 0


@dataclass(slots=True)
class Taken:
    """A package as it was understood. `refused` tells of files that should have been forms and could not be read."""

    manifest: Manifest | None = None
    forms: list[FormFound] = field(default_factory=list)
    reports: list[Part] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)  # files that are not what the manifest says
    roles: dict[str, str] = field(default_factory=dict)  # path → what it is, in Chinese

    @property
    def org(self) -> str:
        """The id of the office, where the program that made the package wrote it."""
        told = [one.org for one in self.forms if one.org]
        return (self.manifest.org if self.manifest else "") or next(iter(told), "")

    @property
    def units(self) -> list[str]:
        """Every name the package gives its unit, the surest first, each once."""
        told = [self.manifest.title] if self.manifest else []
        return list(dict.fromkeys(name for name in [*told, *(one.unit for one in self.forms)] if name))

    @property
    def years(self) -> list[int]:
        """Every year the package says it is of."""
        told = [self.manifest.year] if self.manifest else []
        return list(dict.fromkeys(year for year in [*told, *(one.year for one in self.forms)] if year))


def recognise(parts: Sequence[Part], manifest: Manifest | None, forms: Sequence[Form]) -> Taken:
    """Sort the files of a package."""
    taken = Taken(manifest)
    documents: list[Part] = []
    kinds = manifest.kinds if manifest else {}
    for part in parts:
        if part.name == NAME:
            taken.roles[part.path] = "目录"
        elif kinds.get(part.path) in _OURS:
            taken.roles[part.path] = _OURS[kinds[part.path]]
        elif part.ending in WORKBOOKS and not _is_evidence(part):
            _workbook(part, forms, taken)
        elif part.ending in DOCUMENTS and not _is_evidence(part):
            documents.append(part)
        else:
            taken.evidence.append(part.path)
            taken.roles[part.path] = "佐证"
    for part in documents:
        if part.path not in kinds:  # what made the manifest sends its forms as workbooks
            _forms_in_words(part, forms, taken)
    _documents(documents, taken)
    if manifest:
        taken.evidence += manifest.evidence
        taken.altered = manifest.altered(parts)
    return taken


def _workbook(part: Part, forms: Sequence[Form], taken: Taken) -> None:
    try:
        sheets = sheets_of(part.content)
    except BadInput as broken:
        taken.refused.append((part.path, str(broken)))
        taken.roles[part.path] = "读不了"
        return
    named = {str(row[0]): str(row[1]) for row in sheets.get(MAP, ()) if len(row) > 1 and row[0] != "cell"}
    found = []
    for name, rows in sheets.items():
        if name == MAP:
            continue
        head = [[str(cell).strip() for cell in row if cell not in ("", None)] for row in rows[:_HEAD]]
        form_read = _read(part, name, head, forms, named.get("form", ""))
        if form_read is not None:
            form, told = form_read
            year = int(named["year"]) if named.get("year", "").isdigit() else _year(head)
            found.append(FormFound(form, told, part.path, _unit(head), named.get("org", ""), year))
    if found:
        taken.forms += found
        taken.roles[part.path] = "、".join(one.form.title for one in found)
    else:
        taken.evidence.append(part.path)
        taken.roles[part.path] = "佐证"


def _read(
    part: Part, sheet: str, head: list[list[str]], forms: Sequence[Form], named: str
) -> tuple[Form, ReadForm] | None:
    """The form of a sheet: the one named in the file, else in the longest title above it, else that fits best."""
    words = "".join("".join(row) for row in head).replace(" ", "").replace("\u3000", "")
    meant = [one for one in forms if one.full_id == named] or sorted(
        (one for one in forms if one.title in words), key=lambda one: -len(one.title)
    )[:1]
    fitting: list[tuple[int, Form, ReadForm]] = []
    for form in meant or forms:
        try:
            told = read(part.content, form, sheet=sheet)
        except BadInput:
            continue
        missing = sum(not grid.lines for grid in told.filled.grids)
        if meant or missing == 0:
            fitting.append((missing + len(told.told), form, told))
    if not fitting:
        return None
    _, form, told = min(fitting, key=lambda one: one[0])
    return form, told


def _forms_in_words(part: Part, forms: Sequence[Form], taken: Taken) -> None:
    """Forms that were sent in Word, alone or behind the report; one that came as a workbook too is taken from that."""
    if part.ending != ".docx":
        return
    try:
        sections = list(forms_in(rows_of(part.content), forms))
    except BadInput:
        return  # whoever reads the report says why
    for form, rows in sections:
        if any(one.form is form for one in taken.forms):
            continue
        try:
            told = read_rows(rows, form)
        except BadInput:
            continue
        head = [[text for text in row if text] for row in rows[:_HEAD]]
        taken.forms.append(FormFound(form, told, part.path, _unit(head), "", _year(head)))


def _unit(head: list[list[str]]) -> str:
    for row in head:
        for place, text in enumerate(row):
            plain = text.replace(" ", "").replace("\u3000", "")
            match = _UNIT.match(plain)
            if match and match[1] and not _MONEY.match(match[1]):
                return match[1]
            empty = match is not None and not match[1] and not plain.startswith("单位：")
            if (empty or _UNIT_ALONE.match(plain)) and place + 1 < len(row):
                return row[place + 1].strip()
    return ""


def _year(head: list[list[str]]) -> int:
    years = [int(year) for row in head for text in row for year in _YEAR.findall(text)]
    return years[0] if years else 0


def _documents(documents: Sequence[Part], taken: Taken) -> None:
    """The report: what the manifest names, else what is called 报告, else the only document there is."""
    named = set(taken.manifest.reports) if taken.manifest else set()
    reports = [one for one in documents if one.path in named]
    reports = reports or [one for one in documents if "报告" in one.name]
    rest = [one for one in documents if not any(found.file == one.path for found in taken.forms)]
    reports = reports or (rest if len(rest) == 1 else [])
    kept: dict[str, Part] = {}
    for one in reports:  # the same report as .docx and .pdf is read once
        stem = one.path.rsplit(".", 1)[0]
        if stem not in kept or one.ending == ".docx":
            kept[stem] = one
    taken.reports = list(kept.values())
    for one in documents:
        is_report = one in reports
        held = [found.form.title for found in taken.forms if found.file == one.path]
        taken.roles[one.path] = "、".join(["报告"] * is_report + held) or "佐证"
        if not is_report and not held:
            taken.evidence.append(one.path)


def _is_evidence(part: Part) -> bool:
    return any("佐证" in folder or "证明" in folder for folder in part.path.split("/")[:-1])
