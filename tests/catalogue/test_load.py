"""Packs from disk to a catalogue with full ids, or every problem at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jixiao.catalogue import check, load
from jixiao.catalogue.conditions import AllOf, Between, Has, NotAfter, OneOf
from jixiao.errors import BadInput, NotFound, PackErrors


def problems(folder: Path) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.field) for problem in check([folder])]


def test_references_become_full_ids(write_pack: Any) -> None:
    catalogue = load([], [write_pack()])
    letter = catalogue.kind("letter")
    assert letter.full_id == "office/letter"
    assert letter.fields["form"].codes == "office/form"
    assert letter.fields["cost"].nature == "office/own"
    assert letter.links["about"].to == "office/letter"
    assert letter.steps["answer"].roles == ("office/clerk",)
    assert isinstance(letter.steps["answer"].guard, Has)
    assert letter.steps["answer"].guard.relative == "office/reply"
    assert catalogue.kind("office/reply").parent == "office/letter"
    assert catalogue.indicator("letters").rows.kind == "office/letter"  # type: ignore[union-attr]
    assert catalogue.indicator("given").filed == ("office/given",)
    assert catalogue.filed_item("budget").nature == "office/own"
    assert catalogue.relation("parts").operands == {
        "parts": "office/joint_letters",
        "whole": "office/letters",
    }
    assert catalogue.role("clerk").edit == ("office/letter",)
    clause = catalogue.outline("year").clauses[1]
    assert "{office/letters=office/joint_letters}" in clause.text
    assert "{filed.office/roll}" in clause.text
    assert "{org}{year}年" in clause.text
    assert clause.when == ("office/letters",)


def test_amounts_in_conditions_are_in_the_units_of_the_column(write_pack: Any) -> None:
    where = load([], [write_pack()]).indicator("joint_letters").where
    assert where == AllOf(
        (OneOf("form", ("joint",)), Between("cost", 10000, None), Between("weight", None, 150))
    )


def test_the_family_of_a_kind(write_pack: Any) -> None:
    catalogue = load([], [write_pack()])
    assert [child.id for child in catalogue.children_of("office/letter")] == ["reply"]
    assert catalogue.root_of("reply").id == "letter"
    assert [(kind.id, role) for kind, role, _ in catalogue.links_to("office/letter")] == [("letter", "about")]
    assert [name for name, _ in catalogue.themes_in_order()] == ["work"]


def test_the_nature_of_an_indicator(write_pack: Any) -> None:
    catalogue = load([], [write_pack()])
    assert catalogue.nature_of("cost") == "office/own"
    assert catalogue.nature_of("given") == "office/aid"
    assert catalogue.nature_of("letters") is None


def test_an_unknown_id_is_told_with_the_nearest(write_pack: Any) -> None:
    catalogue = load([], [write_pack()])
    with pytest.raises(NotFound, match=r"没有事项类型“leter”；是否要找：office/letter"):
        catalogue.kind("leter")


def test_unknown_packs_and_folders(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="没有名为“nowhere”的规则包"):
        load(["nowhere"])
    with pytest.raises(BadInput, match="不是规则包"):
        load([], [tmp_path])


def test_all_errors_of_a_pack_come_at_once(write_pack: Any) -> None:
    folder = write_pack(
        {
            "kinds/letter.yaml": """\
title: 来信
source: [{title: 示例办法}]
shape: caze
about: office
unit: 件
label: titel
colour: red
fields:
  title: {type: text, title: 标题}
  cost: {type: money, title: 费用}
  form: {type: code, title: 形式, codes: form, requierd: true}
  when: {title: 何时}
""",
            "indicators/letters.yaml": "title: 来信件数\ntheme: wrok\nunit: 件\n"
            "source: [{title: 示例办法}]\nrows: {kind: leter}\ncount: all\n",
            "codes/form.yaml": "title: 形式\nsource: [{title: 示例办法}]\ncodes:\n  single: {title: 个人}\n  "
            "single: {title: 联名}\n",
            "roles/clerk.yaml": "title: 经办人\n  create: []\n",
            "outlines/year.yaml": None,
            "relations/parts.yaml": None,
        }
    )
    found = {(problem.file, problem.line, problem.field): problem for problem in check([folder])}
    expected: dict[tuple[str, int, str], tuple[str, str]] = {
        ("office/kinds/letter.yaml", 3, "shape"): ("“caze”不在可选之列", "是否想写 case"),
        ("office/kinds/letter.yaml", 7, "colour"): ("不认得“colour”", "可用：id、title"),
        ("office/kinds/letter.yaml", 10, "fields.cost"): ("金额字段没有性质", "以 nature 写明资金性质"),
        ("office/kinds/letter.yaml", 11, "fields.form.requierd"): ("不认得“requierd”", "是否想写 required"),
        ("office/kinds/letter.yaml", 12, "fields.when.type"): ("没有写", "写上 type"),
        ("office/indicators/letters.yaml", 2, "theme"): ("没有主题“wrok”", "work"),
        ("office/indicators/letters.yaml", 5, "rows.kind"): ("没有事项类型“leter”", "office/letter"),
        ("office/codes/form.yaml", 5, "codes.single"): ("“single”写了两遍", "只写一遍"),
        ("office/roles/clerk.yaml", 2, "文件"): ("这里不应再出现", "缩进"),
    }
    for place, (words, right) in expected.items():
        assert place in found, place
        assert words in found[place].found
        assert right in found[place].expected
    with pytest.raises(PackErrors) as raised:
        load([], [folder])
    assert len(raised.value.problems) == len(found)
    assert str(raised.value).startswith(f"规则包有 {len(found)} 处错误")


def test_a_broken_definition_is_not_told_again_by_those_that_name_it(write_pack: Any) -> None:
    folder = write_pack({"kinds/letter.yaml": "title: 来信\n"})
    assert {file for file, _, _ in problems(folder)} == {"office/kinds/letter.yaml"}


def test_what_a_file_says_of_its_own_place(write_pack: Any) -> None:
    folder = write_pack(
        {
            "natures/own.yaml": "id: mine\ntitle: 预算\ncounted_when: 支出时\nsource: [{title: 示例办法}]\n",
            "natures/aid.yaml": "pack: other\ntitle: 帮扶\ncounted_when: 送达时\nsource: [{title: 示例办法}]\n",
        }
    )
    assert problems(folder) == [("office/natures/aid.yaml", 1, "pack"), ("office/natures/own.yaml", 1, "id")]


def test_stray_folders_are_told(write_pack: Any) -> None:
    folder = write_pack({"indicator/x.yaml": "title: x\n", "kinds/readme.txt": "x"})
    assert [problem.found for problem in check([folder])] == ["不认得“indicator”", "这里只读 .yaml 文件"]


def test_requires_must_be_there_and_without_circle(write_pack: Any, tmp_path: Path) -> None:
    write_pack({"pack.yaml": "id: office\ntitle: 示例\nversion: '1'\nrequires: [upper, nobody, bas]\n"})
    write_pack(
        {"pack.yaml": "id: upper\ntitle: 上层\nversion: '1'\nrequires: [office]\n"}, "upper", sound=False
    )
    problems = check([tmp_path])
    found = [problem.found for problem in problems]
    assert "没有规则包“nobody”" in found
    assert problems[found.index("没有规则包“bas”")].expected == "是否想写 base"
    assert sum("循环" in one for one in found) == 2


def test_a_reference_into_another_pack_needs_requires(write_pack: Any, tmp_path: Path) -> None:
    write_pack()
    more = {
        "pack.yaml": "id: local\ntitle: 本地\nversion: '1'\n",
        "indicators/urgent.yaml": "title: 加急件数\ntheme: work\nunit: 件\nrows: {kind: office/letter}\n"
        "count: {urgent: true}\nsource: [{title: 示例办法}]\n",
    }
    local = write_pack(more, "local", sound=False)
    (problem,) = check([tmp_path])
    assert problem.found == "没有事项类型“office/letter”"
    assert "requires" in problem.expected
    (local / "pack.yaml").write_text("id: local\ntitle: 本地\nversion: '1'\nrequires: [office]\n", "utf-8")
    assert check([tmp_path]) == []
    assert load([], [tmp_path]).indicator("urgent").rows.kind == "office/letter"  # type: ignore[union-attr]


def test_versions_hold_from_their_day(write_pack: Any) -> None:
    base = "title: 来信件数\ntheme: work\nunit: 件\nrows: {kind: letter}\ncount: all\nsource: [{title: 示例办法}]\n"
    folder = write_pack(
        {
            "indicators/letters.yaml": base
            + "versions:\n  - {from: 2021-01-01, title: 来信总数}\n"
            + "  - {from: 2022-01-01, count: {urgent: true}}\n"
        }
    )
    catalogue = load([], [folder], date(2021, 6, 1))
    assert catalogue.indicator("letters").title == "来信总数"
    old, new = catalogue.on(date(2020, 12, 31)), catalogue.on(date(2022, 1, 1))
    assert old.indicator("letters").title == "来信件数"
    assert new.indicator("letters").count == OneOf("urgent", (True,))
    assert new.on(date(2020, 1, 1)).indicator("letters") == old.indicator("letters")


def test_an_error_in_a_version_is_told_at_its_line(write_pack: Any) -> None:
    base = "title: 来信件数\ntheme: work\nunit: 件\nrows: {kind: letter}\ncount: all\nsource: [{title: 示例办法}]\n"
    folder = write_pack(
        {
            "indicators/letters.yaml": base
            + "versions:\n  - from: 2021-01-01\n    count: {urgnt: true}\n  - title: 无日期\n"
        }
    )
    assert [(problem.line, problem.field, problem.found) for problem in check([folder])] == [
        (9, "versions[1].count.urgnt", "没有来信的列“urgnt”"),
        (10, "versions[2]", "没有写明从哪天起"),
    ]


def test_a_local_pack_replaces_a_file_from_a_day(write_pack: Any, tmp_path: Path) -> None:
    write_pack()
    body = "title: {title}\ntheme: work\nunit: 件\nrows: {{kind: letter}}\ncount: all\nsource: [{{title: 示例办法}}]\n"
    local = {
        "pack.yaml": "id: local\ntitle: 本地\nversion: '1'\nrequires: [office]\n",
        "indicators/ours.yaml": "replaces: office/letters\nfrom: 2021-01-01\n"
        + body.format(title="本地来信"),
    }
    write_pack(local, "local", sound=False)
    catalogue = load([], [tmp_path], date(2021, 1, 1))
    assert catalogue.indicator("office/letters").title == "本地来信"
    assert "local/ours" not in catalogue.indicators
    assert catalogue.on(date(2020, 12, 31)).indicator("letters").title == "来信件数"
    write_pack(
        {"indicators/ours.yaml": "replaces: office/leters\n" + body.format(title="无")}, "local", False
    )
    assert [problem.field for problem in check([tmp_path])] == ["from"]


def test_the_digest_follows_the_meaning(write_pack: Any, edit_pack: Any) -> None:
    first = load([], [write_pack()])
    again = load([], [write_pack()])
    other = load([], [edit_pack("indicators/letters.yaml", "count: all", "count: {urgent: true}")])
    letters = [catalogue.digest(catalogue.indicator("letters")) for catalogue in (first, again, other)]
    assert letters[0] == letters[1] != letters[2]
    costs = [catalogue.digest(catalogue.indicator("cost")) for catalogue in (first, other)]
    assert costs[0] == costs[1]


def test_a_guard_on_dates_is_kept(write_pack: Any) -> None:
    assert load([], [write_pack()]).indicator("answer_rate").count == NotAfter("answered_on", "answer_due_on")


def test_the_packaged_packs_are_sound() -> None:
    assert check() == []
