"""The example year of the united-front pack gives every printed figure, each in its own period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest
from tests.packs.shelf import catalogue, example_year, lines_of

from jixiao.catalogue import slots
from jixiao.indicators import relate, run
from jixiao.reports.outline import all_clauses
from jixiao.values import Figure, Finding, Status, Verdict

PACK, ORG = "united_front", "demo-united-front"
LAST = date(2020, 12, 31)
YEAR, FIRST, SECOND = "2020年度", "2020年上半年", "2020年下半年"
MARCH, SEPTEMBER, OCTOBER = "2020年3月企业走访期间", "2020年9月政策宣讲期间", "截至2020年10月31日"

PRINTED = [  # row, indicator, printed text, value, qualifier, exact (None: filed as an approximation), records, period
    ("000-01", "party_organisations_submitting", "7个", 7, "exact", 7, 97, YEAR),
    ("000-02", "party_submissions", "97条", 97, "exact", 97, 97, YEAR),
    ("000-03", "party_surveys", "9次", 9, "exact", 9, 9, YEAR),
    ("000-04", "service_activities", "45次", 45, "exact", 45, 45, YEAR),
    ("000-05", "donations", "35万元", 350_000, "exact", 350_000, 15, YEAR),
    ("000-06", "cadres_county", "7名", 7, "exact", 7, 1, OCTOBER),
    ("000-07", "cadres_township", "50名", 50, "exact", 50, 1, OCTOBER),
    ("000-08", "cadres_below_township", "189名", 189, "exact", 189, 1, OCTOBER),
    ("000-09", "tenants_admitted", "81家", 81, "exact", 81, 81, OCTOBER),
    ("000-10", "tenants_in_incubation", "42家", 42, "exact", 42, 42, OCTOBER),
    ("000-11", "jobs_created", "900余个", 900, "over", None, 1, OCTOBER),
    ("000-12", "strata_representatives", "60余人", 60, "over", None, 1, OCTOBER),
    ("000-13", "contest_entrants", "15位", 15, "exact", 15, 17, YEAR),
    ("000-14", "enterprises_applying", "4家", 4, "exact", 4, 4, YEAR),
    ("000-15", "credit_applied", "350万元", 3_500_000, "exact", 3_500_000, 4, YEAR),
    ("000-16", "tour_teams", "4个", 4, "exact", 4, 106, MARCH),
    ("000-17", "tour_enterprises", "103家", 103, "exact", 103, 106, MARCH),
    ("000-18", "tour_problems", "24条", 24, "exact", 24, 24, MARCH),
    ("000-19", "posts_added", "2名", 2, "exact", 2, 1, FIRST),
    ("000-20", "outreach_enterprises", "20家", 20, "exact", 20, 21, SEPTEMBER),
    ("000-21", "enterprise_aid", "约216万元", 2_160_000, "approx", 2_163_400, 17, YEAR),
    ("000-22", "people_employed", "95人", 95, "exact", 95, 11, YEAR),
    ("000-23", "village_award_money", "2万元", 20_000, "exact", 20_000, 1, FIRST),
    ("000-24", "deployment_departments", "7个", 7, "exact", 7, 1, SECOND),
]
SILENT = {"submissions_last_year", "submissions_planned", "tour_problems_solved"}
UNJUDGED = {
    "e14_enterprises_by_team",
    "a18_problem_stages",
    "a27_aid_and_donations",
    "e15_outreach_within_tour",
}


@cache
def figures_on(as_of: date) -> Mapping[str, Figure]:
    """Every figure of the year as known on a day; a stock's own day comes first where it is earlier."""
    shelf, periods = example_year(PACK)
    asked = []
    for one in catalogue(PACK).indicators.values():
        period = periods[one.basis, 2020]
        day = min(as_of, period.to_on) if one.basis == "as_of" else as_of
        asked.append(run.Request(one.full_id, ORG, period, day))
    found = run.figures(catalogue(PACK), asked, shelf, lambda org, basis, year: periods.get((basis, year)))
    return {figure.indicator: figure for figure in found}


def figure(name: str, as_of: date = LAST) -> Figure:
    return figures_on(as_of)[f"{PACK}/{name}"]


@cache
def findings() -> Mapping[str, Finding]:
    return {one.relation: one for one in relate.findings(catalogue(PACK), figures_on(LAST))}


@pytest.mark.parametrize(
    ("row", "name", "text", "value", "qualifier", "exact", "records", "period"),
    PRINTED,
    ids=lambda one: str(one),
)
def test_printed_figure(
    row: str, name: str, text: str, value: int, qualifier: str, exact: int | None, records: int, period: str
) -> None:
    found = figure(name)
    assert (found.text, found.value, found.exact, found.records) == (text, value, exact, records), row
    assert found.qualifier is not None
    assert found.qualifier.value == qualifier
    assert found.period.label == period


def test_every_row_of_the_report_is_there_once() -> None:
    assert [row for row, *_ in PRINTED] == [f"000-{number:02}" for number in range(1, 25)]
    assert len({name for _, name, *_ in PRINTED}) == 24


def test_the_exact_sum_lies_within_what_is_printed() -> None:
    found = figure("enterprise_aid")
    assert found.exact is not None
    assert 2_155_000 <= found.exact < 2_165_000
    assert found.interval is not None
    assert found.interval.contains(found.exact)


def test_an_approximation_stays_one() -> None:
    for name in ("jobs_created", "strata_representatives"):
        assert figure(name).exact is None
        assert figure(name).status is Status.REPORTED


def test_the_empty_cells_stay_empty_and_nothing_else_is() -> None:
    silent = {
        name.rpartition("/")[2] for name, one in figures_on(LAST).items() if one.status is not Status.REPORTED
    }
    assert silent == SILENT
    assert all(figure(name).text == "未填报" for name in SILENT)
    assert figure("communities_named").text == "0个"  # recommended, not yet named: a number, not silence


def test_a_stock_is_of_its_day_and_a_flow_of_its_period() -> None:
    assert figure("tenants_admitted").as_of == date(2020, 10, 31)
    summer = date(2020, 6, 30)
    admitted = sum(
        bool(one["admitted_on"]) and one["admitted_on"] <= "2020-06-30"
        for one in lines_of("incubation_tenant", PACK)
    )
    assert figure("tenants_admitted", summer).exact == admitted < 81
    assert figure("cadres_county", summer).exact == 6  # the table frozen in April
    assert figure("jobs_created", summer).text == "800余个"
    assert figure("outreach_enterprises", summer).status is Status.NOT_REPORTED
    assert figure("deployment_departments", summer).status is Status.NOT_REPORTED


@pytest.mark.parametrize(
    "name", sorted(one.id for one in catalogue(PACK).relations.values() if one.pack == PACK)
)
def test_relation_holds_or_says_why_it_cannot_be_judged(name: str) -> None:
    found = findings()[f"{PACK}/{name}"]
    assert found.verdict is (Verdict.NOT_APPLICABLE if name in UNJUDGED else Verdict.KEPT), found.reason
    assert found.reason


def test_overlaps_are_declared_or_shown_undeclared() -> None:
    assert "没有声明" in findings()[f"{PACK}/e15_outreach_within_tour"].reason
    toured = enterprises("enterprise_tour")
    talked = enterprises("policy_talks")
    assert (len(toured), len(talked), len(toured & talked)) == (103, 20, 12)
    (shared,) = [one for one in lines_of("aid_money", PACK) if one["same_donation"]]
    (donation,) = [one for one in lines_of("donation", PACK) if one["key"] == shared["same_donation"]]
    assert shared["amount"] == donation["amount"]
    assert figure("enterprise_aid_also_donated").exact == 20_000


def enterprises(campaign: str) -> set[str]:
    visits = lines_of("enterprise_visit", PACK)
    return {one["enterprise"] for one in visits if one["campaign"] == campaign and one["done_on"]}


def test_participants_stand_beside_the_roster() -> None:
    assert figure("party_organisations_submitting").exact == figure("party_organisations_listed").exact == 7
    joint = [one for one in lines_of("party_submission", PACK) if ";" in one["submitters"]]
    assert joint
    shares = sum(
        one["submitters"].count(";") + 1 for one in lines_of("party_submission", PACK) if counted(one)
    )
    assert shares > 97  # once per organisation in a breakdown, once in the total


def counted(line: Mapping[str, str]) -> bool:
    return line["submitted_on"].startswith("2020") and not line["withdrawn_on"]


def test_entrants_are_counted_once_over_the_contests() -> None:
    entries = [one for one in lines_of("competition_entry", PACK) if one["competed_on"]]
    serials = [one["serial"] for one in entries]
    assert (len(serials), len(set(serials))) == (17, 15)


def test_every_problem_comes_from_a_visited_enterprise() -> None:
    visits = {one["key"]: one for one in lines_of("enterprise_visit", PACK)}
    problems = [one for one in lines_of("problem", PACK) if one["visit"] and not one["merged_on"]]
    assert len(problems) == 24
    assert all(visits[one["visit"]]["done_on"] for one in problems)
    assert {visits[one["visit"]]["enterprise"] for one in problems} <= enterprises("enterprise_tour")


def test_every_figure_is_placed_in_the_report() -> None:
    outline = catalogue(PACK).outline("annual_report")
    placed = {
        name
        for clause in all_clauses(outline)
        for slot in slots.slots(clause.text)
        if slot.sort == "figure"
        for name in slot.references
    }
    assert {one.full_id for one in catalogue(PACK).indicators.values() if one.pack == PACK} <= placed
    headings = [clause for clause in outline.clauses if clause.heading == 2]
    assert len(headings) >= 8
