"""Figures a report states otherwise than the ledger: the approved ones in force, what waits, every version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from jixiao.ledger.actions.deviations import quantity_of
from jixiao.ledger.actions.opening import open_org
from jixiao.ledger.models import FigureDeviation, Org
from jixiao.ledger.names import names_of
from jixiao.ledger.permissions import Actor
from jixiao.reports.issue_record import DeviationEntry
from jixiao.values import Figure, Status

DeviationRow = FigureDeviation  # for pages, which read rows and never touch tables


def in_force(org: Org, year: int) -> dict[str, FigureDeviation]:
    """The latest approved version of each figure that has one; none where it went back to the ledger."""
    found: dict[str, FigureDeviation] = {}
    for one in FigureDeviation.objects.filter(org=org, year=year).exclude(approved_by="").order_by("version"):
        found[one.figure] = one
    return {name: one for name, one in found.items() if one.value}


def versions(user: Actor, org: Org | str, year: int, figure: str) -> list[FigureDeviation]:
    """Every version, latest first. Raises NotFound for a stranger's org."""
    place = open_org(org, user)
    return list(FigureDeviation.objects.filter(org=place, year=year, figure=figure).order_by("-version"))


def placed_figures(
    figures: Mapping[str, Figure], deviations: Mapping[str, FigureDeviation]
) -> dict[str, Figure]:
    """The figures as a report places them: the approved values in the place of the ledger's."""
    return {
        name: _stated(one, deviations[name]) if name in deviations else one for name, one in figures.items()
    }


def entries(
    figures: Mapping[str, Figure], deviations: Mapping[str, FigureDeviation]
) -> dict[str, DeviationEntry]:
    """What the record of issue keeps of them; the ledger's value is that of today."""
    called = names_of({one for each in deviations.values() for one in (each.approved_by, each.entered_by)})
    return {
        name: DeviationEntry(
            title=figures[name].title,
            ledger=figures[name].text,
            stated=_stated(figures[name], one).text,
            reason=one.reason,
            ordered_by=one.ordered_by,
            approved_by=called[one.approved_by],
            entered_by=called[one.entered_by],
            approved_at=one.stated_at.isoformat(timespec="seconds"),
        )
        for name, one in deviations.items()
        if name in figures
    }


def _stated(figure: Figure, one: FigureDeviation) -> Figure:
    quantity = quantity_of(one.value, figure.unit)
    return replace(figure, status=Status.REPORTED, stated=quantity, exact=Fraction(quantity.value))
