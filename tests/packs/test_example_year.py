"""The example year gives the figures a report of its size prints, and the same numbers when its files are counted by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
import yaml
from tests.packs.shelf import EXAMPLE_YEAR, catalogue, example_year, lines_of

from jixiao.catalogue import slots
from jixiao.indicators import run
from jixiao.relations import Operand, examine
from jixiao.values import Figure, Status, Verdict

LAST = date(2020, 12, 31)

YEAR, PLENARY = "2020年度", "五届五次会议以来"
EVENT, DAY = "2020年专项工作期间", "截至2020年12月31日"

# row of the printed report, indicator, value, unit, qualifier, exact number (None: none exists), records, period
PRINTED = [
    ("003-01", "consultation_classes", 4, "类", "exact", 4, 12, YEAR),
    ("003-02", "topics_standing_committee", 4, "个", "exact", 4, 4, YEAR),
    ("003-03", "topics_special_meeting", 1, "个", "exact", 1, 1, YEAR),
    ("003-04", "topics_counterpart", 4, "个", "exact", 4, 4, YEAR),
    ("003-05", "topics_proposal_handling", 3, "件", "exact", 3, 3, YEAR),
    ("003-06", "consultation_classes", 4, "类", "exact", 4, 12, YEAR),
    ("003-07", "research_communities", 25, "个", "exact", 25, 75, EVENT),
    ("003-08", "residents_interviewed", 948, "位", "exact", 948, 25, EVENT),
    ("003-09", "community_heads_interviewed", 25, "位", "exact", 25, 25, EVENT),
    ("003-10", "community_workers_interviewed", 414, "位", "exact", 414, 25, EVENT),
    ("003-11", "report_parts", 3, "个", "exact", 3, 1, EVENT),
    ("003-12", "report_recommendation_classes", 5, "类", "exact", 5, 12, EVENT),
    ("003-13", "report_recommendations", 12, "项", "exact", 12, 12, EVENT),
    ("003-14", "district_recommendations", 76, "条", "exact", 76, 76, YEAR),
    ("003-15", "dispatch_meetings", 23, "次", "exact", 23, 23, YEAR),
    ("003-16", "superior_agricultural_tasks", 4, "项", "exact", 4, 4, YEAR),
    ("003-17", "key_proposals", 4, "件", "exact", 4, 4, PLENARY),
    ("003-18", "proposals_supervised", 2, "件", "exact", 2, 2, PLENARY),
    ("003-19", "proposals_received", 20, "件", "exact", 20, 20, PLENARY),
    ("003-20", "proposals_filed", 20, "件", "exact", 20, 20, PLENARY),
    ("003-21", "proposals_assigned", 20, "件", "exact", 20, 20, PLENARY),
    ("003-22", "proposals_closed", 20, "件", "exact", 20, 20, PLENARY),
    ("003-23", "filing_rate", 1, "ratio", "exact", 1, 20, PLENARY),
    ("003-23", "meeting_rate", 1, "ratio", "exact", 1, 20, PLENARY),
    ("003-23", "reply_rate", 1, "ratio", "exact", 1, 20, PLENARY),
    ("003-23", "satisfaction_rate", 1, "ratio", "exact", 1, 18, PLENARY),
    ("003-24", "opinion_items_received", 30, "篇", "over", 34, 34, YEAR),
    ("003-25", "opinion_adopted_province", 5, "篇", "exact", 5, 5, YEAR),
    ("003-26", "opinion_adopted_city", 8, "篇", "exact", 8, 8, YEAR),
    ("003-27", "book_pictures", 300, "幅", "over", None, 1, EVENT),
    ("003-28", "book_words", 200000, "字", "over", None, 1, EVENT),
    ("003-29", "experts_contacted", 3, "人", "exact", 3, 8, YEAR),
    ("003-30", "enterprises_contacted", 35, "家", "exact", 35, 44, YEAR),
    ("003-31", "enterprises_helped", 6, "家", "exact", 6, 12, YEAR),
    ("003-32", "enterprises_surveyed", 29, "家", "exact", 29, 32, YEAR),
    ("003-33", "problem_categories", 13, "个", "exact", 13, 64, YEAR),
    ("003-34", "problems_collected", 60, "个", "over", 64, 64, YEAR),
    ("003-35", "enterprise_recommendations", 11, "条", "exact", 11, 11, YEAR),
    ("003-36", "resumption_rate", 1, "ratio", "exact", 1, 79, DAY),
    ("003-37", "households_planned", 12, "户", "exact", 12, 14, YEAR),
    ("003-38", "pairing_groups", 8, "个", "exact", 8, 14, YEAR),
    ("003-39", "industry_projects_selected", 5, "个", "exact", 5, 5, EVENT),
    ("003-40", "coordinated_funds_amount", 730000, "元", "exact", 730000, 9, YEAR),
    ("003-41", "households_income_risen", 35, "户", "exact", 35, 37, YEAR),
    ("003-42", "pupils_helped", 12, "名", "exact", 12, 14, YEAR),
    ("003-43", "water_groups", 17, "个", "exact", 17, 17, EVENT),
    ("003-44", "water_people", 1000, "人", "over", 1246, 17, EVENT),
    ("003-45", "participation_rate", 1, "ratio", "exact", 1, 25, YEAR),
    ("003-46", "lectures_held", 4, "期", "exact", 4, 4, YEAR),
    ("003-47", "studios_in_use", 2, "个", "exact", 2, 2, DAY),
    ("003-48", "studios_in_building", 3, "个", "exact", 3, 3, DAY),
    ("003-49", "opinion_items_online", 8, "条", "exact", 8, 8, YEAR),
    ("003-50", "micro_suggestions_sent", 9, "条", "exact", 9, 9, YEAR),
    ("003-51", "micro_suggestions_handled", 8, "条", "exact", 8, 8, YEAR),
    ("003-52", "information_posts", 2, "个", "exact", 2, 1, YEAR),
]
SILENT = {"cppcc/problems_solved"}
BASELINES = {
    "proposals_last_year",
    "opinion_items_last_year",
    "district_recommendations_last_year",
    "district_recommendations_planned",
}
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
    ("row", "indicator", "value", "unit", "qualifier", "exact", "records", "period"),
    PRINTED,
    ids=lambda one: str(one),
)
def test_printed_figure(
    figures: Mapping[str, Figure],
    row: str,
    indicator: str,
    value: int,
    unit: str,
    qualifier: str,
    exact: int | None,
    records: int,
    period: str,
) -> None:
    figure = figures[f"cppcc/{indicator}"]
    assert (figure.value, figure.unit) == (value, unit)
    assert figure.qualifier is not None
    assert figure.qualifier.value == qualifier
    assert figure.exact == exact
    assert (figure.records, figure.period.label) == (records, period)


def test_all_rows_of_the_report_are_here() -> None:
    assert {row for row, *_ in PRINTED} == {f"003-{number:02}" for number in range(1, 53)}


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


def test_silent_filed_values_are_left_empty_on_purpose() -> None:
    filed = {one["item"] for one in yaml.safe_load((EXAMPLE_YEAR / "filed.yaml").read_text(encoding="utf-8"))}
    own = {name for name, item in catalogue().filed.items() if item.pack == "cppcc"}
    assert own - filed == {f"cppcc/{name}" for name in BASELINES}


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


def test_the_exact_people_behind_a_rounded_figure_are_those_of_the_files(
    figures: Mapping[str, Figure],
) -> None:
    people = [int(line["people"]) for line in lines_of("works_coverage") if line["parent"] == "wp1"]
    figure = figures["cppcc/water_people"]
    assert 1000 < sum(people) < 2000
    assert (figure.exact, figure.text, len(people)) == (sum(people), "1000余人", 17)


def test_report_tells_nine_themes_and_the_same_figure_twice_where_it_was_printed_twice() -> None:
    outline = catalogue().outline("cppcc/annual_report")
    themes: dict[str, set[str]] = {}
    placed: list[str] = []
    here = ""
    for clause in outline.clauses:
        here = clause.text if clause.heading else here
        names = [name for slot in slots.slots(clause.text) for name in slot.references]
        placed += set(names)
        themes.setdefault(here, set()).update(name for name in names if name.startswith("cppcc/"))
    assert placed.count("cppcc/consultation_classes") == 2
    assert len([heading for heading, names in themes.items() if len(names) >= 3]) >= 9


def test_report_shows_the_empty_cells() -> None:
    outline = catalogue().outline("cppcc/annual_report")
    alone = {
        slot.references
        for clause in outline.clauses
        if clause.otherwise and "未填报" in clause.otherwise
        for slot in slots.slots(clause.text)
    }
    empty = {f"filed.cppcc/{name}" for name in BASELINES} | SILENT
    told = {name for references in alone for name in references}
    assert {name.removeprefix("filed.") for name in empty} <= {name.removeprefix("filed.") for name in told}


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
