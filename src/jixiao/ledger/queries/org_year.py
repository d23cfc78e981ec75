"""An org's reporting year, computed: periods, definitions in force, figures. What year, figure, scores and
report stand on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import connection

from jixiao.catalogue import Catalogue
from jixiao.catalogue.indicators import Indicator
from jixiao.errors import NotFound
from jixiao.indicators import Request, figures
from jixiao.ledger import clock, projection
from jixiao.ledger.actions.opening import bound_packs, in_packs, open_org
from jixiao.ledger.models import Org
from jixiao.ledger.one_reading import once
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.orgs import check_year, last_day, spans
from jixiao.ledger.rules import catalogue as rules
from jixiao.values import Figure, Period, Status

UNSET = "未设置期间"
AT_A_DAY = "as_of"  # the basis of stocks: 截至某日


@dataclass(frozen=True)
class OrgYear:
    """Computes lazily and once. `spans` are the org's periods by (basis, year), of all its years."""

    org: Org
    year: int
    as_of: date
    catalogue: Catalogue
    spans: dict[tuple[str, int], Period]

    @classmethod
    def open(cls, user: Actor, org: Org | str, year: int, as_of: date | None = None) -> OrgYear:
        """Raises NotFound for a stranger's org and for a year nobody has set up."""
        place = open_org(org, user)
        known = spans(place.pk)
        check_year(place, year, known)
        day = as_of or last_day(known, year, clock.today())
        return _computed(place, year, day)

    @cached_property
    def packs(self) -> set[str]:
        return bound_packs(self.org.pk, self.catalogue)

    @cached_property
    def indicators(self) -> list[Indicator]:
        """The indicators of the org's packs, in catalogue order."""
        return [one for one in self.catalogue.indicators.values() if one.pack in self.packs]

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every figure of the year, by indicator."""
        return self.compute(self.indicators)

    @cached_property
    def periods(self) -> dict[str, Period]:
        """The year's periods by basis."""
        return {basis: span for (basis, year), span in self.spans.items() if year == self.year}

    def compute(self, indicators: Iterable[Indicator]) -> dict[str, Figure]:
        """Figures of some indicators; one whose period nobody has set is not reported."""
        wanted = list(indicators)
        asked = [self.request(one) for one in wanted if self.period_of(one) is not None]
        computed = figures(self.catalogue, asked, projection.engine(connection), self.period)
        found = {figure.indicator: figure for figure in computed}
        return {one.full_id: found.get(one.full_id) or self._unset(one) for one in wanted}

    def request(self, indicator: Indicator) -> Request:
        """Raises NotFound where the indicator's period is not set for the year."""
        period = self.period_of(indicator)
        if period is None:
            raise NotFound(
                f"{self.org.title}没有设置 {self.year} 年度的“{indicator.basis}”口径期间，“{indicator.title}”无从计算"
            )
        return Request(indicator.full_id, self.org.pk, period, self.day_of(period))

    def day_of(self, period: Period) -> date:
        """The day a figure is as of: a period that stands for one day ends there, whatever happened later."""
        return min(self.as_of, period.to_on) if period.basis == AT_A_DAY else self.as_of

    def period_of(self, indicator: Indicator) -> Period | None:
        return self.period(self.org.pk, indicator.basis, self.year)

    def period(self, org: str, basis: str, year: int) -> Period | None:
        """The org's period on a basis in a reporting year; what indicators ask for."""
        return self.spans.get((basis, year)) if org == self.org.pk else None

    def find(self, indicator: str) -> Indicator:
        """Raises NotFound for an indicator that is none of the org's packs."""
        found = in_packs(self.packs, self.catalogue.indicators, indicator) or self.catalogue.indicator(
            indicator
        )
        if found.pack not in self.packs:
            raise NotFound(f"{self.org.title}没有启用指标“{found.title}”所在的规则包")
        return found

    def _unset(self, indicator: Indicator) -> Figure:
        period = Period(indicator.basis, UNSET, date(self.year, 1, 1), date(self.year, 12, 31), self.year)
        return Figure(
            indicator.full_id, indicator.title, self.org.pk, period, self.as_of, Status.NOT_REPORTED,
            None, None, None, None, indicator.unit, 0, self.catalogue.digest(indicator),
        )  # fmt: skip


@once
def _computed(place: Org, year: int, day: date) -> OrgYear:
    """The same year is computed once while one page is read, whoever asks for it."""
    return OrgYear(place, year, day, rules(day), spans(place.pk))
