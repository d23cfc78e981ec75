"""What the fixed words of packs mean, in Chinese: for messages, pages and the reference."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from jixiao.catalogue.indicators import Role
from jixiao.catalogue.kinds import About, FieldType, NeutralState, Shape
from jixiao.values import Qualifier

MEANINGS: Mapping[type[StrEnum], Mapping[str, str]] = MappingProxyType(
    {
        Shape: {
            Shape.CASE: "办理事项",
            Shape.ACTIVITY: "活动",
            Shape.DOCUMENT: "文件",
            Shape.MONEY: "资金",
            Shape.SNAPSHOT: "某日存量",
            Shape.REGISTER: "名册",
        },
        About: {
            About.OFFICE: "机关工作",
            About.ORGANISATION: "单位",
            About.PLACE: "地方",
            About.PERSON: "个人",
        },
        FieldType: {
            FieldType.TEXT: "文字",
            FieldType.LONG_TEXT: "长文字",
            FieldType.FORM: "报表",
            FieldType.DATE: "日期",
            FieldType.INTEGER: "整数",
            FieldType.DECIMAL: "小数",
            FieldType.MONEY: "金额",
            FieldType.CODE: "代码",
            FieldType.ORG: "单位",
            FieldType.REF: "引用记录",
            FieldType.BOOLEAN: "是否",
            FieldType.STATED: "约数",
            FieldType.SERIAL: "序号",
        },
        NeutralState: {
            NeutralState.OPEN: "在办",
            NeutralState.WAITING: "等待他方",
            NeutralState.ANSWERED: "已答复",
            NeutralState.DONE: "办成",
            NeutralState.NOT_DONE: "未办成",
            NeutralState.PASSED_ON: "转出",
            NeutralState.WITHDRAWN: "撤回",
        },
        Role: {
            Role.RESULT: "成果",
            Role.PLAN: "计划",
            Role.DESCRIPTION: "描述",
            Role.STRUCTURE: "构成",
            Role.INPUT: "投入",
        },
        Qualifier: {
            Qualifier.EXACT: "准确数",
            Qualifier.APPROX: "约",
            Qualifier.OVER: "余",
            Qualifier.AT_LEAST: "以上",
            Qualifier.AT_MOST: "以下",
        },
    }
)

BASES: Mapping[str, str] = MappingProxyType(
    {
        "calendar_year": "自然年度",
        "half": "半年",
        "first_half": "上半年",
        "second_half": "下半年",
        "quarter": "季度",
        "plenary": "全会届次",
        "campaign": "专项活动",
        "event": "一次性事项",
        "as_of": "截至某日",
    }
)


def meaning(word: StrEnum) -> str:
    """What the word means; empty where nothing more than the word itself can be said."""
    return MEANINGS.get(type(word), {}).get(word, "")
