"""Set up an org: its name and life, its reporting periods, the packs it works under."""

from __future__ import annotations

import re
from datetime import date

from django.db import transaction

from jixiao.catalogue.meanings import BASES
from jixiao.errors import BadInput, FieldErrors, NotFound
from jixiao.ledger import arrangements, permissions
from jixiao.ledger.actions import opening
from jixiao.ledger.models import Org, PackBinding, Period
from jixiao.ledger.rules import catalogue as rules


@transaction.atomic
def create(
    *,
    by: permissions.Actor,
    id: str,
    title: str,
    valid_from: date,
    short_title: str = "",
    region_code: str = "",
    parent: Org | str | None = None,
    valid_to: date | None = None,
    is_example: bool = False,
    notice: str = "",
) -> Org:
    """Add an org, or bring the one with this id up to what is given. Raises FieldErrors, NotAllowed,
    NotFound.
    """
    above = _org(parent) if parent else None
    _require(by, above.pk if above else id)
    errors = opening.overlong(Org, title=title, short_title=short_title, region_code=region_code)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", id):
        errors["id"] = f"单位编号“{id}”应由小写字母、数字和连字符组成，如 demo-office"
    if not title.strip():
        errors["title"] = "请填写单位名称"
    if valid_to and valid_to < valid_from:
        errors["valid_to"] = f"撤销日期 {valid_to} 早于成立日期 {valid_from}"
    if errors:
        raise FieldErrors(errors)
    given = {
        "title": title.strip(), "short_title": short_title.strip() or title.strip(), "region_code": region_code,
        "parent": above, "valid_from": valid_from, "valid_to": valid_to, "is_example": is_example, "notice": notice,
    }  # fmt: skip
    with arrangements.changing([id], by=by):
        org, _ = Org.objects.update_or_create(id=id, defaults=given)
    return org


@transaction.atomic
def set_period(
    *, by: permissions.Actor, org: Org | str, basis: str, label: str, year: int, from_on: date, to_on: date
) -> Period:
    """Say what a reporting year spans on a basis. Raises FieldErrors, NotAllowed, BadInput for a closed
    period.
    """
    place = _org(org)
    _require(by, place.pk)
    errors = opening.overlong(Period, label=label)
    if basis not in (known := _bases()):
        there = "、".join(f"{one}（{title}）" for one, title in known.items())
        errors["basis"] = f"没有口径“{basis}”；可用：{there}"
    if not label.strip():
        errors["label"] = "请填写期间名称，如 2020年度"
    if to_on < from_on:
        errors["to_on"] = f"结束日期 {to_on} 早于开始日期 {from_on}"
    if errors:
        raise FieldErrors(errors)
    found = Period.objects.filter(org=place, basis=basis, label=label).first()
    if found and found.closed_at and (found.from_on, found.to_on, found.year) != (from_on, to_on, year):
        raise BadInput(f"“{label}”已经关账，不能改起止日期")
    span = {"year": year, "from_on": from_on, "to_on": to_on}
    with arrangements.changing([place.pk], by=by):
        period, _ = Period.objects.update_or_create(
            org=place, basis=basis, label=label.strip(), defaults=span
        )
    return period


@transaction.atomic
def open_year(*, by: permissions.Actor, org: Org | str, year: int) -> list[Period]:
    """Set the periods that follow from the calendar alone: the year, its halves, and as of its last day.

    A basis that has a period in the year keeps it. Returns what is new. Raises NotAllowed, NotFound, BadInput
    for a year in which the org did not exist.
    """
    place = _org(org)
    first, last = date(year, 1, 1), date(year, 12, 31)
    if last < place.valid_from or (place.valid_to and first > place.valid_to):
        end = f"，{place.valid_to} 撤销" if place.valid_to else ""
        raise BadInput(f"{place.title} {place.valid_from} 成立{end}，{year} 年不在其中；请核对年度或成立日期")
    there = set(Period.objects.filter(org=place, year=year).values_list("basis", flat=True))
    spans = {
        "calendar_year": (f"{year}年度", first, last),
        "first_half": (f"{year}年上半年", first, date(year, 6, 30)),
        "second_half": (f"{year}年下半年", date(year, 7, 1), last),
        "as_of": (f"截至{year}年12月31日", first, last),
    }
    return [
        set_period(by=by, org=place, basis=basis, label=label, year=year, from_on=from_on, to_on=to_on)
        for basis, (label, from_on, to_on) in spans.items()
        if basis not in there
    ]


@transaction.atomic
def bind_pack(*, by: permissions.Actor, org: Org | str, pack: str, from_on: date) -> PackBinding:
    """Let an org work under a pack from a day on. Raises BadInput for a pack nobody installed."""
    place = _org(org)
    _require(by, place.pk)
    packs = rules().packs
    if pack not in packs:
        raise BadInput(f"没有安装规则包“{pack}”；已安装：{'、'.join(packs)}")
    with arrangements.changing([place.pk], by=by):
        binding, _ = PackBinding.objects.update_or_create(org=place, pack=pack, defaults={"from_on": from_on})
    return binding


def _bases() -> dict[str, str]:
    """The bases people have words for, and those that indicators of the packs name."""
    named = {one.basis: one.basis for one in rules().indicators.values() if one.basis not in BASES}
    return {**BASES, **named}


def _org(org: Org | str) -> Org:
    pk = org.pk if isinstance(org, Org) else str(org)
    found = Org.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound(f"没有单位“{pk}”；请核对单位编号")
    return found


def _require(by: permissions.Actor, org: str) -> None:
    if not isinstance(by, permissions.System):
        permissions.require(by, "manage", org=org)
