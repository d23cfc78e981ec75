"""A satisfaction survey becomes filed values with its raw sheet as the source, and so the rate."""

# ruff: noqa: F811

from __future__ import annotations

import pytest
from tests.cycle import (  # noqa: F401 - fixtures
    _under_the_finance_pack,
    bureau,
    department,
    finance,
    office,
)
from tests.ledger.conftest import make_person
from tests.ledger.test_cycle_report import region  # noqa: F401 - fixture

from jixiao.errors import BadInput, FieldErrors, NotAllowed
from jixiao.ledger import queries
from jixiao.ledger.actions import evidence, records
from jixiao.ledger.actions.filed_records import file_record, items_of
from jixiao.ledger.models import FiledValue, Record
from jixiao.ledger.queries.prints import paper
from jixiao.reports.document import plain_text
from jixiao.values import Status


@pytest.fixture
def survey(office, finance):
    return records.create(
        by=finance, org=office, kind="satisfaction_survey",
        values={"title": "服务对象满意度调查", "object": "提案承办单位", "method": "paper", "held_on": "2020-11-05",
                "sent": 60, "back": 55, "valid": 50, "satisfied": 47},
    )  # fmt: skip


def test_without_the_raw_sheet_nothing_is_filed(region, survey, finance) -> None:
    with pytest.raises(BadInput, match="还没有附原始表"):
        file_record(by=finance, record=survey)
    assert not FiledValue.objects.exists()


def test_both_counts_are_filed_and_give_the_rate(region, office, survey, finance) -> None:
    evidence.attach(
        by=finance, record=survey, title="问卷汇总表", document_number="问卷001", grade="internal"
    )
    made = {one.item.split("/")[1]: one for one in file_record(by=finance, record=survey)}
    assert (made["survey_valid"].value, made["survey_satisfied"].value) == (50, 47)
    assert (
        made["survey_valid"].source
        == "满意度调查“服务对象满意度调查”（2020-11-05，纸质问卷，发出60份，收回55份），原始表：问卷汇总表"
    )
    assert queries.figure(finance, office, "satisfaction_rate", 2020).figure.text == "94%"


def test_where_no_pack_asks_for_it_there_is_nothing_to_file(survey, finance) -> None:
    assert items_of(survey) == []
    with pytest.raises(BadInput, match="没有取自"):
        file_record(by=finance, record=survey)


def test_only_who_may_file_may_do_so(region, office, survey, finance) -> None:
    evidence.attach(
        by=finance, record=survey, title="问卷汇总表", document_number="问卷001", grade="internal"
    )
    with pytest.raises(NotAllowed):
        file_record(by=make_person("leader", office, "auditor"), record=survey)


def test_the_paper_form_asks_no_name_and_the_tally_has_every_count(survey, finance) -> None:
    form = plain_text(paper(finance, survey.id, "finance/satisfaction_form").document)
    assert "不写姓名" in form
    assert "各位提案承办单位" in form
    tally = plain_text(paper(finance, survey.id, "finance/satisfaction_tally").document)
    for count in ("60", "55", "50", "47"):
        assert count in tally


def counted(office, finance, **counts):
    made = records.create(
        by=finance, org=office, kind="satisfaction_survey",
        values={"title": "群众满意度调查", "object": "办事群众", "method": "paper", "held_on": "2020-11-05", **counts},
    )  # fmt: skip
    evidence.attach(by=finance, record=made, title="汇总表", document_number="问卷002", grade="internal")
    return made


@pytest.mark.parametrize(
    "counts",
    [
        {"sent": 20, "back": 18, "valid": 19, "satisfied": 18},
        {"sent": 20, "back": 21, "valid": 18, "satisfied": 18},
        {"sent": 20, "back": 18, "valid": 17, "satisfied": 18},
    ],
)
def test_counts_that_contradict_each_other_may_stand_and_are_not_filed(
    region, office, finance, counts
) -> None:
    with pytest.raises(BadInput, match=r"有效的不多于收回的.*请核对四个份数"):
        file_record(by=finance, record=counted(office, finance, **counts))
    assert not FiledValue.objects.exists()


def test_nothing_that_came_back_gives_no_rate_rather_than_zero(region, office, finance) -> None:
    file_record(by=finance, record=counted(office, finance, sent=20, back=0, valid=0, satisfied=0))
    figure = queries.figure(finance, office, "satisfaction_rate", 2020).figure
    assert (figure.status, figure.text) == (Status.NONE, "无可计算")


def test_everybody_satisfied_and_nobody_are_both_rates(region, office, finance) -> None:
    row = counted(office, finance, sent=20, back=18, valid=18, satisfied=0)
    file_record(by=finance, record=row)
    assert queries.figure(finance, office, "satisfaction_rate", 2020).figure.text == "0%"
    records.edit(by=finance, record=row, values={"satisfied": 18}, seen=Record.objects.get(pk=row.pk).version)
    file_record(by=finance, record=row.pk)
    assert queries.figure(finance, office, "satisfaction_rate", 2020).figure.text == "100%"


def test_a_percentage_is_no_count(office, finance) -> None:
    with pytest.raises(FieldErrors, match="不是数字"):
        counted(office, finance, sent=20, back="90%", valid=18, satisfied=18)


def test_a_survey_is_registered_and_printed_before_anything_was_counted(region, office, finance) -> None:
    row = counted(office, finance)
    assert "各位办事群众" in plain_text(paper(finance, row.id, "finance/satisfaction_form").document)
    assert "收回份数" in plain_text(paper(finance, row.id, "finance/satisfaction_tally").document)
    with pytest.raises(BadInput, match="还没有填"):
        file_record(by=finance, record=row)
