"""Voiding and undoing: compensating events with a reason, and everything as it was."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import TRIAL, day, make_case, rows_of

from jixiao.errors import BadInput, FieldErrors, NotAllowed
from jixiao.ledger import projection
from jixiao.ledger.actions import links, records
from jixiao.ledger.models import Event

TABLES = ("p_trial_case", "p_trial_talk", "p_trial_firm", "p_link", "p_filed")


def image():
    return {table: rows_of(table) for table in TABLES}


@pytest.fixture
def family(clerk, org):
    """Two linked cases, the first with two talks."""
    one, two = make_case(clerk, org, title="甲"), make_case(clerk, org, title="乙")
    for topic in ("看现场", "再谈"):
        records.create(
            by=clerk, org=org, kind="talk", values={"topic": topic, "held_on": "2020-03-20"}, parent=one
        )
    links.link(by=clerk, record=two, role="similar", target=one)
    return one, two


def test_voiding_takes_the_family_and_its_links_out_and_undo_brings_them_back(clerk, head, family):
    one, _ = family
    before = image()
    voided = records.void(by=head, record=one, reason="重复登记")
    assert voided.voided
    assert [row["title"] for row in rows_of("p_trial_case")] == ["乙"]
    assert rows_of("p_trial_talk") == rows_of("p_link") == []
    back = records.undo(by=head, record=one, reason="弄错了")
    assert not back.voided
    assert image() == before
    acts = list(Event.objects.filter(record=one.pk).order_by("version").values_list("act", "note"))
    assert acts == [("create", ""), ("void", "重复登记"), ("undo", "弄错了")]


def test_restoring_leaves_a_child_voided_on_its_own_out(clerk, head, family):
    one, _ = family
    talk = one.children.get(label="再谈")
    records.void(by=head, record=talk, reason="没有谈")
    records.void(by=head, record=one, reason="重复登记")
    with pytest.raises(BadInput, match="所属的“甲”已经作废"):
        records.restore(by=head, record=talk, reason="谈了")
    records.restore(by=head, record=one, reason="没有重复")
    assert [row["topic"] for row in rows_of("p_trial_talk")] == ["看现场"]


def test_a_voided_record_takes_no_more_acts(clerk, head, org, family):
    one, two = family
    one = records.void(by=head, record=one, reason="重复登记")
    for act in (
        lambda: records.edit(by=clerk, record=one, values={"title": "丙"}, seen=one.version),
        lambda: records.advance(
            by=clerk, record=one, step="file", values={"class": "city"}, seen=one.version
        ),
        lambda: records.void(by=head, record=one, reason="再次"),
        lambda: links.link(by=clerk, record=two, role="main", target=one),
        lambda: records.create(
            by=clerk, org=org, kind="talk", values={"topic": "谈", "held_on": "2020-03-20"}, parent=one
        ),
    ):
        with pytest.raises(BadInput, match="已经作废"):
            act()


def test_undo_walks_back_act_by_act(clerk, org):
    case = make_case(clerk, org)
    before = image()
    records.edit(by=clerk, record=case, values={"amount": "5"}, seen=1)
    records.advance(
        by=clerk, record=case, step="file", values={"class": "city"}, happened_on=day("2020-03-05"), seen=2
    )
    row = records.undo(by=clerk, record=case, reason="误立案")
    assert (row.state, "class" in row.data, row.data["amount"], row.dues) == ("received", False, 500, {})
    row = records.undo(by=clerk, record=case, reason="金额不对")
    assert "amount" not in row.data
    with pytest.raises(BadInput, match="没有可以撤销的"):
        records.undo(by=clerk, record=case, reason="再来")
    [now], [then] = image()["p_trial_case"], before["p_trial_case"]
    assert now == then | {"case_number": "示2020-001"}


def test_taking_back_needs_a_reason_and_the_right(clerk, head, case):
    with pytest.raises(FieldErrors, match="请写明作废的理由"):
        records.void(by=head, record=case, reason="  ")
    with pytest.raises(NotAllowed, match="您不能作废；须由负责人办理"):
        records.void(by=clerk, record=case, reason="误")
    records.void(by=head, record=case, reason="误")
    with pytest.raises(NotAllowed):
        records.undo(by=clerk, record=case, reason="误")


def test_undo_does_not_bring_back_a_value_somebody_else_now_holds(clerk, org):
    one = make_case(clerk, org, mark="甲1")
    records.edit(by=clerk, record=one, values={"mark": "甲2"}, seen=1)
    make_case(clerk, org, mark="甲1")
    with pytest.raises(FieldErrors, match="已经登记过"):
        records.undo(by=clerk, record=one, reason="改回")


def test_the_projection_equals_its_rebuild(clerk, head, family):
    records.void(by=head, record=family[1], reason="误")
    before = image()
    projection.rebuild(TRIAL)
    assert image() == before
