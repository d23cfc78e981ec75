"""What the resources of the bureau's desk answer, as schemas: the district, one department, packages, decisions, samples."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from jixiao.api.answers import Named


class CountedAnswer(Schema):
    title: str = Field(title="哪一类")
    count: int = Field(title="单位数")
    times: int = Field(title="处数")
    departments: list[str] = Field(title="是哪些单位（编号）")


class LineAnswer(Named):
    org: str | None = Field(title="台账里的单位")
    state: str = Field(title="状态")
    is_late: bool = Field(title="是否迟报")
    is_secret: bool = Field(title="涉密，不公开")
    versions: int = Field(title="收到几版")
    package: str | None = Field(title="作数的报送件")
    own_score: str | None = Field(title="自评得分，null 为填不全")
    score: str | None = Field(title="作数的得分，复核过的为复核得分")
    grade: str = Field(title="等级")
    before: str | None = Field(title="上年得分")
    defects: int = Field(title="问题处数")
    flags: int = Field(title="存疑处数")
    alarms: list[str] = Field(title="预警")


class SumAnswer(Schema):
    title: str = Field(title="什么数")
    value: str = Field(title="合计，基本单位")
    departments: int = Field(title="几个单位有数")


class LooseAnswer(Schema):
    id: str = Field(title="报送件")
    file_name: str = Field(title="文件名")
    state: str = Field(title="状态")
    trouble: str = Field(title="没有收下的原因")


class OverviewAnswer(Schema):
    title: str = Field(title="汇总")
    departments: list[LineAnswer] = Field(title="各单位")
    unplaced: list[LooseAnswer] = Field(title="待认领的")
    refused: list[LooseAnswer] = Field(title="没有收下的")
    states: list[CountedAnswer] = Field(title="报送情况")
    grades: list[CountedAnswer] = Field(title="等级")
    bands: list[CountedAnswer] = Field(title="得分分布")
    defects: list[CountedAnswer] = Field(title="问题排序")
    flags: list[CountedAnswer] = Field(title="存疑排序")
    alarms: list[CountedAnswer] = Field(title="预警")
    median: str | None = Field(title="得分中位数")
    median_before: str | None = Field(title="上年中位数")
    sums: list[SumAnswer] = Field(title="合计")


class FindingOnPackage(Schema):
    id: str = Field(title="编号，退回时勾选用")
    code: str = Field(title="规则")
    title: str = Field(title="问题")
    where: str = Field(title="位置")
    reason: str = Field(title="请怎样改")
    computed: str = Field(title="算式")
    level: str = Field(title="broken 问题、flag 存疑")


class KeptFile(Schema):
    path: str = Field(title="文件")
    raw: str = Field(title="原件的哈希值，空为压缩包里的")
    role: str = Field(title="是什么")
    size: int = Field(title="字节数")


class PackageAnswer(Schema):
    id: str = Field(title="报送件")
    department: str | None = Field(title="单位名称")
    version: int = Field(title="版次")
    state: str = Field(title="状态")
    content: str = Field(title="内容的哈希值")
    file_name: str = Field(title="文件名")
    received_at: datetime = Field(title="收到时间")
    received_by: str = Field(title="经手人")
    is_late: bool = Field(title="是否迟报")
    trouble: str = Field(title="没有收下的原因")


class TakenAnswer(PackageAnswer):
    is_new: bool = Field(title="是否新收的；false 为同样的文件以前收过")


class DecisionAnswer(Schema):
    id: str = Field(title="编号")
    package: str = Field(title="报送件")
    state: str = Field(title="结果")
    score: str = Field(title="复核得分")
    grade: str = Field(title="等级")
    reason: str = Field(title="意见")
    rows: list[FindingOnPackage] = Field(title="列出的各处")
    record: str = Field(title="复核记录，空为没有")
    decided_by: str = Field(title="经手人")
    decided_at: datetime = Field(title="时间")


class ReturnedRow(Schema):
    title: str = Field(title="问题")
    where: str = Field(title="位置")
    version: int = Field(title="哪一版被退回")
    is_still_there: bool = Field(title="这一版是否还在")


class DepartmentAnswer(LineAnswer):
    chosen: PackageAnswer | None = Field(title="这一版报送件")
    files: list[KeptFile] = Field(title="文件")
    findings: list[FindingOnPackage] = Field(title="问题与存疑")
    leaves: list[dict[str, Any]] = Field(title="逐项得分")
    medians: dict[str, str] = Field(title="同名指标在其他单位的得分率中位数，至少三家")
    forms: list[dict[str, Any]] = Field(title="报表，逐格为印出的文字")
    before: str | None = Field(title="上年得分")
    cells_before: dict[str, str] = Field(title="上年各格")
    all_versions: list[PackageAnswer] = Field(title="各版")
    decisions: list[DecisionAnswer] = Field(title="处理经过")
    answers: list[ReturnedRow] = Field(title="上次退回的各处")


class ExpectedAnswer(Named):
    due_on: date | None = Field(title="报送期限")
    is_secret: bool = Field(title="涉密，不公开")


class SampleAnswer(Schema):
    id: str = Field(title="流转记录中的编号")
    seed: str = Field(title="种子")
    among: list[str] = Field(title="从哪些单位中抽")
    drawn: list[str] = Field(title="抽到的单位")
    reason: str = Field(title="用途")
    drawn_by: str = Field(title="经手人")
    drawn_at: datetime = Field(title="时间")


class PublishedAnswer(Schema):
    marked: int = Field(title="记为已公开的单位数")
