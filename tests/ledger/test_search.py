"""One search over an org: every word, in names and texts, only what one may read, never more than is needed."""

from __future__ import annotations

import sys

import pytest
from tests.ledger.conftest import make_case, make_person

from jixiao.errors import NotFound
from jixiao.ledger import queries
from jixiao.ledger.actions import records
from jixiao.ledger.queries.search import SHOWN


def found(user, org, text):
    """The labels found, by kind."""
    return {
        one.kind.id: [hit.record.label for hit in one.hits] for one in queries.search(user, org, text).records
    }


def test_every_word_must_occur_but_anywhere(clerk, org):
    make_case(clerk, org, title="路灯不亮", result="更换灯杆两根", mark="来字7号")
    make_case(clerk, org, title="井盖松动", result="更换井圈")
    assert found(clerk, org, "更换") == {"case": ["井盖松动", "路灯不亮"]}
    assert found(clerk, org, "更换 路灯") == {"case": ["路灯不亮"]}
    assert found(clerk, org, "来字7号") == {"case": ["路灯不亮"]}
    assert found(clerk, org, "路灯 井盖") == {}


def test_named_ones_come_before_those_that_only_mention_it(clerk, org):
    make_case(clerk, org, title="灯杆倾斜")
    make_case(clerk, org, title="路灯不亮", result="更换灯杆两根")
    named, mentioned = queries.search(clerk, org, "灯杆").records[0].hits
    assert (named.record.label, named.field) == ("灯杆倾斜", "")
    assert (mentioned.field, mentioned.text) == ("办理结果", "更换灯杆两根")


@pytest.mark.parametrize("sign", ["%%", "__", "\\\\", "''", "%_", '"; --'])
def test_signs_are_letters(clerk, org, sign):
    make_case(clerk, org, title="路灯不亮")
    assert found(clerk, org, sign) == {}
    make_case(clerk, org, title=f"有{sign}的")
    assert found(clerk, org, sign) == {"case": [f"有{sign}的"]}


@pytest.mark.parametrize("text", ["", " ", "路", " 路 "])
def test_too_little_finds_nothing(clerk, org, text):
    make_case(clerk, org, title="路灯不亮")
    asked = queries.search(clerk, org, text)
    assert (asked.words, asked.is_empty) == ((), True)


def test_figures_and_registers_are_found_by_name_and_id(clerk, org):
    by_title = queries.search(clerk, org, "立案率")
    assert [one.full_id for one in by_title.figures] == ["trial/filing_rate"]
    assert [one.full_id for one in queries.search(clerk, org, "filing_RATE").figures] == ["trial/filing_rate"]
    assert [one.full_id for one in queries.search(clerk, org, "来件").registers] == ["trial/case"]


def test_a_strangers_org_and_records_are_not_there(people, org):
    make_case(people["clerk"], org, title="路灯不亮")
    with pytest.raises(NotFound):
        queries.search(people["stranger"], org, "路灯")
    assert found(people["stranger"], "elsewhere", "路灯") == {}


def test_voided_ones_are_not_found(clerk, head, org):
    row = make_case(clerk, org, title="路灯不亮")
    records.void(by=head, record=row, reason="重复登记")
    assert found(clerk, org, "路灯") == {}


def test_a_register_tells_its_first_hits_and_counts_no_further_than_needed(clerk, org, monkeypatch):
    monkeypatch.setattr(sys.modules["jixiao.ledger.queries.search"], "COUNTED", 7)
    for number in range(7):
        make_case(clerk, org, title=f"路灯{number}")
    (register,) = queries.search(clerk, org, "路灯").records
    assert (len(register.hits), register.count, register.is_more) == (SHOWN, 7, False)
    make_case(clerk, org, title="路灯又一盏")
    (register,) = queries.search(clerk, org, "路灯").records
    assert (register.count, register.is_more) == (7, True)


def test_the_number_of_queries_depends_on_kinds_alone(clerk, org, django_assert_max_num_queries):
    for number in range(20):
        make_case(clerk, org, title=f"路灯{number}")
    with django_assert_max_num_queries(20):
        queries.search(clerk, org, "路灯")


def test_a_closed_register_is_not_searched(clerk, org):
    make_case(clerk, org, title="路灯不亮")
    lister = make_person("lister", org, "lister")
    assert found(lister, org, "路灯") == {}
    assert queries.search(lister, org, "来件").registers == ()
