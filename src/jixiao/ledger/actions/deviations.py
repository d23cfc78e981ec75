"""State a figure otherwise than the ledger, and approve that: two persons, a reason, who ordered it. Never silently.

What was entered counts for nothing until somebody else, who may issue reports, has approved it. To go back to the
ledger's value needs nobody's approval.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django.db import transaction

from jixiao.errors import BadInput, FieldErrors, NotAllowed
from jixiao.ledger import checking, clock, journal, permissions
from jixiao.ledger.actions import opening
from jixiao.ledger.models import FigureDeviation, Org
from jixiao.values import RATIO, SCALES, Quantity

DEVIATIONS = uuid.UUID("4f4b0f57-8a1e-5c0c-9d0f-7f7ac1d6a2b1")
_WORDS = ("亿", "万")


@transaction.atomic
def state(
    *, by: permissions.Actor, org: Org | str, year: int, figure: str, value: str, reason: str, ordered_by: str
) -> FigureDeviation:
    """Enter what the report is to say instead. Raises NotFound, NotAllowed, FieldErrors (`value`, `reason`, `ordered_by`)."""
    from jixiao.ledger.queries.org_year import OrgYear

    place = opening.open_org(org, by)
    permissions.require(by, "file", org=place.pk)
    bench = OrgYear.open(by, place, year)
    indicator = bench.find(figure)
    computed = bench.compute([indicator])[indicator.full_id]
    errors: dict[str, str] = {}
    try:
        stated = quantity_of(value, computed.unit)
        if stated.text == computed.text:
            errors["value"] = f"台账算出的就是{computed.text}，不必另写"
    except ValueError as unreadable:
        errors["value"] = str(unreadable)
    errors |= unexplained(value, reason, ordered_by, errors)
    if errors:
        raise FieldErrors(errors)
    return keep(
        by, place, year, indicator.full_id, value=value.strip(), ledger_text=computed.text, reason=reason.strip(),
        ordered_by=ordered_by.strip(), entered_by=by.username, entered_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def approve(*, by: permissions.Actor, org: Org | str, year: int, figure: str, seen: int) -> FigureDeviation:
    """Approve what stands entered as version `seen`. Raises NotAllowed for who entered it, BadInput where nothing waits."""
    place = opening.open_org(org, by)
    permissions.require(by, "issue", org=place.pk)
    last = _last(place, year, figure)
    if last is None or last.approved_by or last.version != seen:
        raise BadInput("没有等着批准的这一版；可能已有人改过或批准，请重新打开页面再看")
    if last.entered_by == by.username:
        raise NotAllowed("录入的人不能自己批准；请由另一位可以签发报告的人批准")
    return keep(
        by, place, year, last.figure, value=last.value, ledger_text=last.ledger_text, reason=last.reason,
        ordered_by=last.ordered_by, approved_by=by.username, entered_by=last.entered_by,
        entered_at=last.entered_at,
    )  # fmt: skip


@transaction.atomic
def withdraw(
    *, by: permissions.Actor, org: Org | str, year: int, figure: str, reason: str
) -> FigureDeviation:
    """Go back to the ledger's value. Raises BadInput where it was never left, FieldErrors (`reason`)."""
    place = opening.open_org(org, by)
    permissions.require(by, "file", org=place.pk)
    last = _last(place, year, figure)
    if last is None or not last.value:
        raise BadInput("报告用的就是台账数，没有什么要撤回")
    return keep(
        by, place, year, last.figure, value="", ledger_text=last.ledger_text,
        reason=opening.check_note(reason, "撤回"), ordered_by=last.ordered_by, approved_by=by.username,
        entered_by=by.username, entered_at=clock.now(),
    )  # fmt: skip


def unexplained(value: str, reason: str, ordered_by: str, known: Mapping[str, str]) -> dict[str, str]:
    """What is missing or too long in a deviation, by field, beside what is `known` to be wrong."""
    errors: dict[str, str] = {}
    for name, text, told in (
        ("reason", reason, "请写明为什么不取台账数，依据是什么"),
        ("ordered_by", ordered_by, "请写明由谁提出（职务）"),
    ):
        if not text.strip():
            errors[name] = told
        elif checking.is_unprintable(text):
            errors[name] = "不能有看不见的字符"
    long = opening.overlong(FigureDeviation, value=value.strip(), ordered_by=ordered_by.strip())
    return {**{name: told for name, told in long.items() if name not in known}, **errors}


def quantity_of(text: str, unit: str) -> Quantity:
    """What a person typed, as a report prints it: 95.5%, 73万元, 20. Raises ValueError in Chinese."""
    plain = text.strip().replace(",", "").replace("，", "").replace("％", "%")
    if unit == RATIO:
        if not plain.endswith("%"):
            raise ValueError(f"“{text}”应写成百分数，如 95.5%")
        number, places = _number(plain.removesuffix("%"), text)
        return Quantity(number / 100, unit, step=Fraction(1, 10 ** (places + 2)))
    plain = plain.removesuffix(unit)
    scale = next((word for word in _WORDS if plain.endswith(word)), "")
    number, places = _number(plain.removesuffix(scale), text)
    size = SCALES[scale]
    step = Fraction(size, 10**places) if scale or places else Fraction(0)
    return Quantity(number * size, unit, step=step, scale=scale)


def facts_of(made: FigureDeviation) -> dict[str, Any]:
    """What the chain says of a version."""
    return {
        "year": made.year,
        "figure": made.figure,
        "version": made.version,
        "value": made.value,
        "ledger": made.ledger_text,
        "reason": made.reason,
        "ordered_by": made.ordered_by,
        "approved_by": made.approved_by,
        "entered_by": made.entered_by,
    }


def event_record(made: FigureDeviation) -> str:
    """The id under which the chain knows a version."""
    return str(
        uuid.uuid5(DEVIATIONS, "\n".join(map(str, (made.org_id, made.year, made.figure, made.version))))
    )


def _number(plain: str, typed: str) -> tuple[Decimal, int]:
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**15:
        raise ValueError(f"“{typed}”读不成数；请写如 20、95.5% 或 73万元")
    exponent = number.as_tuple().exponent
    return number, max(0, -exponent) if isinstance(exponent, int) else 0


def _last(org: Org, year: int, figure: str) -> FigureDeviation | None:
    found = FigureDeviation.objects.select_for_update().filter(org=org, year=year, figure=figure)
    return found.order_by("-version").first()


def keep(by: permissions.Actor, org: Org, year: int, figure: str, **said: Any) -> FigureDeviation:
    """Write the next version and tell it in the chain; must run inside a transaction."""
    last = _last(org, year, figure)
    now = clock.now()
    made = FigureDeviation.objects.create(
        org=org, year=year, figure=figure, version=last.version + 1 if last else 1, stated_by=by.username,
        stated_at=now, **said,
    )  # fmt: skip
    journal.tell(event_record(made), facts_of(made), org=org.pk, act="noted", by=by.username, now=now)
    return made
