"""The defects reviewers complain about, each planted in a sound paper and found by its own rule, and by no other.

The paper goes through the reader as a stranger's file does; the table of marks is the finance pack's.
"""

from __future__ import annotations

import pytest
from tests.reading.test_behind import paper as hidden_paper
from tests.reading.test_behind import workbook as hidden_workbook

from jixiao.catalogue import load
from jixiao.ledger.presubmitting import Note, mark_file, rules_in

RULES = rules_in(load(["finance"]))
HEAD = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
]
ROWS = [
    ["产出指标", "数量指标", "办理提案件数", "≥20件", "20件", "30", "30", ""],
    ["产出指标", "质量指标", "提案办复率", "≥95%", "96%", "20", "20", ""],
    ["成本指标", "经济成本", "会议成本", "≤8万元", "7.29万元", "20", "20", ""],
    ["效益指标", "社会效益", "建议采纳条数", "≥5条", "4条", "20", "16", "一条建议因政策未出台未采纳"],
    ["满意度指标", "服务对象满意度", "委员满意度", "≥90%", "92%", "10", "10", ""],
]
PROJECTS = (
    ["项目名称", "全年预算数（万元）", "支付进度（%）", "工作进度（%）"],
    [["提案办理专项", "8", "91.00", "95.00"]],
)
MONEY = (["项目", "全年预算数", "全年执行数", "执行率（B/A）"], [["年度资金总额", "90", "89.97", "99.97%"]])
TEXT = [
    "2020年度部门整体支出绩效自评报告",
    "一、部门基本情况",
    "示例局内设机构4个，编制20人。",
    "二、一般公共预算支出情况",
    "全年预算数90万元，全年执行数89.97万元。",
    "三、部门整体支出绩效情况",
    "办理提案20件，目标20件，按期办结。",
    "提案办理专项安排8万元，用于调研和督办。",
    "委员满意度92%，发放问卷60份，收回有效问卷52份，由承办科室当面征询。",
    "四、存在的问题及原因分析",
    "建议采纳条数少1条，因政策未出台。",
    "五、下一步改进措施",
    "建议采纳由提案科负责跟进，2021年6月底前完成。",
    "六、绩效自评结果拟应用和公开情况",
    "结果作为下年预算安排的依据，2021年9月底前在门户网站公开。",
    "示例局",
    "2021年3月5日",
]


def table(head, rows):
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr>{cells}</table>"


def paper(text=TEXT, rows=ROWS, money=MONEY, projects=PROJECTS):
    told = "".join(f"<p>{line}</p>" for line in text)
    tables = "".join(table(*one) for one in ((HEAD, rows), money, projects))
    return f"<html><body>{told}{tables}</body></html>".encode()


def found(content, **beside):
    beside = {"unproved": (), "carried": (), "notes": []} | beside
    sheet = mark_file(content, "report.html", RULES, **beside)
    return {one.rule for one in sheet.faults}, {one.rule for one in sheet.publication}


def without(*lines):
    return [line for line in TEXT if line not in lines]


def swapped(old, new):
    assert any(old in line for line in TEXT)
    return [line.replace(old, new) for line in TEXT]


def cell(row, column, text, **more):
    rows = [list(one) for one in ROWS]
    rows[row][column] = text
    for place, other in more.items():
        rows[row][int(place[1:])] = other
    return rows


def test_a_sound_paper_loses_nothing() -> None:
    sheet = mark_file(paper(), "report.html", RULES, unproved=(), carried=(), notes=[])
    assert [(one.rule, one.place, one.found) for one in sheet.faults] == []
    assert sheet.publication == ()
    assert sheet.earned == sheet.points


PLANTED = {
    # the catalogue of defects, in its order
    "1 goals of words": ({"rows": cell(3, 3, "显著提升")}, "vague"),
    "2 a rate among quantities": ({"rows": cell(0, 3, "≥95%", c4="96%")}, "misplaced"),
    "2 money among quantities": ({"rows": cell(0, 3, "≤72890元", c4="72000元")}, "misplaced"),
    "3 no target": ({"rows": cell(3, 3, "")}, "targets"),
    "4 no satisfaction": (
        {"rows": ROWS[:4], "text": without(TEXT[8])}, "coverage",
    ),
    "4 no cost": ({"rows": [*ROWS[:2], *ROWS[3:]]}, "coverage"),
    "5 a project without an indicator": (
        {"projects": (PROJECTS[0], [*PROJECTS[1], ["档案数字化", "5", "90.00", "92.00"]])}, "unmatched",
    ),
    "6 payment ahead of work": (
        {"projects": (PROJECTS[0], [["提案办理专项", "8", "91.00", "40.00"]])}, "ahead",
    ),
    "7 execution far off": ({"money": (MONEY[0], [["年度资金总额", "", "", "75.00%"]])}, "execution"),
    "7 execution far above": ({"money": (MONEY[0], [["年度资金总额", "", "", "131.00%"]])}, "execution"),
    "8 over target unexplained": ({"rows": cell(0, 4, "36件")}, "deviations"),
    "8 lost points unexplained": ({"rows": cell(1, 6, "19")}, "reasons"),
    "9 no problems": ({"text": swapped("建议采纳条数少1条，因政策未出台。", "暂无。")}, "no_problems"),
    "9 no measures": (
        {"text": swapped("建议采纳由提案科负责跟进，2021年6月底前完成。", "暂无。")}, "no_measures",
    ),
    "9 nothing but full marks": ({"rows": cell(3, 6, "20", c4="5条", c7="")}, "full_marks"),
    "10 a small sample": ({"text": swapped("52份", "12份")}, "sample"),
    "10 no sample": (
        {"text": swapped("，发放问卷60份，收回有效问卷52份，由承办科室当面征询", "，问卷结果良好")}, "sample_told",
    ),
    "13 a score above its points": ({"rows": cell(2, 6, "22")}, "reasons"),
    # the table of deductions
    "a cover without a day": ({"text": without(TEXT[-1])}, "cover_date"),
    "a cover without its subject": ({"text": swapped("2020年度部门整体支出绩效自评报告", "工作报告")}, "cover_elements"),
    "nobody signs": ({"text": without("示例局")}, "report_elements"),
    "an empty cell": ({"rows": cell(1, 4, "")}, "blank_cells"),
    "a section twice": ({"text": [*TEXT[:14], "七、下一步改进措施", *TEXT[12:]]}, "sections"),
    "a word twice": ({"text": swapped("按期办结", "按期的的办结")}, "slips"),
    "a sign twice": ({"text": swapped("按期办结。", "按期办结。。")}, "layout"),
    "a statement without a number": (
        {"text": swapped("目标20件，按期办结。", "目标20件，按期办结。</p><p>各项工作都取得了比较好的成效。")}, "bare",
    ),
    "no statements": ({"text": without(*TEXT[6:9])}, "none"),
    "a measure of nobody": ({"text": swapped("由提案科负责跟进", "持续跟进")}, "owners"),
    "more problems than measures": (
        {"text": swapped("因政策未出台。", "因政策未出台。</p><p>会议成本偏高1万元。")}, "answered",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_found(name) -> None:
    given, rule = PLANTED[name]
    faults, _ = found(paper(**given))
    assert rule in faults
    also = {"unmatched"} if rule == "none" else {"report_elements"} if rule == "cover_date" else set()
    also |= {"sums"} if name.startswith("13") else set()
    also |= {"misplaced", "blank_cells"} if rule in ("vague", "targets") else set()
    also |= {"sample_told"} if rule == "coverage" else set()
    assert faults - {rule} <= also, faults


def test_a_score_that_is_not_its_grade_is_found() -> None:
    faults, _ = found(
        paper(
            text=swapped("按期办结。", "按期办结。自评得分96分，等级为“良”（90分及以上为优，80—90分为良）。")
        )
    )
    assert "sums" in faults


def test_parts_that_do_not_make_their_total_are_found() -> None:
    text = swapped("内设机构4个", "全年支出90万元，其中基本支出50万元、项目支出30万元。内设机构4个")
    assert "sums" in found(paper(text=text))[0]


NOTE = "2020年度整改报告\n委员满意度{}，提案办理专项已验收。\n".format


@pytest.mark.parametrize(
    ("told", "is_found"), [("为85%", True), ("由88%提高到92%", False), ("目标90%，完成92%", False)]
)
def test_a_rectification_paper_that_says_another_number_is_found(told, is_found) -> None:
    notes = [Note("“整改报告.txt”", NOTE(told).encode(), "整改报告.txt")]
    assert ("notes" in found(paper(), notes=notes)[0]) is is_found


def test_what_earlier_years_left_open_must_be_spoken_of() -> None:
    assert "carried" in found(paper(), carried=("固定资产账实不符",))[0]
    text = swapped("建议采纳条数少1条", "建议采纳条数少1条；上年固定资产账实不符还差2件没有盘清")
    assert "carried" not in found(paper(text=text), carried=("固定资产账实不符",))[0]


def test_figures_without_evidence_cost_points_and_are_not_asked_of_strangers() -> None:
    assert "unproved" in found(paper(), unproved=(("报告“20”", "背后 20 条记录，3 条没有佐证"),))[0]
    sheet = mark_file(paper(), "report.html", RULES)
    assert {"数据没有佐证", "以前年度的整改没有交代", "自评与整改说法不一"} == {
        one for line in sheet.lines for one in line.unasked
    }


PUBLIC = {
    "person_numbers": ["受助人手机１３８ ００００ １２３４", "身份证号430602 19800101 1234"],
    "telephones": ["咨询（0730）8880000", "联系电话：8880000"],
    "bank_numbers": ["汇入账号1907 0230 0902 1012 345"],
    "bank": ["开户行：示例银行示例支行"],
    "names": [
        "联系人：张示例",
        "负责人 李示",
        "由局长王示例带队到村走访",
        "走访困难群众刘示，送慰问金500元",
        "周示例同志负责督办",
        "张示、李示例、王示等5人参加调研",
        "局班子成员和孙示例（13800001234）对接",
        "黄书记批示后办结",
    ],
    "instructions": ["按领导批示办理", "此件为内部资料，请勿外传", "仅供领导参阅"],
    "secrecy": ["机密★1年", "【秘 密】", "密级：内部", "（工作秘密）"],
}
HARMLESS = [
    "全年执行数13800001234元，支付6222021908001234元",
    "依据湘财绩〔2020〕7号、示办发〔2021〕12号",
    "项目编码430600202003050012，预算项目43060021T000000012345",
    "统一社会信用代码11430600006367589K",
    "组织干部群众学习，发动居民、群众、委员参加活动300人次",
    "负责人民主评议和联系人大代表工作",
    "局长办公会研究，书记专题会调度，主任会议审议",
    "联系人数20人，负责人岗位4个",
    "开展保守国家秘密教育，完善商业秘密保护制度",
    "推荐江苏、安徽、湖南等3省经验，协调林业、水利、金融等部门",
    "办结批示件12件，获领导批示3次",
    "区委书记、区长高度重视，主席会议成员到场督办",
    "村民方面意见28条，居民安全满意率98%",
    "2020-03-05至2020-12-31，12345热线受理3210件",
]


@pytest.mark.parametrize("rule", PUBLIC)
def test_what_may_not_be_published_is_found_in_text_and_tables(rule) -> None:
    for line in PUBLIC[rule]:
        _, public = found(paper(text=swapped("按期办结。", f"按期办结。</p><p>{line}。")))
        assert rule in public, line
        _, public = found(paper(rows=cell(3, 7, f"一条未采纳，{line}")))
        assert rule in public or line.startswith("【"), line


@pytest.mark.parametrize("line", HARMLESS)
def test_what_only_looks_like_it_is_left_alone(line) -> None:
    _, public = found(paper(text=swapped("按期办结。", f"按期办结。</p><p>{line}。")))
    assert public == set(), line


def test_cells_are_read_with_their_head_and_their_left_neighbour() -> None:
    people = (["姓名", "联系电话", "收款账号"], [["张示例", "8880000", "1907023009021012345"]])
    assert found(paper(money=people))[1] == {"names", "telephones", "bank_numbers"}
    foot = (["填表", "情况", "其他", "内容"], [["填表人", "李示例", "联系电话", "8880000"]])
    assert found(paper(money=foot))[1] == {"names", "telephones"}
    codes = (["项目编码", "预算数"], [["43060220200305001X", "90"]])
    assert found(paper(money=codes))[1] == set()


def test_a_number_is_told_so_that_it_can_be_found_and_not_copied() -> None:
    text = swapped("按期办结。", "按期办结。</p><p>手机13800001234。")
    (fault,) = mark_file(paper(text=text), "report.html", RULES).publication
    assert "138…34" in fault.found
    assert "0000" not in fault.found


def test_what_may_not_be_published_is_found_where_nobody_sees_it() -> None:
    sheet = mark_file(hidden_paper(), "report.docx", RULES)
    places = {(one.rule, one.place) for one in sheet.publication}
    assert {("secrecy", "页眉"), ("names", "页脚"), ("names", "文件属性")} <= places


def test_of_a_workbook_only_what_may_not_be_published_is_asked() -> None:
    sheet = mark_file(hidden_workbook(), "自评表.xlsx", RULES)
    assert sheet.lines == ()
    places = {(one.rule, one.place) for one in sheet.publication}
    assert ("person_numbers", "隐藏的工作表“底稿”第1行") in places
    assert {
        ("names", "批注"),
        ("secrecy", "“自评表”的页眉页脚"),
        ("telephones", "“自评表”的页眉页脚"),
    } <= places
