"""What bad input gets: a draft takes everything, a submission is refused with the row, the rule and the way out."""

# ruff: noqa: F811

from __future__ import annotations

import pytest
from tests.cycle import (  # noqa: F401 - fixtures
    _under_the_finance_pack,
    approved,
    bureau,
    department,
    finance,
    goal_rows,
    make_goal,
    office,
    take,
)
from tests.forms import samples
from tests.forms.samples import INDICATORS
from tests.ledger.conftest import make_person
from tests.ledger.test_cycle_desk import file_budget, make_evaluation, make_monitoring

from jixiao.errors import BadInput, StepNotLegal
from jixiao.forms import read_xlsx, write_xlsx
from jixiao.ledger import filling
from jixiao.ledger.actions import records
from jixiao.ledger.models import Record

BAD_GOALS = [
    ("target", "提升水平", "提案办理件数·指标值", "缺方向（≥、≤、＝）、数值"),
    ("target", "20件", "提案办理件数·指标值", "缺方向（≥、≤、＝）；"),
    ("target", "≥20", "提案办理件数·指标值", "缺单位"),
    ("target", "", "年度绩效指标第1行", "请填写指标值"),
    ("points", "", "年度绩效指标第1行", "请填写分值"),
    ("points", "三十", "格 indicators.1.points", "应为数字"),
    ("points", "31", "合计·分值", "91"),
    ("level3", "", "年度绩效指标第1行", "请填写三级指标"),
]


def refused(act, *args, **more) -> str:
    """The reasons, one to a line; the record must stand where it stood."""
    with pytest.raises(StepNotLegal) as told:
        act(*args, **more)
    return "\n".join(told.value.reasons)


@pytest.mark.parametrize(("column", "text", "place", "told"), BAD_GOALS)
def test_a_goal_that_is_not_whole_stays_a_draft(office, finance, column, text, place, told) -> None:
    rows = goal_rows()
    rows[0][column] = text
    draft = make_goal(finance, office, rows)
    lines = refused(take, draft, finance, "submit").splitlines()
    assert any(place in line and told in line for line in lines), lines
    assert Record.objects.get(pk=draft.pk).state == "draft"


def test_no_row_at_all_is_told(office, finance) -> None:
    assert "一行也没有" in refused(take, make_goal(finance, office, []), finance, "submit")


@pytest.mark.parametrize(
    ("changed", "place", "told"),
    [
        ({"score": "21"}, "办理满意率·得分", "得分高于分值"),
        ({"reason": ""}, "办理满意率·得分", "没有写原因"),
        ({"actual": "105%", "score": "20"}, "办理满意率·实际完成值", "不会超过100%"),
        ({"actual": "90分"}, "办理满意率·实际完成值", "请用同一单位"),
        ({"score": ""}, "绩效指标第2行", "请填写得分"),
    ],
)
def test_a_score_that_cannot_be_is_not_reported(office, finance, approved, changed, place, told) -> None:
    file_budget(office, finance)
    rows = [INDICATORS[0], INDICATORS[1] | changed, *INDICATORS[2:]]
    draft = make_evaluation(finance, office, approved, rows)
    lines = refused(take, draft, finance, "finish").splitlines()
    assert any(place in line and told in line for line in lines), lines


def test_what_far_exceeds_its_target_asks_why(office, finance, approved) -> None:
    file_budget(office, finance)
    rows = [INDICATORS[0] | {"actual": "40件"}, *INDICATORS[1:]]
    assert "超出目标值20%以上" in refused(
        take, make_evaluation(finance, office, approved, rows), finance, "finish"
    )


def test_more_spent_than_budgeted_is_refused_with_cell_rate_and_way_out(office, finance, approved) -> None:
    file_budget(office, finance, full="90", executed="95")
    told = refused(take, make_evaluation(finance, office, approved), finance, "finish")
    assert "年度资金总额·全年执行数（B）：全年执行数（B）95万元超过全年预算数（A）90万元" in told
    assert "95万元 ÷ 90万元 = 105.56%" in told
    assert "请核对两数" in told


def test_points_lost_by_execution_need_a_reason_too(office, finance, approved) -> None:
    file_budget(office, finance, full="90", executed="81")
    row = make_evaluation(finance, office, approved)
    entries = row.data["form"]["entries"] | {"money.general.executed": "81", "money.project.executed": "31"}
    form = row.data["form"] | {"entries": entries}
    row = records.edit(by=finance, record=row, values={"form": form}, seen=row.version)
    told = refused(take, row, finance, "finish")
    assert told == "部门整体支出绩效自评表：失1分而没有写原因，请在“预算执行偏差原因”中写明"
    row = records.edit(by=finance, record=row, values={"execution_reason": "采购推迟"}, seen=row.version)
    assert take(row, finance, "finish").state == "internal"


def test_more_spent_by_july_than_the_year_began_with_is_refused(office, finance, approved) -> None:
    file_budget(office, finance)
    told = refused(take, make_monitoring(finance, office, approved, executed="95"), finance, "submit")
    assert "本期执行数95万元超过年初预算数90万元" in told
    assert "追加" in told


def test_a_form_of_another_year_is_refused(office, finance) -> None:
    goal = make_goal(finance, office, goal_rows())
    row = records.edit(by=finance, record=goal, values={"year": 2019}, seen=goal.version)
    assert "绩效目标申报表不是2019年度的表，请换用该年度的样式" in refused(take, row, finance, "submit")


def test_a_workbook_of_another_year_is_refused(office, finance) -> None:
    filled = samples.self_evaluation()
    with pytest.raises(BadInput, match="这是2020年度的表，现在要的是2021年度"):
        read_xlsx.read(write_xlsx.write(filled, "示例局"), filled.form, year=2021)


def test_an_org_declares_one_goal_a_year_and_scope(office, finance, approved) -> None:
    second = make_goal(finance, office, goal_rows())
    told = refused(take, second, finance, "submit")
    assert told == (
        "年度“2020”、范围“部门整体支出”的绩效目标已经报过：“2020年度部门整体目标”（已批复），不能再报一份；"
        "要改的，打开已报的那份办理“申请调整”，写明理由另成一版；重复的这份请作废"
    )
    assert Record.objects.get(pk=second.pk).state == "draft"
    other = records.edit(by=finance, record=second, values={"year": 2021}, seen=second.version)
    assert take(other, finance, "submit").state == "submitted"


def test_the_goal_itself_may_be_adjusted_and_submitted_again(finance, approved) -> None:
    row = take(approved, finance, "adjust", note="任务增加", adjust_reason="上级追加任务", ordered_by="局长")
    assert take(row, finance, "submit_adjusted").state == "submitted"


def test_a_goal_that_was_returned_is_mended_and_not_declared_anew(office, finance, department) -> None:
    first = take(make_goal(finance, office, goal_rows()), finance, "submit")
    take(first, department, "return_by_department", note="指标偏少")
    second = make_goal(finance, office, goal_rows())
    assert "已退回" in refused(take, second, finance, "submit")
    assert take(first, finance, "submit").state == "submitted"


def test_several_projects_declare_one_goal_each(office, finance) -> None:
    def project(title):
        made = make_goal(finance, office, goal_rows())
        return records.edit(
            by=finance, record=made, values={"title": title, "scope": "project"}, seen=made.version
        )

    take(project("示例项目一"), finance, "submit")
    take(project("示例项目二"), finance, "submit")
    assert "名称“示例项目一”" in refused(take, project("示例项目一"), finance, "submit")


def test_a_draft_or_a_voided_one_stands_in_nobodys_way(office, finance) -> None:
    make_goal(finance, office, goal_rows())
    second = take(make_goal(finance, office, goal_rows()), finance, "submit")
    chief = make_person("chief", office, "reviewer")
    records.void(by=chief, record=Record.objects.get(pk=second.pk), reason="报错了")
    assert take(make_goal(finance, office, goal_rows()), finance, "submit").state == "submitted"


def test_a_year_is_evaluated_once(office, finance, approved) -> None:
    file_budget(office, finance)
    head = make_person("head", office, "department_head")
    first = take(make_evaluation(finance, office, approved), finance, "finish")
    take(first, head, "return_inside", note="再核一遍")
    second = take(make_evaluation(finance, office, approved), finance, "finish")
    assert take(second, head, "submit").state == "submitted", "an inner return is no filing"
    third = take(take(first, finance, "finish"), head, "return_inside", note="停一停")
    again = take(third, finance, "finish")
    assert "年度“2020”的部门整体支出绩效自评已经报过" in refused(take, again, head, "submit")


def past_goal(place: str, **path: str) -> records.Past:
    values = {"title": "2020年度部门整体目标", "year": 2020, "scope": "department"}
    return records.Past(kind="performance_goal", values=values, path=path, place=place)


FILED = {"draft": "2020-01-05", "submitted": "2020-01-10"}


def test_a_past_that_was_filed_already_is_not_imported_beside_it(office, finance) -> None:
    take(make_goal(finance, office, goal_rows()), finance, "submit")
    with pytest.raises(BadInput, match=r"第3行：年度“2020”.*已经报过") as told:
        records.backfill_all(by=finance, org=office, cases=[past_goal("第3行：", **FILED)])
    assert "作废" in str(told.value)
    assert Record.objects.count() == 1, "nothing of the file stays"
    records.backfill_all(by=finance, org=office, cases=[past_goal("第3行：", draft="2020-01-05")])


def test_two_of_one_file_are_not_both_filed(office, finance) -> None:
    with pytest.raises(BadInput, match="第2行："):
        records.backfill_all(
            by=finance, org=office, cases=[past_goal("第2行：", **FILED), past_goal("第3行：", **FILED)]
        )
    assert not Record.objects.exists()


def test_a_correction_files_nothing_twice(office, finance) -> None:
    take(make_goal(finance, office, goal_rows()), finance, "submit")
    draft = make_goal(finance, office, goal_rows())
    moved = records.Correction(record=draft.pk, version=draft.version, path=FILED, place="第5行：")
    with pytest.raises(BadInput, match=r"第5行：.*已经报过"):
        records.correct_all(by=finance, org=office, corrections=[moved])


def test_what_was_filed_anew_keeps_the_voided_one_out(office, finance) -> None:
    chief = make_person("chief", office, "reviewer")
    first = take(make_goal(finance, office, goal_rows()), finance, "submit")
    records.void(by=chief, record=first, reason="报错了")
    take(make_goal(finance, office, goal_rows()), finance, "submit")
    with pytest.raises(BadInput, match="已经报过"):
        records.restore(by=chief, record=Record.objects.get(pk=first.pk), reason="放回去")


def test_a_draft_is_never_refused(office, finance, approved) -> None:
    nonsense = [{"level3": "无", "target": "提升", "points": "很多", "score": "999", "actual": "300%"}]
    goal = make_goal(finance, office, nonsense)
    entries = {"money.general.full": "1", "money.general.executed": "2", "money.basic.full": "十"}
    row = records.create(
        by=finance, org=office, kind="self_evaluation",
        values={"title": "草稿", "year": 2020, "goal": approved.id,
                "form": {"entries": entries, "lists": {"indicators": nonsense}}},
    )  # fmt: skip
    assert filling.filled_form(goal, "form").problems
    assert filling.filled_form(row, "form").problems
