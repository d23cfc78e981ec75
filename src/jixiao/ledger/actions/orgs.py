"""Set up an org: its name and life, its reporting periods, the packs it works under."""

from __future__ import annotations

import re
from datetime import date

from django.db import transaction

from jixiao.errors import BadInput, FieldErrors, NotFound
from jixiao.ledger import clock, permissions
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
    errors = {}
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", id):
        errors["id"] = f"单位编号“{id}”应由小写字母、数字和连字符组成，如 demo-office"
    if not title.strip():
        errors["title"] = "请填写单位名称"
    if valid_to and valid_to < valid_from:
        errors["valid_to"] = f"撤销日期 {valid_to} 早于成立日期 {valid_from}"
    if errors:
        raise FieldErrors(errors)
    org, _ = Org.objects.update_or_create(
        id=id,
        defaults={
            "title": title.strip(), "short_title": short_title.strip() or title.strip(),
            "region_code": region_code, "parent": above,
            "valid_from": valid_from, "valid_to": valid_to, "is_example": is_example,
            "notice": notice,
        },
    )  # fmt: skip
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
    errors = {}
    if not label.strip():
        errors["label"] = "请填写期间名称，如 2020年度"
    if to_on < from_on:
        errors["to_on"] = f"结束日期 {to_on} 早于开始日期 {from_on}"
    if errors:
        raise FieldErrors(errors)
    found = Period.objects.filter(org=place, basis=basis, label=label).first()
    if found and found.closed_at and (found.from_on, found.to_on, found.year) != (from_on, to_on, year):
        raise BadInput(f"“{label}”已经关账，不能改起止日期")
    period, _ = Period.objects.update_or_create(
        org=place,
        basis=basis,
        label=label.strip(),
        defaults={"year": year, "from_on": from_on, "to_on": to_on},
    )
    return period


@transaction.atomic
def close_period(*, by: permissions.Actor, period: Period) -> Period:
    """Close a period: its days no longer move."""
    _require(by, period.org_id)
    period.closed_at, period.closed_by = clock.now(), by.username
    period.save(update_fields=["closed_at", "closed_by"])
    return period


@transaction.atomic
def bind_pack(*, by: permissions.Actor, org: Org | str, pack: str, from_on: date) -> PackBinding:
    """Let an org work under a pack from a day on. Raises BadInput for a pack nobody installed."""
    place = _org(org)
    _require(by, place.pk)
    packs = rules().packs
    if pack not in packs:
        raise BadInput(f"没有安装规则包“{pack}”；已安装：{'、'.join(packs)}")
    binding, _ = PackBinding.objects.update_or_create(org=place, pack=pack, defaults={"from_on": from_on})
    return binding


def _org(org: Org | str) -> Org:
    pk = org.pk if isinstance(org, Org) else str(org)
    found = Org.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound(f"没有单位“{pk}”；请核对单位编号")
    return found


def _require(by: permissions.Actor, org: str) -> None:
    if not isinstance(by, permissions.System):
        permissions.require(by, "manage", org=org)
