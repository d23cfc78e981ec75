"""What the resources are asked with. A word they do not know is refused, so that no misspelt field is lost in silence."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict

from jixiao.catalogue.dates import read_date
from jixiao.ledger import clock

MOST_PAGES = 1_000_000
LARGEST_PAGE = 200
MOST_WORDS = 8


def _printable(text: str) -> str:
    """No database takes control characters or halves of surrogate pairs."""
    if any((ord(sign) < 32 and sign not in "\t\r\n") or 0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        raise ValueError("含有不可显示的控制字符，请删除")
    return text


def _searchable(text: str) -> str:
    """Every word is a condition of its own on every text of the kind."""
    if len(text.split()) > MOST_WORDS:
        raise ValueError(f"最多 {MOST_WORDS} 个词")
    return _printable(text)


def _day(raw: object) -> object:
    """A day as people type it."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str):
        raise ValueError(f"“{raw}”不是日期；请写成 2020-03-05 或 2020年3月5日")
    return read_date(_printable(raw), clock.today())


Text = Annotated[str, AfterValidator(_printable), Field(max_length=2000)]
Title = Annotated[str, AfterValidator(_printable), Field(max_length=120)]
Search = Annotated[str, AfterValidator(_searchable), Field(max_length=100)]
Day = Annotated[date | None, BeforeValidator(_day)]
Values = Annotated[dict[str, Any], Field(title="各字段的值，可照办公习惯填写")]
Seen = Annotated[int, Field(title="改的是哪个版本", ge=0, le=2**31)]


class Question(Schema):
    model_config = ConfigDict(extra="forbid")


class NewRecord(Question):
    org: Text = Field(title="单位")
    values: Values
    parent: Text | None = Field(None, title="上级记录，子表才填")
    happened_on: Day = Field(None, title="发生日期，默认为事项自己的日期，没有则为今天")
    note: Text = Field("", title="说明")


class Correction(Question):
    seen: Seen
    values: Values
    note: Text = Field("", title="说明")


class Step(Question):
    seen: Seen
    values: Values = Field({}, title="步骤须填和可填的字段")
    happened_on: Day = Field(None, title="发生日期，默认今天")
    note: Text = Field("", title="说明")


class Listing(Schema):
    # The list's own words in the query string; columns of the kind stand beside them.
    org: Text | None = Field(None, title="单位，不写为全部可见单位")
    q: Search = Field("", title="查找，几个词都要有")
    order: Text = Field("", title="排序列，前加 - 为倒序")
    page: int = Field(1, title="第几页", ge=1, le=MOST_PAGES)
    size: int = Field(50, title="每页多少条", ge=1, le=LARGEST_PAGE)
    voided: bool = Field(False, title="只列已作废的")


class AsOf(Schema):
    as_of: Day = Field(None, title="统计日，默认为年度最后一天，未过完的年度为今天")


class WhichOutline(Schema):
    outline: Text | None = Field(None, title="报告提纲，默认为带年度各表的提纲")


class Packing(WhichOutline):
    evidence: Literal["open", "all", "none"] = Field("open", title="佐证文件怎样放")


class Expecting(Question):
    titles: list[Title] = Field([], title="增加的单位，全称", max_length=2000)
    due_on: Day = Field(None, title="报送期限")
    secret: list[Title] | None = Field(None, title="涉密不公开的单位", max_length=2000)


class Taking(Question):
    received_on: Day = Field(None, title="收到日期，默认今天")


class Version(Schema):
    version: int | None = Field(None, title="第几版", ge=1, le=9999)


class Claim(Question):
    expected: Text = Field(title="是名单上哪个单位的（编号）")


class Returning(Question):
    rows: list[Text] = Field([], title="列出哪几处（问题的编号）", max_length=1000)
    reason: Text = Field("", title="另外的意见")


class Review(Question):
    score: Text = Field(title="复核得分")
    reason: Text = Field("", title="改分理由")


class LetterForm(Schema):
    form: Literal["docx", "pdf"] = Field("docx", title="什么格式")


class Draw(Question):
    seed: Text = Field(title="种子")
    count: int = Field(title="抽几个", ge=1, le=500)
    reason: Text = Field("", title="用途")


class Publish(Question):
    where: Text = Field(title="公开在哪里")
