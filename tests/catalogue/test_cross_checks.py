"""One mistake at a time, each told at its file and line with what would be right."""

from __future__ import annotations

from typing import Any

import pytest

from jixiao.catalogue import check

LETTER = "kinds/letter.yaml"
JOINT = "indicators/joint_letters.yaml"
RATE = "indicators/answer_rate.yaml"

CASES = [
    (LETTER, "label: title", "label: titel", 7, "label", "没有字段“titel”", "title"),
    (LETTER, "date: received_on", "date: cost", 6, "date", "不是日期字段", "received_on"),
    (LETTER, "codes: form", "codes: from", 12, "fields.form.codes", "没有代码表“from”", "form"),
    (LETTER, "nature: own", "nature: ownn", 13, "fields.cost.nature", "没有资金性质“ownn”", "own"),
    (LETTER, "to: letter}", "to: lettre}", 20, "links.about.to", "没有事项类型“lettre”", "letter"),
    (LETTER, "from: [open], to: asked", "from: [opne], to: asked", 27, "steps.ask.from", "没有环节", "open"),
    (LETTER, "needs: [cost]", "needs: [costs]", 34, "steps.answer.needs", "没有字段", "cost"),
    (LETTER, "roles: [clerk]}", "roles: [clark]}", 27, "steps.ask.roles", "没有角色", "clerk"),
    (LETTER, "roles: [clerk]}", "roles: [office_clerk]}", 27, "steps.ask.roles", "没有角色", "requires 写上那个包"),
    (LETTER, "{reply: {", "{replay: {", 35, "steps.answer.when.replay", "没有名为“replay”的子表", "reply"),
    (LETTER, "signed: true", "signed: 1", 35, "steps.answer.when.signed", "数字 1", "true 或 false"),
    (LETTER, "to: closed", "to: open", 25, "states.closed", "没有步骤能到达环节", "to: closed"),
    (LETTER, "starts: received_on", "starts: recieved_on", 41, "deadlines.answer.starts", "没有", "received_on"),
    (LETTER, "extended_by: extra_months", "extended_by: cost", 44, "deadlines.answer.extended_by", "没有整数", ""),
    (LETTER, "period: {months: 3}", "period: {}", 43, "deadlines.answer.period", "写得不对", "期限写 days"),
    (LETTER, "number: {field: title", "number: {field: nr", 47, "number.field", "没有字段", ""),
    (LETTER, "  urgent: {", "  key: {", 15, "fields.key", "系统或条件用的词", "换一个编号"),
    (LETTER, "extra_months: {type: integer", "open_on: {type: integer", 17, "fields.open_on", "同名", "date"),
    (JOINT, "form: joint", "form: jiont", 6, "where.form", "没有代码（形式）“jiont”", "joint"),
    (JOINT, "form: joint", "state: open", 6, "where.state", "没有 state 这一列", "reached"),
    (JOINT, "form: joint", "body: x", 6, "where.body", "长文字", "其他字段"),
    (JOINT, "reached: answered", "reached: done", 7, "count.reached", "没有来信的环节“done”", "answered"),
    (JOINT, "form: joint", "received_on: {between: [1, 2]}", 6, "where.received_on", "数字 1", "日期"),
    (JOINT, "between: [100, null]", "between: [100, 1.555]", 6, "where.cost", "数字 1.555", "小数位数"),
    (JOINT, "form: joint", "parent: {signed: true}", 6, "where.parent", "没有上级", "parent"),
    (JOINT, "form: joint", "form: {like: x}", 6, "where", "不认得“like”", ""),
    (JOINT, "dated: received_on", "dated: form", 5, "rows.dated", "文字列", "received_on"),
    (JOINT, "dated: received_on", "dated: x, until: y", 5, "rows", "只能写一个", ""),
    (JOINT, "theme: work", "theme: work\nbasis: yearly", 4, "basis", "没有口径“yearly”", ""),
    (RATE, "not_after: answer_due_on", "not_after: form", 7, "count.answered_on", "文字列", "日期列"),
    (RATE, "unit: ratio", "unit: 件", 1, "文件", "写得不对", "比率的单位写 ratio"),
    (RATE, "over: {reached: [answered, closed]}", "per: {filed: budget}", 6, "per", "分子不是金额，分母金额", "同是"),
    (RATE, "over: {reached: [answered, closed]}", "per: {indicator: answer_rate}", 6, "per.indicator", "本指标", ""),
    (RATE, "unit: ratio", "unit: ratio\nalternatives: [{title: 换分母, per: {filed: budget}}]", 5, "alternatives[1].per",
     "分子不是金额，分母金额", "同是"),
    (RATE, "unit: ratio", "unit: ratio\nalternatives: [{title: 换分母, per: {filed: rol}}]", 5, "alternatives[1].per.filed",
     "没有填报项", "roll"),
    (RATE, "unit: ratio", "unit: ratio\nalternatives: [{title: 换分子, filed: roll}]", 5, "alternatives[1]", "取法", "同样"),
    (RATE, "unit: ratio", "unit: ratio\nalternatives: [{title: 没有不同}]", 5, "alternatives[1]", "写得不对", "哪里不同"),
    ("indicators/cost.yaml", "sum: cost", "sum: title", 6, "sum", "不是数字", "cost"),
    ("indicators/cost.yaml", "unit: 元", "unit: 万元", 4, "unit", "是金额", "scale"),
    ("indicators/cost.yaml", "sum: cost", "distinct: titel", 6, "distinct", "没有来信的字段", "title"),
    ("indicators/given.yaml", "filed: given", "filed: [given, budget]", 4, "filed", "两种性质", "性质相同"),
    ("indicators/given.yaml", "filed: given", "filed: [given, -roll]", 4, "filed", "不能相加", "单位相同"),
    ("indicators/given.yaml", "unit: 元", "unit: 人", 3, "unit", "“元”", "unit: 元"),
    ("relations/parts.yaml", "subset", "subsett", 2, "relation", "没有勾稽关系", "subset"),
    ("relations/parts.yaml", "parts: joint_letters", "bits: joint_letters", 3, "operands.bits", "没有", "parts"),
    ("relations/parts.yaml", "joint_letters", "cost", 3, "operands.whole", "以元计", "单位相同"),
    ("outlines/year.yaml", "{letters}", "{leters}", 6, "clauses[2].text", "没有指标“leters”", "letters"),
    ("outlines/year.yaml", "{letters=joint", "{cost=joint", 6, "clauses[2].text", "以元计", "单位相同"),
    ("outlines/year.yaml", "{filed.roll}", "{filed.rol}", 6, "clauses[2].text", "没有填报项", "roll"),
    ("outlines/year.yaml", "{year}", "{period.yearly}", 6, "clauses[2].text", "没有口径", ""),
    ("outlines/year.yaml", "{year}", "{letters", 6, "clauses[2].text", "花括号没有成对", ""),
    ("outlines/year.yaml", "text: 工作", "text: 一、工作", 5, "clauses[1].text", "程序会给标题编号", "工作情况"),
    ("outlines/year.yaml", "text: 工作", "text: （二）工作", 5, "clauses[1].text", "程序会给标题编号", "工作情况"),
    ("indicators/cost.yaml", "sum: cost", "sum: cost\nprint: {qualifier: over}", 7, "print", "余只跟在整十、整百的数后面", "to: 10"),
    ("outlines/year.yaml", "text: 工作情况", 'text: {org}情况', 5, "文件", "没有加引号", "引号括起"),
    ("outlines/year.yaml", "document_title: 年度", "document_title: {org}{year}年度", 3, "文件", "没有加引号", "引号"),
    ("outlines/year.yaml", "id: letters", "id: head", 6, "clauses[2].id", "重复", ""),
    ("filed/budget.yaml", "nature: own", "note: x", 1, "文件", "没有性质", ""),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "line", "field", "found", "expected"), CASES)
def test_a_mistake_is_told_where_it_stands(
    edit_pack: Any, path: str, old: str, new: str, line: int, field: str, found: str, expected: str
) -> None:
    problems = check([edit_pack(path, old, new)])
    told = [(problem.file, problem.line, problem.field) for problem in problems]
    assert (f"office/{path}", line, field) in told, [str(problem) for problem in problems]
    assert {place[0] for place in told} == {f"office/{path}"}
    problem = problems[told.index((f"office/{path}", line, field))]
    assert found in problem.found
    assert expected in problem.expected


def test_parents_do_not_go_in_a_circle(write_pack: Any) -> None:
    kind = (
        "title: {0}\nsource: [{{title: 示例办法}}]\nshape: document\nabout: office\nunit: 份\nlabel: name\n"
        "parent: {1}\nfields:\n  name: {{type: text, title: 名称}}\n"
    )
    one, other = kind.format("甲", "other"), kind.format("乙", "one")
    problems = check([write_pack({"kinds/one.yaml": one, "kinds/other.yaml": other})])
    assert [(problem.file, problem.line) for problem in problems] == [
        ("office/kinds/one.yaml", 7),
        ("office/kinds/other.yaml", 7),
    ]
    assert all("上级绕了一圈" in problem.found for problem in problems)


def scheme(indicator: str) -> str:
    return (
        "title: 方案\nsource: [{title: 示例办法}]\ntotal: 10\ntree:\n  - id: output\n    title: 产出\n    points: 10\n"
        f'    leaf: {{indicator: {indicator}, op: ">=", target: 5, method: proportional}}\n'
    )


def test_a_plan_is_not_scored_as_output(write_pack: Any) -> None:
    (problem,) = check([write_pack({"schemes/year.yaml": scheme("plan")})])
    assert (problem.line, problem.field) == (8, "tree[1].leaf.indicator")
    assert "不能作为成果计分" in problem.found


def test_a_scheme_names_indicators_that_exist(write_pack: Any) -> None:
    assert check([write_pack({"schemes/year.yaml": scheme("letters")})]) == []
    (problem,) = check([write_pack({"schemes/year.yaml": scheme("lettres")})])
    assert problem.found == "没有指标“lettres”"


@pytest.mark.parametrize(
    ("old", "new", "field", "found", "expected"),
    [
        ("proportional", "porportional", "tree[1].leaf.method", "不认得“porportional”", "proportional、"),
        ("method: proportional", "method: {}", "tree[1].leaf.method", "没有写 name", "写上 name"),
        ("target: 5", "target: many", "tree[1].leaf.target", "写得不对", "数字，如 8"),
        ("points: 10", "points: 9", "文件", "写得不对", "10分"),
        ("leaf: {", "leef: {", "tree[1].leef", "不认得“leef”", "是否想写 leaf"),
    ],
)
def test_a_broken_scheme_is_told_in_chinese(
    write_pack: Any, old: str, new: str, field: str, found: str, expected: str
) -> None:
    text = scheme("letters")
    assert old in text
    problems = {
        problem.field: problem
        for problem in check([write_pack({"schemes/year.yaml": text.replace(old, new)})])
    }
    assert field in problems, problems
    assert found in problems[field].found
    assert expected in problems[field].expected


def test_two_natures_are_not_added_in_a_relation(write_pack: Any) -> None:
    rule = "title: 合计\nsource: [{title: 示例办法}]\nrelation: sum\noperands:\n  total: cost\n  parts: [cost, given]\n"
    (problem,) = check([write_pack({"relations/total.yaml": rule})])
    assert (problem.line, problem.field) == (6, "operands.parts")
    assert "“帮扶额”是“帮扶资金”" in problem.found


def test_a_theme_has_one_home(write_pack: Any) -> None:
    more = "title: 又一\nsource: [{title: 示例办法}]\nthemes:\n  work: {title: 别的}\n"
    (problem,) = check([write_pack({"themes/more.yaml": more})])
    assert (problem.file, problem.line) == ("office/themes/more.yaml", 4)


def test_a_money_record_has_one_nature(write_pack: Any) -> None:
    funds = (
        "title: 资金\nsource: [{title: 示例办法}]\nshape: money\nabout: office\nunit: 笔\nlabel: title\nnature: own\n"
        "fields:\n  title: {type: text, title: 名称}\n  amount: {type: money, title: 金额, nature: aid}\n"
    )
    (problem,) = check([write_pack({"kinds/funds.yaml": funds})])
    assert (problem.line, problem.field) == (10, "fields.amount.nature")


@pytest.mark.parametrize(
    ("field", "attribute"),
    [
        ("ethnic: {type: text, title: 族}", "民族"),
        ("a: {type: text, title: 宗教信仰}", "宗教信仰"),
        ("a: {type: code, title: 分类, codes: sector}", "界别"),
        ("a: {type: text, title: 政治面貌}", "政治观点和党派"),
    ],
)
def test_a_register_of_persons_carries_no_banned_attribute(
    write_pack: Any, field: str, attribute: str
) -> None:
    person = (
        "title: 人员\nsource: [{title: 示例办法}]\nshape: register\nabout: person\nunit: 人\nlabel: number\n"
        f"fields:\n  number: {{type: serial, title: 序号}}\n  {field}\n"
    )
    sector = "title: 界别\nsource: [{title: 示例办法}]\ncodes:\n  one: {title: 一}\n"
    (problem,) = check([write_pack({"kinds/person.yaml": person, "codes/sector.yaml": sector})])
    assert (problem.file, problem.line) == ("office/kinds/person.yaml", 9)
    assert attribute in problem.found


def test_nor_does_a_kind_below_it(write_pack: Any) -> None:
    head = "source: [{title: 示例办法}]\nshape: register\nunit: 人\nlabel: number\n"
    number = "fields:\n  number: {type: serial, title: 序号}\n"
    person = "title: 人员\nabout: person\n" + head + number
    below = (
        "title: 情况\nabout: office\nparent: person\n"
        + head
        + number
        + "  a: {type: text, title: 健康状况}\n"
    )
    (problem,) = check([write_pack({"kinds/person.yaml": person, "kinds/state.yaml": below})])
    assert problem.file == "office/kinds/state.yaml"
    place = below.replace("parent: person\n", "").replace("about: office", "about: place")
    assert check([write_pack({"kinds/person.yaml": person, "kinds/state.yaml": place})]) == []


@pytest.mark.parametrize(
    ("title", "is_told"), [("政治面貌", True), ("委员 民族", True), ("宗教活动场所", False)]
)
def test_nor_does_one_that_points_to_persons(write_pack: Any, title: str, is_told: bool) -> None:
    head = "source: [{title: 示例办法}]\nshape: register\nunit: 人\nlabel: number\n"
    number = "fields:\n  number: {type: serial, title: 序号}\n"
    person = "title: 人员\nabout: person\n" + head + number
    visit = "title: 走访\nabout: office\n" + head + number
    visit += f"  who: {{type: ref, title: 对象, to: person}}\n  a: {{type: text, title: {title}}}\n"
    problems = check([write_pack({"kinds/person.yaml": person, "kinds/visit.yaml": visit})])
    assert [problem.file for problem in problems] == (["office/kinds/visit.yaml"] if is_told else [])
