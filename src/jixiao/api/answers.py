"""What the resources answer, as schemas. The values of a kind are open here; `document` closes them for each kind."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema


class Refusal(Schema):
    message: str = Field(title="说明")
    errors: dict[str, str] = Field({}, title="各字段的问题")
    reasons: list[str] | None = Field(None, title="步骤不能办理的原因（409）")
    theirs: dict[str, Any] | None = Field(None, title="他人已改的内容（409）")
    version: int | None = Field(None, title="现在的版本（409）")


class Named(Schema):
    id: str = Field(title="编号")
    title: str = Field(title="名称")


class Session(Schema):
    username: str = Field(title="用户名")
    name: str = Field(title="姓名")
    csrf_token: str = Field(title="防伪令牌，改动时放在请求头 X-CSRFToken 里")


class OrgAnswer(Named):
    short_title: str = Field(title="简称")
    region_code: str = Field(title="行政区划代码")
    is_example: bool = Field(title="是否示例")
    notice: str = Field(title="说明")


class PeriodAnswer(Schema):
    basis: str = Field(title="口径")
    label: str = Field(title="名称")
    from_on: date = Field(title="起")
    to_on: date = Field(title="止")


class YearAnswer(Schema):
    year: int = Field(title="年度")
    periods: list[PeriodAnswer] = Field(title="口径期间")


class KindAnswer(Named):
    pack: str = Field(title="规则包")
    unit: str = Field(title="计量单位")
    theme: str = Field(title="主题")
    parent: str | None = Field(title="上级类型")
    records: str = Field(title="记录的地址")


class Labelled(Schema):
    label: str = Field(title="项")
    text: str = Field(title="内容")


class FieldAnswer(Named):
    type: str = Field(title="类型")
    required: bool = Field(title="必填")
    text: str = Field(title="填什么")
    codes: list[Named] = Field(title="代码")


class StepAnswer(Named):
    from_: list[str] = Field(alias="from", title="从哪些状态")
    to: str | None = Field(title="到哪个状态，null 为不变")
    roles: list[Named] = Field(title="由谁办理")
    needs: list[str] = Field(title="须填")
    takes: list[str] = Field(title="可填")
    note: str = Field(title="说明：none 不填、optional 可填、required 必填")
    text: str = Field(title="说明文字")


class StateAnswer(Named):
    type: str = Field(title="通用状态")


class KindInFull(KindAnswer):
    children: list[str] = Field(title="子表类型")
    text: list[Labelled] = Field(title="说明文字")
    fields: list[FieldAnswer] = Field(title="字段")
    states: list[StateAnswer] = Field(title="状态")
    steps: list[StepAnswer] = Field(title="步骤")
    values_schema: dict[str, Any] = Field(title="取出的值的 JSON Schema")
    typed_schema: dict[str, Any] = Field(title="填写的值的 JSON Schema")


class Entered(Named):
    on: date = Field(title="日期")


class DueAnswer(Named):
    on: date = Field(title="到期日")
    met_on: date | None = Field(title="完成日")
    is_late: bool = Field(title="是否逾期")
    is_provisional: bool = Field(title="节假日安排是否尚未公布")


class RecordAnswer(Schema):
    id: str = Field(title="编号")
    kind: str = Field(title="事项类型")
    org: str = Field(title="单位")
    parent: str | None = Field(title="上级记录")
    root: str = Field(title="所属记录")
    number: str = Field(title="文号或顺序号")
    label: str = Field(title="名称")
    state: str | None = Field(title="状态")
    path: list[Entered] = Field(title="走过的状态")
    values: dict[str, Any] = Field(title="各字段的值")
    shown: dict[str, str] = Field(title="各字段的文字")
    dues: list[DueAnswer] = Field(title="期限")
    version: int = Field(title="版本，修改时作为 seen 交回")
    voided: bool = Field(title="是否作废")
    created_at: datetime = Field(title="登记时间")
    updated_at: datetime = Field(title="最近改动")


class Page(Schema):
    count: int = Field(title="共多少条")
    page: int = Field(title="第几页")
    pages: int = Field(title="共几页")
    items: list[RecordAnswer] = Field(title="记录")


class StepNow(Named):
    legal: bool = Field(title="现在能否办理")
    reasons: list[str] = Field(title="不能办理的原因")


class RecordName(Schema):
    id: str = Field(title="编号")
    kind: str = Field(title="事项类型")
    number: str = Field(title="文号或顺序号")
    label: str = Field(title="名称")


class LinkAnswer(Schema):
    role: str = Field(title="关联")
    title: str = Field(title="另一记录是什么")
    outgoing: bool = Field(title="是否由本记录指出")
    linked_on: date | None = Field(title="关联日期")
    record: RecordName = Field(title="另一记录")


class EvidenceAnswer(Schema):
    title: str = Field(title="名称")
    document_number: str = Field(title="文号")
    grade: str = Field(title="等级")
    content: str | None = Field(title="文件的哈希值")


class RecordInFull(RecordAnswer):
    steps: list[StepNow] = Field(title="此状态下的步骤")
    may: list[str] = Field(title="您还可以做什么")
    notices: list[str] = Field(title="提示")
    children: list[RecordName] = Field(title="子记录")
    links: list[LinkAnswer] = Field(title="关联")
    evidence: list[EvidenceAnswer] = Field(title="佐证")


class ChangeAnswer(Schema):
    title: str = Field(title="字段")
    old: str = Field(title="原来")
    new: str = Field(title="现在")


class HistoryAnswer(Schema):
    id: str = Field(title="编号")
    act: str = Field(title="动作")
    title: str = Field(title="名称")
    happened_on: date = Field(title="发生日期")
    entered_at: datetime = Field(title="录入时间")
    by: str = Field(title="经手人")
    note: str = Field(title="说明")
    changes: list[ChangeAnswer] = Field(title="改动")
    undone: bool = Field(title="是否已撤销")
    sequence: int = Field(title="在单位链中的次序")
    digest: str = Field(title="此后记录的摘要")
