"""The catalogue: every definition of the packs in use, frozen, with references as full ids.

Answers what may exist. It holds no records and reads no files; `load` makes it. A definition may have several
versions; a catalogue shows those in force on one day and `on` gives the same packs on another day. The
earliest version of a definition also speaks for the time before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from jixiao.catalogue.alarms import AlarmRule
from jixiao.catalogue.cycles import Cycle
from jixiao.catalogue.definition import Definition, Named
from jixiao.catalogue.desks import Desk
from jixiao.catalogue.duties import Duty
from jixiao.catalogue.forms import Form
from jixiao.catalogue.indicators import Indicator
from jixiao.catalogue.kinds import FieldType, Kind, LinkSpec
from jixiao.catalogue.nearest import nearest
from jixiao.catalogue.outlines import Outline
from jixiao.catalogue.presubmissions import Presubmission
from jixiao.catalogue.prints import Print
from jixiao.catalogue.registers import (
    Calendar,
    CodeTable,
    FiledItem,
    Nature,
    PackInfo,
    RoleSpec,
    Switch,
    Theme,
    ThemeTable,
)
from jixiao.catalogue.relations import RelationRule
from jixiao.catalogue.remembered import remembered
from jixiao.catalogue.schemes import Scheme
from jixiao.errors import NotFound

D = TypeVar("D", bound=Definition)


@dataclass(frozen=True, slots=True)
class Version:
    """One definition from one day on (None: from the beginning), under the folder it belongs to."""

    folder: str
    from_on: date | None
    definition: Named


FOLDERS: Mapping[str, type[Named]] = MappingProxyType(
    {
        "kinds": Kind,
        "indicators": Indicator,
        "relations": RelationRule,
        "schemes": Scheme,
        "alarms": AlarmRule,
        "cycles": Cycle,
        "presubmissions": Presubmission,
        "outlines": Outline,
        "forms": Form,
        "prints": Print,
        "filed": FiledItem,
        "codes": CodeTable,
        "roles": RoleSpec,
        "natures": Nature,
        "calendars": Calendar,
        "themes": ThemeTable,
        "switches": Switch,
        "duties": Duty,
        "desks": Desk,
    }
)

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "packs": "规则包",
        "kinds": "事项类型",
        "indicators": "指标",
        "relations": "勾稽关系",
        "schemes": "评价方案",
        "alarms": "监控规则",
        "cycles": "年度流程",
        "presubmissions": "报送前自查",
        "outlines": "报告提纲",
        "forms": "报表",
        "prints": "印发件",
        "filed": "填报项",
        "codes": "代码表",
        "roles": "角色",
        "natures": "资金性质",
        "calendars": "日历",
        "themes": "主题",
        "switches": "开关",
        "duties": "职责",
        "desks": "汇总",
    }
)


@dataclass(frozen=True)
class Catalogue:
    """Definitions in force on `day`, by full id and in the order of packs and file names."""

    day: date
    packs: Mapping[str, PackInfo]
    kinds: Mapping[str, Kind]
    indicators: Mapping[str, Indicator]
    relations: Mapping[str, RelationRule]
    schemes: Mapping[str, Scheme]
    alarms: Mapping[str, AlarmRule]
    cycles: Mapping[str, Cycle]
    presubmissions: Mapping[str, Presubmission]
    outlines: Mapping[str, Outline]
    forms: Mapping[str, Form]
    prints: Mapping[str, Print]
    filed: Mapping[str, FiledItem]
    codes: Mapping[str, CodeTable]
    roles: Mapping[str, RoleSpec]
    natures: Mapping[str, Nature]
    calendars: Mapping[str, Calendar]
    themes: Mapping[str, ThemeTable]
    switches: Mapping[str, Switch]
    duties: Mapping[str, Duty]
    desks: Mapping[str, Desk]
    versions: tuple[Version, ...] = field(default=(), repr=False)

    def on(self, day: date) -> Catalogue:
        """The same packs with the definitions in force on `day`."""
        return self if day == self.day else assemble(self.packs, self.versions, day)

    def kind(self, reference: str) -> Kind:
        """The kind of this full id, or of this short id where only one pack has it; raises NotFound."""
        return find("kinds", self.kinds, reference)

    def indicator(self, reference: str) -> Indicator:
        return find("indicators", self.indicators, reference)

    def relation(self, reference: str) -> RelationRule:
        return find("relations", self.relations, reference)

    def scheme(self, reference: str) -> Scheme:
        return find("schemes", self.schemes, reference)

    def outline(self, reference: str) -> Outline:
        return find("outlines", self.outlines, reference)

    def form(self, reference: str) -> Form:
        return find("forms", self.forms, reference)

    def filed_item(self, reference: str) -> FiledItem:
        return find("filed", self.filed, reference)

    def code_table(self, reference: str) -> CodeTable:
        return find("codes", self.codes, reference)

    def role(self, reference: str) -> RoleSpec:
        return find("roles", self.roles, reference)

    def nature(self, reference: str) -> Nature:
        return find("natures", self.natures, reference)

    def reading(self, pack: str, name: str) -> Kind | None:
        """The kind that a points rule of this pack means by a name: its own, else the only one there is."""
        own = self.kinds.get(f"{pack}/{name}") or self.kinds.get(name)
        meant = [kind for kind in self.kinds.values() if kind.id == name]
        return own or (meant[0] if len(meant) == 1 else None)

    def children_of(self, kind_id: str) -> tuple[Kind, ...]:
        """The kinds whose records stand under records of this kind, in catalogue order."""
        return tuple(kind for kind in self.kinds.values() if kind.parent == kind_id)

    def root_of(self, kind_id: str) -> Kind:
        """The kind at the top of the chain of parents: the one whose record owns the history."""
        kind = self.kind(kind_id)
        while kind.parent:
            kind = self.kinds[kind.parent]
        return kind

    def has_owners(self, kind_id: str) -> bool:
        """Whether records of the kind, or those above them, say whose they are."""
        kind = self.kind(kind_id)
        if kind.own is not None and kind.own.by:
            return True
        return kind.parent is not None and self.has_owners(kind.parent)

    def links_to(self, kind_id: str) -> tuple[tuple[Kind, str, LinkSpec], ...]:
        """The link roles of other kinds that point to this kind: (source kind, role, spec)."""
        return tuple(
            (kind, role, spec)
            for kind in self.kinds.values()
            for role, spec in kind.links.items()
            if spec.to == kind_id
        )

    def themes_in_order(self) -> tuple[tuple[str, Theme], ...]:
        """(theme id, theme) of all packs in the order a report tells them. Kinds and indicators use these
        ids.
        """
        every = [pair for table in self.themes.values() for pair in table.themes.items()]
        return tuple(sorted(every, key=lambda pair: pair[1].order))

    def theme(self, theme_id: str) -> Theme | None:
        return next((theme for known, theme in self.themes_in_order() if known == theme_id), None)

    def nature_of(self, indicator: Indicator | str) -> str | None:
        """The nature of the money an indicator adds up, as a full id; None for counts, rates and plain
        sums.
        """
        found = self.indicator(indicator) if isinstance(indicator, str) else indicator
        if found.is_rate:
            return None
        return self.measure_nature(found)

    def measure_nature(self, indicator: Indicator) -> str | None:
        """The nature of what is measured, also where it is only the numerator of a rate."""
        if indicator.filed:
            item = self.filed.get(indicator.filed[0].lstrip("-"))
            return item.nature if item else None
        if indicator.sum and indicator.rows and (kind := self.kinds.get(indicator.rows.kind)):
            spec = kind.fields.get(indicator.sum)
            return spec.nature if spec and spec.type is FieldType.MONEY else None
        return None

    def digest(self, definition: Definition) -> str:
        """A stable SHA-256 of what the definition says; it changes exactly when the definition does."""
        return digest(definition)


@remembered
def digest(definition: Definition) -> str:
    """See `Catalogue.digest`. Examples and remarks do not change what a figure means and stay outside."""
    plain = definition.model_dump(mode="python", exclude={"examples", "note"})
    text = json.dumps(_plain(plain), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, bool | int):
        return value
    if hasattr(value, "__dataclass_fields__"):  # a node of a condition
        names = value.__dataclass_fields__
        return {type(value).__name__: {name: _plain(getattr(value, name)) for name in names}}
    return str(value)


def assemble(
    packs: Mapping[str, PackInfo], versions: Iterable[Version], day: date, *, as_chosen: bool = True
) -> Catalogue:
    """Put together the versions in force on `day`; steps that the switches leave out stay when not `as_chosen`."""
    kept = tuple(versions)
    tables: dict[str, dict[str, Any]] = {folder: {} for folder in FOLDERS}
    begun: dict[tuple[str, str], date | None] = {}
    for version in sorted(kept, key=lambda version: version.from_on or date.min):
        key = (version.folder, version.definition.full_id)
        if key in begun and version.from_on is not None and version.from_on > day:
            continue
        begun[key] = version.from_on
        tables[version.folder][version.definition.full_id] = version.definition
    if as_chosen:
        chosen = {name: switch.chosen for name, switch in tables["switches"].items()}
        tables["kinds"] = {name: _as_chosen(kind, chosen) for name, kind in tables["kinds"].items()}
    order = {version.definition.full_id: place for place, version in reversed(list(enumerate(kept)))}
    frozen = {
        folder: MappingProxyType(dict(sorted(table.items(), key=lambda pair: order[pair[0]])))
        for folder, table in tables.items()
    }
    return Catalogue(day=day, packs=MappingProxyType(dict(packs)), versions=kept, **frozen)


def _as_chosen(kind: Kind, chosen: Mapping[str, str]) -> Kind:
    """The kind without the steps that belong to another choice."""
    steps = {
        name: step
        for name, step in kind.steps.items()
        if all(chosen.get(switch, choice) == choice for switch, choice in step.switch.items())
    }
    return kind if len(steps) == len(kind.steps) else kind.model_copy(update={"steps": steps})


def find(folder: str, table: Mapping[str, D], reference: str) -> D:
    """Look up a full or short id; NotFound names what is near."""
    if reference in table:
        return table[reference]
    meant = [full for full in table if full.split("/", 1)[1] == reference] if "/" not in reference else []
    if len(meant) == 1:
        return table[meant[0]]
    title = TITLES[folder]
    if meant:
        raise NotFound(f"{title}“{reference}”不止一个：{'、'.join(meant)}；请写全")
    near = nearest(reference, table)
    raise NotFound(f"没有{title}“{reference}”" + (f"；是否要找：{'、'.join(near)}" if near else ""))
