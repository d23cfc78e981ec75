"""待核实 until a named person has held the rule against its document; taken back with a reason; undone by a changed rule."""

# ruff: noqa: F811

from __future__ import annotations

import datetime

import pytest
from tests.cycle import (  # noqa: F401 - fixtures
    FINANCE,
    _under_the_finance_pack,
    approved,
    bureau,
    department,
    finance,
    office,
    take,
)
from tests.ledger.conftest import make_person
from tests.ledger.test_cycle_report import OUTLINE, evaluated, region, told  # noqa: F401 - fixtures

from jixiao.catalogue import basis
from jixiao.errors import BadInput, FieldErrors, NotAllowed, NotFound
from jixiao.ledger import audit, rules
from jixiao.ledger.actions import confirmations, orgs
from jixiao.ledger.models import Event, OfficeAct
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries import confirmations as queries
from jixiao.values import Verdict

FORM = "forms/finance/self_evaluation"
SOURCE = "项目支出绩效评价管理办法 财预〔2020〕10号"
SAID = {"document": "财预〔2020〕10号", "text": "单位自评由项目支出单位组织对本单位的项目开展。"}


@pytest.fixture
def head(office):
    return make_person("head", office, "department_head")


def confirm(by, org, definitions=(FORM,), **changed):
    return confirmations.confirm(by=by, org=org, source=SOURCE, definitions=definitions, **SAID | changed)


def mark(org, rule=FORM):
    definition = basis.find(rules.catalogue(), rule)
    source = next(one for one in definition.source if basis.text_of(one) == SOURCE)
    return queries.confirmations(org).mark(definition, source)


def test_what_is_written_from_memory_waits_until_a_named_person_confirms_it(office, head) -> None:
    assert mark(office) == "待核实"
    (act,) = confirm(head, office, note="财政部网站下载")
    assert mark(office) == f"已核实（{head.display_name}，{_today(act)}，财预〔2020〕10号）"
    assert mark(office, "schemes/finance/goal_table") == "待核实", "only what was chosen"
    (event,) = Event.objects.filter(record=act.pk)
    assert (event.act, event.by, event.chain) == ("confirmed", "head", office.pk)
    assert all(one.verdict is Verdict.KEPT for one in audit.check(office.pk))


def _today(act) -> str:
    day = act.done_at.astimezone()
    return f"{day.year}年{day.month}月{day.day}日"


def test_several_rules_that_rest_on_one_document_are_confirmed_at_once(office, head) -> None:
    both = (FORM, "schemes/finance/goal_table")
    assert len(confirm(head, office, both)) == 2
    found = next(one for one in queries.documents(head, office, "finance") if one.text == SOURCE)
    assert {line.rule for line in found.lines if line.confirmed} == set(both)
    assert "kinds/finance/self_evaluation" in {line.rule for line in found.waiting}


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"document": " "}, "document", "文号"),
        ({"text": ""}, "text", "抄录"),
        ({"document": "x" * 121}, "document", "120"),
        ({"note": "a\u202eb"}, "note", "看不见"),
        ({"definitions": ()}, "definitions", "至少选一条"),
        ({"definitions": ("forms/finance/base_data",)}, "definitions", "已不以"),
        ({"definitions": ("nothing/finance/base_data",)}, "definitions", "已不以"),
    ],
)
def test_a_confirmation_says_which_document_and_its_words(office, head, changed, field, told) -> None:
    with pytest.raises(FieldErrors) as refused:
        confirm(head, office, **changed)
    assert told in refused.value.errors[field]
    assert mark(office) == "待核实"


def test_who_may_is_said_by_packs_and_nobody_unnamed_confirms(office, finance) -> None:
    with pytest.raises(NotAllowed, match="单位负责人"):
        confirm(finance, office)
    with pytest.raises(NotAllowed, match="署名"):
        confirm(SYSTEM, office)


def test_taking_it_back_needs_a_reason_and_makes_it_wait_again(office, head) -> None:
    (act,) = confirm(head, office)
    with pytest.raises(FieldErrors):
        confirmations.revoke(by=head, org=office, confirmation=act.pk, reason=" ")
    confirmations.revoke(by=head, org=office, confirmation=act.pk, reason="抄错了条款")
    assert mark(office) == "待核实"
    with pytest.raises(BadInput, match="已经撤回"):
        confirmations.revoke(by=head, org=office, confirmation=act.pk, reason="再撤一次")
    with pytest.raises(NotFound):
        confirmations.revoke(by=head, org=office, confirmation="00000000", reason="没有")
    confirm(head, office)
    assert mark(office).startswith("已核实")
    assert all(one.verdict is Verdict.KEPT for one in audit.check(office.pk))


def test_a_rule_that_changed_since_waits_again(office, head) -> None:
    confirm(head, office)
    changed = FINANCE.forms["finance/self_evaluation"].model_copy(update={"landscape": True})
    definition, source = changed, changed.source[1]
    standing = queries.confirmations(office)
    assert standing.mark(definition, source) == "待核实"
    assert standing.outdated(definition, source).document == "财预〔2020〕10号"
    remarked = FINANCE.forms["finance/self_evaluation"].model_copy(update={"note": "另加一句说明"})
    assert standing.mark(remarked, source).startswith("已核实"), "a remark changes no rule"


def test_it_holds_for_offices_below_and_not_beside(office, head) -> None:
    below = orgs.create(
        by=SYSTEM, id="below", title="示例局下属", valid_from=datetime.date(2015, 1, 1), parent=office
    )
    beside = orgs.create(by=SYSTEM, id="beside", title="示例邻局", valid_from=datetime.date(2015, 1, 1))
    confirm(head, office)
    assert mark(below).startswith("已核实")
    assert mark(beside) == "待核实"
    assert mark(None) == "待核实"


def test_a_changed_word_behind_the_ledgers_back_is_found(office, head) -> None:
    (act,) = confirm(head, office)
    OfficeAct.objects.filter(pk=act.pk).update(facts=act.facts | {"document": "财预〔2021〕99号"})
    assert any(one.verdict is Verdict.BROKEN for one in audit.check(office.pk))


def test_the_report_notes_what_its_forms_rest_on(evaluated, office, finance, head) -> None:
    def note():
        return next(
            line
            for line in told(finance, office, OUTLINE)
            if line.startswith("依据：") and "自评表（" in line
        )

    assert "财预〔2020〕10号（待核实）" in note()
    confirm(head, office, document="绩效评价管理办法（2020年）")
    assert f"财预〔2020〕10号（已核实：{head.display_name}，" in note()
    assert note().endswith("绩效评价管理办法（2020年））。")
