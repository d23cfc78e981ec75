"""Earlier years of an org that came from others: the predecessors' figures, added where they may be added, else 不可比.

Counts and sums add over offices, and so do the two sides of a rate made of them; what is counted once over several
records, approximations and shares of other figures do not. A part of a split org cannot be told from the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jixiao.catalogue.indicators import Indicator
from jixiao.indicators import printing
from jixiao.ledger.models import Org, OrgChange
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.queries.orgs import spans
from jixiao.values import Figure, Status, ratio


@dataclass(frozen=True, slots=True)
class Forerunner:
    """A year before the org was, or partly before: `figure` of the whole, or the reason why there is none."""

    year: int
    parts: tuple[tuple[Org, Figure], ...]
    figure: Figure | None
    reason: str

    @property
    def text(self) -> str:
        return self.figure.text if self.figure else "不可比"


def forerunners(bench: OrgYear, indicator: Indicator) -> tuple[Forerunner, ...]:
    """Every year in which a predecessor reported, the last first; empty for an org that came from none."""
    benches = _benches(bench)
    years = sorted({year for one in benches for _, year in one.spans if year <= bench.year}, reverse=True)
    found = (in_year(bench, benches, year, [indicator]) for year in years)
    return tuple(one[indicator.full_id] for one in found if indicator.full_id in one)


def before(bench: OrgYear, year: int, indicators: Iterable[Indicator]) -> dict[str, Forerunner]:
    """What the predecessors, and the org itself where it was there, had in one year."""
    return in_year(bench, _benches(bench), year, list(indicators))


def in_year(
    bench: OrgYear, benches: Sequence[OrgYear], year: int, indicators: Sequence[Indicator]
) -> dict[str, Forerunner]:
    """One year of every indicator; those without a period in it are left out."""
    there = [one for one in (_at(each, year) for each in benches) if one is not None]
    if not there:
        return {}
    own = _at(bench, year)
    everyone = [*there, *([own] if own else [])]
    figures = [(one.org, one.compute(indicators)) for one in everyone]
    parted = _parted(bench.org)
    found = {}
    for indicator in indicators:
        parts = tuple((org, mine[indicator.full_id]) for org, mine in figures)
        figure, reason = _whole(indicator, parts, parted)
        found[indicator.full_id] = Forerunner(year, parts, figure, reason)
    return found


def _benches(bench: OrgYear) -> list[OrgYear]:
    """The predecessors, however far back, each with its own periods."""
    found: list[OrgYear] = []
    waiting, seen = [bench.org.pk], {bench.org.pk}
    while waiting:
        changes = OrgChange.objects.filter(successor_id=waiting.pop(), on__lte=bench.as_of)
        for change in changes.select_related("predecessor").order_by("predecessor_id"):
            if change.predecessor_id not in seen:
                seen.add(change.predecessor_id)
                waiting.append(change.predecessor_id)
                org = change.predecessor
                found.append(OrgYear(org, bench.year, bench.as_of, bench.catalogue, spans(org.pk)))
    return found


def _at(bench: OrgYear, year: int) -> OrgYear | None:
    """The same org in a year of which it lived a day, as of the year's end; None where it has no such year."""
    mine = [span for (_, one), span in bench.spans.items() if one == year]
    lived = [
        span
        for span in mine
        if span.to_on >= bench.org.valid_from
        and (not bench.org.valid_to or span.from_on <= bench.org.valid_to)
    ]
    if not lived:
        return None
    end = min(max(span.to_on for span in mine), bench.as_of)
    return OrgYear(bench.org, year, end, bench.catalogue, bench.spans)


def _parted(org: Org) -> str:
    """The title of a predecessor that was split, on any way to this org."""
    waiting, seen = [org.pk], {org.pk}
    while waiting:
        for change in OrgChange.objects.filter(successor_id=waiting.pop()).select_related("predecessor"):
            if change.kind == "split":
                return change.predecessor.title
            if change.predecessor_id not in seen:
                seen.add(change.predecessor_id)
                waiting.append(change.predecessor_id)
    return ""


def _whole(
    indicator: Indicator, parts: Sequence[tuple[Org, Figure]], parted: str
) -> tuple[Figure | None, str]:
    if parted:
        return None, f"{parted}后来分设，数据分不开"
    if len(parts) == 1:
        return parts[0][1], ""
    if silent := [org.title for org, figure in parts if figure.status is Status.NOT_REPORTED]:
        return None, f"{'、'.join(silent)}未填报"
    if reason := not_additive(indicator):
        return None, reason
    figures = [figure for _, figure in parts]
    if any(figure.exact is None and figure.status is Status.REPORTED for figure in figures):
        return None, "含约数，不能相加"
    return _added(indicator, figures)


def not_additive(indicator: Indicator) -> str:
    """Why figures of two offices may not be added; empty where they may."""
    if indicator.distinct:
        return "按不重复计数，各单位之间可能重复"
    if indicator.per:
        return "由另一项数据作分母，不能相加"
    if indicator.rows is None and indicator.unit != "元":
        return "填报数，各单位之间可能重复"
    return ""


def _added(indicator: Indicator, figures: Sequence[Figure]) -> tuple[Figure | None, str]:
    first = figures[0]
    if first.bottom is not None:
        top, bottom = sum(one.top or 0 for one in figures), sum(one.bottom or 0 for one in figures)
        exact = ratio(top, bottom)
        if exact is None:
            return None, "分母为零，无可计算"
    else:
        top, bottom = sum(one.top or 0 for one in figures), None
        exact = sum((one.exact or Fraction(0) for one in figures), Fraction(0))
    whole = Figure(
        first.indicator, first.title, figures[-1].org, first.period, max(one.as_of for one in figures),
        Status.REPORTED, top, bottom, exact, printing.stated(exact, indicator.unit, indicator.print),
        first.unit, sum(one.records for one in figures), first.definition,
    )  # fmt: skip
    return whole, ""
