"""Which columns the sheet of a kind has, in order, with titles and what helps to fill them in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from jixiao.catalogue import Catalogue
from jixiao.catalogue.kinds import FieldSpec, FieldType, Kind

ID, SEEN, PARENT, EVIDENCE = "_id", "_seen", "_parent", "_evidence"
SOURCE, OUTSIDE, PROBLEMS = "_source", "_outside", "_problems"
ORGS, YES = "orgs", "yes"
LONGEST_SHEET = 31

_HELP = {
    FieldType.DATE: "如 2020-03-05 或 2020年3月5日",
    FieldType.MONEY: "单位元，最多两位小数；也可写 73万元",
    FieldType.STATED: "可写 300、30余、约300、300以上",
    FieldType.SERIAL: "只用本单位的流水号，不写姓名、证件号码",
    FieldType.INTEGER: "整数",
    FieldType.BOOLEAN: "填 是 或 否",
    FieldType.CODE: "从下拉中选",
    FieldType.ORG: "单位的名称、简称或编号",
    FieldType.REF: "从下拉中选，或写编号、名称",
}


class Sort(StrEnum):
    """What a column means to an import."""

    KEY = "key"
    SEEN = "seen"
    PARENT = "parent"
    FIELD = "field"
    DAY = "day"
    LINK = "link"
    PAPERS = "papers"
    TEXT = "text"
    PROBLEMS = "problems"


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the field, state or role it speaks of; `choices` names the list its drop-down offers."""

    id: str
    title: str
    sort: Sort
    name: str = ""
    spec: FieldSpec | None = None
    required: bool = False
    help: str = ""
    choices: str = ""

    @property
    def type(self) -> FieldType:
        """How its cells are written and read."""
        if self.spec is not None:
            return self.spec.type
        return FieldType.DATE if self.sort is Sort.DAY else FieldType.TEXT


def columns_of(kind: Kind, catalogue: Catalogue) -> tuple[Column, ...]:
    """The columns of a kind's sheet. What the program alone fills in stands last."""
    found = []
    if kind.parent:
        above = catalogue.kind(kind.parent).title
        found.append(
            Column(
                PARENT,
                f"所属{above}",
                Sort.PARENT,
                required=True,
                help=f"{above}的编号或名称，写法与“{above}”表一致",
            )
        )
    found += [
        _field(kind, name, spec) for name, spec in kind.fields.items() if spec.type is not FieldType.FORM
    ]
    taken = {column.title for column in found}
    for state, spec in kind.states.items():
        id_ = f"{state}_on" if f"{state}_on" not in kind.fields else f"state.{state}"
        title = f"{spec.title}日期"
        title = title if title not in taken else f"进入“{spec.title}”的日期"
        found.append(Column(id_, title, Sort.DAY, state, help="进入这一状态的日期，没有走到的留空"))
    for role, link in kind.links.items():
        help_ = f"{catalogue.kind(link.to).title}的编号或名称" + ("，多个用；隔开" if link.many else "")
        found.append(Column(f"link.{role}", _free(link.title, taken), Sort.LINK, role, help=help_))
    return (*found, *_last())


def _field(kind: Kind, name: str, spec: FieldSpec) -> Column:
    usual = _HELP.get(spec.type, "")
    help_ = "；".join(part for part in (spec.hint, usual) if part)
    if kind.number and kind.number.field == name:
        help_ = "已经编过号的照填；没有的留空"
    choices = {
        FieldType.CODE: f"codes:{spec.codes}",
        FieldType.REF: f"kind:{spec.to}",
        FieldType.ORG: ORGS,
        FieldType.BOOLEAN: YES,
    }.get(spec.type, "")
    unit = "元" if spec.type is FieldType.MONEY else spec.unit
    title = spec.title + (f"（{unit}）" if unit else "")
    return Column(name, title, Sort.FIELD, name, spec, spec.required, help_, choices)


def _last() -> tuple[Column, ...]:
    return (
        Column(
            EVIDENCE,
            "佐证材料",
            Sort.PAPERS,
            help="等级:名称:文号，等级写 内部、官方、第三方 或 无；多份用；隔开",
        ),
        Column(SOURCE, "来源系统", Sort.TEXT, help="这条记录来自哪个系统，如 政协云；本单位登记的留空"),
        Column(OUTSIDE, "外部编号", Sort.TEXT, help="在来源系统里的编号"),
        Column(
            ID,
            "记录编号（系统用）",
            Sort.KEY,
            help="系统据此认出同一条记录：已有的不要改，新增的留空或写自编的编号",
        ),
        Column(SEEN, "导出标记（系统用）", Sort.SEEN, help="系统据此看出导出以后别人改过没有，不要改"),
    )


def problems_column() -> Column:
    """The column in which a workbook given back says what was wrong with each row."""
    return Column(
        PROBLEMS, "问题", Sort.PROBLEMS, help="上次导入时发现的问题；改好后重新上传即可，这一列不会读入"
    )


def sheet_title(title: str) -> str:
    """A title as a sheet may bear it."""
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:LONGEST_SHEET] or "台账"


def _free(title: str, taken: set[str]) -> str:
    return title if title not in taken else f"关联：{title}"
