"""The projection's tables follow the packs, by a plan that is shown before it is carried out."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

import pytest
from django.db import connection
from tests.ledger.conftest import TRIAL, make_case, rows_of

from jixiao.catalogue.kinds import FieldSpec, FieldType
from jixiao.ledger import drift, projection
from jixiao.ledger.actions import links, records


def changed(**fields):
    """The trial catalogue with other fields in its case kind; None takes a field away."""
    case = TRIAL.kind("case")
    kept = {name: spec for name, spec in (dict(case.fields) | fields).items() if spec is not None}
    kinds = dict(TRIAL.kinds) | {case.full_id: case.model_copy(update={"fields": kept})}
    return dataclasses.replace(TRIAL, kinds=MappingProxyType(kinds))


def mine(plan):
    """The words of a plan about the trial pack's tables; others may stand in the same database."""
    return [
        words for change, words in zip(plan.changes, plan, strict=True) if change.table.startswith("p_trial")
    ]


def test_nothing_is_planned_where_nothing_changed():
    assert mine(projection.plan(TRIAL)) == []


def test_a_new_field_becomes_a_column_filled_from_the_records(clerk, org):
    row = make_case(clerk, org)
    row.data["weight"] = 7
    row.save()
    wider = changed(weight=FieldSpec(type=FieldType.INTEGER, title="权重"))
    assert mine(projection.plan(wider)) == ["p_trial_case 增加列 weight：权重（整数）"]
    assert "p_trial_case 增加列 weight：权重（整数）" in projection.ensure(wider)
    assert rows_of("p_trial_case")[0]["weight"] == 7
    assert mine(projection.plan(wider)) == []


def test_a_field_of_another_type_is_filled_again(clerk, org):
    kept, lost = make_case(clerk, org, mark="12"), make_case(clerk, org, title="井盖缺失", mark="十几件")
    other = changed(mark=FieldSpec(type=FieldType.INTEGER, title="来文件数"))
    assert mine(projection.plan(other)) == ["p_trial_case 的列 mark（来文件数）改为整数，由台账重新填入"]
    assert projection.unreadable(other) == [
        "来件的来文件数：1 条原来写的读不成整数，不计入数据，如“井盖缺失”中的“十几件”；原文留在台账中，请逐条更正"
    ]
    projection.ensure(other)
    assert mine(projection.plan(other)) == []
    marks = {row["id"]: row["mark"] for row in rows_of("p_trial_case")}
    assert marks == {kept.id: 12, lost.id: None}
    lost.refresh_from_db()
    assert lost.data["mark"] == "十几件"


def test_after_a_change_of_type_the_projection_still_agrees_with_the_records(clerk, org):
    make_case(clerk, org, mark="12")
    make_case(clerk, org, mark="十几件")
    other = changed(mark=FieldSpec(type=FieldType.INTEGER, title="来文件数"))
    projection.ensure(other)
    assert list(drift.derived(org.pk, other)) == []


def test_nothing_is_dropped_unless_asked_for(clerk, org):
    make_case(clerk, org, mark="甲1")
    narrower = changed(mark=None)
    plan = projection.plan(narrower)
    assert mine(plan) == ["p_trial_case 删除列 mark：规则包中已没有这个字段（台账记录本身不动）"]
    projection.ensure(narrower)
    assert rows_of("p_trial_case")[0]["mark"] == "甲1"
    only_mine = projection.Plan(tuple(change for change in plan.changes if change.table == "p_trial_case"))
    only_mine.apply(drop=True)
    assert "mark" not in rows_of("p_trial_case")[0]


def test_a_table_no_pack_knows_is_only_named():
    with connection.cursor() as cursor:
        cursor.execute('CREATE TABLE "p_gone_thing" ("id" text)')
    plan = projection.plan(TRIAL)
    assert any(words.startswith("删除表 p_gone_thing") for words in plan)
    projection.ensure(TRIAL)
    assert rows_of("p_gone_thing") == []


def test_long_names_of_indexes_stay_apart():
    from jixiao.ledger.projection.tables import index_name

    one, two = index_name("p_" + "a" * 60, "received_on"), index_name("p_" + "a" * 60, "returned_on")
    assert one != two
    assert max(len(one), len(two)) <= 60


def test_the_engine_gives_whole_numbers_and_leaves_percent_signs_alone(clerk, org):
    for amount in ("73万", "27万"):
        make_case(clerk, org, amount=amount)
    engine = projection.engine(connection)
    sql = 'SELECT sum("amount"), count(*) FROM "p_trial_case" WHERE "title" LIKE \'%路灯%\''
    [(total, count)] = engine.rows(sql)
    assert (total, count, type(total)) == (100_000_000, 2, int)
    assert engine.dialect == {"sqlite": "sqlite", "postgresql": "postgres"}[connection.vendor]


def test_a_rebuild_gives_links_and_children_as_they_were(clerk, org):
    one, two = make_case(clerk, org, title="甲"), make_case(clerk, org, title="乙")
    links.link(by=clerk, record=one, role="similar", target=two)
    records.create(
        by=clerk, org=org, kind="talk", values={"topic": "谈", "held_on": "2020-03-20"}, parent=one
    )
    tables = ("p_trial_case", "p_trial_talk", "p_link", "p_filed")
    before = {table: rows_of(table) for table in tables}
    projection.rebuild(TRIAL)
    assert {table: rows_of(table) for table in tables} == before


@pytest.mark.parametrize("table", ["p_trial_case", "p_link", "p_filed"])
def test_ids_are_keys(table):
    with pytest.raises(Exception, match=r"(?i)unique"), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO \"{table}\" (\"id\") VALUES ('x'), ('x')")
