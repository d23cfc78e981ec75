"""Outlines become documents: texts, silence, equal figures, numbering, tables, new wording."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.reports.told import CLAUSES, SHEET, context, document, figure, outline, with_clause

from jixiao.errors import BadInput
from jixiao.reports.context import ScoreSheet
from jixiao.reports.document import (
    Heading,
    Paragraph,
    Placed,
    Row,
    Table,
    placed,
    plain_text,
    sections,
    text_of,
)
from jixiao.reports.outline import compose
from jixiao.values import Qualifier, Status, Verdict


def only_text(told) -> str:
    (paragraph,) = told.blocks
    assert isinstance(paragraph, Paragraph)
    return text_of(paragraph.runs)


def test_headings_are_numbered_level_by_level() -> None:
    levels = [1, 2, 3, 4, 4, 3, 2, 3, 1, 2]
    clauses = [{"id": f"h{n}", "heading": level, "text": "某事"} for n, level in enumerate(levels)]
    told = compose(outline(clauses=clauses), context())
    numbers = [block.number for block in told.blocks if isinstance(block, Heading)]
    assert numbers == ["一、", "（一）", "1.", "（1）", "（2）", "2.", "（二）", "1.", "二、", "（一）"]


def test_a_clause_places_its_figures_as_printed() -> None:
    told = compose(with_clause("{year}年，{org}收到{demo/opinions}，登记{demo/opinions:exact}。"), context())
    assert only_text(told) == "2020年，示例区示例办公室收到30余篇，登记34篇。"
    over, exact = placed(told)
    assert over.quantity is not None
    assert over.quantity.qualifier is Qualifier.OVER
    assert exact.quantity is not None
    assert exact.quantity.value == Decimal(34)


def test_zero_is_told_as_zero() -> None:
    assert only_text(compose(with_clause("举办{demo/lectures}。"), context())) == "举办0期。"


def test_silence_takes_the_otherwise_or_says_what_is_not_reported() -> None:
    assert only_text(compose(with_clause("建成{demo/studios}。"), context())) == "工作室数未填报。"
    spoken = with_clause("建成{demo/studios}。", otherwise="尚未建立台账。")
    assert only_text(compose(spoken, context())) == "尚未建立台账。"
    assert only_text(compose(with_clause("达到{demo/share}。"), context())) == "参与率无可计算。"
    assert only_text(compose(with_clause("编制{filed.demo/budget}。"), context())) == "预算数未填报。"


def test_when_says_which_silence_counts() -> None:
    told = compose(with_clause("立案{demo/opened}，建成{demo/studios}。", when=["demo/opened"]), context())
    assert only_text(told) == "立案20件，建成未填报。"
    always = compose(with_clause("建成{demo/studios}。", when=[]), context())
    assert only_text(always) == "建成未填报。"


def test_a_list_without_names_is_silence() -> None:
    assert (
        only_text(compose(with_clause("有{demo/opinions:list}。"), context()))
        == "有《甲事项建议》《乙事项建议》。"
    )
    assert (
        only_text(compose(with_clause("有{demo/opinions:list}。"), context(lists={})))
        == "信息条数未填报名称。"
    )


def test_several_figures_stand_in_one_slot_while_they_are_equal() -> None:
    told = compose(with_clause("均为{demo/opened=demo/again}。"), context())
    assert only_text(told) == "均为20件。"
    (one,) = placed(told)
    assert one.figures == ("demo/opened", "demo/again")
    assert told.may_be_issued


def test_figures_that_differ_say_so_and_stand_against_issuing() -> None:
    told = compose(with_clause("均为{demo/opened=demo/closed}。"), context())
    assert only_text(told) == "均为数据不一致：提案立案数20件，提案办结数19件。"
    (problem,) = told.problems
    assert problem.verdict is Verdict.BROKEN
    assert problem.subjects == ("demo/opened", "demo/closed")
    assert not told.may_be_issued


def test_equal_numbers_of_different_exactness_are_not_equal() -> None:
    figures = {"demo/a": figure("a", "甲", "30"), "demo/b": figure("b", "乙", "30", qualifier=Qualifier.OVER)}
    told = compose(with_clause("{demo/a=demo/b}"), context(figures=figures))
    assert "数据不一致" in only_text(told)


def test_new_wording_replaces_the_text_and_keeps_the_figures() -> None:
    plan = with_clause("立案{demo/opened}。")
    told = compose(plan, context(edits={"only": "一年来，共立案{demo/opened}。"}))
    assert only_text(told) == "一年来，共立案20件。"
    assert told.clauses[0].outcome == "rewritten"
    assert [one.key for one in placed(told)] == [one.key for one in placed(compose(plan, context()))]


def test_wording_that_lost_its_slot_is_not_used_and_stands_against_issuing() -> None:
    told = compose(with_clause("立案{demo/opened}。"), context(edits={"only": "立案不少。"}))
    assert only_text(told) == "立案20件。"
    assert "缺少数据位 {demo/opened}" in told.problems[0].reason


def test_lines_of_a_text_are_paragraphs() -> None:
    told = compose(with_clause("甲。\n\n乙{demo/opened}。\n"), context())
    assert [text_of(block.runs) for block in told.blocks if isinstance(block, Paragraph)] == [
        "甲。",
        "乙20件。",
    ]
    assert len(sections(told)) == 3


def test_keys_are_unique_and_stable() -> None:
    keys = [one.key for one in placed(document())]
    assert len(keys) == len(set(keys))
    assert keys == [one.key for one in placed(document(org="另一单位"))]
    assert all(len(key) <= 40 for key in keys)


def test_a_figure_that_was_not_computed_is_refused_by_name() -> None:
    with pytest.raises(BadInput, match="demo/nowhere"):
        compose(with_clause("{demo/nowhere}"), context())


def test_a_repeated_clause_id_is_refused() -> None:
    with pytest.raises(BadInput, match="only"):
        compose(outline(clauses=[{"id": "only", "text": "甲"}, {"id": "only", "text": "乙"}]), context())


def test_a_period_that_is_not_set_stands_against_issuing() -> None:
    assert only_text(compose(with_clause("{period.plenary}，立案"), context())) == "一次会议以来，立案"
    told = compose(with_clause("{period.plenary}，立案"), context(periods={}))
    assert not told.may_be_issued
    assert (
        only_text(compose(with_clause("{period.as_of}，立案"), context(periods={})))
        == "截至2020年12月31日，立案"
    )


def rows_of(told, clause: str) -> list[list[str]]:
    (table,) = [block for block in told.blocks if isinstance(block, Table) and block.clause == clause]
    return [[text_of(cell) for cell in row.cells] for row in table.rows]


def test_figures_stand_under_their_themes() -> None:
    rows = rows_of(document(), "table")
    assert [row[0] for row in rows if len(row) == 1] == ["提案", "其余工作"]
    assert ["提案立案数", "20件", "2020年度", "3"] in rows
    assert ["讲堂期数", "0期", "2020年度", "3"] in rows
    assert ["工作室数", "未填报", "2020年度", "—"] in rows


def test_a_figure_table_keeps_to_its_themes_and_items() -> None:
    def rows(**spec: object) -> list[list[str]]:
        clause = {"id": "t", "table": {"caption": "表", "of": "figures", **spec}}
        return rows_of(compose(outline(clauses=[clause], attachments=[]), context()), "t")

    assert next(row[0] for row in rows(themes=["two"])) == "其余工作"
    assert [row[0] for row in rows(items=["demo/closed"])] == ["提案", "提案办结数"]


def test_the_score_sheet_shows_reasons_and_silence() -> None:
    rows = rows_of(document(), "scores")
    assert ["执行率", "100%", "95.10%", "10", "9.51", "尾款跨年支付"] in rows
    assert ["工作室数", "≥1个", "未填报", "30", "未填报", ""] in rows
    assert rows[-1] == ["合计（等级：差）", "", "", "40", "9.51", ""]


def test_a_scored_part_without_parts_stands_under_its_own_title() -> None:
    clause = {"id": "t", "table": {"caption": "表", "of": "scores"}}
    deep, flat = SHEET.rows[0], replace(SHEET.rows[1], path=())
    mixed = {"demo/self": replace(SHEET, rows=(deep, flat))}
    rows = rows_of(compose(outline(clauses=[clause], scheme="demo/self"), context(scores=mixed)), "t")
    assert [row[0] for row in rows] == ["预算执行", "执行率", "工作室数", "工作室数", "合计（等级：差）"]
    alone = {"demo/self": replace(SHEET, rows=(flat,))}
    rows = rows_of(compose(outline(clauses=[clause], scheme="demo/self"), context(scores=alone)), "t")
    assert [row[0] for row in rows] == ["工作室数", "合计（等级：差）"]


def test_a_score_table_shows_the_scheme_of_the_outline() -> None:
    clause = {"id": "t", "table": {"caption": "表", "of": "scores"}}
    plan = outline(clauses=[clause], attachments=[], scheme="demo/self")
    other = ScoreSheet("他评", (), "100", "0")
    told = compose(plan, context(scores={"demo/other": other, "demo/self": SHEET}))
    assert rows_of(told, "t")[-1][0] == "合计（等级：差）"


def test_a_score_sheet_of_an_unknown_scheme_is_refused() -> None:
    clause = {"id": "t", "table": {"caption": "表", "of": "scores", "scheme": "demo/other"}}
    with pytest.raises(BadInput, match="表"):
        compose(outline(clauses=[clause]), context(scores={"demo/self": SHEET}))


def test_filed_values_say_that_they_are_invented() -> None:
    (attachment,) = document().attachments
    filed, _, missing = (block for block in attachment.blocks if isinstance(block, Table))
    assert text_of(filed.rows[0].cells[3]) == "示例批复（示例，虚构）"
    assert {text_of(row.cells[0]) for row in missing.rows} == {"工作室数", "参与率", "预算数"}


def test_an_empty_table_says_none() -> None:
    clause = {"id": "t", "table": {"caption": "表", "of": "relations"}}
    told = compose(outline(clauses=[clause], attachments=[]), context(findings=[]))
    assert rows_of(told, "t") == [["无"]]


def test_control_characters_of_records_do_not_reach_the_document() -> None:
    told = compose(with_clause("有{demo/opinions:list}。"), context(lists={"demo/opinions": ["甲\x00\n乙"]}))
    assert only_text(told) == "有甲 乙。"


def test_sections_hold_every_word_once() -> None:
    told = document()
    text = plain_text(told)
    assert text.count("得分表") == 1
    assert text.count("附件：数据来源") == 1
    assert text.index("示例区示例办公室\n2021年1月15日") < text.index("附件\n数据来源")
    for block in told.blocks:
        if isinstance(block, Table):
            assert all(text_of(cell) in text for row in block.rows for cell in row.cells)


def test_an_empty_outline_is_a_title_and_a_signature() -> None:
    told = compose(outline(clauses=[], attachments=[]), context())
    assert [section.id for section in sections(told)] == ["title", "signature"]


def test_titles_carry_no_figures() -> None:
    with pytest.raises(BadInput, match="标题"):
        compose(outline(document_title="立案{demo/opened}"), context())


def test_the_sample_uses_every_kind_of_run() -> None:
    told = document()
    kinds = {type(block) for block in told.blocks}
    assert kinds == {Heading, Paragraph, Table}
    assert any(
        isinstance(run, Placed) and run.quantity is None for block in told.blocks for run in _runs(block)
    )
    assert len(CLAUSES) == len({clause["id"] for clause in CLAUSES})


def _runs(block):
    if isinstance(block, Table):
        return [run for row in block.rows if isinstance(row, Row) for cell in row.cells for run in cell]
    return block.runs


def test_nothing_reported_at_all_is_still_a_document() -> None:
    silent = {
        one: figure(one.partition("/")[2], "某数", status=Status.NOT_REPORTED) for one in context().figures
    }
    told = document(figures=silent, filed={"demo/staff": context().filed["demo/budget"]}, lists={})
    assert told.may_be_issued
    assert "0件" not in plain_text(told)
    assert "某数未填报。" in plain_text(told)
