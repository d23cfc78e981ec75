"""Kinds, indicators and conditions in Chinese words, from the definitions alone.

For pages, messages and the generated reference. Says what a definition means, not what it counted.
"""

from __future__ import annotations

from decimal import Decimal

from jixiao.catalogue import conditions as c
from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.columns import columns_of
from jixiao.catalogue.days import said
from jixiao.catalogue.fields import show_money
from jixiao.catalogue.indicators import Indicator, Per, Rows
from jixiao.catalogue.kinds import DeadlineSpec, FieldSpec, FieldType, Kind, StepSpec
from jixiao.catalogue.meanings import BASES, meaning
from jixiao.catalogue.parties import HandSpec
from jixiao.values import Qualifier, decimal_text


def condition(found: object, kind: Kind, catalogue: Catalogue) -> str:
    """A condition over records of `kind` as one phrase; empty for the condition that always holds."""
    match found:
        case None | c.Always():
            return ""
        case c.AllOf(parts):
            return "，且".join(_grouped(part, kind, catalogue) for part in parts)
        case c.AnyOf(parts):
            return "或".join(_grouped(part, kind, catalogue) for part in parts)
        case c.Not(c.Present(column)):
            return f"没有{_column(kind, column)}"
        case c.Not(c.OneOf(column, values)):
            return f"{_column(kind, column)}不是{_values(kind, column, values, catalogue)}"
        case c.Not(part):
            return f"并非（{condition(part, kind, catalogue)}）"
        case c.Present(column):
            return f"有{_column(kind, column)}"
        case c.OneOf(column, (bool() as wanted,)):
            return f"{_column(kind, column)}为“{'是' if wanted else '否'}”"
        case c.OneOf(column, values):
            return f"{_column(kind, column)}是{_values(kind, column, values, catalogue)}"
        case c.Between(column, low, high):
            return _column(kind, column) + _between(kind, column, low, high, catalogue)
        case c.NotAfter(column, other):
            return f"{_column(kind, column)}不晚于{_column(kind, other)}"
        case c.Reached(state):
            return f"已到“{kind.states[state].title if state in kind.states else state}”"
        case c.Has(relative, inner):
            return _relative("至少有一{unit}{title}", relative, inner, kind, catalogue)
        case c.Each(relative, inner):
            return _relative("每一{unit}{title}都", relative, inner, kind, catalogue)
        case c.Parent(inner):
            above = catalogue.kind(kind.parent) if kind.parent else kind
            return f"所属{above.title}{condition(inner, above, catalogue)}"
    return ""


def _grouped(part: c.Condition, kind: Kind, catalogue: Catalogue) -> str:
    words = condition(part, kind, catalogue)
    return f"（{words}）" if isinstance(part, c.AllOf | c.AnyOf) else words


def _relative(pattern: str, relative: str, inner: c.Condition, kind: Kind, catalogue: Catalogue) -> str:
    if relative in kind.links:
        other, title = catalogue.kind(kind.links[relative].to), kind.links[relative].title
    else:
        other = catalogue.kind(relative)
        title = other.title
    words = condition(inner, other, catalogue)
    told = pattern.format(unit=other.unit, title=title)
    if told.endswith("都"):
        return f"{told}满足：{words}" if words else told.removesuffix("都")
    return f"{told}（{words}）" if words else told


def _column(kind: Kind, name: str) -> str:
    return next((column.title for column in columns_of(kind) if column.name == name), name)


def _values(kind: Kind, column: str, values: tuple[c.Scalar, ...], catalogue: Catalogue) -> str:
    return "、".join(value(kind, column, one, catalogue) for one in values)


def value(kind: Kind, column: str, found: c.Scalar, catalogue: Catalogue) -> str:
    """One value of a column in words: a code's title, an amount in 元, a day."""
    spec = kind.fields.get(column)
    if isinstance(found, bool):
        return "是" if found else "否"
    if not isinstance(found, int | str | Decimal):
        return said(found)
    if spec is not None and spec.codes and spec.codes in catalogue.codes:
        codes = catalogue.codes[spec.codes].codes
        return f"“{codes[str(found)].title}”" if str(found) in codes else str(found)
    if spec is not None and isinstance(found, int):
        if spec.type is FieldType.MONEY:
            return show_money(found)
        return decimal_text(Decimal(found).scaleb(-spec.places)) + spec.unit
    return f"“{found}”" if isinstance(found, str) else decimal_text(found)


def _between(
    kind: Kind, column: str, low: c.Scalar | None, high: c.Scalar | None, catalogue: Catalogue
) -> str:
    if low is not None and high is not None:
        return f"在{value(kind, column, low, catalogue)}至{value(kind, column, high, catalogue)}之间"
    if low is not None:
        return f"不小于{value(kind, column, low, catalogue)}"
    return f"不大于{value(kind, column, high, catalogue)}" if high is not None else "不限"


def owners(found: Kind, catalogue: Catalogue) -> str:
    """Whose its records are, and what only these may do: 第一提案人、联名人的，本人的账号只看、只办自己的…"""
    spec = found.own
    assert spec is not None
    named = [
        found.fields[way].title if way in found.fields else found.links[way].title
        for way in spec.by
        if way in found.fields or way in found.links
    ]
    if spec.by == ("parent",) and found.parent:
        named = [f"{catalogue.kind(found.parent).title}所归的一位"]
    told = f"归{'、'.join(named)}；" if named else ""
    if spec.fills:
        told += f"本人只填写{'、'.join(found.fields[name].title for name in spec.fills)}；"
    steps = [step.title for step in found.steps.values() if step.own]
    own = f"；“{'”“'.join(steps)}”由本人办理，他人代录纸质件的注明代谁" if steps else ""
    return f"{told}本人的账号只看自己的{own}"


def field(spec: FieldSpec, catalogue: Catalogue) -> str:
    """What a field takes: 代码（提案形式）, 金额（统筹协调资金）, 日期."""
    words = meaning(spec.type)
    if spec.codes and spec.codes in catalogue.codes:
        return f"{words}（{catalogue.codes[spec.codes].title}）"
    if spec.to and spec.to in catalogue.kinds:
        return f"{words}（{catalogue.kinds[spec.to].title}）"
    if spec.nature and spec.nature in catalogue.natures:
        return f"{words}（{catalogue.natures[spec.nature].title}）"
    if spec.type is FieldType.DECIMAL:
        return f"{words}（{spec.places}位）"
    return words


def kind(found: Kind, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """A kind as labelled sentences: what it is, where it belongs, its way, its deadlines."""
    told = [("形态", f"{meaning(found.shape)}，以{found.unit}计"), ("记录对象", meaning(found.about))]
    if found.parent:
        told.append(("上级", catalogue.kind(found.parent).title))
    if children := catalogue.children_of(found.full_id):
        told.append(("子表", "、".join(child.title for child in children)))
    if found.states:
        told.append(("环节", "、".join(state.title for state in found.states.values())))
    told += [("期限", deadline(found, spec)) for spec in found.deadlines.values()]
    told += [("交办", handed(found, name, spec, catalogue)) for name, spec in found.hands_to.items()]
    if found.belongs_to:
        told.append(("归属", f"交办以后，归“{found.fields[found.belongs_to].title}”填写和修改"))
    if found.own and found.own.by:
        told.append(("归谁", owners(found, catalogue)))
    if found.spoken:
        told.append(("说法", "、".join(found.spoken)))
    if found.evidence:
        told.append(("佐证", "、".join(found.evidence)))
    told.append(("依据", sources(found)))
    return tuple(told)


def beyond_the_condition(kind_: Kind, spec: StepSpec, catalogue: Catalogue) -> list[str]:
    """What else a step asks for or does: another person, papers, everyone served, a count, a choice."""
    told = []
    if spec.not_by:
        steps = "、".join(f"“{kind_.steps[one].title}”" for one in spec.not_by if one in kind_.steps)
        signed = f"，或填写“{kind_.fields[spec.or_signed].title}”" if spec.or_signed else ""
        told.append(f"不得与办{steps}的为同一人{signed}")
    if spec.with_evidence:
        told.append("须附佐证")
    told += [f"每一位都有{kind_.owes[one].title}" for one in spec.settles]
    if spec.anew:
        child = catalogue.kind(spec.anew.child)
        told.append(
            f"办过“{kind_.steps[spec.anew.after].title}”的，须在其后另有一份{child.states[spec.anew.reached].title}的{child.title}"
        )
    if spec.follows:
        below = catalogue.kind(spec.follows.child)
        told.append(f"随{below.title}的“{below.steps[spec.follows.step].title}”一起办，不单独办")
    if spec.own:
        told.append("由本人办理；有补录权限的人代录纸质件，注明代谁")
    if spec.counts:
        told.append(f"自动计入“{kind_.fields[spec.counts].title}”")
    for name, choice in spec.switch.items():
        if switch := catalogue.switches.get(name):
            told.append(f"只在“{switch.title}”选“{switch.choices[choice]}”时")
    return told


def handed(kind_: Kind, field: str, spec: HandSpec, catalogue: Catalogue) -> str:
    """Who else acts on such a record: “承办单位”所写的单位由其提案承办单位办理…"""
    roles = "、".join(catalogue.role(role).title for role in spec.roles)
    told = f"“{kind_.fields[field].title}”所写的单位，由该单位的{roles}查看、办理"
    if spec.during:
        told += f"，限于{'、'.join(kind_.states[state].title for state in spec.during)}时"
    if words := condition(spec.leads, kind_, catalogue):
        told += f"；{words}的，一并办理上级事项"
    return told


def deadline(kind_: Kind, spec: DeadlineSpec) -> str:
    """A deadline as one sentence: 自“交办”起3个月内“答复”."""
    length = spec.period
    if length.workdays is not None:
        span = f"{length.workdays}个工作日"
    else:
        span = f"{length.months}个月" if length.months is not None else f"{length.days}天"
    words = f"{spec.title}：自{_moment(kind_, spec.starts)}起{span}，至{_moment(kind_, spec.met_by)}为止"
    if spec.first_met:
        words += f"；有{_moment(kind_, spec.first_met)}的，按那一天算"
    if spec.stops:
        words += f"；在{'、'.join(_moment(kind_, state) for state in spec.stops)}期间停止计算"
    return words + ("；遇节假日顺延" if spec.rolls else "")


def _moment(kind_: Kind, name: str) -> str:
    if name in kind_.states:
        return f"“{kind_.states[name].title}”"
    return kind_.fields[name].title if name in kind_.fields else name


def indicator(found: Indicator, catalogue: Catalogue) -> str:
    """What an indicator gives, in one sentence."""
    bottom = f"，除以{_bottom(found.per, catalogue)}" if found.per else ""
    if found.filed:
        return f"{found.title}：取填报数{_filed(found.filed, catalogue)}{bottom}"
    assert found.rows is not None
    kind_ = catalogue.kind(found.rows.kind)
    words = rows(found.rows, kind_)
    if where := condition(found.where, kind_, catalogue):
        words += f"、{where}的"
    top = _measure(found, kind_, catalogue)
    if found.over is not None:
        below = condition(found.over, kind_, catalogue) or "全部"
        return f"{found.title}：{words}{kind_.title}中，以{below}为分母，以{top}为分子"
    return f"{found.title}：{words}{kind_.title}的{top}" + (bottom or f"（{found.unit}）")


def _bottom(per: Per, catalogue: Catalogue) -> str:
    if per.indicator:
        return f"“{catalogue.indicator(per.indicator).title}”"
    return f"填报数{_filed(per.filed, catalogue)}"


def rows(found: Rows, kind_: Kind) -> str:
    """Which records, by time: 批准日期在期间内的."""
    if found.dated:
        return f"{_column(kind_, found.dated)}在期间内的"
    if found.until:
        return f"截至统计日{_column(kind_, found.until)}已有的"
    if found.alive:
        return f"统计日已有{_column(kind_, found.alive.from_)}、尚无{_column(kind_, found.alive.to)}的"
    if found.latest:
        return f"期间内{_column(kind_, found.latest)}最近一次的"
    return "全部"


def _measure(found: Indicator, kind_: Kind, catalogue: Catalogue) -> str:
    if found.sum:
        return f"{_column(kind_, found.sum)}合计"
    if found.distinct:
        if found.distinct in kind_.links:
            return f"不同的{kind_.links[found.distinct].title}个数"
        return "条数" if found.distinct == "id" else f"不同的{_column(kind_, found.distinct)}个数"
    counted = condition(found.count, kind_, catalogue)
    if found.over is not None:
        return counted or "其全部"
    return f"{kind_.unit}数（{counted}）" if counted else f"{kind_.unit}数"


def _filed(items: tuple[str, ...], catalogue: Catalogue) -> str:
    words = ""
    for item in items:
        sign = "减" if item.startswith("-") else ("加" if words else "")
        words += f"{sign}“{catalogue.filed_item(item.lstrip('-')).title}”"
    return words


def printing(found: Indicator) -> str:
    """The print rule in words: 取整到10，写作“余”; empty where the number is printed as it is."""
    rule = found.print
    if found.is_rate:
        return f"百分数保留{rule.places}位小数"
    words = []
    if rule.qualifier is not Qualifier.EXACT and rule.to > 1:
        how = "向下取整到" if rule.qualifier is Qualifier.OVER else "四舍五入到"
        words.append(f"{how}{rule.to}，不是整数倍时写作“{meaning(rule.qualifier)}”")
    if rule.scale:
        words.append(f"以{rule.scale}{found.unit}为单位，最多{rule.places}位小数")
    return "；".join(words)


def basis(found: str) -> str:
    return BASES.get(found, found)


def sources(found: Kind | Indicator) -> str:
    """The documents a definition rests on, with 待核实 where nobody has confirmed one."""
    return "；".join(
        f"{source.title}{source.clause}" + ("" if source.verified else "（待核实）")
        for source in found.source
    )
