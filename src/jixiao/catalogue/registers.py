"""Small definitions: filed items, code tables, roles, money natures, calendars."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from jixiao.catalogue.definition import Definition, Id, Named, Reference, Words


class RecordField(Definition):
    """A field of a kind whose value may be filed: a count that stands on a sheet of its own."""

    kind: Reference
    field: Id


class FiledItem(Named):
    """填报项: a number an org files because no record gives it. Money needs a nature; stored as value ×
    10^places.
    """

    unit: Words
    places: int = Field(0, ge=0, le=6)
    nature: Reference | None = None
    theme: str = ""
    basis: str = "calendar_year"
    at: Literal["period", "day"] = "period"
    may_be_negative: bool = False  # of money alone; else an amount below zero is refused
    taken_from: RecordField | None = None  # records with this field may be filed with one press
    plan: bool = False  # a target or plan: the opening of the next year takes it over as the first word

    @model_validator(mode="after")
    def _nature(self) -> FiledItem:
        if self.unit == "元" and not self.nature:
            raise ValueError("金额填报项没有性质；应以 nature 写明资金性质")
        if self.may_be_negative and self.unit != "元":
            raise ValueError("may_be_negative 只有金额填报项才写；请删去，或把单位改为 元")
        return self


class Code(Definition):
    title: Words
    neutral: str = ""  # the neutral result a local class maps to
    from_on: date | None = Field(None, alias="from")
    to_on: date | None = Field(None, alias="to")


class CodeTable(Named):
    codes: Mapping[Id, Code]


class Nature(Named):
    """A nature of money. Amounts of two natures are never added."""

    counted_when: Words


class RoleSpec(Named):
    """What a role may do. Steps name the roles that may take them; the rest is said here. "*" is every
    kind. A right over a kind is one over its child kinds too, unless `below` says that it is not.

    A role that `speaks_for` a register is held for one of its subjects: of the kinds that say whose their records are
    (`Kind.own`) it reaches only those of that subject.
    """

    create: tuple[str, ...] = ()
    edit: tuple[str, ...] = ()
    read: tuple[str, ...] = ("*",)
    below: bool = True
    speaks_for: Reference | None = None
    may: tuple[Literal["backfill", "file", "rewrite", "issue", "void", "manage", "desk", "confirm"], ...] = ()
    reach: Literal["own", "subtree", "all"] = "own"


class Calendar(Named):
    """Days that differ from what the holiday library says; `confirmed_to` is the last year officially
    announced.
    """

    holidays: Mapping[date, str] = {}
    workdays: Mapping[date, str] = {}
    confirmed_to: int


class Theme(Definition):
    title: Words
    order: int = 0
    lead: str = ""


class ThemeTable(Named):
    themes: Mapping[Id, Theme]


class PackInfo(Definition):
    """`pack.yaml`: who the pack is and which packs lie below it."""

    id: Id
    title: Words
    version: Words
    requires: tuple[Id, ...] = ()
    from_on: date | None = Field(None, alias="from")
    note: str = ""


class Switch(Named):
    """开关 · A point on which offices differ; steps say at which choice they are there.

    A local pack that chooses otherwise replaces the file.
    """

    choices: Mapping[Id, Words]
    chosen: Id

    @model_validator(mode="after")
    def _among_choices(self) -> Switch:
        if self.chosen not in self.choices:
            raise ValueError(f"chosen 应为 {'、'.join(self.choices)} 之一")
        return self
