"""What the codes of readings and checks are called on pages and in workbooks; an unknown code stays as it is."""

from __future__ import annotations

from jixiao.values import RATIO, Quantity, decimal_text


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


QUALIFIERS = {"exact": "", **_pairs("approx 约 over 余 at_least 以上 at_most 以下")}
KINDS = _pairs("count 数量 money 金额 ratio 比率 area 面积 length 长度 score 分数 other 其他")
ROLES = _pairs(
    """total 总数 part 分项 numerator 分子 denominator 分母 actual 实际 share 占比 rate 比率
    completion 完成比例 growth 增减幅度 delta 增减数
    previous 上期 current 本期 budget 预算 final 决算 target 目标 worth 满分 earned 得分"""
)
TYPES = _pairs(
    """sum 合计 rate 比率 share 占比 change 增减 subset 包含 balance 收支平衡 chain 逐级 partition 分类 union_bound 去重范围
    list 列举 repeat 复述 direction 增减方向 score 得分 grade 等级 target 目标 leftover 模板遗留 survey 问卷
    table_sum 表内合计 table_change 表内增减 table_rate 表内比率 table_share 表内占比 period 年度与日期 missing 缺漏"""
)


def named(words: dict[str, str], code: str) -> str:
    return words.get(code, code)


def meant(quantity: Quantity) -> str:
    """A quantity as it was understood: 135200 元, 0.05（1 为 100%）, 30 件 余."""
    number = decimal_text(quantity.value)
    if quantity.high is not None:
        number += f"～{decimal_text(quantity.high)}"
    unit = "（1 为 100%）" if quantity.unit == RATIO else f" {quantity.unit}".rstrip()
    qualifier = named(QUALIFIERS, quantity.qualifier)
    return f"{number}{unit}" + (f" {qualifier}" if qualifier else "")
