"""File a number no record gives, with its source and date, or a nil return for a register that stayed
empty.
"""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from jixiao.catalogue import Catalogue
from jixiao.catalogue.registers import FiledItem
from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger import checking, clock, journal, lateness, permissions, projection
from jixiao.ledger.actions import opening
from jixiao.ledger.models import FiledValue, Org, Period
from jixiao.ledger.rules import catalogue as rules
from jixiao.values import Qualifier

SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}


@transaction.atomic
def file(
    *,
    by: permissions.Actor,
    org: Org | str,
    item: str,
    value: str | int | Decimal,
    stated_on: date,
    period: Period,
    source: str,
    qualifier: str = "exact",
    invented: bool = False,
    id: str | None = None,
) -> FiledValue:
    """File a value in the item's base unit (元, 人 …; text may say 73万). A value of the same day and period
    supersedes.

    `item` may be the full id of a root kind, with value 0: a nil return. Idempotent on `id`. Raises NotFound,
    NotAllowed, FieldErrors.
    """
    catalogue = rules()
    place = opening.open_org(org, by)
    permissions.require(by, "file", org=place.pk)
    if id and (there := FiledValue.objects.filter(pk=id).first()):
        if there.org_id != place.pk:
            raise BadInput(f"编号 {id} 已经用在别处，没有填报；请换一个编号")
        return there
    full, number = _number(catalogue, item, value)
    opening.check_bound(place, catalogue.kinds.get(full) or catalogue.filed[full], catalogue)
    _check(place, stated_on, source, qualifier)
    made = FiledValue(
        id=id or str(uuid.uuid4()), org=place, item=full, basis=period.basis, label=period.label,
        year=period.year,
        from_on=period.from_on, to_on=period.to_on, stated_on=stated_on, value=number, qualifier=qualifier,
        source=source.strip(), invented=invented, filed_by=by.username, filed_at=clock.now(),
    )  # fmt: skip
    return keep(made, by=by)


def keep(made: FiledValue, *, by: permissions.Actor) -> FiledValue:
    """Put a checked value in the place of an older one. Inside a transaction; raises BadInput where its period is
    closed and the person may not enter late.
    """
    late = _late(made, by)
    _supersede(made)
    event = journal.tell(
        made.pk, facts_of(made), org=made.org_id, act="filed", by=made.filed_by, now=made.filed_at,
        on=made.stated_on,
    )  # fmt: skip
    projection.write_filed([made])
    title = rules().kinds.get(made.item) or rules().filed[made.item]
    lateness.mark({event.id: late}, [event], {made.pk: title.title})
    return made


def _late(made: FiledValue, by: permissions.Actor) -> list[lateness.Late]:
    """A number belongs to its period, whatever the day it is stated on."""
    closed = lateness.closed_periods([made.org_id]).get(made.org_id, [])
    mine = [one for one in closed if (one.basis, one.label) == (made.basis, made.label)]
    is_correction = FiledValue.objects.filter(org=made.org, item=made.item, label=made.label).exists()
    late = lateness.among(mine, [made.to_on], is_correction=is_correction)
    if late:
        lateness.require(by, made.org_id, late)
    return late


def shown(item: FiledItem | None, value: int) -> Decimal:
    """A stored value in the item's base unit."""
    return Decimal(value).scaleb(-_places(item)) if item else Decimal(value)


def _number(catalogue: Catalogue, item: str, value: str | int | Decimal) -> tuple[str, int]:
    if item in catalogue.kinds:
        return item, _nil(catalogue, item, value)
    spec = catalogue.filed_item(item)
    number = _read(str(value), spec)
    if number < 0 and spec.unit == "元" and not spec.may_be_negative:
        raise FieldErrors({"value": f"{spec.title}：金额不能小于 0，写成了 {value}；请填写正数"})
    whole = number.scaleb(_places(spec))
    if whole != whole.to_integral_value():
        raise FieldErrors({"value": f"{spec.title}：最多 {_places(spec)} 位小数；写成了 {value}"})
    return spec.full_id, int(whole)


def _nil(catalogue: Catalogue, item: str, value: object) -> int:
    kind = catalogue.kinds[item]
    if kind.parent is not None:
        raise FieldErrors({"item": f"零报告应以“{catalogue.root_of(item).title}”填报，不以其子表填报"})
    if str(value) != "0":
        raise FieldErrors({"value": f"“{kind.title}”有台账，只能作零报告（填 0）；其余数由台账记录算出"})
    return 0


def _read(text: str, spec: FiledItem) -> Decimal:
    plain = text.strip().replace(",", "").replace("，", "").removesuffix(spec.unit)
    factor = 1
    for word, size in SCALES.items():
        if plain.endswith(word):
            plain, factor = plain.removesuffix(word), size
            break
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) * factor >= 10**15:
        raise FieldErrors({"value": f"{spec.title}：“{text}”读不成数；请填写如 1200 或 73万"})
    return number * factor


def _places(spec: FiledItem) -> int:
    return 2 if spec.unit == "元" else spec.places


def _check(org: Org, stated_on: date, source: str, qualifier: str) -> None:
    errors: dict[str, str] = {}
    if not source.strip():
        errors["source"] = "请写明数据来源（文件、报表或统计口径）"
    if qualifier not in {one.value for one in Qualifier}:
        errors["qualifier"] = "限定应为 exact、approx、over、at_least、at_most 之一"
    if message := checking.wrong_day(stated_on, org, is_begun=True):
        errors["stated_on"] = message
    if errors:
        raise FieldErrors(errors)


def _supersede(made: FiledValue) -> None:
    """Put the new value in the place of the one filed for the same item, period and day."""
    same = FiledValue.objects.select_for_update().filter(
        org=made.org, item=made.item, from_on=made.from_on, to_on=made.to_on, stated_on=made.stated_on,
        superseded_by__isnull=True,
    )  # fmt: skip
    old = list(same.values_list("pk", flat=True))
    # The unique index does not wait for the end of the transaction, the foreign key does.
    same.update(superseded_by=made.pk)
    made.save(force_insert=True)
    projection.remove_filed(old)


def facts_of(made: FiledValue) -> dict[str, Any]:
    """What the chain says of a filed value."""
    return {
        "item": made.item,
        "value": made.value,
        "qualifier": made.qualifier,
        "stated_on": made.stated_on.isoformat(),
        "from_on": made.from_on.isoformat(),
        "to_on": made.to_on.isoformat(),
        "source": made.source,
    }
