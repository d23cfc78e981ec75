"""The example year gives the figures a report of its size prints, and the same numbers when its files are counted by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from tests.packs.shelf import catalogue, example_year, lines_of

from jixiao.catalogue import slots
from jixiao.indicators import run
from jixiao.relations import Operand, examine
from jixiao.values import Figure, Status, Verdict

LAST = date(2020, 12, 31)

# row of the printed report, indicator, value, unit, qualifier, exact number (None: none exists)
PRINTED = [
    ("003-01", "consultation_classes", 4, "类", "exact", 4),
    ("003-02", "topics_standing_committee", 4, "个", "exact", 4),
    ("003-03", "topics_special_meeting", 1, "个", "exact", 1),
    ("003-04", "topics_counterpart", 4, "个", "exact", 4),
    ("003-05", "topics_proposal_handling", 3, "件", "exact", 3),
    ("003-17", "key_proposals", 4, "件", "exact", 4),
    ("003-18", "proposals_supervised", 2, "件", "exact", 2),
    ("003-19", "proposals_received", 20, "件", "exact", 20),
    ("003-20", "proposals_filed", 20, "件", "exact", 20),
    ("003-21", "proposals_assigned", 20, "件", "exact", 20),
    ("003-22", "proposals_closed", 20, "件", "exact", 20),
    ("003-23", "filing_rate", 1, "ratio", "exact", 1),
    ("003-23", "meeting_rate", 1, "ratio", "exact", 1),
    ("003-23", "reply_rate", 1, "ratio", "exact", 1),
    ("003-23", "satisfaction_rate", 1, "ratio", "exact", 1),
    ("003-24", "opinion_items_received", 30, "篇", "over", 34),
    ("003-25", "opinion_adopted_province", 5, "篇", "exact", 5),
    ("003-26", "opinion_adopted_city", 8, "篇", "exact", 8),
    ("003-27", "book_pictures", 300, "幅", "over", None),
    ("003-28", "book_words", 200000, "字", "over", None),
    ("003-30", "enterprises_contacted", 35, "家", "exact", 35),
    ("003-31", "enterprises_helped", 6, "家", "exact", 6),
    ("003-32", "enterprises_surveyed", 29, "家", "exact", 29),
    ("003-33", "problem_categories", 13, "个", "exact", 13),
    ("003-34", "problems_collected", 60, "个", "over", 64),
    ("003-35", "enterprise_recommendations", 11, "条", "exact", 11),
    ("003-36", "resumption_rate", 1, "ratio", "exact", 1),
    ("003-39", "industry_projects_selected", 5, "个", "exact", 5),
    ("003-40", "coordinated_funds_amount", 730000, "元", "exact", 730000),
    ("003-45", "participation_rate", 1, "ratio", "exact", 1),
    ("003-46", "lectures_held", 4, "期", "exact", 4),
    ("003-47", "studios_in_use", 2, "个", "exact", 2),
    ("003-48", "studios_in_building", 3, "个", "exact", 3),
    ("003-49", "opinion_items_online", 8, "条", "exact", 8),
    ("003-50", "micro_suggestions_sent", 9, "条", "exact", 9),
    ("003-51", "micro_suggestions_handled", 8, "条", "exact", 8),
]
SILENT = {"cppcc/problems_solved"}
DENOMINATORS = {"filing_rate": 20, "meeting_rate": 20, "reply_rate": 20, "satisfaction_rate": 18}


@pytest.fixture(scope="module")
def figures() -> Mapping[str, Figure]:
    return figures_on(LAST)


def figures_on(as_of: date) -> dict[str, Figure]:
    shelf, periods = example_year()
    asked = [
        run.Request(one.full_id, "demo-cppcc", periods[one.basis, 2020], as_of)
        for one in catalogue().indicators.values()
    ]
    found = run.figures(catalogue(), asked, shelf, lambda org, basis, year: periods.get((basis, year)))
    return {figure.indicator: figure for figure in found}


@pytest.mark.parametrize(
    ("row", "indicator", "value", "unit", "qualifier", "exact"), PRINTED, ids=lambda one: str(one)
)
def test_printed_figure(
    figures: Mapping[str, Figure],
    row: str,
    indicator: str,
    value: int,
    unit: str,
    qualifier: str,
    exact: int | None,
) -> None:
    figure = figures[f"cppcc/{indicator}"]
    assert (figure.value, figure.unit) == (value, unit)
    assert figure.qualifier is not None
    assert figure.qualifier.value == qualifier
    assert figure.exact == exact
    assert figure.records > 0


def test_words_are_those_of_official_prose(figures: Mapping[str, Figure]) -> None:
    told = {
        name: figures[f"cppcc/{name}"].text
        for name in ("book_words", "coordinated_funds_amount", "filing_rate")
    }
    assert told == {"book_words": "20余万字", "coordinated_funds_amount": "73万元", "filing_rate": "100%"}


@pytest.mark.parametrize(("rate", "bottom"), DENOMINATORS.items())
def test_each_rate_has_its_own_denominator(figures: Mapping[str, Figure], rate: str, bottom: int) -> None:
    assert (figures[f"cppcc/{rate}"].top, figures[f"cppcc/{rate}"].bottom) == (bottom, bottom)


def test_silence_is_told_and_nothing_else_is_silent(figures: Mapping[str, Figure]) -> None:
    assert {name for name, one in figures.items() if one.status is not Status.REPORTED} == SILENT
    assert all(figures[name].text == "未填报" for name in SILENT)


def test_a_day_in_april_knows_nothing_of_what_came_later() -> None:
    spring = figures_on(date(2020, 4, 30))
    assert spring["cppcc/proposals_closed"].exact == Fraction(_dated("proposal", "closed_on", "2020-04-30"))
    assert spring["cppcc/opinion_items_received"].exact == Fraction(
        _dated("opinion_item", "received_on", "2020-04-30")
    )
    assert spring["cppcc/studios_in_use"].exact == 1
    assert spring["cppcc/lectures_held"].status is Status.NOT_REPORTED
    assert spring["cppcc/enterprises_resumed"].exact == 30


def _dated(kind: str, column: str, last: str) -> int:
    return sum(1 for line in lines_of(kind) if line[column] and line[column] <= last)


@pytest.mark.parametrize("name", sorted(catalogue().relations))
def test_relation_holds_or_says_why_it_cannot_be_judged(figures: Mapping[str, Figure], name: str) -> None:
    rule = catalogue().relations[name]
    finding = examine(
        rule.relation,
        {role: _operand(found, figures) for role, found in rule.operands.items()},
        id=rule.full_id,
        title=rule.title,
        undeclared=rule.undeclared,
        same_units=rule.same_units,
    )
    unjudged = bool(rule.undeclared) or name == "cppcc/problem_stages"
    assert finding.verdict is (Verdict.NOT_APPLICABLE if unjudged else Verdict.KEPT), finding.reason


def _operand(found: object, figures: Mapping[str, Figure]) -> object:
    if isinstance(found, str):
        return Operand.from_figure(figures[found], catalogue().nature_of(catalogue().indicator(found)))
    return [_operand(one, figures) for one in found] if isinstance(found, tuple) else found


def test_report_places_every_figure_of_its_pack() -> None:
    outline = catalogue().outline("cppcc/annual_report")
    told = {
        name for clause in outline.clauses for slot in slots.slots(clause.text) for name in slot.references
    }
    listed = {
        item
        for one in outline.attachments
        for clause in one.clauses
        if clause.table
        for item in clause.table.items
    }
    everything = set(catalogue().indicators)
    assert {f"cppcc/{indicator}" for _, indicator, *_ in PRINTED} <= told
    assert everything <= listed
