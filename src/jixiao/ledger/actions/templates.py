"""Keep a bureau's own form and say what fills its cells; next year's file takes over what was said of this one."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

from django.db import transaction

from jixiao.errors import BadInput, NotFound
from jixiao.forms.cells import base_unit
from jixiao.forms.template_places import Binding, find
from jixiao.forms.template_places import bind as binding_of
from jixiao.forms.template_words import Spot
from jixiao.forms.templates import open_template, spots
from jixiao.forms.templates import take as read_cells
from jixiao.ledger import clock, evidence_store, permissions
from jixiao.ledger.actions import filed, opening
from jixiao.ledger.models import BureauTemplate, FiledValue, Org, Period
from jixiao.ledger.rules import catalogue as rules
from jixiao.values import decimal_text

_YEAR = re.compile(r"(20[0-9]{2})\s*年度")
_HEAD = 6  # rows in which a table says of which year it is


@transaction.atomic
def keep(
    *, by: permissions.Actor, org: Org | str, title: str, name: str, content: bytes, takes: bool = False
) -> BureauTemplate:
    """Store a template under a title; one of the same title gets the new file and keeps its bindings. `takes`: numbers are
    taken from such files (a final account, an export of the budget system) instead of put into them.

    Raises NotFound, NotAllowed, BadInput for what is no template.
    """
    place = opening.open_org(org, by)
    permissions.require(by, "file", org=place.pk)
    if not title.strip():
        raise BadInput("请给这张套表起个名字，如 财政局部门整体自评套表")
    evidence_store.check(name, content)
    if not spots(open_template(content, name)):
        raise BadInput(f"“{name}”里没有表格；请上传带表格的 .xlsx 或 .docx")
    made, _ = BureauTemplate.objects.select_for_update().update_or_create(
        org=place,
        title=title.strip()[:200],
        defaults={
            "file_name": name[:200],
            "content": evidence_store.keep(content),
            "changed_by": by.username,
            "changed_at": clock.now(),
        },
        create_defaults={
            "id": str(uuid.uuid4()),
            "takes": takes,
            "file_name": name[:200],
            "content": evidence_store.keep(content),
            "changed_by": by.username,
            "changed_at": clock.now(),
        },
    )
    return made


def bind(
    *, by: permissions.Actor, template: str, address: str, source: str, unit: str = "", places: int = 2
) -> BureauTemplate:
    """Say what fills a cell; an empty source takes it back. Raises NotFound, NotAllowed, BadInput."""
    return bind_several(by=by, template=template, given=[(address, source, unit)], places=places)


@transaction.atomic
def bind_several(
    *, by: permissions.Actor, template: str, given: Sequence[tuple[str, str, str]], places: int = 2
) -> BureauTemplate:
    """Say what fills several cells at once: (address, source, unit) each. Raises NotFound, NotAllowed, BadInput."""
    kept = BureauTemplate.objects.select_for_update().filter(pk=template).first()
    if kept is None:
        raise NotFound("没有这张套表")
    permissions.require(by, "file", org=opening.open_org(kept.org_id, by).pk)
    if not given:
        raise BadInput("没有可以自动对应的格；请逐格点选")
    known = spots(open_template(evidence_store.read(kept.content), kept.file_name))
    found = {one.address: one for one in known}
    for address, source, unit in given:
        _require_fit(kept, found, address, source, unit)
    changed = {address for address, _, _ in given}
    rest = [one for one, there in _anchored(kept, known) if not (there and one.address in changed)]
    made = [
        binding_of(found[address], source, unit, places, known) for address, source, unit in given if source
    ]
    return _saved(kept, [*rest, *made], by)


def _require_fit(
    kept: BureauTemplate, found: Mapping[str, Spot], address: str, source: str, unit: str
) -> None:
    """Raises BadInput for a cell that is not there, or cannot hold what is meant for it."""
    if address not in found:
        raise BadInput(f"套表里没有 {address} 这一格；请从表中重新选取")
    if kept.takes and source and not source.startswith("filed:"):
        raise BadInput("由表取数只能取到填报项；数据由台账算出，不从表里取")
    if source and found[address].formula and not kept.takes:
        raise BadInput(f"{address} 是公式，由表自己计算；请选旁边要填的格")
    told = found[address].money
    if source and told and base_unit(unit) == "元" and unit != told:
        raise BadInput(f"{address} 所在的表写明以“{told}”为单位，选的是“{unit}”；请选“{told}”或“照表上单位”")


def _anchored(kept: BureauTemplate, known: Sequence[Spot]) -> list[tuple[Binding, bool]]:
    """The bindings as they stand in the file of now, and whether their cell is there."""
    anchored = []
    for one in (Binding(**stored) for stored in kept.bindings):
        spot, _ = find(one, known)
        if spot is not None:
            one = binding_of(spot, one.source, one.unit, one.places, known)
        anchored.append((one, spot is not None))
    return anchored


def _saved(kept: BureauTemplate, bindings: Sequence[Binding], by: permissions.Actor) -> BureauTemplate:
    kept.bindings = [asdict(one) for one in sorted(bindings, key=lambda one: one.address)]
    kept.changed_by, kept.changed_at = by.username, clock.now()
    kept.save()
    return kept


@transaction.atomic
def forget(*, by: permissions.Actor, template: str, address: str, source: str) -> BureauTemplate:
    """Drop a binding whose cell the file of now no longer has. Raises NotFound, NotAllowed."""
    kept = BureauTemplate.objects.select_for_update().filter(pk=template).first()
    if kept is None:
        raise NotFound("没有这张套表")
    permissions.require(by, "file", org=opening.open_org(kept.org_id, by).pk)
    bindings = [Binding(**one) for one in kept.bindings]
    return _saved(kept, [one for one in bindings if (one.address, one.source) != (address, source)], by)


@transaction.atomic
def take(
    *, by: permissions.Actor, template: str, year: int, name: str, content: bytes, stated_on: date
) -> tuple[list[FiledValue], list[str]]:
    """File what a workbook of this layout says for a year: all of it or nothing. Gives the values filed, and a line for
    each cell that could not be taken or has moved.

    Raises NotFound, NotAllowed, BadInput where nothing could be taken, FieldErrors.
    """
    kept = BureauTemplate.objects.filter(pk=template, takes=True).first()
    if kept is None:
        raise NotFound("没有这张取数的表")
    place = opening.open_org(kept.org_id, by)
    permissions.require(by, "file", org=place.pk)
    evidence_store.check(name, content)
    opened = open_template(content, name)
    _require_year(spots(opened), year, name)
    found = read_cells(opened, [Binding(**one) for one in kept.bindings])
    if not found.values:
        raise BadInput(f"“{name}”里没有取到数；请确认是“{kept.title}”这种表，或先在表上点选要取的格")
    values = []
    for binding, cell in found.values:
        item = rules().filed_item(binding.source.removeprefix("filed:"))
        period = Period.objects.filter(org=place, basis=item.basis, year=year).first()
        if period is None:
            raise BadInput(f"本单位没有设置 {year} 年度的口径期间，“{item.title}”无处填报；请先由管理员设置")
        values.append(
            filed.file(
                by=by, org=place, item=item.full_id, value=decimal_text(cell.value), stated_on=stated_on,
                period=period, source=f"{name}（{binding.address}）",
            )
        )  # fmt: skip
    return values, [told for _, told in (*found.missing, *found.moved)]


def _require_year(known: Sequence[Spot], year: int, name: str) -> None:
    """Raises BadInput where the head of the tables names other years and not this one."""
    head = " ".join(one.text for one in known if one.row < _HEAD)
    told = {int(found) for found in _YEAR.findall(head)}
    if told and year not in told:
        years = "、".join(f"{one}年度" for one in sorted(told))
        raise BadInput(f"“{name}”写的是{years}，现在填报的是{year}年度；请换用{year}年度的表，或先切换年度")


@transaction.atomic
def drop(*, by: permissions.Actor, template: str) -> None:
    """Forget a template; the file stays in the store, where it may be evidence of something else."""
    kept = BureauTemplate.objects.filter(pk=template).first()
    if kept is None:
        raise NotFound("没有这张套表")
    permissions.require(by, "file", org=opening.open_org(kept.org_id, by).pk)
    kept.delete()
