"""A report of an org's year, told: everything computed that its outline may place, and the document it
becomes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.outlines import Clause, Outline
from jixiao.catalogue.schemes import Node, Scheme, TargetLeaf
from jixiao.catalogue.slots import slots
from jixiao.errors import NotFound
from jixiao.evaluation.assessment import Assessment, Marked
from jixiao.indicators.explain import RowBehind
from jixiao.ledger.actions.opening import in_packs
from jixiao.ledger.models import ClauseEdit, Org, Record
from jixiao.ledger.names import labels
from jixiao.ledger.permissions import Actor, closed_to
from jixiao.ledger.queries.bureaus import bureau_over
from jixiao.ledger.queries.cell_deviations import entries as cell_entries
from jixiao.ledger.queries.confirmations import confirmations
from jixiao.ledger.queries.cycle_told import told
from jixiao.ledger.queries.deviations import entries, in_force, placed_figures
from jixiao.ledger.queries.figures import key_names, rows_behind
from jixiao.ledger.queries.filed import filed_values, written
from jixiao.ledger.queries.findings import findings_of
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.queries.score_sheets import assess, schemes_of
from jixiao.reports.context import Context, Filed, ScoreRow, ScoreSheet
from jixiao.reports.document import Document, names_placed
from jixiao.reports.issue_record import DeviationEntry
from jixiao.reports.outline import all_clauses, compose
from jixiao.values import decimal_text

EXAMPLE = "示例数据"
OPERATORS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "=", "range": ""}


@dataclass(frozen=True)
class ReportView:
    """A report in preview. `edits` are the rewritten clauses' current versions; `bench` is what was computed;
    `deviations` what is placed otherwise than the ledger has it; `withheld` are the kinds whose records it counts
    without naming them, because the person may not read them.
    """

    org: Org
    year: int
    as_of: date
    outline: Outline
    document: Document
    context: Context
    assessments: Mapping[str, Assessment]
    edits: Mapping[str, ClauseEdit]
    bench: OrgYear
    withheld: tuple[Kind, ...] = ()
    deviations: Mapping[str, DeviationEntry] = field(default_factory=dict)


def outlines_for(user: Actor, org: Org | str, year: int) -> list[Outline]:
    """The outlines of the org's packs, in catalogue order, those told only on request last. Raises NotFound."""
    return _outlines(OrgYear.open(user, org, year))


def report(
    user: Actor, org: Org | str, outline: str | None = None, year: int = 0, as_of: date | None = None
) -> ReportView:
    """Tell an outline (default: the only or first one of the org's packs) for a year. Raises NotFound,
    BadInput.
    """
    bench = OrgYear.open(user, org, year, as_of)
    found = _outline(bench, outline)
    edits = edits_of(bench.org, found.full_id, year)
    assessments = {scheme.full_id: assess(bench, scheme) for scheme in schemes_of(bench)}
    lists, withheld = _lists(user, bench, found)
    stated = in_force(bench.org, year)
    year_told = told(bench.org, year, found)
    context = Context(
        org=bench.org.title,
        year=year,
        as_of=bench.as_of,
        figures=placed_figures(bench.figures, stated),
        filed=_filed(user, bench),
        lists=lists,
        scores={name: _sheet(bench, bench.catalogue.schemes[name], one) for name, one in assessments.items()},
        findings=findings_of(bench, bench.figures),
        edits={clause: edit.text for clause, edit in edits.items() if edit.text},
        periods=bench.periods,
        marks=(EXAMPLE,) if bench.org.is_example else (),
        themes=[(name, theme.title) for name, theme in bench.catalogue.themes_in_order()],
        theme_of={one.full_id: one.theme for one in bench.indicators},
        forms=year_told.forms,
        items=year_told.items,
    )
    document = compose(found, context)
    if found.on_request and (writer := bureau_over(bench.org)):
        document = replace(document, org=writer)  # somebody else writes it, about this office
    return ReportView(
        bench.org, year, bench.as_of, found, document, context, assessments, edits, bench, withheld,
        entries(bench.figures, stated) | cell_entries(bench.org, names_placed(document)),
    )  # fmt: skip


def edits_of(org: Org, outline: str, year: int) -> dict[str, ClauseEdit]:
    """The latest version of each clause somebody rewrote; an empty text has gone back to the outline's."""
    found = ClauseEdit.objects.filter(org=org, outline=outline, year=year).order_by("version")
    return {edit.clause: edit for edit in found}


def clause_history(user: Actor, org: Org | str, outline: str, year: int, clause: str) -> list[ClauseEdit]:
    """Every version of a clause, latest first. Raises NotFound."""
    bench = OrgYear.open(user, org, year)
    about = {"outline": _outline(bench, outline).full_id, "year": year, "clause": clause}
    return list(ClauseEdit.objects.filter(org=bench.org, **about).order_by("-version"))


def find_clause(outline: Outline, clause: str) -> Clause:
    """Raises NotFound for a clause the outline does not have."""
    for one in all_clauses(outline):
        if one.id == clause:
            return one
    raise NotFound(f"提纲“{outline.title}”没有条款“{clause}”")


def _outlines(bench: OrgYear) -> list[Outline]:
    there = [one for one in bench.catalogue.outlines.values() if one.pack in bench.packs]
    return sorted(there, key=lambda one: one.on_request)


def _outline(bench: OrgYear, name: str | None) -> Outline:
    there = _outlines(bench)
    if not there:
        raise NotFound(
            f"{bench.org.title}的规则包里没有报告提纲，写不出报告。"
            "请启用带提纲的规则包，或在本单位规则包的 outlines 文件夹里写一个"
        )
    if name is None:
        return there[0]
    found = in_packs(bench.packs, bench.catalogue.outlines, name)
    if found is None:
        raise NotFound(
            f"{bench.org.title}的规则包里没有提纲“{name}”；可用：{'、'.join(one.title for one in there)}"
        )
    return found


def _filed(user: Actor, bench: OrgYear) -> dict[str, Filed]:
    found = {}
    for row in filed_values(user, bench.org, bench.year, bench.as_of):
        value = row.current
        found[row.item.full_id] = Filed(
            row.item.title,
            row.quantity,
            value.source if value else "",
            value.stated_on if value else None,
            bool(value and value.invented),
        )
    return found


def _lists(
    user: Actor, bench: OrgYear, outline: Outline
) -> tuple[dict[str, Sequence[str]], tuple[Kind, ...]]:
    """The names of the records behind the figures that the outline lists by name, or how many there are where
    the person may not read their kind; and the kinds withheld in this way.
    """
    wanted = {
        name
        for clause in all_clauses(outline)
        for slot in slots(clause.text)
        if slot.form == "list"
        for name in slot.references
    }
    lists: dict[str, Sequence[str]] = {name: _names(bench, name) for name in wanted}
    kinds = {name: rows.kind for name in wanted if lists[name] and (rows := bench.find(name).rows)}
    told = [bench.catalogue.kind(kind) for kind in sorted(set(kinds.values()))]
    withheld = tuple(closed_to(user, bench.org.pk, told))
    for name, kind in kinds.items():
        if any(one.full_id == kind for one in withheld):
            lists[name] = [f"{bench.figures[name].text}，名称从略"]
    return lists, withheld


def _names(bench: OrgYear, name: str) -> list[str]:
    """In the order in which the things happened; those of one day, or of no day, by name."""
    indicator = bench.find(name)
    rows = [row for row in rows_behind(bench, indicator) if row.in_top]
    days = _days(bench, rows)
    if indicator.distinct and indicator.distinct != "id":
        names = key_names(bench, indicator, (row.key for row in rows))
        told = sorted((days[row.record_id], names.get(row.key, row.key)) for row in rows if row.key)
        return list(dict.fromkeys(label for _, label in told))
    found = labels(row.record_id for row in rows)
    about_office = indicator.rows and bench.catalogue.kind(indicator.rows.kind).about.value == "office"
    # What the office did has a title, written in 《》; places, bodies and subjects have plain names.
    pattern = "《{}》" if about_office else "{}"
    numbered = sorted((days[id], label, id) for id, label in found.items())
    return [pattern.format(label) for _, label, _ in numbered]


def _days(bench: OrgYear, rows: Sequence[RowBehind]) -> dict[str, str]:
    """The day each row's kind goes by, as ISO text and by record id; empty where it goes by none."""
    columns = {row.record_id: bench.catalogue.kind(row.kind).date or "" for row in rows}
    found = Record.objects.only("data").in_bulk(list(columns))
    return {
        id: str(found[id].data.get(column) or "") if id in found else "" for id, column in columns.items()
    }


def _sheet(bench: OrgYear, scheme: Scheme, assessment: Assessment) -> ScoreSheet:
    nodes = {node.id: node for node in scheme.leaves}
    return ScoreSheet(
        scheme.title,
        tuple(_score_rows(bench, assessment.tree, nodes, ())),
        decimal_text(assessment.total),
        decimal_text(assessment.earned) if assessment.is_complete else assessment.text,
        assessment.grade or "",
        confirmations(bench.org.pk).told(scheme),
    )


def _score_rows(
    bench: OrgYear, tree: Sequence[Marked], nodes: Mapping[str, Node], path: tuple[str, ...]
) -> Iterator[ScoreRow]:
    for marked in tree:
        if marked.score is not None:
            yield ScoreRow(path, marked.score, *_target_and_actual(bench, nodes[marked.id]))
        yield from _score_rows(bench, marked.children, nodes, (*path, marked.title))


def _target_and_actual(bench: OrgYear, node: Node) -> tuple[str, str]:
    leaf = node.leaf
    if not isinstance(leaf, TargetLeaf):
        return "", ""
    figure = bench.figures.get(leaf.indicator) if leaf.indicator else None
    unit = leaf.unit or (figure.unit if figure else "")
    target = ""
    if leaf.target is not None and leaf.op is not None:
        target = OPERATORS[leaf.op.value] + written(leaf.target, unit).text
        if leaf.to is not None:
            target += f"至{written(leaf.to, unit).text}"
    return target, figure.text if figure else ""
