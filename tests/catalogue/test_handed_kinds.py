"""Kinds that hand their records to other orgs: each mistake is told, and the rules are told in words."""

from __future__ import annotations

from typing import Any

import pytest

from jixiao.catalogue import check, describe, load

HANDING = """\
title: 交办
source: [{title: 示例办法}]
shape: case
about: office
unit: 件次
label: name
parent: letter
fields:
  name: {type: text, title: 名称}
  unit: {type: org, title: 承办单位}
  form: {type: code, title: 形式, codes: form}
states:
  sent: {title: 已交办}
  done: {title: 已办结, type: done}
steps:
  finish: {title: 办结, from: [sent], to: done, roles: [clerk]}
hands_to:
  unit: {roles: [clerk], during: [sent], leads: {form: joint}}
"""
REPORT = """\
title: 办理报告
source: [{title: 示例办法}]
shape: document
about: office
unit: 份
label: name
parent: letter
belongs_to: unit
fields:
  name: {type: text, title: 名称}
  unit: {type: org, title: 报告单位}
"""


def pack(write_pack: Any, handing: str = HANDING, report: str | None = REPORT) -> Any:
    return write_pack({"kinds/handing.yaml": handing, "kinds/report.yaml": report})


def test_a_sound_handing_is_taken_and_told_in_words(write_pack: Any) -> None:
    folder = pack(write_pack)
    assert check([folder]) == []
    catalogue = load([], [folder])
    told = dict(describe.kind(catalogue.kind("handing"), catalogue))
    assert (
        told["交办"]
        == "“承办单位”所写的单位，由该单位的经办人查看、办理，限于已交办时；形式是“联名”的，一并办理上级事项"
    )
    assert "报告单位" in dict(describe.kind(catalogue.kind("report"), catalogue))["归属"]


@pytest.mark.parametrize(
    ("old", "new", "field", "found"),
    [
        ("  unit: {roles", "  form: {roles", "hands_to.form", "没有单位字段“form”"),
        ("roles: [clerk], during", "roles: [clark], during", "hands_to.unit.roles", "没有角色“clark”"),
        ("during: [sent]", "during: [snet]", "hands_to.unit.during", "没有环节“snet”"),
        ("leads: {form: joint}", "leads: {form: jiont}", "hands_to.unit.leads.form", "没有代码"),
        ("parent: letter\n", "", "hands_to.unit.leads", "没有事项可以牵头"),
        ("hands_to:", "belongs_to: unit\nhands_to:", "belongs_to", "已经写明归谁"),
    ],
)
def test_a_mistake_in_a_handing_is_told(write_pack: Any, old: str, new: str, field: str, found: str) -> None:
    assert old in HANDING
    problems = check([pack(write_pack, HANDING.replace(old, new))])
    told = [one for one in problems if one.field == field]
    assert told, [str(one) for one in problems]
    assert found in told[0].found


def test_a_record_belongs_to_an_org_only_where_a_case_is_handed(write_pack: Any) -> None:
    (problem,) = check([write_pack({"kinds/report.yaml": REPORT})])
    assert (problem.field, "没有交给别的单位" in problem.found) == ("belongs_to", True)
    (problem,) = check([pack(write_pack, report=REPORT.replace("belongs_to: unit", "belongs_to: name"))])
    assert "没有单位字段“name”" in problem.found
