"""docs/reference/packs/<pack>.md, in Chinese: everything one pack defines, as people of the trade would read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from scripts.reference import pack_indicators, pack_kinds, pack_registers, pack_schemes
from scripts.reference.markdown import bullets
from scripts.reference.markdown import page as whole

from jixiao.catalogue import Catalogue
from jixiao.catalogue.definition import Named

N = TypeVar("N", bound=Named)


def page(catalogue: Catalogue, pack: str) -> str:
    """One pack; sections it has nothing for are left out."""
    info = catalogue.packs[pack]
    above = "、".join(f"[{catalogue.packs[name].title}]({name}.md)" for name in info.requires)
    sections = [
        ("事项类型", [pack_kinds.kind(one, catalogue) for one in _own(catalogue.kinds, pack)]),
        ("指标", [pack_indicators.indicator(one, catalogue) for one in _own(catalogue.indicators, pack)]),
        ("勾稽关系", [pack_registers.relations(_own(catalogue.relations, pack), catalogue)]),
        ("评价方案", [pack_schemes.scheme(one, catalogue) for one in _own(catalogue.schemes, pack)]),
        ("监控规则", [pack_registers.alarms(_own(catalogue.alarms, pack))]),
        ("报告提纲", [pack_registers.outlines(_own(catalogue.outlines, pack), catalogue)]),
        ("报表", [pack_registers.forms(_own(catalogue.forms, pack), catalogue)]),
        ("印发件", [pack_registers.prints(_own(catalogue.prints, pack), catalogue)]),
        ("填报项", [pack_registers.filed(_own(catalogue.filed, pack), catalogue)]),
        ("角色", [pack_registers.roles(_own(catalogue.roles, pack), catalogue)]),
        ("主题", [pack_registers.themes(_own(catalogue.themes, pack))]),
        ("资金性质", [pack_registers.natures(_own(catalogue.natures, pack))]),
        ("代码表", [pack_registers.codes(_own(catalogue.codes, pack))]),
        ("开关", [pack_registers.switches(_own(catalogue.switches, pack))]),
        ("日历", [pack_registers.calendars(_own(catalogue.calendars, pack))]),
    ]
    return whole(
        f"# {info.title}（`{pack}`）",
        bullets([("版本", info.version), ("需要", above), ("说明", info.note)]),
        *(
            f"## {title}\n\n" + "\n\n".join(part for part in parts if part)
            for title, parts in sections
            if any(parts)
        ),
    )


def _own(table: Mapping[str, N], pack: str) -> list[N]:
    return [one for one in table.values() if one.pack == pack]
