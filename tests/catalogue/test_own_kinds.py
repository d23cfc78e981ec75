"""Kinds that say whose their records are: each mistake is told, and the rules are told in words."""

from __future__ import annotations

from typing import Any

import pytest

from jixiao.catalogue import check, describe, load

BODY = """\
title: 组织名录
source: [{title: 示例办法}]
shape: register
about: organisation
unit: 个
label: name
own: {by: [id]}
fields:
  name: {type: text, title: 名称}
"""
REVIEW = """\
title: 考核
source: [{title: 示例办法}]
shape: case
about: organisation
unit: 个
label: name
own: {by: [body]}
fields:
  name: {type: text, title: 名称}
  body: {type: ref, title: 被考核组织, to: body}
states:
  opened: {title: 已布置}
  done: {title: 已确定, type: done}
steps:
  settle: {title: 确定, from: [opened], to: done, roles: [clerk]}
"""
LINE = """\
title: 评分条
source: [{title: 示例办法}]
shape: document
about: organisation
unit: 条
label: name
parent: review
own: {by: [parent], open: [opened], fills: [score]}
fields:
  name: {type: text, title: 条款}
  score: {type: decimal, title: 自评分, places: 1}
  agreed: {type: decimal, title: 核定分, places: 1}
"""


def pack(write_pack: Any, line: str = LINE, review: str = REVIEW) -> Any:
    return write_pack({"kinds/body.yaml": BODY, "kinds/review.yaml": review, "kinds/line.yaml": line})


def test_whose_a_child_is_is_told_in_words(write_pack: Any) -> None:
    folder = pack(write_pack)
    assert check([folder]) == []
    catalogue = load([], [folder])
    told = dict(describe.kind(catalogue.kind("line"), catalogue))["归谁"]
    assert told == "归考核所归的一位；本人只填写自评分；本人的账号只看自己的"


@pytest.mark.parametrize(
    ("old", "new", "field", "found"),
    [
        ("open: [opened]", "open: [opend]", "own.open", "没有环节“opend”"),
        ("fills: [score]", "fills: [scores]", "own.fills", "没有字段“scores”"),
        ("by: [parent]", "by: [parnet]", "own.by", "没有引用字段、单位字段或关联“parnet”"),
    ],
)
def test_a_mistake_in_whose_a_record_is_is_told(
    write_pack: Any, old: str, new: str, field: str, found: str
) -> None:
    assert old in LINE
    problems = check([pack(write_pack, LINE.replace(old, new))])
    told = [one for one in problems if one.field == field]
    assert told, [str(one) for one in problems]
    assert found in told[0].found


def test_what_stands_below_nobodys_case_is_nobodys(write_pack: Any) -> None:
    nobodys = REVIEW.replace("own: {by: [body]}\n", "")
    problems = check([pack(write_pack, review=nobodys)])
    assert [(one.field, "parent" in one.found) for one in problems] == [("own.by", True)]
