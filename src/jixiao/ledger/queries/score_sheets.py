"""The score sheets of an org's year: each scheme of its packs over the year's figures and what people said of
its leaves.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from jixiao.catalogue.clauses import PointsLeaf
from jixiao.catalogue.columns import columns_of
from jixiao.catalogue.schemes import Node, Scheme, TargetLeaf
from jixiao.errors import BadInput
from jixiao.evaluation.answers import Actual, Answer, Records, read_judgement
from jixiao.evaluation.assessment import Assessment
from jixiao.evaluation.scheme import evaluate
from jixiao.ledger.actions.opening import in_packs, open_org
from jixiao.ledger.models import LeafNote, Org, Record
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.standing import columns_of_row


def scores(
    user: Actor, org: Org | str, year: int, scheme: str | None = None, as_of: date | None = None
) -> list[Assessment]:
    """The assessments of the year, by scheme in catalogue order. Raises NotFound."""
    bench = OrgYear.open(user, org, year, as_of)
    if scheme is not None:
        found = in_packs(bench.packs, bench.catalogue.schemes, scheme) or bench.catalogue.scheme(scheme)
        if found.subjects is not None:
            raise BadInput(f"“{found.title}”评的是名册中的对象，不是单位；请用 jixiao points 或积分页")
        if not found.is_of(year):
            raise BadInput(
                f"“{found.title}”不是{year}年度的规则（适用{_years(found)}），不能用来评{year}年度"
            )
        return [assess(bench, found)]
    return [assess(bench, one) for one in schemes_of(bench)]


def leaf_note(user: Actor, org: Org | str, year: int, scheme: str, leaf: str) -> LeafNote | None:
    """What was last said about a leaf, if anything was. Raises NotFound for a stranger's org."""
    place = open_org(org, user)
    said = LeafNote.objects.filter(org=place, scheme=scheme, year=year, leaf=leaf)
    return said.order_by("-version").first()


def schemes_of(bench: OrgYear) -> list[Scheme]:
    """The schemes the org is graded by: those of its packs; samples and schemes over subjects are left out."""
    return [
        one
        for one in bench.catalogue.schemes.values()
        if one.pack in bench.packs and not one.sample and one.subjects is None and one.is_of(bench.year)
    ]


def _years(scheme: Scheme) -> str:
    """2022年度起, 2017至2019年度: the years a scheme is a rule for."""
    if scheme.year_from is None:
        return f"到{scheme.year_to}年度为止"
    if scheme.year_to is None:
        return f"{scheme.year_from}年度起"
    return f"{scheme.year_from}至{scheme.year_to}年度"


def assess(bench: OrgYear, scheme: Scheme) -> Assessment:
    """Grade one scheme from figures, judgements and records."""
    notes = _notes(bench, scheme)
    answers = {
        node.id: answer
        for node in scheme.leaves
        if (answer := _answer(bench, node, notes.get(node.id))) is not None
    }
    return evaluate(
        scheme,
        answers,
        reasons={leaf: note.reason for leaf, note in notes.items() if note.reason},
        not_applicable={leaf: note.not_applicable for leaf, note in notes.items() if note.not_applicable},
        roles={one.full_id: one.role for one in bench.indicators},
    )


def _notes(bench: OrgYear, scheme: Scheme) -> dict[str, LeafNote]:
    """The latest note of each leaf that the scheme still has."""
    found = LeafNote.objects.filter(org=bench.org, scheme=scheme.full_id, year=bench.year).order_by("version")
    known = {node.id for node in scheme.leaves}
    return {note.leaf: note for note in found if note.leaf in known}


def _answer(bench: OrgYear, node: Node, note: LeafNote | None) -> Answer | None:
    if note is not None and note.judgement:
        return read_judgement(node.title, note.judgement)
    match node.leaf:
        case TargetLeaf(indicator=str(indicator)):
            figure = bench.figures.get(indicator)
            return None if figure is None else Actual.from_figure(figure)
        case PointsLeaf(clauses=clauses):
            return Records(bench.org.pk, {name: _rows(bench, name) for name in {one.rows for one in clauses}})
    return None


def _rows(bench: OrgYear, kind_name: str) -> list[dict[str, Any]]:
    """The records of a kind dated inside the year, as points rules read them."""
    kind = bench.catalogue.kind(kind_name)
    known = {column.name for column in columns_of(kind)}
    period = bench.periods.get("calendar_year")
    rows = []
    for row in Record.objects.filter(org=bench.org, kind=kind.full_id, voided=False, root__voided=False):
        values = {name: value for name, value in columns_of_row(kind, row.data, row).items() if name in known}
        day = values.get(kind.date) if kind.date else None
        is_inside = day is not None and day <= bench.as_of and (period is None or day in period)
        if is_inside or kind.date is None:
            rows.append({**values, "id": row.id, "state": row.state})
    return rows
