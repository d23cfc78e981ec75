"""One figure, laid open: its words and SQL, the records behind it with their evidence, its relatives, its
place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from jixiao.catalogue.indicators import Indicator
from jixiao.catalogue.kinds import FieldType
from jixiao.indicators import explain
from jixiao.indicators.explain import RowBehind
from jixiao.ledger import permissions, projection
from jixiao.ledger.models import EvidenceUse, FiledValue, Org, Record
from jixiao.ledger.names import labels
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.findings import findings_of, named_in
from jixiao.ledger.queries.forerunners import Forerunner, forerunners
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.queries.placing import Placing, placings
from jixiao.values import Figure, Finding


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A record (or a filed value) behind a figure. `key` says in words what a distinct count tells apart."""

    record: Record | None
    filed: FiledValue | None
    in_top: bool
    in_bottom: bool
    key: str
    evidence: tuple[EvidenceUse, ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    """`sql` is empty and `rows` too where the year has no period for the indicator's basis."""

    org: Org
    year: int
    figure: Figure
    indicator: Indicator
    words: tuple[tuple[str, str], ...]
    sql: str
    rows: tuple[FigureRow, ...]
    alternatives: tuple[tuple[str, Figure], ...]
    relations: tuple[Finding, ...]
    earlier: tuple[Figure, ...]
    placed: tuple[Placing, ...]
    forerunners: tuple[Forerunner, ...] = ()  # earlier years of orgs that went before this one
    withheld: int = 0  # rows of kinds that this person may not read


def figure(user: Actor, org: Org | str, indicator: str, year: int, as_of: date | None = None) -> FigureView:
    """Lay one figure open. Raises NotFound for an unknown indicator, year, or a stranger's org."""
    bench = OrgYear.open(user, org, year, as_of)
    found = bench.find(indicator)
    together = [named_in(rule) for rule in bench.catalogue.relations.values() if rule.pack in bench.packs]
    related = [
        one
        for one in bench.indicators
        if any({found.full_id, one.full_id} <= operands for operands in together)
    ]
    computed = bench.compute([found, *(one for one in related if one.full_id != found.full_id)])
    is_set = bench.period_of(found) is not None
    engine = projection.engine(connection)
    shown, withheld = rows(user, bench, found)
    return FigureView(
        org=bench.org,
        year=year,
        figure=computed[found.full_id],
        indicator=found,
        words=explain.words(bench.catalogue, found),
        sql=explain.sql(bench.catalogue, bench.request(found), engine.dialect, bench.period)
        if is_set
        else "",
        rows=shown,
        withheld=withheld,
        alternatives=(
            tuple(explain.alternatives(bench.catalogue, bench.request(found), engine, bench.period))
            if is_set
            else ()
        ),
        relations=tuple(one for one in findings_of(bench, computed) if found.full_id in one.subjects),
        earlier=_earlier(bench, found),
        forerunners=forerunners(bench, found),
        placed=tuple(
            place for name, place in placings(bench.catalogue, bench.packs) if name == found.full_id
        ),
    )


def rows(user: Actor, bench: OrgYear, indicator: Indicator) -> tuple[tuple[FigureRow, ...], int]:
    """The records and filed values behind a figure, with their evidence, in the order of the records'
    labels; and how many more there are that the person may not read.
    """
    everything = rows_behind(bench, indicator)
    kinds = [
        bench.catalogue.kinds[name] for name in {row.kind for row in everything} & set(bench.catalogue.kinds)
    ]
    closed = {kind.full_id for kind in kinds}
    closed -= {kind.full_id for kind in permissions.among(user, "read", kinds, org=bench.org.pk)}
    behind = [row for row in everything if row.kind not in closed]
    ids = {row.record_id for row in behind}
    told = Record.objects.only("id", "kind", "number", "label", "root")  # what is not told need not be read
    records = told.in_bulk(list(ids))
    filed = FiledValue.objects.in_bulk([id for id in ids if id not in records])
    evidence: dict[str, list[EvidenceUse]] = {}
    papers = EvidenceUse.objects.filter(
        record__org=bench.org, record__kind__in=[kind.full_id for kind in kinds]
    )
    for use in papers.select_related("evidence"):
        evidence.setdefault(use.record_id, []).append(use)
    names = key_names(bench, indicator, (row.key for row in behind))
    found = [
        FigureRow(
            records.get(row.record_id), filed.get(row.record_id), row.in_top, row.in_bottom,
            names.get(row.key, row.key), tuple(evidence.get(row.record_id, ())),
        )
        for row in behind
    ]  # fmt: skip
    found.sort(key=lambda row: (row.record.number, row.record.label) if row.record else ("", ""))
    return tuple(found), len(everything) - len(behind)


def rows_behind(bench: OrgYear, indicator: Indicator) -> list[RowBehind]:
    """What stands behind a figure."""
    if bench.period_of(indicator) is None:
        return []
    return explain.rows_behind(
        bench.catalogue, bench.request(indicator), projection.engine(connection), bench.period
    )


def key_names(bench: OrgYear, indicator: Indicator, keys: Iterable[str]) -> dict[str, str]:
    """What the keys of a distinct count are called: records and orgs by their names, codes by their
    titles.
    """
    kind = bench.catalogue.kind(indicator.rows.kind) if indicator.rows else None
    if kind is None or not indicator.distinct or indicator.distinct == "id":
        return {}
    spec = kind.fields.get(indicator.distinct)
    if spec is not None and spec.type is FieldType.CODE:
        table = bench.catalogue.codes[spec.codes or ""]
        return {code: entry.title for code, entry in table.codes.items()}
    return labels(key for key in keys if key)


def _earlier(bench: OrgYear, indicator: Indicator) -> tuple[Figure, ...]:
    """The figure of the org's earlier years, the last first, each as of the end of its own year."""
    years = sorted({year for _, year in bench.spans if year < bench.year}, reverse=True)
    found = []
    for year in years:
        end = max(span.to_on for (_, one), span in bench.spans.items() if one == year)
        before = OrgYear(bench.org, year, end, bench.catalogue, bench.spans)
        found.append(before.compute([indicator])[indicator.full_id])
    return tuple(found)
