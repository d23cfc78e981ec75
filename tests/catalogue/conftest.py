"""A small sound pack, written to disk, that each test breaks or widens in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

SOURCE = "source: [{title: 示例办法, clause: 第一条}]\n"

SOUND: Mapping[str, str] = {
    "pack.yaml": "id: office\ntitle: 示例包\nversion: 1.0\n",
    "themes/main.yaml": "title: 主题\n" + SOURCE + "themes:\n  work: {title: 主要工作, order: 1}\n",
    "codes/form.yaml": "title: 形式\n" + SOURCE + "codes:\n  single: {title: 个人}\n  joint: {title: 联名}\n",
    "roles/clerk.yaml": "title: 经办人\n" + SOURCE + "create: ['*']\nedit: [letter]\n",
    "natures/own.yaml": "title: 本单位预算\n" + SOURCE + "counted_when: 支出时\n",
    "natures/aid.yaml": "title: 帮扶资金\n" + SOURCE + "counted_when: 送达时\n",
    "filed/roll.yaml": "title: 在册数\n" + SOURCE + "unit: 人\n",
    "filed/budget.yaml": "title: 预算数\n" + SOURCE + "unit: 元\nnature: own\n",
    "filed/given.yaml": "title: 帮扶数\n" + SOURCE + "unit: 元\nnature: aid\n",
    "kinds/letter.yaml": """\
title: 来信
source: [{title: 示例办法}]
shape: case
about: office
unit: 件
date: received_on
label: title
theme: work
fields:
  title: {type: text, title: 标题, required: true}
  received_on: {type: date, title: 收到日期}
  form: {type: code, title: 形式, codes: form}
  cost: {type: money, title: 费用, nature: own}
  weight: {type: decimal, title: 重量, places: 2}
  urgent: {type: boolean, title: 加急}
  pages: {type: stated, title: 页数, unit: 页}
  extra_months: {type: integer, title: 延期}
  body: {type: long_text, title: 内容}
links:
  about: {title: 所涉, to: letter}
states:
  open: {title: 已收, type: open}
  asked: {title: 待补正, type: waiting}
  answered: {title: 已答复, type: answered}
  closed: {title: 已办结, type: done}
steps:
  ask: {title: 要求补正, from: [open], to: asked, roles: [clerk]}
  resume: {title: 恢复办理, from: [asked], to: open, roles: [clerk]}
  answer:
    title: 答复
    from: [open]
    to: answered
    roles: [clerk]
    needs: [cost]
    when: {has: {reply: {signed: true}}}
    because: 还没有签发的复函
  close: {title: 办结, from: [answered], to: closed, roles: [clerk]}
deadlines:
  answer:
    title: 答复
    starts: received_on
    met_by: answered
    period: {months: 3}
    extended_by: extra_months
    stops: [asked]
    source: [{title: 示例办法}]
number: {field: title, at: open}
""",
    "kinds/reply.yaml": """\
title: 复函
source: [{title: 示例办法}]
shape: document
about: office
unit: 份
label: number
parent: letter
fields:
  number: {type: text, title: 文号}
  signed: {type: boolean, title: 已签发}
  signed_on: {type: date, title: 签发日期}
""",
    "indicators/letters.yaml": """\
title: 来信件数
source: [{title: 示例办法}]
theme: work
unit: 件
rows: {kind: letter, dated: received_on}
count: all
""",
    "indicators/joint_letters.yaml": """\
title: 联名来信件数
source: [{title: 示例办法}]
theme: work
unit: 件
rows: {kind: letter, dated: received_on}
where: {form: joint, cost: {between: [100, null]}, weight: {between: [null, 1.5]}}
count: {reached: answered}
""",
    "indicators/answer_rate.yaml": """\
title: 按期答复率
source: [{title: 示例办法}]
theme: work
unit: ratio
rows: {kind: letter, dated: received_on}
over: {reached: [answered, closed]}
count: {answered_on: {not_after: answer_due_on}}
""",
    "indicators/cost.yaml": """\
title: 费用
source: [{title: 示例办法}]
theme: work
unit: 元
rows: {kind: letter, dated: received_on}
sum: cost
""",
    "indicators/given.yaml": "title: 帮扶额\ntheme: work\nunit: 元\nfiled: given\n" + SOURCE,
    "indicators/plan.yaml": "title: 计划件数\ntheme: work\nunit: 件\nrole: plan\nrows: {kind: letter}\ncount: all\n"
    + SOURCE,
    "relations/parts.yaml": "title: 联名不多于全部\nrelation: subset\n"
    "operands: {parts: joint_letters, whole: letters}\n" + SOURCE,
    "outlines/year.yaml": """\
title: 年度报告
source: [{title: 示例办法}]
document_title: 年度工作报告
clauses:
  - {id: head, heading: 1, text: 工作情况}
  - {id: letters, text: "{org}{year}年收到来信{letters}，联名{letters=joint_letters}，在册{filed.roll}。", when: [letters]}
""",
}

Write = Callable[..., Path]


@pytest.fixture
def write_pack(tmp_path: Path) -> Write:
    """Write the sound pack with some files changed (None: left out) and give its folder."""

    def write(
        changes: Mapping[str, str | None] | None = None, name: str = "office", sound: bool = True
    ) -> Path:
        folder = tmp_path / name
        files = {**(SOUND if sound else {}), **(changes or {})}
        for path, text in files.items():
            if text is not None:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def edit_pack(write_pack: Write) -> Callable[[str, str, str], Path]:
    """The sound pack with one piece of one file put differently."""

    def edit(path: str, old: str, new: str) -> Path:
        assert old in SOUND[path]
        return write_pack({path: SOUND[path].replace(old, new, 1)})

    return edit
