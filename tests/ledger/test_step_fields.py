"""What a step fills belongs to those who may take it; a right over a kind need not reach what hangs below it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.ledger.conftest import make_case, make_person

from jixiao.catalogue import load
from jixiao.errors import FieldErrors, NotAllowed
from jixiao.ledger import permissions, rules, step_fields
from jixiao.ledger.actions import records

WRITER = """\
title: 来件登记员
below: false
create: [trial/case]
edit: [trial/case]
source: [{title: 试用办法（示例文件）}]
"""


@pytest.fixture(scope="module")
def with_writers(tmp_path_factory):
    """The trial pack with a role that enters and corrects cases, takes no step and may not back-fill."""
    local = tmp_path_factory.mktemp("packs") / "local"
    (local / "roles").mkdir(parents=True)
    (local / "pack.yaml").write_text("id: local\ntitle: 本地\nversion: '1'\nrequires: [trial]\n", "utf-8")
    (local / "roles" / "writer.yaml").write_text(WRITER, "utf-8")
    return load([], [Path(__file__).parent / "pack" / "trial", local])


@pytest.fixture
def writer(org, with_writers):
    with rules.working_under(with_writers):
        yield make_person("writer", org, "local/writer")


@pytest.fixture
def case_of_writer(writer, org):
    return make_case(writer, org, mark="示收〔2020〕1号")


def test_correcting_is_no_way_round_a_step(writer, case_of_writer):
    with pytest.raises(FieldErrors) as refused:
        records.edit(by=writer, record=case_of_writer, values={"extra_days": "30"}, seen=1)
    assert refused.value.errors == {
        "extra_days": "延长天数在办理“延期”时填写，须由负责人办理；已经办过的由有补录权限的人员更正"
    }
    changed = records.edit(by=writer, record=case_of_writer, values={"mark": "示收〔2020〕2号"}, seen=1)
    assert changed.data["mark"] == "示收〔2020〕2号"


def test_what_stays_as_it_was_is_no_change(writer, clerk, case_of_writer):
    records.edit(by=clerk, record=case_of_writer, values={"extra_days": "3"}, seen=1)
    values = {"extra_days": "3", "mark": "示收〔2020〕3号"}
    assert records.edit(by=writer, record=case_of_writer, values=values, seen=2).version == 3


def test_entering_is_no_way_round_a_step(writer, org):
    with pytest.raises(FieldErrors, match="延期"):
        make_case(writer, org, extra_days="30")


def test_an_imported_row_is_no_way_round_a_step(writer, org, case_of_writer):
    row = records.Correction(record=str(case_of_writer.id), version=1, values={"extra_days": "30"})
    with pytest.raises(FieldErrors, match="延期"):
        records.correct_all(by=writer, org=org, corrections=[row])


def test_who_takes_the_step_may_correct_what_it_filled(head, writer, org):
    assert "extra_days" in step_fields.closed_to(writer, rules.catalogue().kind("case"), org.id)
    assert "extra_days" not in step_fields.closed_to(head, rules.catalogue().kind("case"), org.id)


def test_what_was_filled_is_settled_once_the_record_has_moved_on(clerk, head, org):
    case = make_case(clerk, org)
    kind = rules.catalogue().kind("case")
    assert "extra_days" in step_fields.closed_to(head, kind, org.id, case)
    filed = records.advance(by=clerk, record=case, step="file", values={"class": "city"}, seen=1)
    assert "extra_days" not in step_fields.closed_to(head, kind, org.id, filed)


def test_what_steps_count_is_theirs_alone():
    counted = {"completions", "returns", "extensions", "first_replied_on", "redone_on"}
    assert step_fields.counters(load(["cppcc"]).kind("proposal")) == counted


def test_a_right_that_stays_with_its_kind(writer, clerk, org, case_of_writer):
    talk = {"topic": "情况", "held_on": "2020-03-03", "useful": "true"}
    with pytest.raises(NotAllowed):
        records.create(by=writer, org=org, kind="talk", values=talk, parent=case_of_writer)
    assert not permissions.can(writer, "edit", org=org.id, kind="talk")
    assert permissions.can(clerk, "create", org=org.id, kind="talk")
