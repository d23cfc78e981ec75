"""A points scheme over many subjects: each one's sheet, its rank, its grade within the quotas, what follows from it.

Records come as rows by the name the clauses use; `authors` of a row are the subjects it counts for, first author
first. No I/O.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.catalogue.clauses import PointsLeaf
from jixiao.catalogue.schemes import Scheme
from jixiao.catalogue.subjects import Sanction, SubjectSpec
from jixiao.errors import BadInput
from jixiao.evaluation.answers import Record, Records
from jixiao.evaluation.assessment import Assessment, Marked
from jixiao.evaluation.grading import grade_of
from jixiao.evaluation.points import Line
from jixiao.evaluation.scheme import evaluate
from jixiao.values import decimal_text

Rows = Mapping[str, Sequence[Record]]
Totals = Mapping[str, Decimal]  # by subject


@dataclass(frozen=True, slots=True)
class Standing:
    """One subject's place. `held_back` says why its grade is not the one its total would give.

    `unscored` are records no clause speaks of: done, and not counted.
    """

    subject: str
    assessment: Assessment
    rank: int
    grade: str | None
    held_back: str = ""
    follows: tuple[str, ...] = ()
    unscored: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        return self.assessment.earned

    @property
    def still_open(self) -> str:
        """What is not judged yet, in words; empty where everything is."""
        left = self.assessment.open
        return "" if not left else f"另有{decimal_text(left)}分未评，暂不定等级"

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of every leaf, in file order."""
        return tuple(_lines(self.assessment.tree))


def standings(
    scheme: Scheme, subjects: Sequence[str], rows: Rows, earlier: Sequence[Totals] = ()
) -> tuple[Standing, ...]:
    """The subjects by rank, equals alike, in the order given among them.

    `earlier` are the totals of the years before, the last one first: sanctions over several years need them.
    """
    if scheme.subjects is None:
        raise BadInput(f"评价方案“{scheme.title}”评的是单位，不按名册中的对象计分")
    mine = _by_subject(rows)
    sheets = [(subject, _sheet(scheme, subject, mine.get(subject, {}))) for subject in subjects]
    totals = sorted((sheet.earned for _, sheet in sheets), reverse=True)
    found = [
        Standing(
            subject,
            sheet,
            totals.index(sheet.earned) + 1,
            sheet.grade,
            unscored=_unscored(sheet, mine, subject),
        )
        for subject, sheet in sheets
    ]
    found.sort(key=lambda one: one.rank)
    graded = [_within_quota(one, found, scheme) for one in found]
    return tuple(replace(one, follows=tuple(_following(one, scheme.subjects, earlier))) for one in graded)


def _by_subject(rows: Rows) -> dict[str, dict[str, list[Record]]]:
    found: dict[str, dict[str, list[Record]]] = {}
    for name, records in rows.items():
        for record in records:
            authors = record.get("authors")
            for subject in dict.fromkeys(authors if isinstance(authors, Sequence) else ()):
                found.setdefault(str(subject), {}).setdefault(name, []).append(record)
    return found


def _sheet(scheme: Scheme, subject: str, rows: Rows) -> Assessment:
    answers = {}
    for node in scheme.leaves:
        if isinstance(node.leaf, PointsLeaf):
            wanted = {clause.rows for clause in node.leaf.clauses}
            answers[node.id] = Records(subject, {name: rows.get(name, ()) for name in wanted})
    return evaluate(scheme, answers)


def _lines(tree: Sequence[Marked]) -> Iterator[Line]:
    for node in tree:
        yield from node.lines
        yield from _lines(node.children)


def _unscored(sheet: Assessment, mine: Mapping[str, Rows], subject: str) -> tuple[str, ...]:
    counted = {record for line in _lines(sheet.tree) for record in line.records}
    every = dict.fromkeys(str(row["id"]) for records in mine.get(subject, {}).values() for row in records)
    return tuple(record for record in every if record not in counted)


def _within_quota(one: Standing, ranked: Sequence[Standing], scheme: Scheme) -> Standing:
    """The grade the quotas leave: equals at the edge of a quota all stay out of it."""
    assert scheme.subjects is not None
    bands = sorted(scheme.grades, key=lambda band: band[0], reverse=True)
    grade = one.grade
    words = []
    while grade is not None and (share := scheme.subjects.quota_of(grade)) is not None:
        places = int(len(ranked) * share)
        if sum(other.total >= one.total for other in ranked) <= places:
            break
        words.append(f"“{grade}”限{places}名")
        below = [band for band in bands if band[0] < next(low for low, name in bands if name == grade)]
        grade = grade_of(below[0][0], scheme.grades) if below else None
    return replace(one, grade=grade, held_back="，".join(words))


def _following(one: Standing, spec: SubjectSpec, earlier: Sequence[Totals]) -> Iterator[str]:
    for sanction in spec.sanctions:
        if sanction.below is not None and _stayed_below(one, sanction, sanction.below, earlier):
            yield sanction.told
        if sanction.clause is not None:
            times = sum(len(line.records) for line in one.lines if line.id == sanction.clause)
            if times >= sanction.at_least:
                yield sanction.told


def _stayed_below(one: Standing, sanction: Sanction, bound: Decimal, earlier: Sequence[Totals]) -> bool:
    before = [totals.get(one.subject) for totals in earlier[: sanction.years - 1]]
    if len(before) < sanction.years - 1:
        return False
    return one.total < bound and all(total is not None and total < bound for total in before)


@dataclass(frozen=True, slots=True)
class Move:
    """What a changed rule does to one subject. `why` are the lines that differ: (title, points before, after)."""

    subject: str
    before: Standing
    after: Standing
    why: tuple[tuple[str, Decimal, Decimal], ...]

    @property
    def moved(self) -> bool:
        return bool(self.why) or (self.before.rank, self.before.grade) != (self.after.rank, self.after.grade)

    @property
    def text(self) -> str:
        """The move in one sentence."""
        total = _changed(f"{decimal_text(self.before.total)}分", f"{decimal_text(self.after.total)}分")
        rank = _changed(f"第{self.before.rank}名", f"第{self.after.rank}名")
        same = self.before.grade == self.after.grade
        grade = "" if same else f"，等级由“{self.before.grade or '无'}”变为“{self.after.grade or '无'}”"
        return f"{total}，{rank}{grade}"


def _changed(before: str, after: str) -> str:
    return f"仍为{after}" if before == after else f"{before}变为{after}"


def compared(before: Sequence[Standing], after: Sequence[Standing]) -> tuple[Move, ...]:
    """Who moves under a changed rule over the same records, and why: those who climb or fall furthest first."""
    new = {one.subject: one for one in after}
    moves = [
        Move(one.subject, one, new[one.subject], tuple(_differing(one, new[one.subject])))
        for one in before
        if one.subject in new
    ]
    moved = [one for one in moves if one.moved]
    return tuple(sorted(moved, key=lambda one: -abs(one.before.rank - one.after.rank)))


def _differing(before: Standing, after: Standing) -> Iterator[tuple[str, Decimal, Decimal]]:
    old, new = _added(before), _added(after)
    for key in dict.fromkeys([*old, *new]):
        first, second = old.get(key, Decimal(0)), new.get(key, Decimal(0))
        if first != second:
            yield key[1], first, second


def _added(one: Standing) -> dict[tuple[str, str], Decimal]:
    found: dict[tuple[str, str], Decimal] = {}
    for line in one.lines:
        key = (line.id, line.title)
        found[key] = found.get(key, Decimal(0)) + line.points
    return found
