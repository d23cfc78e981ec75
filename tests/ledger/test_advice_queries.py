"""Advice over one record, its family, a register and a year: the same whether looked at alone or with thousands."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.ledger.conftest import day, make_case, make_person

from jixiao.errors import NotFound
from jixiao.ledger.actions import links, records
from jixiao.ledger.models import Record
from jixiao.ledger.queries import advice


def talk(clerk, org, case, on="2020-03-10"):
    return records.create(
        by=clerk, org=org, kind="talk", values={"topic": "谈", "held_on": on, "useful": "是"}, parent=case
    )


@pytest.fixture
def filed(clerk, org, case):
    return records.advance(
        by=clerk, record=case, step="file", values={"class": "city"}, happened_on=day("2020-03-05"), seen=1
    )


def checks(found):
    return [(one.record.label, [piece.check for piece in one.advice]) for one in found]


def test_where_something_is_to_be_added_is_told(clerk, org, filed):
    [told] = advice.findings(clerk, filed)
    assert (told.check, told.near, told.fields) == ("talked_over", ("trial/talk",), ())
    assert not told.says_more
    urgent = make_case(clerk, org, title="急", urgent="是")
    [told] = advice.findings(clerk, urgent)
    assert told.fields == ("sender",)


def test_a_family_is_looked_over_together(clerk, org, filed):
    early = talk(clerk, org, filed, "2020-02-01")
    assert checks(advice.of_family(clerk, filed)) == [(early.label, ["after_receipt"])]
    assert advice.findings(clerk, filed) == []


def test_many_are_told_as_one_is(clerk, org, filed):
    talk(clerk, org, filed, "2020-02-01")
    make_case(clerk, org, title="急", urgent="是")
    make_case(clerk, org, title="无事")
    rows = list(Record.objects.order_by("created_at", "id"))
    alone = [(row.label, [one.check for one in advice.findings(clerk, row)]) for row in rows]
    assert checks(advice.of_rows(rows)) == [(label, found) for label, found in alone if found]
    assert checks(advice.of_ids(clerk, [row.pk for row in rows])) == sorted(
        (label, found) for label, found in alone if found
    )


def test_the_queries_do_not_grow_with_the_register(clerk, org, django_assert_max_num_queries):
    for number in range(12):
        make_case(clerk, org, title=f"第{number}件", urgent="是")
    rows = list(Record.objects.select_related("parent"))
    with django_assert_max_num_queries(3):
        assert len(advice.of_rows(rows)) == 12


def test_a_year_by_kind_and_whether_more_were_there(clerk, org):
    for number in range(3):
        make_case(clerk, org, title=f"第{number}件", urgent="是")
    make_case(clerk, org, title="去年的", urgent="是", received_on="2019-12-31")
    [one] = advice.in_year(clerk, org, 2020)
    assert (one.kind.full_id, one.count, len(one.advised), one.is_cut) == ("trial/case", 3, 3, False)
    [one] = advice.in_year(clerk, org, 2020, most=2)
    assert (one.count, one.is_cut) == (2, True)
    [one] = advice.in_year(clerk, org, 2020, shown=1)
    assert (one.count, len(one.advised), one.is_cut) == (3, 1, False)


def test_a_year_costs_as_many_questions_for_many_records_as_for_few(clerk, org):
    asked = []
    for _ in range(2):
        for number in range(4):
            row = make_case(clerk, org, title=f"第{number}件", urgent="是")
            talk(clerk, org, row)
        with CaptureQueriesContext(connection) as made:
            advice.in_year(clerk, org, 2020)
        asked.append(len(made))
    assert asked[0] == asked[1]


def test_nobody_is_advised_on_what_they_may_not_read(people, clerk, org):
    row = make_case(clerk, org, title="急", urgent="是")
    lister = make_person("lister", org, "lister")
    assert advice.in_year(lister, org, 2020) == []
    assert advice.of_ids(people["stranger"], [row.pk]) == advice.of_ids(lister, [row.pk]) == []
    with pytest.raises(NotFound):
        advice.of_family(people["stranger"], row)


def test_advice_stands_in_the_way_of_nothing(clerk, org, filed):
    other = make_case(clerk, org, title="急", urgent="是")
    links.link(by=clerk, record=other, role="similar", target=filed.pk)
    assert records.edit(by=clerk, record=other, values={"title": "改"}, seen=2).label == "改"
