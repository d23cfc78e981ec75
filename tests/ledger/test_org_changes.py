"""Orgs renamed, merged, split: who goes on with what, and which years may be compared."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import day, make_case, make_org, make_person

from jixiao.errors import BadInput, FieldErrors, NotAllowed, NotFound
from jixiao.ledger import audit, permissions, queries
from jixiao.ledger.actions import drafts, filed, org_changes, records
from jixiao.ledger.actions.org_changes import NewOrg
from jixiao.ledger.models import Org, Period
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries import names
from jixiao.values import Verdict

ON = day("2021-02-01")


@pytest.fixture
def two(org):
    """A second office with a clerk, and a case in each."""
    other = make_org("second", "第二示例办公室")
    second = make_person("second-clerk", other, "clerk")
    return other, second, make_case(second, other, title="第二办的来件")


def renamed(by=SYSTEM):
    return org_changes.rename(
        by=by, org="office", into=NewOrg("bureau", "示例事务局"), on=ON, reason="机构改革"
    )


def merged():
    return org_changes.merge(
        by=SYSTEM, orgs=["office", "second"], into=NewOrg("joint", "示例联合办公室"), on=ON, reason="合署办公"
    )


def test_old_records_stay_and_the_people_go_on_with_them(clerk, org, case):
    after = renamed()
    case.refresh_from_db()
    assert case.org_id == "office"
    assert permissions.roles_in(clerk, "bureau") == permissions.roles_in(clerk, "office")
    assert [task.record.id for task in queries.tasks(clerk, after)] == [case.id]
    records.advance(
        by=clerk, record=case, step="file", values={"class": "city"}, happened_on=day("2021-02-10"), seen=1
    )
    assert any("更名为示例事务局" in one for one in queries.notices(clerk, case))
    with pytest.raises(FieldErrors, match="更名为示例事务局"):
        make_case(clerk, "office", received_on="2021-02-03")
    made = make_case(clerk, after, received_on="2021-02-03", title="新局的")
    assert made.org_id == "bureau"


def test_numbers_run_on_under_a_new_name(clerk, org, case):
    given = {"by": clerk, "step": "file", "values": {"class": "city"}, "seen": 1}
    first = records.advance(**given, record=case, happened_on=day("2021-01-10"))
    after = renamed()
    made = make_case(clerk, after, received_on="2021-02-03")
    second = records.advance(**given, record=made, happened_on=day("2021-02-04"))
    assert (first.number, second.number) == ("示2021-001", "示2021-002")


def test_a_merged_office_sees_the_cases_of_all(clerk, org, case, two):
    _, second, theirs = two
    after = merged()
    for person in (clerk, second):
        assert {task.record.id for task in queries.tasks(person, after)} == {case.id, theirs.id}
        assert queries.record(person, theirs.id).org_id == "second"


def test_strangers_still_find_nothing(people, case):
    renamed()
    with pytest.raises(NotFound):
        queries.record(people["stranger"], case.id)
    with pytest.raises(NotFound):
        queries.org_for(people["stranger"], "bureau")


def test_an_overseer_reaches_through_a_change(org):
    above = make_org("above", "示例上级")
    below = make_org("below", "示例下级", parent=above)
    overseer = make_person("overseer", above, "overseer")
    org_changes.rename(by=SYSTEM, org=above, into=NewOrg("higher", "示例新上级"), on=ON, reason="改革")
    assert permissions.roles_in(overseer, below.pk)
    assert permissions.roles_in(overseer, "higher")


def test_sums_of_predecessors_are_shown_and_distinct_counts_are_not(clerk, org, case, two):
    after = merged()
    make_case(clerk, after, received_on="2021-02-03")
    view = queries.figure(clerk, after, "cases", 2021)
    by_year = {one.year: one for one in view.forerunners}
    assert by_year[2020].text == "2件"
    assert {(one.title, figure.text) for one, figure in by_year[2020].parts} == {
        ("示例办公室", "1件"), ("第二示例办公室", "1件")
    }  # fmt: skip
    assert view.figure.text == "1件"
    roll = {one.year: one for one in queries.figure(clerk, after, "roll", 2021).forerunners}
    assert roll[2020].text == "不可比"
    assert "未填报" in roll[2020].reason


def test_a_rate_is_made_of_both_sides_added(clerk, org, case, two):
    records.advance(
        by=clerk, record=case, step="file", values={"class": "city"}, happened_on=day("2020-03-05"), seen=1
    )
    view = queries.figure(clerk, merged(), "filing_rate", 2021)
    assert next(one.text for one in view.forerunners if one.year == 2020) == "50%"


def test_a_split_cannot_be_compared_and_people_choose(people, clerk, org, case):
    one, other = org_changes.split(
        by=people["manager"], org=org, into=[NewOrg("north", "示例北办"), NewOrg("south", "示例南办")], on=ON,
        reason="分设", people={"clerk": "south"},
    )  # fmt: skip
    assert not permissions.roles_in(clerk, one.pk)
    assert permissions.roles_in(clerk, other.pk)
    assert permissions.roles_in(people["manager"], one.pk)
    [before] = [one for one in queries.figure(clerk, other, "cases", 2021).forerunners if one.year == 2020]
    assert (before.text, before.reason) == ("不可比", "示例办公室后来分设，数据分不开")


def test_pick_lists_offer_the_living_and_old_names_are_found(clerk, org, case):
    after = renamed()
    offered = dict(names.directory(day("2021-02-02")))
    assert "bureau" in offered
    assert "office" not in offered
    assert "office" in dict(names.directory(day("2021-01-31")))
    assert names.directory(day("2021-02-02"), ["office"])
    found = queries.search(clerk, after, "示例办公室")
    assert ("office", "2021-02-01 更名为示例事务局") in {(one.org.pk, one.became) for one in found.orgs}
    assert [hit.record.id for one in queries.search(clerk, after, "路灯").records for hit in one.hits] == [
        case.id
    ]


def test_an_org_that_was_gone_cannot_be_named_later(clerk, people):
    elsewhere = org_changes.rename(
        by=SYSTEM, org="elsewhere", into=NewOrg("anew", "示例新街道"), on=ON, reason="撤镇设街道"
    )
    given = {"by": clerk, "org": "office", "kind": "firm"}
    assert records.create(**given, values={"name": "示例公司", "site": elsewhere.pk})
    assert records.create(**given, values={"name": "示例工厂", "site": "elsewhere"})  # a register has no day


def test_drafts_go_on(clerk, org):
    kept = drafts.save(by=clerk, org=org, kind="case", data={"title": "写了一半"})
    renamed()
    kept.refresh_from_db()
    assert kept.org_id == "bureau"


def test_refusals_name_what_would_be_right(people, clerk, org):
    with pytest.raises(NotAllowed):
        renamed(by=clerk)
    with pytest.raises(FieldErrors, match="理由"):
        org_changes.rename(by=SYSTEM, org="office", into=NewOrg("bureau", "示例事务局"), on=ON, reason="")
    with pytest.raises(FieldErrors, match="已经有了"):
        org_changes.rename(by=SYSTEM, org="office", into=NewOrg("elsewhere", "又一名"), on=ON, reason="改")
    with pytest.raises(FieldErrors, match="成立日期"):
        org_changes.rename(
            by=SYSTEM, org="office", into=NewOrg("bureau", "示例事务局"), on=day("2015-01-01"), reason="改"
        )
    renamed()
    with pytest.raises(BadInput, match="后继单位"):
        renamed()
    assert Org.objects.get(pk="office").valid_to == day("2021-01-31")


def test_the_chain_tells_of_the_change(clerk, org, case):
    renamed()
    for place in ("office", "bureau"):
        assert {one.verdict for one in audit.check(place)} == {Verdict.KEPT}


def test_voiding_a_predecessors_record_takes_it_out_of_its_year(people, clerk, org, case, two):
    after = merged()
    records.void(by=people["head"], record=case, reason="重复登记")
    view = queries.figure(clerk, after, "cases", 2021)
    assert next(one for one in view.forerunners if one.year == 2020).text == "不可比"
    assert not queries.search(clerk, after, "路灯").records


def test_the_successors_people_may_still_complete_an_old_year(clerk, org):
    renamed()
    made = records.backfill(
        by=clerk, org="office", kind="case", values={"title": "补记一件", "received_on": "2020-11-02"}
    )
    assert made.org_id == "office"
    period = Period.objects.get(org="office", year=2020)
    filed.file(
        by=clerk,
        org="office",
        item="budget",
        value="100",
        stated_on=day("2021-02-20"),
        period=period,
        source="决算",
    )


def test_what_the_old_register_lists_can_be_pointed_to(clerk, org):
    firm = records.create(by=clerk, org=org, kind="firm", values={"name": "示例公司"})
    after = renamed()
    found = queries.records(clerk, "firm", org=after, with_predecessors=True)
    assert [one.id for one in found] == [firm.id]
    assert not queries.records(clerk, "firm", org=after)
    assert make_case(clerk, after, received_on="2021-02-03", sender=firm.id)
