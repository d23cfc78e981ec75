"""The year of an org at a glance: figures by theme, findings, scores, and what is missing, late or without
evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jixiao.errors import NotFound
from jixiao.evaluation.assessment import Assessment
from jixiao.ledger.models import Org
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.filed import FiledRow, filed_values
from jixiao.ledger.queries.findings import findings_of
from jixiao.ledger.queries.lacking import LateRecord, Paperless, late, without_evidence
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.queries.orgs import periods_for, years_for
from jixiao.ledger.queries.placing import in_reading_order
from jixiao.ledger.queries.score_sheets import assess, schemes_of
from jixiao.values import Figure, Finding, Period, Status


@dataclass(frozen=True, slots=True)
class ThemeFigures:
    """One theme with its figures in the order a reader of the report meets them."""

    id: str
    title: str
    lead: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    org: Org
    year: int
    as_of: date
    periods: Mapping[str, Period]
    themes: tuple[ThemeFigures, ...]
    findings: tuple[Finding, ...]
    scores: tuple[Assessment, ...]
    late: tuple[LateRecord, ...]
    without_evidence: tuple[Paperless, ...]
    filed: tuple[FiledRow, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, by theme."""
        return tuple(figure for theme in self.themes for figure in theme.figures)

    @property
    def missing(self) -> tuple[Figure, ...]:
        """The figures whose register is silent."""
        return tuple(figure for figure in self.figures if figure.status is Status.NOT_REPORTED)


def year(user: Actor, org: Org | str, year: int, as_of: date | None = None) -> YearView:
    """Compute a reporting year (default: as of its last day, or today). Raises NotFound."""
    bench = OrgYear.open(user, org, year, as_of)
    return YearView(
        org=bench.org,
        year=year,
        as_of=bench.as_of,
        periods=bench.periods,
        themes=themes_of(bench),
        findings=tuple(findings_of(bench, bench.figures)),
        scores=tuple(assess(bench, scheme) for scheme in schemes_of(bench)),
        late=late(user, bench),
        without_evidence=without_evidence(user, bench),
        filed=tuple(filed_values(user, bench.org, year)),
    )


def year_named(user: Actor, org: Org | str, name: str) -> int:
    """The reporting year meant by 2020, 2020年度 or the label of one of the org's periods. Raises NotFound."""
    plain = name.strip().removesuffix("年度").removesuffix("年")
    if plain.isdecimal() and len(plain) == 4:
        return int(plain)
    found = periods_for(user, org).filter(label=name.strip()).first()
    if found is None:
        known = "、".join(str(one) for one in years_for(user, org)) or "无"
        raise NotFound(f"没有“{name}”这个期间；已设置的年度：{known}")
    return found.year


def themes_of(bench: OrgYear) -> tuple[ThemeFigures, ...]:
    """The year's figures under the themes of the packs; an indicator of an unknown theme comes last, under
    its own.
    """
    by_theme: dict[str, list[Figure]] = {}
    for indicator in in_reading_order(bench):
        by_theme.setdefault(indicator.theme, []).append(bench.figures[indicator.full_id])
    found = [
        ThemeFigures(name, theme.title, theme.lead, tuple(by_theme.pop(name)))
        for name, theme in bench.catalogue.themes_in_order()
        if name in by_theme
    ]
    return (*found, *(ThemeFigures(name, name, "", tuple(figures)) for name, figures in by_theme.items()))
