"""A document held against an org's figures of a year, with what people have said of its words before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jixiao.catalogue.indicators import Role
from jixiao.ledger.models import Org, StatementMatch
from jixiao.ledger.outline_words import outline_words
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.reading import Reading
from jixiao.reading.agreement import Line, compare
from jixiao.reading.fitting import Known


@dataclass(frozen=True, slots=True)
class Held:
    """What a document says beside the ledger. `known` are the figures it was held against."""

    org: Org
    year: int
    as_of: date
    known: tuple[Known, ...]
    lines: tuple[Line, ...]
    others: tuple[str, ...] = ()  # offices the document names while it does not name this one


@dataclass(frozen=True, slots=True)
class Figures:
    """An org's figures under the names documents tell them by, and the words people have spoken of."""

    org: Org
    year: int
    as_of: date
    known: tuple[Known, ...]
    remembered: dict[str, str]
    told: dict[str, str]

    def hold(self, reading: Reading, until: date | None = None) -> Held:
        """Every statement of a document, then the figures it does not mention. `until` is the document's day."""
        lines = compare(reading, self.known, self.remembered, until, self.told)
        others = _others(reading.document.text, self.org)
        return Held(self.org, self.year, self.as_of, self.known, tuple(lines), others)


def figures_told(user: Actor, org: Org | str, year: int, as_of: date | None = None) -> Figures:
    """Compute a year's figures for comparing. Raises NotFound for a stranger's org and an unknown year."""
    bench = OrgYear.open(user, org, year, as_of)
    known = tuple(
        Known.from_figure(
            bench.figures[one.full_id], (one.title, *one.aliases), is_plan=one.role is Role.PLAN
        )
        for one in bench.indicators
    )
    told = outline_words(bench.catalogue, bench.packs)
    return Figures(bench.org, year, bench.as_of, known, said_of(bench.org), told)


def said_of(org: Org) -> dict[str, str]:
    """What people said of words, by fingerprint."""
    return dict(StatementMatch.objects.filter(org=org).values_list("fingerprint", "indicator"))


def _others(text: str, org: Org) -> tuple[str, ...]:
    """Offices of this ledger that a document names without naming the org: perhaps it is another's report."""
    if any(name and name in text for name in (org.title, org.short_title)):
        return ()
    titles = Org.objects.exclude(pk=org.pk).order_by("title").values_list("title", flat=True)
    return tuple(title for title in titles if title in text)[:3]
