"""What the computing resources answer, as schemas: figures, the figure laid open, findings, score sheets, verifications."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema

from jixiao.api.answers import EvidenceAnswer, Labelled, RecordName


class FigureAnswer(Schema):
    id: str = Field(title="指标")
    title: str = Field(title="名称")
    text: str = Field(title="报告写法")
    value: str | None = Field(title="写出的数，基本单位；比率 1 为 100%")
    exact: str | None = Field(title="数出的数")
    top: int | None = Field(title="分子（金额为分）")
    bottom: int | None = Field(title="分母")
    unit: str = Field(title="单位，比率为 ratio")
    qualifier: str | None = Field(title="限定")
    status: str = Field(title="reported 已填报、none 无可计算、not_reported 未填报")
    period: str = Field(title="口径期间")
    as_of: date = Field(title="统计日")
    records: int = Field(title="背后有多少条记录")


class FindingAnswer(Schema):
    relation: str = Field(title="勾稽关系")
    title: str = Field(title="名称")
    verdict: str = Field(title="结论")
    reason: str = Field(title="理由")
    stated: str = Field(title="写的")
    computed: str = Field(title="算的")
    reading: str = Field(title="按什么理解")
    subjects: list[str] = Field(title="涉及的指标")


class FiledName(Schema):
    item: str = Field(title="填报项")
    stated_on: date = Field(title="数据日期")
    source: str = Field(title="出处")


class RowAnswer(Schema):
    record: RecordName | None = Field(title="记录")
    filed: FiledName | None = Field(title="或填报数")
    in_top: bool = Field(title="计入分子")
    in_bottom: bool = Field(title="计入分母")
    key: str = Field(title="去重按什么")
    evidence: list[EvidenceAnswer] = Field(title="佐证")


class AlternativeAnswer(Schema):
    title: str = Field(title="另一定义")
    figure: FigureAnswer = Field(title="数据")


class PlacingAnswer(Schema):
    outline: str = Field(title="报告提纲")
    clause: str = Field(title="条款")


class FigureInFull(FigureAnswer):
    definition: str = Field(title="指标定义的摘要")
    words: list[Labelled] = Field(title="怎样算出来")
    sql: str = Field(title="查询语句")
    rows: list[RowAnswer] = Field(title="背后的记录")
    alternatives: list[AlternativeAnswer] = Field(title="其他定义下的数")
    relations: list[FindingAnswer] = Field(title="涉及的勾稽关系")
    earlier: list[FigureAnswer] = Field(title="以前年度")
    placed: list[PlacingAnswer] = Field(title="写在报告哪里")


class ScoreAnswer(Schema):
    earned: str | None = Field(title="得分，null 为未填报")
    method: str = Field(title="评分方法")
    working: str = Field(title="算式")
    reason: str = Field(title="失分原因")
    flags: list[str] = Field(title="提醒")


class NodeAnswer(Schema):
    id: str = Field(title="编号")
    title: str = Field(title="名称")
    points: str = Field(title="分值")
    earned: str = Field(title="得分")
    open: str = Field(title="尚未填报的分值")
    dropped: str = Field(title="不适用的原因")
    score: ScoreAnswer | None = Field(title="末级评分项的评分")
    children: list[NodeAnswer] = Field(title="下级")


class AssessmentAnswer(Schema):
    scheme: str = Field(title="评价方案")
    title: str = Field(title="名称")
    total: str = Field(title="满分")
    earned: str = Field(title="得分")
    open: str = Field(title="尚未填报的分值")
    grade: str | None = Field(title="等级")
    text: str = Field(title="说明文字")
    working: str = Field(title="折算")
    unexplained: list[str] = Field(title="还没有写原因的失分")
    tree: list[NodeAnswer] = Field(title="评分表")


class DetailAnswer(Schema):
    kind: str = Field(title="哪一类")
    key: str = Field(title="标记")
    label: str = Field(title="名称")
    issued: str = Field(title="定稿时")
    found: str = Field(title="文件中")


class VerificationAnswer(Schema):
    outcome: str = Field(title="结论代码")
    title: str = Field(title="结论")
    details: list[DetailAnswer] = Field(title="差异")
    notes: list[str] = Field(title="说明")
