"""What an indicator counts must exist, be of a type that can be counted so, and be of one unit and nature."""

from __future__ import annotations

from collections.abc import Collection

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.columns import check_condition, check_date_column, columns_by_name, unknown
from jixiao.catalogue.checks.registers import check_basis, check_theme
from jixiao.catalogue.indicators import Indicator, Per
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.catalogue.pieces import Complaints
from jixiao.catalogue.read_yaml import Keys
from jixiao.catalogue.registers import FiledItem
from jixiao.values import Qualifier

MONEY = "元"
SUMMED = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.STATED})


def check_indicator(indicator: Indicator, catalogue: Catalogue) -> Complaints:
    """Every complaint about one indicator."""
    yield from check_theme(indicator.theme, catalogue)
    yield from check_basis(indicator.basis)
    kind = catalogue.kinds.get(indicator.rows.kind) if indicator.rows else None
    if kind is not None:
        yield from _check_rows(indicator, kind, catalogue)
    if indicator.filed:
        yield from check_filed_together(indicator.filed, catalogue, ("filed",))
        first = catalogue.filed.get(indicator.filed[0].lstrip("-"))
        if first and not indicator.is_rate and first.unit != indicator.unit:
            yield (
                ("unit",),
                f"单位写“{indicator.unit}”，填报项“{first.title}”是“{first.unit}”",
                f"unit: {first.unit}",
            )
    if indicator.per:
        yield from _check_per(indicator, indicator.per, catalogue, ("per",))
    yield from _check_alternatives(indicator, kind, catalogue)
    rule = indicator.print
    if rule and rule.qualifier is Qualifier.OVER and not (indicator.is_rate or rule.scale) and rule.to % 10:
        yield ("print",), "余只跟在整十、整百的数后面", "写 to: 10、100、1000 等，或写 scale: 万"


def _check_rows(indicator: Indicator, kind: Kind, catalogue: Catalogue) -> Complaints:
    rows = indicator.rows
    assert rows is not None
    for word in ("dated", "until", "latest"):
        if name := getattr(rows, word):
            yield from check_date_column(kind, name, ("rows", word))
    if rows.alive:
        yield from check_date_column(kind, rows.alive.from_, ("rows", "alive", "from"))
        yield from check_date_column(kind, rows.alive.to, ("rows", "alive", "to"))
    for word in ("where", "count", "over"):
        yield from check_condition(getattr(indicator, word), kind, catalogue, (word,))
    if indicator.sum:
        yield from _check_sum(indicator, indicator.sum, kind)
    if indicator.distinct:
        known = {"id", *kind.links, *(name for name in columns_by_name(kind) if name in kind.fields)}
        if indicator.distinct not in known:
            yield unknown(("distinct",), f"{kind.title}的字段或关联", indicator.distinct, sorted(known))


def _check_alternatives(indicator: Indicator, kind: Kind | None, catalogue: Catalogue) -> Complaints:
    if indicator.alternatives and not indicator.is_rate:
        yield ("alternatives",), "只有比率才有另一种算法可比", "删去 alternatives"
        return
    for place, other in enumerate(indicator.alternatives):
        path: Keys = ("alternatives", place)
        if kind is not None:
            for word in ("count", "over"):
                yield from check_condition(getattr(other, word), kind, catalogue, (*path, word))
        yield from check_filed_together(other.filed, catalogue, (*path, "filed"))
        if other.per:
            yield from _check_per(indicator.under(other), other.per, catalogue, (*path, "per"))
        if (other.filed and not indicator.filed) or (other.count is not None and indicator.count is None):
            yield path, "另一种算法换了分子的取法", "与本指标同样的取法：都数记录，或都用填报数"


def _check_sum(indicator: Indicator, field: str, kind: Kind) -> Complaints:
    spec = kind.fields.get(field)
    numbers = [name for name, one in kind.fields.items() if one.type in SUMMED]
    if spec is None:
        yield unknown(("sum",), f"{kind.title}的数字字段", field, numbers)
    elif spec.type not in SUMMED:
        yield ("sum",), f"“{field}”不是数字，不能相加", f"数字字段：{'、'.join(numbers) or '（无）'}"
    elif indicator.is_rate:
        return
    elif (spec.type is FieldType.MONEY) != (indicator.unit == MONEY):
        expected = (
            "金额的单位写 元；万元、亿元写在 print 的 scale"
            if spec.type is FieldType.MONEY
            else "不是金额，单位不写 元"
        )
        yield ("unit",), f"单位写“{indicator.unit}”，而“{spec.title}”{_is_money(spec.type)}", expected


def _is_money(found: FieldType) -> str:
    return "是金额" if found is FieldType.MONEY else "不是金额"


def check_filed_together(items: Collection[str], catalogue: Catalogue, path: Keys) -> Complaints:
    """Filed items are added up only when they are of one unit and one nature."""
    known = [item for name in items if (item := catalogue.filed.get(name.lstrip("-")))]
    for item in known[1:]:
        first = known[0]
        if item.unit != first.unit:
            found = f"“{first.title}”以{first.unit}计，“{item.title}”以{item.unit}计，不能相加"
            yield path, found, "单位相同的填报项"
        elif item.nature != first.nature:
            yield path, different_natures(first, item, catalogue), "性质相同的金额；性质不同的分列为两个指标"
        elif item.places != first.places:
            yield path, f"“{first.title}”与“{item.title}”的小数位数不同", "places 相同的填报项"


def different_natures(first: FiledItem, second: FiledItem, catalogue: Catalogue) -> str:
    return (
        f"“{first.title}”是{nature_title(first.nature, catalogue)}，"
        f"“{second.title}”是{nature_title(second.nature, catalogue)}，两种性质的金额不能相加"
    )


def nature_title(nature: str | None, catalogue: Catalogue) -> str:
    found = catalogue.natures.get(nature or "")
    return f"“{found.title}”" if found else "没有性质的数"


def _check_per(indicator: Indicator, per: Per, catalogue: Catalogue, path: Keys) -> Complaints:
    yield from check_filed_together(per.filed, catalogue, (*path, "filed"))
    bottom_is_money: bool | None = None
    if per.filed and (item := catalogue.filed.get(per.filed[0].lstrip("-"))):
        bottom_is_money = item.unit == MONEY
    if per.indicator and (other := catalogue.indicators.get(per.indicator)):
        if other.full_id == indicator.full_id:
            yield (*path, "indicator"), "分母就是本指标", "另一个指标"
        elif other.is_rate:
            yield (*path, "indicator"), f"“{other.title}”是比率，不能作分母", "一个计数或合计的指标"
        else:
            bottom_is_money = other.unit == MONEY
    top_is_money = _measures_money(indicator, catalogue)
    if bottom_is_money is not None and top_is_money is not None and top_is_money != bottom_is_money:
        words = {True: "金额", False: "不是金额"}
        yield path, f"分子{words[top_is_money]}，分母{words[bottom_is_money]}", "同是金额，或同不是金额"


def _measures_money(indicator: Indicator, catalogue: Catalogue) -> bool | None:
    if indicator.filed:
        item = catalogue.filed.get(indicator.filed[0].lstrip("-"))
        return item.unit == MONEY if item else None
    if indicator.sum and indicator.rows:
        kind = catalogue.kinds.get(indicator.rows.kind)
        spec = kind.fields.get(indicator.sum) if kind else None
        return spec.type is FieldType.MONEY if spec else None
    return False
