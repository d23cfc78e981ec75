"""Points of the subjects of an org: members, groups, organisations, villages, from their records of a year.

A draft of the rule may be tried on the same records; nothing is kept of a trial.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jixiao.catalogue.schemes import Scheme
from jixiao.catalogue.subjects import SubjectSpec
from jixiao.errors import BadInput, NotFound
from jixiao.evaluation.standings import Move, Standing, compared, standings
from jixiao.ledger import permissions
from jixiao.ledger.actions.opening import in_packs
from jixiao.ledger.models import Org, Record
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.queries.orgs import years_for
from jixiao.ledger.queries.subject_rows import rows_of
from jixiao.ledger.standing import columns_of_row
from jixiao.values import Period

BASIS = "calendar_year"


@dataclass(frozen=True, slots=True)
class PointsView:
    """The subjects by rank. `labels` name subjects and records by id; `moves` are what a tried draft would change."""

    org: Org
    year: int
    scheme: Scheme
    subject_title: str
    standings: tuple[Standing, ...]
    labels: Mapping[str, str]
    draft: Scheme | None = None
    moves: tuple[Move, ...] = ()

    def of(self, subject: str) -> Standing:
        """One subject's place, by id or label. Raises NotFound."""
        for one in self.standings:
            if subject in (one.subject, self.labels[one.subject]):
                return one
        raise NotFound(f"{self.subject_title}里没有“{subject}”")


def point_schemes(user: Actor, org: Org | str, year: int, as_of: date | None = None) -> list[Scheme]:
    """The schemes of the org's packs that rank subjects the user may read, in catalogue order. Raises NotFound."""
    bench = OrgYear.open(user, org, year, as_of)
    there = [one for one in bench.catalogue.schemes.values() if one.pack in bench.packs and one.subjects]
    return [one for one in there if one.subjects and _may_read(user, bench, one, one.subjects)]


def points(
    user: Actor,
    org: Org | str,
    year: int,
    scheme: str,
    draft: Scheme | None = None,
    as_of: date | None = None,
) -> PointsView:
    """Rank the subjects of a scheme; with a draft, also say who would move. Raises NotFound, NotAllowed, BadInput."""
    bench = OrgYear.open(user, org, year, as_of)
    found = in_packs(bench.packs, bench.catalogue.schemes, scheme) or bench.catalogue.scheme(scheme)
    spec = found.subjects
    if spec is None:
        raise BadInput(f"“{found.title}”评的是单位；请用 jixiao score 或自评表")
    for one in (found, draft):
        if one is not None and one.subjects is not None:
            _require_readable(user, bench, one, one.subjects)
    ranked = _ranked(bench, found, with_earlier=True)
    tried = _ranked(bench, draft, with_earlier=False) if draft is not None else ()
    kind = bench.catalogue.kind(spec.kind)
    return PointsView(
        bench.org, year, found, kind.title, ranked, _labels((*ranked, *tried)), draft, compared(ranked, tried)
    )


def of_subject(
    bench: OrgYear, scheme: Scheme, subjects: Sequence[str]
) -> tuple[PointsView, tuple[Standing, ...]]:
    """What a scheme makes of these subjects alone; nobody else is in the view. The caller has asked who may know."""
    assert scheme.subjects is not None
    mine = tuple(one for one in _ranked(bench, scheme, with_earlier=True) if one.subject in subjects)
    title = bench.catalogue.kind(scheme.subjects.kind).title
    return PointsView(bench.org, bench.year, scheme, title, mine, _labels(mine)), mine


def _ranked(bench: OrgYear, scheme: Scheme, *, with_earlier: bool) -> tuple[Standing, ...]:
    assert scheme.subjects is not None
    earlier = []
    if with_earlier:
        span = max((one.years for one in scheme.subjects.sanctions), default=1)
        known = [year for year in years_for(permissions.SYSTEM, bench.org) if year < bench.year]
        for year in sorted(known, reverse=True)[: span - 1]:
            before = OrgYear.open(permissions.SYSTEM, bench.org, year)
            earlier.append({one.subject: one.total for one in _ranked(before, scheme, with_earlier=False)})
    rows = rows_of(bench, scheme, _period(bench))
    return standings(scheme, _subjects(bench, scheme.subjects, _period(bench)), rows, earlier)


def _period(bench: OrgYear) -> Period:
    period = bench.periods.get(BASIS)
    if period is None:
        raise NotFound(f"{bench.org.title}没有设置 {bench.year} 年度的自然年度期间，无从计分")
    return period


def _subjects(bench: OrgYear, spec: SubjectSpec, period: Period) -> list[str]:
    """The subjects that were there at some time in the period, as the register lists them."""
    kind = bench.catalogue.kind(spec.kind)
    found = []
    for row in Record.objects.filter(org=bench.org, kind=kind.full_id, voided=False).order_by("label", "id"):
        values = columns_of_row(kind, row.data, row)
        begun = values.get(spec.alive.from_) if spec.alive else None
        ended = values.get(spec.alive.to) if spec.alive else None
        last = min(period.to_on, bench.as_of)
        if (begun is None or begun <= last) and (ended is None or ended >= period.from_on):
            found.append(row.id)
    return found


def _labels(ranked: Sequence[Standing]) -> dict[str, str]:
    wanted = {one.subject for one in ranked}
    wanted |= {record for one in ranked for line in one.lines for record in line.records}
    wanted |= {record for one in ranked for record in one.unscored}
    found: dict[str, str] = {}
    ids = sorted(wanted)
    for start in range(0, len(ids), 500):
        rows = Record.objects.filter(id__in=ids[start : start + 500])
        found |= {row.id: row.label or row.number or row.id[:8] for row in rows}
    return found


def _may_read(user: Actor, bench: OrgYear, scheme: Scheme, spec: SubjectSpec) -> bool:
    kinds = [bench.catalogue.reading(scheme.pack, name) for name in spec.reads]
    wanted = [bench.catalogue.kind(spec.kind), *(kind for kind in kinds if kind is not None)]
    return not permissions.closed_to(user, bench.org.pk, wanted)


def _require_readable(user: Actor, bench: OrgYear, scheme: Scheme, spec: SubjectSpec) -> None:
    kinds = [bench.catalogue.reading(scheme.pack, name) for name in spec.reads]
    wanted = [bench.catalogue.kind(spec.kind), *(kind for kind in kinds if kind is not None)]
    permissions.require_names(permissions.closed_to(user, bench.org.pk, wanted), "积分表")
