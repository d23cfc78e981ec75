"""What the resources of the performance year answer, as schemas: the cycle, the self-check, the package told beforehand."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Field, Schema

from jixiao.api.answers import Named


class FormName(Schema):
    field: str = Field(title="字段")
    title: str = Field(title="表名")


class WaitingFor(Schema):
    title: str = Field(title="期限")
    on: date = Field(title="到期日")
    is_late: bool = Field(title="是否逾期")


class LightAnswer(Schema):
    rule: str = Field(title="预警规则")
    light: str | None = Field(title="灯色")
    warnings: list[str] = Field(title="预警")
    left_out: int = Field(title="以文字填写、不计入的行数")


class StandingAnswer(Schema):
    record: str = Field(title="记录编号；步骤见 /records/{id}")
    label: str = Field(title="名称")
    state: str = Field(title="状态")
    is_over: bool = Field(title="是否办结")
    waits_for: list[str] = Field(title="等谁办理")
    steps: list[Named] = Field(title="您现在能办的步骤")
    dues: list[WaitingFor] = Field(title="期限")
    forms: list[FormName] = Field(title="报表")
    score: str = Field(title="由表算出的得分，空为未填全")
    grade: str = Field(title="等级")
    checked: str = Field(title="复核得分")
    lights: list[LightAnswer] = Field(title="监控预警")


class BeginningAnswer(Schema):
    title: str = Field(title="可以新建什么")
    values: dict[str, Any] = Field(title="已经知道的字段值，登记时一并交来")


class PartAnswer(Named):
    kind: str = Field(title="事项类型")
    standings: list[StandingAnswer] = Field(title="本年度的记录")
    earlier: list[StandingAnswer] = Field(title="以前年度没有办结的")
    beginnings: list[BeginningAnswer] = Field(title="可以新建的")


class CycleAnswer(Schema):
    title: str = Field(title="年度流程")
    alarms: list[str] = Field(title="启用的监控预警规则")
    parts: list[PartAnswer] = Field(title="各部分")


class FaultAnswer(Schema):
    rule: str = Field(title="规则")
    title: str = Field(title="名称")
    place: str = Field(title="位置")
    found: str = Field(title="情况")
    mend: str = Field(title="怎样改")


class LineAnswer(Named):
    points: str = Field(title="分值")
    earned: str = Field(title="得分")
    faults: list[FaultAnswer] = Field(title="扣分的地方")
    unasked: list[str] = Field(title="看不出、没有查的")


class SheetAnswer(Schema):
    title: str = Field(title="自查表")
    points: str = Field(title="满分")
    earned: str = Field(title="得分")
    lines: list[LineAnswer] = Field(title="各项")
    publication: list[FaultAnswer] = Field(title="公开前核对，不计分")


class PaperAnswer(Schema):
    number: str = Field(title="编号")
    title: str = Field(title="材料")
    what: str = Field(title="支撑的数据或事项")
    record: str = Field(title="记录")
    grade: str = Field(title="等级代码")
    document_number: str = Field(title="文号")
    content: str = Field(title="文件的哈希值，空为没有文件")
    size: int = Field(title="字节数")


class WayAnswer(Schema):
    evidence: str = Field(title="取包时 evidence 的值")
    title: str = Field(title="放入什么")
    files: int = Field(title="佐证文件数")
    size: int = Field(title="佐证文件字节数")


class PackageAnswer(Schema):
    ways: list[WayAnswer] = Field(title="佐证怎样放")
    papers: list[PaperAnswer] = Field(title="登记的佐证材料")
