"""The example files counted without the engine: plain loops over their lines, one definition after another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest
from tests.packs.shelf import lines_of

Line = dict[str, str]


def keys(kind: str, *conditions: Callable[[Line], bool]) -> set[str]:
    return {line["key"] for line in lines_of(kind) if all(holds(line) for holds in conditions)}


def parents(kind: str, *conditions: Callable[[Line], bool]) -> set[str]:
    return {line["parent"] for line in lines_of(kind) if all(holds(line) for holds in conditions)}


def is_(column: str, *values: str) -> Callable[[Line], bool]:
    return lambda line: line[column] in values


def has(column: str) -> Callable[[Line], bool]:
    return lambda line: bool(line[column])


def lacks(column: str) -> Callable[[Line], bool]:
    return lambda line: not line[column]


TOP_LEADERS = ("party_secretary", "district_head")
CAMPAIGN = is_("campaign", "help_enterprises")
VISITED = has("done_on")


def visited(*conditions: Callable[[Line], bool]) -> set[str]:
    return {
        line["enterprise"]
        for line in lines_of("enterprise_visit")
        if all(one(line) for one in (CAMPAIGN, VISITED, *conditions))
    }


def problems() -> list[Line]:
    visits = keys("enterprise_visit", CAMPAIGN, VISITED)
    return [line for line in lines_of("problem") if line["visit"] in visits]


def participants() -> set[str]:
    actions = [line for line in lines_of("member_action") if line["campaign"] == "poverty_relief"]
    return {key for line in actions for key in line["participants"].split(";")}


def test_proposals() -> None:
    everyone = keys("proposal")
    assert len(everyone) == 20
    for state in ("filed", "assigned", "replied", "closed"):
        assert keys("proposal", has(f"{state}_on")) == everyone
    assert parents("proposal_contact", is_("mode", "face", "seminar", "site")) == everyone
    assert all(line["situation"] and line["suggestion"] for line in lines_of("proposal"))


def test_key_instructed_consulted_and_supervised_proposals() -> None:
    instructed = parents("proposal_instruction")
    key = keys("proposal", is_("key_route", "top_leaders"))
    consulted = {line["source_proposal"] for line in lines_of("consultation_topic")} - {""}
    supervised = parents("proposal_supervision", is_("form", "site_visit"), has("carried_out_on"))
    assert key == parents("proposal_instruction", is_("office", *TOP_LEADERS))
    assert (len(key), len(supervised), len(consulted)) == (4, 2, 3)
    assert supervised <= key <= instructed
    assert consulted <= instructed
    assert not consulted <= key


def test_no_step_before_the_one_it_follows() -> None:
    filed = {line["key"]: line["filed_on"] for line in lines_of("proposal")}
    assert all(line["instructed_on"] >= filed[line["parent"]] for line in lines_of("proposal_instruction"))
    replied = {line["key"]: line["replied_on"] for line in lines_of("proposal")}
    assert all(line["issued_on"] > replied[line["parent"]] for line in lines_of("proposal_feedback"))


def test_feedback() -> None:
    returned = [line for line in lines_of("proposal_feedback") if line["returned_on"]]
    assert (len(lines_of("proposal_feedback")), len(returned)) == (20, 18)
    assert {line["result"] for line in returned} == {"satisfied", "basically"}


def test_opinion_items() -> None:
    province = parents("opinion_adoption", is_("level", "province"))
    city = parents("opinion_adoption", is_("level", "city"))
    assert len(lines_of("opinion_item")) == 34
    assert (len(province), len(city), len(province | city)) == (5, 8, 11)
    assert province & city
    assert len(keys("opinion_item", is_("channel", "platform"))) == 8


def test_topics() -> None:
    classes: dict[str, int] = defaultdict(int)
    for line in lines_of("consultation_topic"):
        classes[line["class"]] += bool(line["planned_on"])
    assert classes == {
        "standing_committee": 4,
        "special_meeting": 1,
        "counterpart": 4,
        "proposal_handling": 3,
    }


def test_enterprises_and_problems() -> None:
    helped, surveyed = visited(is_("form", "help")), visited(is_("form", "survey"))
    assert (len(helped), len(surveyed), len(helped | surveyed)) == (6, 29, 35)
    assert helped | surveyed == keys("enterprise")
    assert len({line["credit_code"] for line in lines_of("enterprise")}) == 35
    assert len(problems()) == len(lines_of("problem")) == 64
    assert len({line["category"] for line in problems()}) == 13
    assert len(keys("recommendation", CAMPAIGN)) == 11
    assert not any(line["closed_on"] for line in lines_of("problem") if "closed_on" in line)


def test_resumption() -> None:
    last = max(line["checked_on"] for line in lines_of("resumption_check"))
    checked = [line for line in lines_of("resumption_check") if line["checked_on"] == last]
    assert {line["enterprise"] for line in checked if line["resumed"] == "true"} == keys("enterprise")


def test_projects_and_funds() -> None:
    chosen = keys("industry_project", has("selected_on"))
    lines = [line for line in lines_of("coordinated_funds") if line["confirmed_on"]]
    assert len(chosen) == 5
    assert {line["parent"] for line in lines} == chosen
    assert sum(Decimal(line["amount"].removesuffix("万元")) for line in lines) * 10_000 == 730_000


def test_participation() -> None:
    assert participants() == keys("member")
    assert len(participants()) == 168


def test_studios_lectures_and_suggestions() -> None:
    assert len(keys("studio", has("operating_on"))) == 2
    assert len(keys("studio", has("building_on"), lacks("plated_on"), lacks("abandoned_on"))) == 3
    assert len(keys("lecture", has("held_on"))) == 4
    own = is_("direction", "own")
    assert (len(keys("micro_suggestion", own)), len(keys("micro_suggestion", own, has("answered_on")))) == (
        9,
        8,
    )


def test_samples_of_the_research_project() -> None:
    done = [line for line in lines_of("interview_batch") if line["collected_on"]]
    people: dict[str, int] = defaultdict(int)
    for line in done:
        people[line["role"]] += int(line["people"])
    assert people == {"resident": 948, "community_head": 25, "community_worker": 414}
    assert len({line["site"] for line in done}) == 25
    assert len({(line["site"], line["role"]) for line in lines_of("interview_batch")}) == 76


def test_recommendations_and_where_they_come_from() -> None:
    inside, report = is_("annual_total", "inside"), has("report")
    assert len(keys("recommendation", inside)) == 76
    assert keys("recommendation", report) < keys("recommendation", inside)
    assert len(keys("recommendation", report)) == 12
    assert len({line["class"] for line in lines_of("recommendation") if line["report"]}) == 5
    assert not keys("recommendation", CAMPAIGN, has("annual_total"))
    origins = [keys("recommendation", inside, has(one)) for one in ("report", "survey", "meeting")]
    assert sum(len(one) for one in origins) == len(set[str]().union(*origins)) == 76


def test_dispatch_meetings_and_tasks_from_above() -> None:
    assert len(keys("meeting", is_("type", "dispatch"), has("held_on"))) == 23
    asked = keys(
        "superior_task", is_("form", "survey"), is_("domain", "agriculture"), is_("counted_by", "city")
    )
    assert len(asked) == 4


def test_households_groups_and_results() -> None:
    live = [line for line in lines_of("household_pairing") if not line["withdrawn_on"]]
    paired, groups = {line["household"] for line in live}, {line["group"] for line in live}
    results = [line for line in lines_of("aid_result") if line["verified_on"]]
    income = {line["household"] for line in results if line["sort"] == "income"}
    pupils = {line["pupil"] for line in results if line["sort"] == "schooling"}
    assert (len(paired), len(groups), len(income), len(pupils)) == (12, 8, 35, 12)
    assert groups == keys("activity_group", lacks("removed_on"))
    assert not income & paired


def test_safe_water_experts_and_posts() -> None:
    accepted = keys("works_project", is_("sort", "water"), has("accepted_on"))
    covered = [line for line in lines_of("works_coverage") if line["parent"] in accepted]
    assert len({line["group"] for line in covered}) == 17
    assert len({line["serial"] for line in lines_of("expert_contact")}) == 3
    assert [line["posts"] for line in lines_of("establishment_change") if line["approved_on"]] == ["2"]


def test_numbers_that_happen_to_be_equal_come_from_different_records() -> None:
    eights: Iterable[frozenset[str]] = [
        frozenset(parents("opinion_adoption", is_("level", "city"))),
        frozenset(keys("opinion_item", is_("channel", "platform"))),
        frozenset(keys("micro_suggestion", is_("direction", "own"), has("answered_on"))),
        frozenset(keys("activity_group", lacks("removed_on"))),
    ]
    assert [len(one) for one in eights] == [8, 8, 8, 8]
    assert len(set(eights)) == 4
    twelves = [keys("recommendation", has("report")), keys("consultation_topic", has("planned_on"))]
    assert [len(one) for one in twelves] == [12, 12]
    assert twelves[0] != twelves[1]


@pytest.mark.parametrize(
    "kind", ["proposal", "opinion_item", "enterprise_visit", "problem", "recommendation"]
)
def test_most_records_have_evidence_and_a_few_lack_it(kind: str) -> None:
    lines = lines_of(kind)
    missing = [line for line in lines if not line["evidence"]]
    assert 0 < len(missing) < len(lines) / 4
