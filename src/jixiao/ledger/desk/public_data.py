"""What of a district may be made public, and what must not: secret items, personal data, small numbers of persons.

Secret departments and rows are left out and stay in the totals; what is withheld is told to the bureau, with its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from jixiao.catalogue import Catalogue, guard
from jixiao.catalogue.forms import Form
from jixiao.catalogue.personal_numbers import Sort, numbers_in
from jixiao.catalogue.presubmissions import Deduction
from jixiao.evaluation.presubmission import Grid, Material, faults_of
from jixiao.ledger import evidence_store
from jixiao.ledger.desk.compare import median, points_text
from jixiao.ledger.desk.tallies import behind, working
from jixiao.ledger.models import Submission
from jixiao.ledger.queries.desk import Overview, Standing
from jixiao.values import decimal_text, round_half_up

WITHHELD, FEW, HIDDEN = "（不公开）", "少于5", "不公开"
LEAST_PERSONS = 5
PERSONS = ("人", "人次", "户", "名")
SHOWN = (Submission.State.REVIEWED, Submission.State.PUBLISHED)
_TOLD: dict[Sort, str] = {
    "identity": "文字中像有身份证号码，请删去",
    "mobile": "文字中像有手机号码，请删去",
    "bank": "文字中像有银行账号，请删去",
}


@dataclass(slots=True)
class Share:
    """A percentage with what it is of: `have` and `lack` name the departments on either side."""

    id: str
    title: str
    top: int
    bottom: int
    have: list[str]
    lack: list[str]
    note: str = ""

    @property
    def text(self) -> str:
        if not self.bottom:
            return "无可计算"
        return f"{decimal_text(round_half_up(Fraction(self.top * 100, self.bottom), 2))}%"


@dataclass(slots=True)
class Rate:
    """A rate of a form with the numbers it comes from."""

    id: str
    title: str
    text: str
    working: str


@dataclass(slots=True)
class PublicDepartment:
    """One department as a citizen sees it; without `leaves` and `forms` where it is not reviewed yet."""

    number: int
    title: str
    state: str
    score: str = ""
    grade: str = ""
    is_reviewed: bool = False
    leaves: list[dict[str, str]] = field(default_factory=list)
    forms: list[dict[str, Any]] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    hidden_rows: int = 0

    @property
    def page(self) -> str:
        return f"departments/{self.number:03d}.html" if self.forms else ""


@dataclass(slots=True)
class PublicYear:
    """A district's year for everybody, with what was withheld, for the bureau alone."""

    bureau: str
    year: int
    title: str
    as_of: str
    departments: list[PublicDepartment]
    secret: int
    shares: list[Share]
    grades: list[tuple[str, int]]
    median: str
    sums: list[tuple[str, str, int]]
    is_example: bool = False
    withheld: list[str] = field(default_factory=list)


def public_year(
    view: Overview,
    packages: Mapping[str, Submission],
    catalogue: Catalogue,
    as_of: str,
    with_unreviewed: bool,
) -> PublicYear:
    """`packages` gives the package that counts of each department, with its forms."""
    withheld = Withheld(_rules(catalogue, view.desk.pack))
    open_rows = [row for row in view.rows if not row.expected.is_secret]
    departments = []
    for number, row in enumerate(open_rows, 1):
        departments.append(_department(number, row, packages, catalogue, with_unreviewed, withheld))
    scored = [one for one in departments if one.score]
    names = [name for _, name in view.desk.grades]
    middle = median([Fraction(one.score) for one in scored])
    return PublicYear(
        bureau=view.bureau.title,
        year=view.year,
        title=view.desk.title,
        as_of=as_of,
        departments=departments,
        secret=len(view.rows) - len(open_rows),
        shares=_shares(view, departments, names),
        grades=[(name, sum(one.grade == name for one in scored)) for name in names],
        median=points_text(None if middle is None else round_half_up(middle, 2)),
        sums=[
            (words, f"{round_half_up(total / 10_000, 2):f}", len(told))
            for words, (total, told) in view.sums.items()
            if told
        ],
        is_example=view.bureau.is_example,
        withheld=withheld.told,
    )


def _shares(view: Overview, departments: Sequence[PublicDepartment], names: Sequence[str]) -> list[Share]:
    """Secret departments are in the numbers and in no list: the lists say how many they leave out."""
    came = [row for row in view.rows if row.submission is not None]
    open_came = [row.expected.title for row in came if not row.expected.is_secret]
    missing = [row.expected.title for row in view.missing if not row.expected.is_secret]
    hidden = len(view.rows) - len(departments)
    note = f"其中 {hidden} 个单位涉密，计入总数，不列名" if hidden else ""
    found = [Share("reported", "报送率", len(came), len(view.rows), open_came, missing, note)]
    intime = [row for row in came if not row.is_late]
    open_intime = [row.expected.title for row in intime if not row.expected.is_secret]
    late = [row.expected.title for row in came if row.is_late and not row.expected.is_secret]
    found.append(
        Share("in_time", "按期报送率", len(intime), len(view.rows), open_intime, missing + late, note)
    )
    scored = [one for one in departments if one.score]
    if scored and len(names) > 1:
        best = [one.title for one in scored if one.grade in names[:2]]
        rest = [one.title for one in scored if one.grade not in names[:2]]
        unscored = [one.title for one in departments if not one.score]
        told = f"没有公布得分的 {len(unscored)} 个单位不在分母里：{'、'.join(unscored)}" if unscored else ""
        title = f"{''.join(names[:2])}率"
        found.append(Share("good", title, len(best), len(scored), best, rest, told))
    return found


def _department(
    number: int,
    row: Standing,
    packages: Mapping[str, Submission],
    catalogue: Catalogue,
    with_unreviewed: bool,
    withheld: Withheld,
) -> PublicDepartment:
    title = row.expected.title
    found = PublicDepartment(number, title, row.state)
    package = packages.get(row.id)
    if package is None or (package.state not in SHOWN and not with_unreviewed):
        return found
    found.is_reviewed = package.state in SHOWN
    found.score = points_text(row.score)
    found.grade = row.grade
    for leaf in package.summary.get("leaves") or ():
        if _is_secret(leaf.values()):
            found.hidden_rows += 1
            continue
        words = {name: withheld.checked(leaf[name], f"{title}·{leaf['title']}") for name in
                 ("title", "target", "actual", "points", "score", "reason")}  # fmt: skip
        if survey := behind(words["title"], words["actual"], package.summary.get("surveys") or ()):
            words["behind"] = f"s-{len(found.leaves) + 1}"
            told = withheld.checked(working(survey, LEAST_PERSONS), f"{title}·{leaf['title']}")
            found.rates.append(Rate(words["behind"], words["title"], words["actual"], told))
        found.leaves.append(words)
    for stored in package.forms:
        found.forms.append(_form(stored, title, withheld, found))
        if form := catalogue.forms.get(stored["form"]):
            found.rates += _rates(found.forms[-1], form)
    return found


def _form(
    stored: Mapping[str, Any], department: str, withheld: Withheld, found: PublicDepartment
) -> dict[str, Any]:
    blocks = []
    for block in stored["blocks"]:
        lines = []
        for line in block["lines"]:
            if _is_secret([line["title"], *line["cells"]]):
                found.hidden_rows += 1
                continue
            where = f"{department}·{stored['title']}·{line['title']}"
            heads = [f"{line['title']}{column['title']}" for column in block["columns"]]
            cells = [
                withheld.checked(text, where, head) for text, head in zip(line["cells"], heads, strict=True)
            ]
            lines.append({**line, "cells": _suppressed(cells, line["units"])})
        blocks.append({**block, "lines": lines})
    return {"form": stored["form"], "title": stored["title"], "blocks": blocks}


def _suppressed(cells: Sequence[str], units: Sequence[str]) -> list[str]:
    """Fewer than five persons are told as fewer than five, and no rate of the row that would give them away."""
    few = [unit in PERSONS and _is_few(text) for text, unit in zip(cells, units, strict=True)]
    if not any(few):
        return list(cells)
    return [
        FEW if is_few else HIDDEN if text.endswith("%") else text
        for text, is_few in zip(cells, few, strict=True)
    ]


def _is_few(text: str) -> bool:
    return text.isdecimal() and 0 < int(text) < LEAST_PERSONS


def _rates(stored: Mapping[str, Any], form: Form) -> list[Rate]:
    """The rates a form computes, each with the two numbers of its row."""
    found = []
    for block in stored["blocks"]:
        definition = form.block(block["id"])
        names = [column["id"] for column in block["columns"]]
        for line in block["lines"]:
            texts = dict(zip(names, line["cells"], strict=True))
            row = definition.rows.get(line["key"].split("#")[0])
            for name in names:
                spec = definition.cell(row, name) if row else definition.columns[name].cell
                if not spec.rate or not texts[name].endswith("%"):
                    continue
                top, bottom = (f"{definition.columns[one].title} {texts[one]}" for one in spec.rate)
                title = f"{line['title']}·{definition.columns[name].title}"
                key = f"r-{block['id']}-{line['key'].replace('#', '-')}-{name}"
                found.append(Rate(key, title, texts[name], f"{top} ÷ {bottom} = {texts[name]}"))
    return found


def _is_secret(texts: Any) -> bool:
    return any(isinstance(text, str) and "涉密" in text for text in texts)


def _rules(catalogue: Catalogue, pack: str) -> tuple[Deduction, ...]:
    """The rules of the desk's own pack for words that may not be published."""
    found = [one for one in catalogue.presubmissions.values() if one.pack == pack]
    return tuple(rule for one in found for rule in one.publication if rule.check == "matches")


@dataclass(slots=True)
class Withheld:
    """What is not published is told to the bureau, with its place. `rules` find names, instructions and marks in words."""

    rules: tuple[Deduction, ...] = ()
    told: list[str] = field(default_factory=list)

    def checked(self, text: str, where: str, label: str = "") -> str:
        """The text, or that it is withheld. `label` is what names it in its table."""
        numbers = [_TOLD[one.sort] for one in numbers_in(text, label) if one.sort in _TOLD]
        reasons = list(dict.fromkeys([*guard.warnings(text), *numbers]))
        cell = Material((), (Grid("", (label,), ((text,),), (where,)),))
        reasons += [f"文字中像有{rule.title}，请核实" for rule in self.rules if faults_of(rule, cell)]
        if evidence_store.is_marked(text):
            reasons.append("文字中有密级字样，请核实")
        if not reasons:
            return text
        self.told.append(f"{where}：{'；'.join(reasons)}（已不公开）")
        return WITHHELD
