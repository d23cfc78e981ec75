"""A workbook goes out of an office and comes into it again: what it holds, nothing twice, nothing in silence."""

from __future__ import annotations

import gzip
import io
from dataclasses import replace
from datetime import timedelta

import pytest
import xlsxwriter
from django.db import transaction
from tests.ledger.conftest import TRIAL, make_case, rows_of

from jixiao.errors import BadInput, NotFound
from jixiao.ledger import audit, clock, rules
from jixiao.ledger.actions import evidence, imports, links, records
from jixiao.ledger.models import Event, Import, ImportRow, Record
from jixiao.ledger.queries import imports as found
from jixiao.ledger.queries.workbooks import export, template

TABLES = ("p_trial_case", "p_trial_talk", "p_link")


def bring(by, org, content, name="来件.xlsx", kind="case", **more):
    staged = imports.begin(by=by, org=org, content=content, name=name, kind=kind)
    if staged.state == Import.State.HEADINGS:
        staged = imports.say_headings(by=by, staged=staged, said=more.get("said", {}))
    return imports.check(by=by, staged=staged)


def commit(by, staged, **more):
    imports.accept(by=by, staged=staged, **more)
    return imports.finish(by=by, staged=staged)


def outcomes(staged):
    return [row.outcome for row in ImportRow.objects.filter(staged=staged)]


def problems(staged):
    return {row.number: row.problems for row in ImportRow.objects.filter(staged=staged) if row.problems}


def csv(*lines):
    return "\n".join(["标题,收到日期,类别,涉及金额,已立案日期", *lines]).encode("gb18030")


def a_year(clerk, org):
    """Cases with children, links, papers, a number, money, a reference."""
    firm = records.backfill(by=clerk, org=org, kind="firm", values={"name": "示例企业"})
    first = records.backfill(
        by=clerk, org=org, kind="case",
        values={"title": "=路灯", "received_on": "2020-03-02", "class": "city", "amount": "12.34",
                "readers": "300余", "urgent": "是", "sender": firm.id, "result": "一行\n又一行"},
        path={"received": "2020-03-02", "filed": "2020-03-05"}, number="示2020-001",
        children=[records.Past(kind="talk", values={"topic": "到场", "held_on": "2020-03-09", "useful": "是"})],
        source_system="示例平台", outside_number="A-17",
    )  # fmt: skip
    second = make_case(clerk, org, title="井盖", mark="-7")
    links.link(by=clerk, record=second, role="similar", target=first)
    evidence.attach(
        by=clerk, record=second, grade="official", title="来函", document_number="示办〔2020〕1号"
    )
    return first, second


def projected():
    return {table: rows_of(table) for table in TABLES}


def test_what_goes_out_comes_into_an_empty_office_the_same(clerk, org, head):
    class Undone(Exception):
        pass

    kept = {}
    try:
        with transaction.atomic():
            a_year(clerk, org)
            kept = {
                "rows": projected(),
                "case": export(clerk, "case", org),
                "firm": export(clerk, "firm", org),
            }
            raise Undone
    except Undone:
        pass
    assert not Record.objects.exists()
    commit(clerk, bring(clerk, org, kept["firm"], kind=None))
    staged = bring(clerk, org, kept["case"], kind=None)
    assert problems(staged) == {}
    commit(clerk, staged)
    after = projected()
    for table in ("p_trial_case", "p_trial_talk"):
        assert after[table] == kept["rows"][table]
    ends = [(row["role"], row["source_id"], row["target_id"]) for row in kept["rows"]["p_link"]]
    assert [(row["role"], row["source_id"], row["target_id"]) for row in after["p_link"]] == ends
    first = Record.objects.get(outside_number="A-17")
    assert first.source_system == "示例平台"
    assert set(Event.objects.filter(chain="office").values_list("act", flat=True)) == {"imported"}
    assert all(finding.verdict == "kept" for finding in audit.check(org.pk))


def test_what_came_in_comes_in_again_without_a_trace(clerk, org):
    a_year(clerk, org)
    events = Event.objects.count()
    staged = bring(clerk, org, export(clerk, "case", org))
    assert outcomes(staged) == ["same"] * 3
    commit(clerk, staged)
    assert Event.objects.count() == events


def test_a_file_without_ids_is_recorded_once(clerk, org):
    content = csv("路灯不亮,2020-03-02,城市,73万元,2020-03-05", "井盖缺失,2020年4月1日,,,")
    commit(clerk, bring(clerk, org, content, "来件.csv"))
    again = bring(clerk, org, content, "来件.csv")
    assert outcomes(again) == ["same", "same"]
    commit(clerk, again)
    assert Record.objects.filter(kind="trial/case").count() == 2
    assert Record.objects.get(label="路灯不亮").state == "filed"


def test_wrong_cells_are_told_and_nothing_is_recorded(clerk, org):
    staged = bring(
        clerk,
        org,
        csv(",2020-03-02,,,", "井盖,2020-13-02,不认得,-5,", "树,2020-03-02,,,2020-03-01"),
        "来件.csv",
    )
    told = problems(staged)
    assert set(told[2]) == {"title"}
    assert set(told[3]) == {"received_on", "class", "amount"}
    assert "filed_on" in told[4] or "received_on" in told[4] or "_id" in told[4]
    with pytest.raises(BadInput, match="3 行有问题"):
        imports.accept(by=clerk, staged=staged)
    assert not Record.objects.exists()


def test_the_marked_file_is_put_right_and_taken(clerk, org):
    staged = bring(clerk, org, csv("路灯,2020-13-02,,,"), "来件.csv")
    back = found.given_back(clerk, staged.pk)
    again = bring(clerk, org, back)
    assert problems(again)[3].keys() == {"received_on"}
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("来件")
        sheet.write_row(0, 0, ["标题", "收到日期", "问题"])
        sheet.write_row(1, 0, ["路灯", "2020-12-02", "收到日期不对"])
    commit(clerk, bring(clerk, org, book.getvalue()))
    assert Record.objects.get().data["received_on"] == "2020-12-02"


def test_only_the_right_rows_where_one_says_so(clerk, org):
    staged = bring(clerk, org, csv("路灯,2020-03-02,,,", "井盖,不知道,,,"), "来件.csv")
    commit(clerk, staged, without_wrong=True)
    assert [row.label for row in Record.objects.all()] == ["路灯"]


def test_changes_are_edits_and_days_are_back_filled(clerk, org):
    case = make_case(clerk, org)
    content = (
        f"记录编号,标题,收到日期,已立案日期,类别\n{case.id},路灯常亮,2020-03-02,2020-03-07,城市\n".encode()
    )
    staged = bring(clerk, org, content.replace("记录编号".encode(), b"_id"), "来件.csv")
    assert outcomes(staged) == ["changed"]
    commit(clerk, staged)
    case.refresh_from_db()
    assert (case.label, case.state, case.path[-1]) == ("路灯常亮", "filed", ["filed", "2020-03-07"])
    assert list(Event.objects.filter(record=case.id).order_by("version").values_list("act", flat=True)) == [
        "create",
        "edit",
        "imported",
    ]
    assert all(finding.verdict == "kept" for finding in audit.check(org.pk))


def test_both_sides_changed_is_a_conflict_to_be_decided(clerk, org):
    case = make_case(clerk, org)
    out = export(clerk, "case", org)
    records.edit(by=clerk, record=case.id, values={"title": "路灯换了"}, seen=1)
    staged = bring(clerk, org, out)
    assert outcomes(staged) == ["conflict"]
    with pytest.raises(BadInput, match="两边都改过"):
        imports.accept(by=clerk, staged=staged)
    imports.choose(by=clerk, staged=staged, keep={0: "ledger"})
    commit(clerk, staged)
    case.refresh_from_db()
    assert case.label == "路灯换了"


def test_the_files_side_may_be_chosen(clerk, org):
    case = make_case(clerk, org)
    out = export(clerk, "case", org)
    records.edit(by=clerk, record=case.id, values={"title": "路灯换了"}, seen=1)
    staged = bring(clerk, org, out)
    imports.choose(by=clerk, staged=staged, keep={}, rest="file")
    commit(clerk, staged)
    case.refresh_from_db()
    assert case.label == "路灯不亮"


def test_a_record_changed_after_the_preview_stops_the_commit(clerk, org):
    case = make_case(clerk, org)
    staged = bring(clerk, org, f"_id,标题,收到日期\n{case.id},甲,2020-03-02\n".encode(), "来件.csv")
    records.edit(by=clerk, record=case.id, values={"title": "乙"}, seen=1)
    imports.accept(by=clerk, staged=staged)
    with pytest.raises(Exception, match="又被人改过"):
        imports.finish(by=clerk, staged=staged)
    staged.refresh_from_db()
    assert staged.state == Import.State.READY
    assert "又被人改过" in staged.message


def test_banned_columns_are_dropped_and_reported(clerk, org):
    content = "标题,收到日期,政治面貌\n路灯,2020-03-02,某党\n".encode("utf-8-sig")
    staged = bring(clerk, org, content, "来件.csv")
    assert staged.told["sheets"][0]["banned"] == [["政治面貌", "政治观点和党派"]]
    commit(clerk, staged)
    assert "某党" not in str(list(ImportRow.objects.values_list("cells", flat=True)))
    assert "某党" not in str(Record.objects.get().data)


def test_banned_columns_are_not_even_staged(clerk, org, settings):
    imports.begin(
        by=clerk, org=org, name="来件.csv", kind="case",
        content="来信题目,收到日期,宗教信仰\n路灯,2020-03-02,某教\n".encode(),
    )  # fmt: skip
    staged = [
        gzip.decompress(path.read_bytes()).decode() for path in (settings.HOME / "imports").glob("*.file")
    ]
    assert ["路灯" in text for text in staged] == [True]
    assert "某教" not in staged[0]


def test_sheets_that_were_left_out_stay_told(clerk, org):
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        for title, heading in [("来件", "来信题目"), ("说明事项", "甲")]:
            sheet = made.add_worksheet(title)
            sheet.write_row(0, 0, [heading, "收到日期"])
            sheet.write_row(1, 0, ["路灯", "2020-03-02"])
    staged = bring(clerk, org, book.getvalue(), said={"来信题目": "title"})
    assert staged.told["left_out"] == ["说明事项"]
    assert outcomes(staged) == ["new"]


def test_what_nobody_went_on_with_is_given_up_after_a_month(clerk, org):
    old = imports.begin(by=clerk, org=org, content=csv("路灯,2020-03-02,,,"), name="一.csv", kind="case")
    Import.objects.update(touched_at=clock.now() - timedelta(days=31))
    imports.begin(by=clerk, org=org, content=csv("井盖,2020-03-02,,,"), name="二.csv", kind="case")
    old.refresh_from_db()
    assert old.state == Import.State.CANCELLED


def test_a_text_longer_than_a_cell_is_left_as_it_is(clerk, org):
    case = make_case(clerk, org, result="长" * 40_000)
    out = export(clerk, "case", org)
    assert outcomes(bring(clerk, org, out)) == ["same"]
    content = f"_id,标题,收到日期\n{case.id},路灯常亮,2020-03-02\n".encode()
    commit(clerk, bring(clerk, org, content, "来件.csv"))
    assert outcomes(bring(clerk, org, out)) == ["conflict"]


def test_headings_once_said_are_remembered(clerk, org):
    first = imports.begin(
        by=clerk, org=org, content="来信题目,收到日期\n路灯,2020-03-02\n".encode(), name="一.csv", kind="case"
    )
    assert first.state == Import.State.HEADINGS
    assert first.told["sheets"][0]["missing"] == ["标题"]
    imports.say_headings(by=clerk, staged=first, said={"来信题目": "title"})
    assert outcomes(imports.check(by=clerk, staged=first)) == ["new"]
    second = imports.begin(
        by=clerk, org=org, content="来信题目,收到日期\n井盖,2020-03-02\n".encode(), name="二.csv", kind="case"
    )
    assert second.state == Import.State.CHECKING


def test_without_the_right_to_back_fill_no_states_are_set(org, clerk, no_past):
    staged = bring(clerk, org, csv("路灯,2020-03-02,城市,,2020-03-05", "井盖,2020-03-02,,,"), "来件.csv")
    assert "补录" in problems(staged)[2]["filed_on"]
    commit(clerk, staged, without_wrong=True)
    assert [event.act for event in Event.objects.filter(chain="office")] == ["create"]


def test_a_stranger_sees_no_import(people, org, clerk):
    staged = bring(clerk, org, csv("路灯,2020-03-02,,,"), "来件.csv")
    for stranger in (people["stranger"], people["head"]):
        with pytest.raises(NotFound):
            found.import_view(stranger, staged.pk)
        with pytest.raises(NotFound):
            imports.cancel(by=stranger, staged=staged)
    with pytest.raises(NotFound):
        export(people["stranger"], "case", org)


def test_checking_goes_on_where_it_was_killed(clerk, org, monkeypatch):
    from jixiao.ledger.imports import checks, judge

    monkeypatch.setattr(checks, "BATCH", 2)
    lines = [f"来件{number},2020-03-02,,," for number in range(7)]
    staged = imports.begin(by=clerk, org=org, content=csv(*lines), name="来件.csv", kind="case")
    whole, parts = judge.Judge.judge, []

    def killed(self, part):
        parts.append(len(part))
        if len(parts) == 3:
            raise KeyboardInterrupt
        return whole(self, part)

    monkeypatch.setattr(judge.Judge, "judge", killed)
    with pytest.raises(KeyboardInterrupt):
        imports.check(by=clerk, staged=staged)
    assert ImportRow.objects.filter(staged=staged).count() == 4
    monkeypatch.setattr(judge.Judge, "judge", whole)
    done = imports.check(by=clerk, staged=staged)
    assert done.state == Import.State.READY
    assert [row.number for row in ImportRow.objects.filter(staged=staged)] == [2, 3, 4, 5, 6, 7, 8]


def test_one_works_on_an_import_at_a_time_and_a_silent_one_is_replaced(clerk, org):
    staged = imports.begin(by=clerk, org=org, content=csv("路灯,2020-03-02,,,"), name="来件.csv", kind="case")
    Import.objects.update(runner="somebody", touched_at=clock.now())
    assert imports.check(by=clerk, staged=staged).state == Import.State.CHECKING
    Import.objects.update(touched_at=clock.now() - timedelta(seconds=imports.SILENT_SECONDS + 1))
    assert imports.check(by=clerk, staged=staged).state == Import.State.READY


def test_what_is_cancelled_while_it_is_judged_leaves_no_rows(clerk, org, monkeypatch):
    from jixiao.ledger.imports import checks

    staged = imports.begin(by=clerk, org=org, content=csv("路灯,2020-03-02,,,"), name="来件.csv", kind="case")
    whole = checks.lines_of

    def cancelled(parts):
        for line in whole(parts):
            imports.cancel(by=clerk, staged=staged)
            yield line

    monkeypatch.setattr(checks, "lines_of", cancelled)
    assert imports.check(by=clerk, staged=staged).state == Import.State.CANCELLED
    assert not ImportRow.objects.exists()


def test_numbers_of_persons_in_free_text_are_pointed_out(clerk, org):
    staged = bring(clerk, org, csv("路灯不亮，电话13800138000,2020-03-02,,,"), "来件.csv")
    [row] = ImportRow.objects.filter(staged=staged)
    assert (row.outcome, "手机号码" in row.warnings[0]) == ("new", True)


def test_a_row_like_one_that_is_there_is_pointed_out(clerk, org):
    make_case(clerk, org)
    staged = bring(clerk, org, csv("路灯不亮,2020-03-02,,,"), "来件.csv")
    [row] = ImportRow.objects.filter(staged=staged)
    assert (row.outcome, "可能重复" in row.warnings[0]) == ("new", True)


def test_a_commit_cut_off_in_the_middle_is_begun_again(clerk, org, monkeypatch):
    from jixiao.ledger.actions import records as acting

    staged = bring(clerk, org, csv("路灯,2020-03-02,,,", "井盖,2020-03-02,,,"), "来件.csv")
    imports.accept(by=clerk, staged=staged)
    whole = acting.backfill_all

    def killed(**given):
        whole(**given)
        raise KeyboardInterrupt

    monkeypatch.setattr(acting, "backfill_all", killed)
    with pytest.raises(KeyboardInterrupt):
        imports.finish(by=clerk, staged=staged)
    assert not Record.objects.exists()
    monkeypatch.setattr(acting, "backfill_all", whole)
    assert imports.finish(by=clerk, staged=staged).told["counts"] == {"new": 2, "changed": 0}
    assert imports.finish(by=clerk, staged=staged).state == Import.State.DONE
    assert Event.objects.filter(chain="office").count() == 2


def test_a_commit_can_be_stopped_and_leaves_nothing(clerk, org):
    from jixiao.ledger.imports import commit as committing
    from jixiao.ledger.imports import progress

    staged = bring(clerk, org, csv("路灯,2020-03-02,,,"), "来件.csv")
    imports.accept(by=clerk, staged=staged)
    progress.stop(staged.pk)
    with pytest.raises(progress.Cancelled):
        committing.run(staged, clerk)
    assert not Record.objects.exists()
    imports.cancel(by=clerk, staged=staged)
    assert not ImportRow.objects.exists()


def test_children_come_under_records_of_the_file_or_of_the_ledger(clerk, org):
    make_case(clerk, org, title="早先的来件")
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("来件")
        sheet.write_row(0, 0, ["标题", "收到日期"])
        sheet.write_row(1, 0, ["新的来件", "2020-03-02"])
        sheet = made.add_worksheet("沟通")
        sheet.write_row(0, 0, ["所属来件", "议题", "日期"])
        sheet.write_row(1, 0, ["新的来件", "甲", "2020-03-03"])
        sheet.write_row(2, 0, ["早先的来件", "乙", "2020-03-03"])
        sheet.write_row(3, 0, ["没有的来件", "丙", "2020-03-03"])
    staged = bring(clerk, org, book.getvalue())
    assert set(problems(staged)[4]) == {"_parent"}
    commit(clerk, staged, without_wrong=True)
    talks = Record.objects.filter(kind="trial/talk").order_by("label")
    assert {talk.parent.label for talk in talks} == {"新的来件", "早先的来件"}


def test_a_template_is_an_export_without_records(clerk, org):
    staged = template(clerk, "case", org)
    with pytest.raises(BadInput, match="没有内容"):
        imports.begin(by=clerk, org=org, content=staged, name="模板.xlsx")


@pytest.fixture
def no_past():
    """An office whose clerk may record what happens now and not what is long over."""
    roles = {name: role.model_copy(update={"may": ()}) for name, role in TRIAL.roles.items()}
    with rules.working_under(replace(TRIAL, roles=roles)):
        yield


def test_all_that_is_wrong_with_a_row_is_told_at_once(clerk, org):
    staged = bring(clerk, org, csv(",2099-01-01,没有的类别,十,", "路灯,二月三十,,一百,"), "来件.csv")
    first, second = problems(staged)[2], problems(staged)[3]
    assert set(first) == {"title", "received_on", "class", "amount"}
    assert first["received_on"].startswith("2099-01-01 还没有到")
    assert set(second) == {"received_on", "amount"}


def test_a_mistyped_name_is_told_with_what_it_is_like(clerk, org):
    text = "标题,收到日期,来件单位\n路灯,2020-03-02,示例企叶\n"
    records.create(by=clerk, org=org, kind="firm", values={"name": "示例企业"})
    staged = bring(clerk, org, text.encode(), "来件.csv")
    assert "是否想填 示例企业" in problems(staged)[2]["sender"]


def test_an_office_table_with_title_and_total_is_read_below_its_heading(clerk, org):
    rows = ["2020年来件登记表,,,,", "填报单位：示例办,,,,", "标题,收到日期,类别,涉及金额,已立案日期"]
    text = "\n".join([*rows, "路灯,2020-03-02,,,", "井盖,2020-03-03,,,", "合计,2,,,"])
    staged = bring(clerk, org, text.encode("gb18030"), "来件.csv")
    assert outcomes(staged) == ["new", "new"]
    assert staged.told["sheets"][0]["heading"] == 3
    assert staged.told["sheets"][0]["left"] == [1, 2, 6]
    again = bring(clerk, org, text.encode("gb18030"), "来件.csv")
    commit(clerk, staged)
    assert [row.label for row in Record.objects.order_by("label")] == ["井盖", "路灯"]
    assert again.total == 2


def test_a_sheet_called_as_the_office_likes_is_known_by_its_columns(clerk, org):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        made.add_worksheet("封面").write(0, 0, "2020年台账")
        sheet = made.add_worksheet("一季度")
        sheet.write_row(0, 0, ["标题", "收到日期", "类别"])
        sheet.write_row(1, 0, ["路灯", "2020-03-02"])
    staged = bring(clerk, org, stream.getvalue())
    assert outcomes(staged) == ["new"]


def test_one_answer_puts_right_every_row_that_bears_a_wrong_word(clerk, org):
    lines = [
        f"路灯{number},2020-03-02,{word},," for number, word in enumerate(["城里"] * 3 + ["乡下", "城市"])
    ]
    staged = bring(clerk, org, csv(*lines), "来件.csv")
    assert outcomes(staged) == ["wrong"] * 4 + ["new"]
    told = {(one.text, one.count) for one in found.unknown_wordings(clerk, staged.pk)}
    assert told == {("城里", 3), ("乡下", 1)}
    key = ("trial/case", "class", "城里")
    for said in ({}, {key: ""}, {key: "没有的"}, {("trial/case", "class", "火星"): "城市"}):
        with pytest.raises(BadInput):
            imports.say_wordings(by=clerk, staged=staged, said=said)
    again = imports.check(by=clerk, staged=imports.say_wordings(by=clerk, staged=staged, said={key: "城市"}))
    assert outcomes(again) == ["new"] * 3 + ["wrong", "new"]
    commit(clerk, again, without_wrong=True)
    assert {row.data["class"] for row in Record.objects.all()} == {"city"}
    right = bring(clerk, org, csv(*(line.replace("城里", "城市") for line in lines)), "来件.csv")
    assert outcomes(right) == ["same"] * 3 + ["wrong", "same"]
