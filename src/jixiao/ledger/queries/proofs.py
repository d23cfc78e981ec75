"""The evidence of a year: every record of the year with its papers, and which figures rest on which records.

Only kinds the person may read; what a figure rests on besides is told as a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import connection

from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.ledger import permissions, projection
from jixiao.ledger.models import EvidenceUse, Org, Record
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.lacking import kinds_there
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.queries.placing import in_reading_order
from jixiao.values import Figure

GRADES = ("none", "internal", "official", "third_party")  # from the weakest to the strongest
STRONG = frozenset({"official", "third_party"})
NO_PAPER = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper behind a record. `content` is empty for one that is known by its number alone."""

    id: str
    title: str
    grade: str
    grade_title: str
    document_number: str
    content: str
    file_name: str
    size: int


@dataclass(frozen=True, slots=True)
class Proven:
    """A record of the year. `amount` is its largest sum of money in 分; `figures` the indicators that count it."""

    id: str
    kind: Kind
    number: str
    label: str
    day: str
    amount: int | None
    papers: tuple[Paper, ...]
    figures: tuple[str, ...]

    @property
    def grade(self) -> str:
        """Its strongest paper's grade; empty without a paper."""
        return max((paper.grade for paper in self.papers), key=GRADES.index, default=NO_PAPER)

    @property
    def is_lacking(self) -> bool:
        """Whether papers usually stand behind such a record and none does."""
        return bool(self.kind.evidence) and not self.papers


@dataclass(frozen=True, slots=True)
class Rests:
    """What a figure rests on: its records, how many filed values, how many records the person may not read."""

    figure: Figure
    theme: str
    records: tuple[str, ...]
    filed: int
    withheld: int


@dataclass(frozen=True)
class YearEvidence:
    org: Org
    year: int
    as_of: date
    records: Mapping[str, Proven]  # by id, in the order of the registers
    rests: tuple[Rests, ...]  # in reading order; figures without anything behind them left out

    @property
    def lacking(self) -> list[Proven]:
        return [one for one in self.records.values() if one.is_lacking]

    def by_grade(self, ids: Iterable[str] | None = None) -> dict[str, int]:
        """How many records have which strongest grade, the strongest first, those without a paper last."""
        grades = self._grades
        counted = Counter(grades.values() if ids is None else map(grades.get, ids))
        return {grade: counted[grade] for grade in (*reversed(GRADES), NO_PAPER)}

    @cached_property
    def _grades(self) -> dict[str, str]:
        return {pk: one.grade for pk, one in self.records.items()}


def evidence_of(user: Actor, org: Org | str, year: int, as_of: date | None = None) -> YearEvidence:
    """The evidence of a reporting year. Raises NotFound."""
    bench = OrgYear.open(user, org, year, as_of)
    kinds = _kinds(user, bench)
    rests, counted = _rests(bench, set(kinds))
    records = _records(bench, kinds, counted)
    return YearEvidence(bench.org, year, bench.as_of, records, rests)


def _kinds(user: Actor, bench: OrgYear) -> dict[str, Kind]:
    """The kinds the person may read of which the org has records, in the order of themes."""
    there = kinds_there(bench.org.pk)
    known = [kind for kind in bench.catalogue.kinds.values() if kind.full_id in there]
    order = {name: place for place, (name, _) in enumerate(bench.catalogue.themes_in_order())}
    allowed = permissions.among(user, "read", known, org=bench.org.pk)
    allowed.sort(key=lambda kind: (order.get(kind.theme, len(order)), kind.full_id))
    return {kind.full_id: kind for kind in allowed}


def _rests(bench: OrgYear, readable: set[str]) -> tuple[tuple[Rests, ...], dict[str, list[str]]]:
    """What each figure rests on, and the way back: the indicators that count a record."""
    from jixiao.indicators.behind import standing

    found, counted = [], {}  # type: tuple[list[Rests], dict[str, list[str]]]
    indicators = [one for one in in_reading_order(bench) if bench.period_of(one) is not None]
    asked = [bench.request(one) for one in indicators]
    stands = standing(bench.catalogue, asked, projection.engine(connection), bench.period)
    for indicator, behind in zip(indicators, stands, strict=True):
        everything = {pk for _, ids in behind.records for pk in ids}
        ids = tuple(sorted({pk for kind, some in behind.records if kind in readable for pk in some}))
        for pk in ids:
            counted.setdefault(pk, []).append(indicator.title)
        if everything or behind.filed:
            figure, hidden = bench.figures[indicator.full_id], len(everything) - len(ids)
            found.append(Rests(figure, indicator.theme, ids, len(behind.filed), hidden))
    return tuple(found), counted


def _records(
    bench: OrgYear, kinds: Mapping[str, Kind], counted: Mapping[str, list[str]]
) -> dict[str, Proven]:
    papers = _papers(bench, kinds)
    rows = Record.objects.filter(
        org=bench.org, kind__in=list(kinds), voided=False, root__voided=False
    ).values_list("id", "kind", "number", "label", "data", named=True)
    spans = list(bench.periods.values())
    found: list[Proven] = []
    for row in rows.iterator(chunk_size=2000):
        kind = kinds[row.kind]
        day = str(row.data.get(kind.date) or "") if kind.date else ""
        if row.id in counted or (day and any(date.fromisoformat(day) in span for span in spans)):
            found.append(
                Proven(
                    row.id, kind, row.number, row.label, day, _amount(kind, row.data),
                    tuple(papers.get(row.id, ())), tuple(counted.get(row.id, ())),
                )
            )  # fmt: skip
    order = {name: place for place, name in enumerate(kinds)}
    found.sort(key=lambda one: (order[one.kind.full_id], one.number, one.day, one.label, one.id))
    return {one.id: one for one in found}


def _papers(bench: OrgYear, kinds: Mapping[str, Kind]) -> dict[str, list[Paper]]:
    found: dict[str, list[Paper]] = {}
    uses = EvidenceUse.objects.filter(
        record__org=bench.org, record__kind__in=list(kinds), record__voided=False
    ).order_by("added_at", "id")
    told = uses.values_list(
        "record_id", "pk", "title", "grade", "document_number", "evidence_id", "file_name", "evidence__size"
    )
    titles = dict(EvidenceUse.Grade.choices)
    for record, pk, title, grade, number, content, file_name, size in told.iterator(chunk_size=2000):
        paper = Paper(pk, title, grade, titles[grade], number, content or "", file_name, size or 0)
        found.setdefault(record, []).append(paper)
    return found


def _amount(kind: Kind, data: Mapping[str, object]) -> int | None:
    """The largest sum of money in a record; sums of different natures are never added."""
    sums = [data.get(name) for name, spec in kind.fields.items() if spec.type is FieldType.MONEY]
    return max((one for one in sums if isinstance(one, int)), default=None)
