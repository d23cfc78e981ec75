"""What must hold within and between kinds: names that exist, states that can be reached, no crossing of
the boundary.
"""

from __future__ import annotations

from collections.abc import Mapping

from jixiao.catalogue import guard
from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.columns import check_condition, check_date_column, columns_by_name, unknown
from jixiao.catalogue.checks.handed import check_handed
from jixiao.catalogue.checks.own import check_own
from jixiao.catalogue.checks.registers import check_theme
from jixiao.catalogue.checks.similar import check_similar
from jixiao.catalogue.conditions import WORDS
from jixiao.catalogue.kinds import CheckSpec, DeadlineSpec, FieldType, Kind, Shape, StepSpec
from jixiao.catalogue.parties import OwedSpec
from jixiao.catalogue.pieces import Complaints
from jixiao.catalogue.read_yaml import Keys

RESERVED = WORDS | {"id", "root_id", "parent_id", "org", "key", "evidence"}


def check_kind(kind: Kind, catalogue: Catalogue) -> Complaints:
    """Every complaint about one kind."""
    yield from _check_names(kind)
    yield from _check_parents(kind, catalogue)
    yield from check_theme(kind.theme, catalogue)
    yield from _check_money(kind)
    yield from _check_life(kind, catalogue)
    for name, deadline in kind.deadlines.items():
        yield from _check_deadline(kind, name, deadline)
    for name, owed in kind.owes.items():
        yield from _check_owed(kind, name, owed, catalogue)
    for name, advice in kind.checks.items():
        yield from _check_advice(kind, name, advice, catalogue)
    yield from check_similar(kind, catalogue)
    yield from check_handed(kind, catalogue)
    yield from check_own(kind, catalogue)
    yield from guard.complaints(kind, catalogue)


def _check_names(kind: Kind) -> Complaints:
    if kind.label not in kind.fields:
        yield unknown(("label",), "字段", kind.label, kind.fields)
    elif not kind.fields[kind.label].is_projected:
        yield ("label",), f"“{kind.label}”是长文字或报表，不能当名称", "一个短的字段"
    if kind.date is not None:
        dates = [name for name, spec in kind.fields.items() if spec.type is FieldType.DATE]
        if kind.date not in kind.fields:
            yield unknown(("date",), "日期字段", kind.date, dates)
        elif kind.date not in dates:
            found = f"“{kind.date}”不是日期字段"
            yield ("date",), found, f"日期字段：{'、'.join(dates) or '（先在 fields 里写一个）'}"
    for name, spec in kind.fields.items():
        if name in RESERVED:
            yield ("fields", name), f"“{name}”是系统或条件用的词", "换一个编号"
        state = name.removesuffix("_on")
        if name.endswith("_on") and state in kind.states and spec.type is not FieldType.DATE:
            found = f"“{name}”与环节“{state}”的进入日期同名，却不是日期"
            yield ("fields", name), found, "type: date（即进入该环节的日期），或换一个编号"
        if name.endswith("_due_on") and name.removesuffix("_due_on") in kind.deadlines:
            yield ("fields", name), f"“{name}”与算出的期限同名", "换一个编号，或删去（期限由规则算出）"
        if name.endswith("_qualifier") and name.removesuffix("_qualifier") in kind.fields:
            yield ("fields", name), f"“{name}”与约数的限定同名", "换一个编号"
    if kind.number:
        if kind.number.field not in kind.fields:
            yield unknown(("number", "field"), "字段", kind.number.field, kind.fields)
        if kind.number.at not in kind.states:
            yield unknown(("number", "at"), "环节", kind.number.at, kind.states)
        yield from _check_pattern(kind.number.pattern)


def _check_pattern(pattern: str) -> Complaints:
    try:
        pattern.format(year=2020, sequence=1)
    except (KeyError, IndexError, ValueError):
        yield (
            ("number", "pattern"),
            f"编号样式“{pattern}”读不懂",
            "只用 {year} 与 {sequence}，如 {year}-{sequence:03d}",
        )


def _check_parents(kind: Kind, catalogue: Catalogue) -> Complaints:
    above = kind.parent
    seen = {kind.full_id}
    while above:
        if above in seen:
            yield (
                ("parent",),
                f"上级绕了一圈：{' → '.join([*seen, above])}",
                "上级只能一层层往上，最上面的不写 parent",
            )
            return
        seen.add(above)
        found = catalogue.kinds.get(above)
        above = found.parent if found else None


def _check_money(kind: Kind) -> Complaints:
    """A money record is one line of one nature."""
    if kind.shape is not Shape.MONEY:
        return
    if kind.nature is None:
        yield ("nature",), "资金类事项没有写性质", "nature: 资金性质"
    for name, spec in kind.fields.items():
        if spec.type is FieldType.MONEY and kind.nature and spec.nature != kind.nature:
            found = f"“{spec.title}”的性质与这类资金的性质不同"
            yield ("fields", name, "nature"), found, f"nature: {kind.nature}，或分为两类资金记录"


def _check_life(kind: Kind, catalogue: Catalogue) -> Complaints:
    if kind.shape is Shape.CASE and not kind.states:
        yield ("states",), "办理事项没有环节", "在 states 里按先后写出各个环节"
    if kind.steps and not kind.states:
        yield ("states",), "有步骤而没有环节", "先在 states 里写出各个环节"
        return
    for name, step in kind.steps.items():
        yield from _check_step(kind, name, step, catalogue)
    reached = reachable(kind)
    for state, spec in kind.states.items():
        if state not in reached:
            yield (
                ("states", state),
                f"没有步骤能到达环节“{spec.title}”（{state}）",
                f"写一个 to: {state} 的步骤，或删去",
            )


def _check_step(kind: Kind, name: str, step: StepSpec, catalogue: Catalogue) -> Complaints:
    at = ("steps", name)
    for state in step.from_:
        if state not in kind.states:
            yield unknown((*at, "from"), "环节", state, kind.states)
    if step.to is not None and step.to not in kind.states:
        yield unknown((*at, "to"), "环节", step.to, kind.states)
    for word, fields in (("needs", step.needs), ("takes", step.takes)):
        for field in fields:
            if field not in kind.fields:
                yield unknown((*at, word), "字段", field, kind.fields)
    yield from check_condition(step.when, kind, catalogue, (*at, "when"))
    whole = [field for field, spec in kind.fields.items() if spec.type is FieldType.INTEGER]
    if step.counts is not None and step.counts not in whole:
        yield unknown((*at, "counts"), "整数字段", step.counts, whole)
    dates = [field for field, spec in kind.fields.items() if spec.type is FieldType.DATE]
    if step.dated is not None and step.dated not in dates:
        yield unknown((*at, "dated"), "日期字段", step.dated, dates)
    for field, state in step.keeps.items():
        if field not in dates:
            yield unknown((*at, "keeps"), "日期字段", field, dates)
        if state not in kind.states:
            yield unknown((*at, "keeps", field), "环节", state, kind.states)
    if step.or_signed is not None and step.or_signed not in kind.fields:
        yield unknown((*at, "or_signed"), "字段", step.or_signed, kind.fields)
    for place, once in enumerate(step.once):
        for field in (*once.same, *once.where):
            if field not in kind.fields:
                yield unknown((*at, "once", place), "字段", field, kind.fields)
    for other in step.not_by:
        if other not in kind.steps:
            yield unknown((*at, "not_by"), "步骤", other, kind.steps)
    yield from _check_anew(kind, (*at, "anew"), step, catalogue)
    yield from _check_follows(kind, (*at, "follows"), step, catalogue)
    for owed in step.settles:
        if owed not in kind.owes:
            yield unknown((*at, "settles"), "owes 中的一项", owed, kind.owes)
    for switch, choice in step.switch.items():
        found = catalogue.switches.get(switch)
        if found and choice not in found.choices:
            yield unknown((*at, "switch", switch), "选项", choice, found.choices)


def _check_anew(kind: Kind, at: Keys, step: StepSpec, catalogue: Catalogue) -> Complaints:
    if step.anew is None:
        return
    if step.anew.after not in kind.steps:
        yield unknown((*at, "after"), "步骤", step.anew.after, kind.steps)
    child = catalogue.kinds.get(step.anew.child)
    above = kind.parent if step.anew.beside else kind.full_id
    if child is not None and child.parent != above:
        where = "同一上级之下" if step.anew.beside else f"{kind.title}之下"
        yield (*at, "child"), f"{child.title}不在{where}", "改正 child，或改写 beside"
    elif child is not None and step.anew.reached not in child.states:
        yield unknown((*at, "reached"), f"{child.title}的环节", step.anew.reached, child.states)


def _check_follows(kind: Kind, at: Keys, step: StepSpec, catalogue: Catalogue) -> Complaints:
    child = catalogue.kinds.get(step.follows.child) if step.follows else None
    if step.follows is None or child is None:
        return
    if child.parent != kind.full_id:
        yield (*at, "child"), f"{child.title}不在{kind.title}之下", "改正 child"
    elif step.follows.step not in child.steps:
        yield unknown((*at, "step"), f"{child.title}的步骤", step.follows.step, child.steps)
    else:
        yield from check_condition(step.follows.when, child, catalogue, (*at, "when"))


def _check_owed(kind: Kind, name: str, owed: OwedSpec, catalogue: Catalogue) -> Complaints:
    at = ("owes", name)
    child = catalogue.kinds.get(owed.child)
    if child is not None and child.parent != kind.full_id:
        yield (*at, "child"), f"{child.title}不是{kind.title}的子表", "在那个事项类型里写 parent"
    elif child is not None and owed.names not in child.fields:
        yield unknown((*at, "names"), "字段", owed.names, child.fields)
    for place in owed.to:
        if place not in kind.fields and place not in kind.links:
            yield unknown((*at, "to"), "字段或关联", place, [*kind.fields, *kind.links])
    if owed.beside is not None:
        other = catalogue.kinds.get(owed.beside.kind)
        if other is not None and (kind.parent is None or other.parent != kind.parent):
            yield (*at, "beside", "kind"), f"{other.title}不与{kind.title}同属一件事项", "同一上级的事项类型"
        elif other is not None and owed.beside.names not in other.fields:
            yield unknown((*at, "beside", "names"), f"{other.title}的字段", owed.beside.names, other.fields)
        elif other is not None:
            yield from check_condition(owed.beside.when, other, catalogue, (*at, "beside", "when"))
        if owed.beside.but is not None and owed.beside.but not in kind.fields:
            yield unknown((*at, "beside", "but"), "字段", owed.beside.but, kind.fields)
    for role in owed.through:
        if role not in kind.links or kind.links[role].to != kind.full_id:
            own = [name for name, link in kind.links.items() if link.to == kind.full_id]
            yield unknown((*at, "through"), "指向同类事项的关联", role, own)


def _check_advice(kind: Kind, name: str, advice: CheckSpec, catalogue: Catalogue) -> Complaints:
    at = ("checks", name)
    yield from check_condition(advice.when, kind, catalogue, (*at, "when"))
    yield from check_condition(advice.must, kind, catalogue, (*at, "must"))
    above = catalogue.kinds.get(kind.parent or "")
    for column in advice.rising:
        owner = above if column.startswith("parent.") else kind
        if owner is None or column.removeprefix("parent.") not in columns_by_name(owner):
            yield unknown((*at, "rising"), "列", column, columns_by_name(owner or kind))
    for column in (advice.apart.from_, advice.apart.to) if advice.apart else ():
        yield from check_date_column(kind, column, (*at, "apart"))
    if advice.lists:
        for field in (advice.lists.number, advice.lists.names):
            if field not in kind.fields:
                yield unknown((*at, "lists"), "字段", field, kind.fields)


def reachable(kind: Kind) -> set[str]:
    """The states a case can come to from where it begins."""
    found = {kind.initial} if kind.initial else set()
    waiting = list(found)
    while waiting:
        here = waiting.pop()
        for step in kind.steps.values():
            if here in step.from_ and step.to is not None and step.to not in found:
                found.add(step.to)
                waiting.append(step.to)
    return {state for state in found if state is not None}


def _check_deadline(kind: Kind, name: str, deadline: DeadlineSpec) -> Complaints:
    at = ("deadlines", name)
    days: Mapping[str, object] = {
        **kind.states,
        **{field: spec for field, spec in kind.fields.items() if spec.type is FieldType.DATE},
    }
    for word, day in (("starts", deadline.starts), ("met_by", deadline.met_by)):
        if day not in days:
            yield unknown((*at, word), "环节或日期字段", day, days)
    dates = [field for field in days if field in kind.fields]
    if deadline.first_met is not None and deadline.first_met not in dates:
        yield unknown((*at, "first_met"), "日期字段", deadline.first_met, dates)
    whole = [field for field, spec in kind.fields.items() if spec.type is FieldType.INTEGER]
    if deadline.extended_by is not None and deadline.extended_by not in whole:
        yield unknown((*at, "extended_by"), "整数字段", deadline.extended_by, whole)
    for state in deadline.stops:
        if state not in kind.states:
            yield unknown((*at, "stops"), "环节", state, kind.states)
