"""A bureau's desk: eighty packages of every sort are taken in, each with exactly the defects it was given."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from tests.cycle import _under_the_finance_pack  # noqa: F401 - fixture
from tests.ledger.conftest import make_person
from tests.packages import COUNT, YEAR, district, leaves, make, self_evaluation, title_of

from jixiao.errors import FieldErrors, NotAllowed, StepNotLegal
from jixiao.forms.write_xlsx import write
from jixiao.ledger import audit, evidence_store
from jixiao.ledger.actions import desk, desk_decisions, desk_packages, orgs
from jixiao.ledger.desk.compare import sample
from jixiao.ledger.models import DeskDecision, Event, Expected, Submission
from jixiao.ledger.permissions import SYSTEM
from jixiao.values import Verdict

STATE = Submission.State


@pytest.fixture
def bureau():
    made = orgs.create(by=SYSTEM, id="bureau", title="示例财政局", valid_from=datetime.date(2015, 1, 1))
    orgs.bind_pack(by=SYSTEM, org=made, pack="finance", from_on=made.valid_from)
    return made


@pytest.fixture
def reviewer(bureau):
    return make_person("reviewer", bureau, "bureau_reviewer")


def expect(reviewer, bureau, count=COUNT, **more):
    titles = [title_of(number) for number in range(1, count + 1)]
    return desk.expect(by=reviewer, bureau=bureau, year=YEAR, titles=titles, **more)


def take(reviewer, bureau, files, **more):
    return desk_packages.take(by=reviewer, bureau=bureau, year=YEAR, files=files, **more)


def test_eighty_packages_have_the_defects_they_were_given_and_no_others(reviewer, bureau) -> None:
    expect(reviewer, bureau)
    made = district()
    outcomes = take(reviewer, bureau, [file for one in made for file in one.files])
    assert len(outcomes) == len(made)
    for one, outcome in zip(made, outcomes, strict=True):
        found = outcome.submission
        assert found.expected is not None or not one.is_taken, one.unit
        if one.is_taken:
            assert found.expected.title == one.unit
            assert (found.state, found.trouble) == (STATE.REPORTED, "")
            assert set(found.summary["defects"]) == one.defects, (one.unit, one.sort, found.findings)
            assert set(found.summary["flags"]) == one.flags, (one.unit, one.sort, found.findings)
        else:
            assert found.state == STATE.REFUSED
            assert found.trouble


def test_the_same_files_again_change_nothing_packed_or_bare(reviewer, bureau) -> None:
    expect(reviewer, bureau, 3)
    (made,) = make(1)
    first = take(reviewer, bureau, made.files)
    again = take(reviewer, bureau, [("改了名字.zip", made.files[0][1])])
    assert [one.is_new for one in (*first, *again)] == [True, False]
    assert Submission.objects.count() == 1


def test_a_department_that_files_twice_has_two_versions_and_the_newest_counts(reviewer, bureau) -> None:
    expect(reviewer, bureau, 3)
    for made in make(2, "twice"):
        take(reviewer, bureau, made.files)
    versions = list(Submission.objects.order_by("version"))
    assert [(one.version, bool(one.summary["defects"])) for one in versions] == [(1, True), (2, False)]
    with pytest.raises(StepNotLegal, match="新的版本"):
        desk_decisions.send_back(by=reviewer, submission=versions[0].pk, reason="请改")


def test_another_year_and_a_broken_file_are_refused_with_the_way_out_and_kept(reviewer, bureau) -> None:
    from jixiao.ledger import evidence_store

    expect(reviewer, bureau, 3)
    (other,), (broken,) = make(1, "other_year"), make(2, "broken")
    refused, lost = take(reviewer, bureau, [*other.files, *broken.files])
    assert "2019年度" in refused.submission.trouble
    assert "重新报送" in refused.submission.trouble
    assert "重新发送" in lost.submission.trouble
    for outcome, (_, content) in ((refused, other.files[0]), (lost, broken.files[0])):
        assert outcome.submission.state == STATE.REFUSED
        assert outcome.submission.version == 0
        assert evidence_store.read(outcome.submission.files[0]["raw"]) == content


def test_bare_files_of_one_department_go_together(reviewer, bureau) -> None:
    expect(reviewer, bureau, 3)
    (made,) = make(3, "stranger")
    forms = [(path.split("/", 1)[1], content) for path, content in made.files if "佐证" not in path]
    (*_, report) = forms
    outcomes = take(reviewer, bureau, [*forms[:-1], (f"{made.unit}{report[0]}", report[1])])
    assert len(outcomes) == 1
    found = outcomes[0].submission
    assert found.expected.title == made.unit
    assert found.summary["defects"] == {}
    assert found.summary["flags"] == {"满分没有佐证": 3}


def test_a_report_that_comes_later_completes_bare_forms(reviewer, bureau) -> None:
    expect(reviewer, bureau, 3)
    (made,) = make(3, "stranger")
    *forms, report = [(path.split("/", 1)[1], content) for path, content in made.files if "佐证" not in path]
    (first,) = take(reviewer, bureau, forms)
    assert first.submission.summary["defects"] == {"缺少自评报告": 1}
    named = [(f"{made.unit}{report[0]}", report[1])]
    (second,) = take(reviewer, bureau, named)
    assert (second.submission.version, second.submission.summary["defects"]) == (2, {})
    (again,) = take(reviewer, bureau, named)
    assert not again.is_new


def test_a_name_that_contradicts_the_form_is_asked(reviewer, bureau) -> None:
    expect(reviewer, bureau, 3)
    (made,) = make(1)
    (outcome,) = take(reviewer, bureau, [(f"{title_of(2)}.zip", made.files[0][1])])
    row = outcome.submission
    assert (row.state, row.expected) == (STATE.UNPLACED, None)
    owner = Expected.objects.get(title=title_of(1))
    assert desk_packages.claim(by=reviewer, submission=row.pk, expected=owner.pk).version == 1


def test_a_name_inside_a_longer_name_is_not_meant(reviewer, bureau) -> None:
    desk.expect(by=reviewer, bureau=bureau, year=YEAR, titles=["示例局", "示例局下属示例局中心"])
    (made,) = make(1)
    forms = [("示例局下属示例局中心.zip", made.files[0][1])]
    (outcome,) = take(reviewer, bureau, forms)
    assert outcome.submission.expected.title == "示例局下属示例局中心"


def test_late_is_told_by_the_day_it_came(reviewer, bureau) -> None:
    expect(reviewer, bureau, 3, due_on=datetime.date(2021, 2, 20))
    early = take(reviewer, bureau, make(1)[0].files, received_on=datetime.date(2021, 2, 20))
    late = take(reviewer, bureau, make(2)[0].files)
    assert [one.submission.is_late for one in (*early, *late)] == [False, True]


def test_a_marked_file_is_not_kept(reviewer, bureau, settings) -> None:
    expect(reviewer, bureau, 3)
    (outcome,) = take(reviewer, bureau, [("示例第01局（机密）.zip", make(1)[0].files[0][1])])
    assert "密级" in outcome.submission.trouble
    assert outcome.submission.files == []
    assert not (settings.HOME / "evidence").exists()


def test_spending_far_below_the_budget_warns(reviewer, bureau) -> None:
    unit = title_of(1)
    expect(reviewer, bureau, 1)
    filled = self_evaluation(unit, 100, Decimal(70), leaves(1), {}, YEAR)
    (outcome,) = take(reviewer, bureau, [("自评表.xlsx", write(filled, unit))])
    assert outcome.submission.expected.title == unit
    (alarm,) = outcome.submission.summary["alarms"]
    assert (alarm["title"], alarm["value"]) == ("预算执行率低于80%", "70%")


def test_who_is_secret_can_be_taken_back(reviewer, bureau) -> None:
    expect(reviewer, bureau, 2, secret=[title_of(1)])
    assert Expected.objects.get(is_secret=True).title == title_of(1)
    expect(reviewer, bureau, 2)
    assert Expected.objects.filter(is_secret=True).count() == 1
    expect(reviewer, bureau, 2, secret=[])
    assert not Expected.objects.filter(is_secret=True).exists()


def test_a_review_needs_a_reason_where_it_differs_and_becomes_a_record(reviewer, bureau) -> None:
    from jixiao.ledger.models import Record

    known = orgs.create(
        by=SYSTEM, id="dept-1", title=title_of(1), valid_from=bureau.valid_from, parent=bureau
    )
    expect(reviewer, bureau, 3)
    row = take(reviewer, bureau, make(1)[0].files)[0].submission
    with pytest.raises(FieldErrors) as refused:
        desk_decisions.review(by=reviewer, submission=row.pk, score="80")
    assert "reason" in refused.value.errors
    decision = desk_decisions.review(by=reviewer, submission=row.pk, score="80", reason="满意率没有问卷")
    record = Record.objects.get(pk=decision.record)
    assert record.data["department"] == known.pk
    assert record.data["score"] == "80.00"
    row.refresh_from_db()
    assert row.state == STATE.REVIEWED


def test_a_return_lists_what_was_chosen(reviewer, bureau) -> None:
    expect(reviewer, bureau, 6)
    row = take(reviewer, bureau, make(5, "total")[0].files)[0].submission
    with pytest.raises(FieldErrors):
        desk_decisions.send_back(by=reviewer, submission=row.pk)
    decision = desk_decisions.send_back(by=reviewer, submission=row.pk, rows=["1"])
    assert [one["title"] for one in decision.rows] == ["年度资金总额等于按支出性质分的两项之和"]


def test_who_has_no_desk_takes_nothing_in(bureau) -> None:
    clerk = make_person("clerk", bureau, "finance_clerk")
    with pytest.raises(NotAllowed, match="财政绩效"):
        desk.expect(by=clerk, bureau=bureau, year=YEAR, titles=["示例局"])


def test_decisions_and_samples_are_events_that_the_audit_holds_to_their_rows(reviewer, bureau) -> None:
    expect(reviewer, bureau, 6)
    packages = [take(reviewer, bureau, made.files)[0].submission for made in make(1) + make(2) + make(3)]
    returned = desk_decisions.send_back(by=reviewer, submission=packages[0].pk, reason="请补佐证")
    reviewed = desk_decisions.review(by=reviewer, submission=packages[1].pk, score="88.5", reason="佐证不足")
    drawn = desk_decisions.draw(by=reviewer, bureau=bureau, year=YEAR, seed="2021-03-05", count=2)
    told = {one.record: one for one in Event.objects.filter(chain="bureau", act__in=("decided", "drawn"))}
    assert set(told) == {returned.pk, reviewed.pk, drawn.pk}
    assert told[reviewed.pk].changes["score"] == [None, "88.5"]
    assert told[reviewed.pk].changes["grade"] == [None, "良"]
    assert told[reviewed.pk].changes["package"] == [None, packages[1].content]
    assert len(drawn.facts["among"]) == 3
    assert drawn.facts["drawn"] == sample("2021-03-05", drawn.facts["among"], 2)
    assert all(one.verdict is Verdict.KEPT for one in audit.check("bureau"))
    DeskDecision.objects.filter(pk=reviewed.pk).update(score="95")
    broken = [one for one in audit.check("bureau") if one.verdict is Verdict.BROKEN]
    assert [one.subjects for one in broken] == [(reviewed.pk,)]


def test_a_package_moved_on_or_altered_behind_the_desks_back_is_found(reviewer, bureau) -> None:
    expect(reviewer, bureau, 3)
    first, second = (take(reviewer, bureau, made.files)[0].submission for made in make(1) + make(2))
    desk_decisions.send_back(by=reviewer, submission=first.pk, reason="请补佐证")
    assert broken() == []
    Submission.objects.filter(pk=first.pk).update(state=STATE.REVIEWED)
    Submission.objects.filter(pk=second.pk).update(state=STATE.PUBLISHED)
    assert sorted(broken()) == sorted([(first.pk,), (second.pk,)])
    Submission.objects.filter(pk=first.pk).update(state=STATE.RETURNED)
    Submission.objects.filter(pk=second.pk).update(state=STATE.REPORTED)
    evidence_store.path_of(next(one["raw"] for one in first.files if one["raw"])).write_bytes(b"other")
    assert broken() == [(first.pk,)]


def broken() -> list[tuple[str, ...]]:
    return [one.subjects for one in audit.check("bureau") if one.verdict is Verdict.BROKEN]


def test_a_sample_needs_a_seed_a_count_and_somebody_to_draw_from(reviewer, bureau) -> None:
    expect(reviewer, bureau, 3)
    for seed, count in (("", 1), ("种子", 0), ("种子", 1)):
        with pytest.raises(FieldErrors):
            desk_decisions.draw(by=reviewer, bureau=bureau, year=YEAR, seed=seed, count=count)
