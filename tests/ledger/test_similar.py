"""Like cases: found by name, by copied text, by the same people; never a stranger's, a voided one or itself."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import TRIAL, make_case

from jixiao.errors import NotFound
from jixiao.ledger.actions import links, records
from jixiao.ledger.models import Link
from jixiao.ledger.queries.similar import similar_to, similar_to_draft

CASE = TRIAL.kind("trial/case")
TEXT = "校门口上学放学时段车辆集中，人车混行，存在安全隐患，请错峰管理并设临时停车区"


@pytest.fixture
def register(clerk, org):
    """A register with one case about lifts, one with a text, and others."""
    titles = (
        "老旧小区加装电梯的补助",
        "公交站台的修缮",
        "共享单车的停放",
        "农村公厕的管护",
        "社区书店的扶持",
    )
    cases = {title: make_case(clerk, org, title=title) for title in titles}
    cases["text"] = make_case(clerk, org, title="某路口的来信", result=TEXT)
    return cases


def labels(found):
    return [one.record.label for one in found]


def test_a_like_name_is_found_with_the_words_shared(clerk, org, register):
    row = make_case(clerk, org, title="加快老旧小区电梯加装")
    first, *rest = similar_to(clerk, row)
    assert first.record.pk == register["老旧小区加装电梯的补助"].pk
    assert {"老旧小区", "加装", "电梯"} <= set(first.words)
    assert rest == []
    assert row.label not in labels(similar_to(clerk, row))


def test_a_copied_text_is_found_under_another_name(clerk, org, register):
    [hit] = similar_to_draft(clerk, org, CASE, {"title": "学生出行安全", "result": f"来信反映：{TEXT}"})
    assert hit.record.pk == register["text"].pk


def test_in_a_large_register_a_copied_text_is_still_found(clerk, org, register, monkeypatch):
    from jixiao.ledger.queries import similar

    monkeypatch.setattr(similar, "NEAR", 1)  # as if a hundred names were nearer
    found = similar_to_draft(clerk, org, CASE, {"title": "公交站台的修缮", "result": TEXT})
    assert labels(found) == ["公交站台的修缮", "某路口的来信"]


def test_the_same_sender_is_told(clerk, org, register):
    firm = records.create(by=clerk, org=org, kind="firm", values={"name": "示例企业"})
    make_case(clerk, org, title="补助发放慢的老旧问题", sender=firm.pk)
    [hit] = similar_to_draft(clerk, org, CASE, {"title": "补助标准的老问题", "sender": firm.pk})
    assert hit.same == ("来件单位相同：示例企业",)
    assert hit.percent < 100


def test_the_state_of_the_other_is_there_and_links_are_told(clerk, org, register):
    row, other = make_case(clerk, org, title="老旧小区加装电梯"), register["老旧小区加装电梯的补助"]
    assert not similar_to(clerk, row)[0].is_linked
    links.link(by=clerk, record=row, role="similar", target=other.pk)
    assert similar_to(clerk, row)[0].is_linked
    assert similar_to(clerk, other)[0].is_linked  # seen from either end


def test_nothing_is_joined_by_looking(clerk, org, register):
    similar_to(clerk, make_case(clerk, org, title="老旧小区加装电梯"))
    assert not Link.objects.exists()


def test_voided_ones_and_other_offices_are_not_looked_at(clerk, head, people, org, register):
    row = make_case(clerk, org, title="老旧小区加装电梯")
    records.void(by=head, record=register["老旧小区加装电梯的补助"], reason="重复")
    assert similar_to(clerk, row) == []
    with pytest.raises(NotFound):
        similar_to(people["stranger"], row)
    assert similar_to_draft(people["stranger"], "elsewhere", CASE, {"title": "公交站台的修缮"}) == []


def test_a_kind_that_does_not_say_how_to_look_has_no_like(clerk, org):
    firm = records.create(by=clerk, org=org, kind="firm", values={"name": "示例企业"})
    assert similar_to(clerk, firm) == []
    assert similar_to_draft(clerk, org, CASE, {"title": " "}) == []


def test_earlier_replies_are_told_in_the_packs(org):
    from jixiao.catalogue import load

    spec = load().kind("proposal").similar
    assert spec.outcome is not None
    assert load().kind(spec.outcome.child).parent == "cppcc/proposal"
    assert (spec.link, spec.during[0]) == ("similar", "submitted")
