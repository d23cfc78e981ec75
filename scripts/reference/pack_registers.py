"""The small definitions of a pack, one table each: relations, outlines, filed items, roles, codes, natures, calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from scripts.reference.chinese import other, sources
from scripts.reference.markdown import anchored, code, table

from jixiao.catalogue import Catalogue, describe
from jixiao.catalogue.alarms import AlarmRule
from jixiao.catalogue.forms import Block, Form
from jixiao.catalogue.outlines import Clause, Outline
from jixiao.catalogue.prints import Print
from jixiao.catalogue.registers import Calendar, CodeTable, FiledItem, Nature, RoleSpec, Switch, ThemeTable
from jixiao.catalogue.relations import RelationRule
from jixiao.catalogue.slots import slots
from jixiao.values import decimal_text

MAY = {
    "backfill": "补录",
    "file": "填报",
    "rewrite": "改写报告",
    "issue": "签发",
    "void": "作废",
    "manage": "管理",
    "desk": "收表汇总",
    "confirm": "核实规则的依据",
}
REACH = {"own": "本单位", "subtree": "本单位及下级", "all": "全部单位"}


def relations(found: Iterable[RelationRule], catalogue: Catalogue) -> str:
    rows = [
        [
            f'<a id="relation-{one.id}"></a>{one.title}',
            code(one.id),
            f"[`{one.relation}`](../vocabulary.md#relations)",
            _operands(one, catalogue),
            "；".join(part for part in (one.undeclared and f"不作判断：{one.undeclared}", one.note) if part),
            sources(one.source),
        ]
        for one in found
    ]
    return table(["关系", "编号", "种类", "数据", "说明", "依据"], rows)


def _operands(found: RelationRule, catalogue: Catalogue) -> str:
    told = []
    for role, named in found.operands.items():
        several = named if isinstance(named, tuple) else (named,)
        words = "、".join(_operand(one, found.pack, catalogue) for one in several)
        told.append(f"{code(role)}：{words}")
    return "；".join(told)


def _operand(named: Any, pack: str, catalogue: Catalogue) -> str:
    return other(named, catalogue.indicators, pack, "indicator") if isinstance(named, str) else str(named)


def outlines(found: Iterable[Outline], catalogue: Catalogue) -> str:
    parts = []
    for one in found:
        clauses = [*one.clauses, *(clause for attachment in one.attachments for clause in attachment.clauses)]
        placed = dict.fromkeys(name for clause in clauses for name in _figures(clause))
        words = "、".join(other(name, catalogue.indicators, one.pack, "indicator") for name in placed)
        parts.append(
            f"{anchored(3, f'{one.title} `{one.id}`', f'outline-{one.id}')}\n\n"
            f"- 标题：{one.document_title}\n- 条款：{len(clauses)}条"
            + (
                f"\n- 附件：{'、'.join(attachment.title for attachment in one.attachments)}"
                if one.attachments
                else ""
            )
            + f"\n- 写进文字的数据：{words or '无'}\n- 依据：{sources(one.source)}"
        )
    return "\n\n".join(parts)


def _figures(clause: Clause) -> Iterator[str]:
    for slot in slots(f"{clause.text}{clause.otherwise}"):
        if slot.sort == "figure":
            yield from slot.references


def forms(found: Iterable[Form], catalogue: Catalogue) -> str:
    rows = [
        [
            f'<a id="form-{one.id}"></a>{one.title}',
            code(one.id),
            _years(one.year_from, one.year_to),
            "；".join(_block(block) for block in one.blocks),
            "、".join(
                [
                    *(other(name, catalogue.indicators, one.pack, "indicator") for name in one.figures),
                    *(catalogue.filed[name].title for name in one.filed),
                ]
            ),
            "；".join(rule.title for rule in one.rules),
            sources(one.source),
        ]
        for one in found
    ]
    return table(["报表", "编号", "年度", "各块", "自动填入", "核对", "依据"], rows)


def _block(block: Block) -> str:
    columns = "、".join(column.title for column in block.columns.values())
    return f"{block.caption or block.head}（{columns}）"


def _years(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return "不限"
    return f"{first or ''}至{last or ''}" if first and last else (f"{first}年起" if first else f"到{last}年")


def prints(found: Iterable[Print], catalogue: Catalogue) -> str:
    rows = [
        [one.title, code(one.id), other(one.kind, catalogue.kinds, one.pack, "kind"), sources(one.source)]
        for one in found
    ]
    return table(["印发件", "编号", "由哪种记录打印", "依据"], rows)


def alarms(found: Iterable[AlarmRule]) -> str:
    rows = [
        [
            one.title,
            code(one.id),
            "；".join(
                f"{floor.month}月底不低于{decimal_text(floor.at_least * 100)}%" for floor in one.spending
            ),
            "；".join(
                f"偏差超过{decimal_text(light.above * 100)}个百分点亮{light.name}"
                if light.above is not None
                else f"其余亮{light.name}"
                for light in one.lights
            ),
            sources(one.source),
        ]
        for one in found
    ]
    return table(["规则", "编号", "支出进度", "灯", "依据"], rows)


def filed(found: Iterable[FiledItem], catalogue: Catalogue) -> str:
    rows = [
        [
            one.title,
            code(one.id),
            one.unit,
            catalogue.natures[one.nature].title if one.nature else "",
            describe.basis(one.basis),
            "截至某日的数" if one.at == "day" else "期间的数",
            one.note,
            sources(one.source),
        ]
        for one in found
    ]
    return table(["填报项", "编号", "单位", "资金性质", "口径", "时点", "说明", "依据"], rows)


def roles(found: Iterable[RoleSpec], catalogue: Catalogue) -> str:
    rows = [
        [
            one.title,
            code(one.id),
            _kinds(one.create, catalogue),
            _kinds(one.edit, catalogue),
            _kinds(one.read, catalogue),
            "、".join(MAY[word] for word in one.may),
            f"所代表的{catalogue.kind(one.speaks_for).title}一位自己的"
            if one.speaks_for
            else REACH[one.reach],
            one.note,
        ]
        for one in found
    ]
    return table(["角色", "编号", "可新建", "可修改", "可查看", "另可", "范围", "说明"], rows)


def _kinds(named: tuple[str, ...], catalogue: Catalogue) -> str:
    return "、".join("全部" if one == "*" else catalogue.kind(one).title for one in named)


def themes(found: Iterable[ThemeTable]) -> str:
    rows = [
        [theme.title, code(name), theme.order, theme.lead]
        for one in found
        for name, theme in one.themes.items()
    ]
    return table(["主题", "编号", "次序", "导语"], rows)


def natures(found: Iterable[Nature]) -> str:
    rows = [[one.title, code(one.id), one.counted_when, sources(one.source)] for one in found]
    return table(["性质", "编号", "何时计入", "依据"], rows)


def codes(found: Iterable[CodeTable]) -> str:
    rows = [[one.title, code(one.id), "、".join(_codes(one)), sources(one.source)] for one in found]
    return table(["代码表", "编号", "代码", "依据"], rows)


def _codes(found: CodeTable) -> Iterator[str]:
    for name, one in found.codes.items():
        span = f"（{one.from_on or ''}～{one.to_on or ''}）" if one.from_on or one.to_on else ""
        yield f"{one.title} {code(name)}{span}"


def calendars(found: Iterable[Calendar]) -> str:
    rows = [
        [
            one.title,
            code(one.id),
            f"{one.confirmed_to}年",
            _days(one.holidays),
            _days(one.workdays),
            sources(one.source),
        ]
        for one in found
    ]
    return table(["日历", "编号", "已公布至", "另定的假日", "另定的工作日", "依据"], rows)


def _days(found: Any) -> str:
    return "、".join(f"{day}{name}" for day, name in found.items())


def switches(found: Iterable[Switch]) -> str:
    rows = [
        [
            one.title,
            code(one.id),
            "；".join(one.choices.values()),
            one.choices[one.chosen],
            one.note,
            sources(one.source),
        ]
        for one in found
    ]
    return table(["开关", "编号", "可选", "现选", "说明", "依据"], rows)
