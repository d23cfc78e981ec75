"""The numbers an org files: each item of its packs with what is filed for a year, or the gap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jixiao.catalogue.registers import FiledItem
from jixiao.ledger import permissions
from jixiao.ledger.actions.filed import shown
from jixiao.ledger.actions.opening import bound_packs, open_org
from jixiao.ledger.models import FiledValue, Org
from jixiao.ledger.rules import catalogue as rules
from jixiao.values import Qualifier, Quantity


@dataclass(frozen=True, slots=True)
class FiledRow:
    """An item and what is filed for it; `current` is None where it is not reported. `versions` are latest
    first.
    """

    item: FiledItem
    current: FiledValue | None
    versions: tuple[FiledValue, ...]

    @property
    def quantity(self) -> Quantity | None:
        if self.current is None:
            return None
        return written(self.value or Decimal(0), self.item.unit, Qualifier(self.current.qualifier))

    @property
    def value(self) -> Decimal | None:
        return None if self.current is None else shown(self.item, self.current.value)

    @property
    def text(self) -> str:
        return self.quantity.text if self.quantity else "未填报"


def written(value: Decimal, unit: str, qualifier: Qualifier = Qualifier.EXACT) -> Quantity:
    """A whole or decimal number as it stands in a report: 元 become 万元 where two decimals hold them
    exactly.
    """
    scale = "万" if unit == "元" and abs(value) >= 10_000 and value % 100 == 0 else ""
    return Quantity(value, unit, qualifier, scale=scale)


def filed_values(
    user: permissions.Actor, org: Org | str, year: int, as_of: date | None = None
) -> list[FiledRow]:
    """Every filed item of the org's packs for a reporting year, as stated up to `as_of`. Raises NotFound."""
    place = open_org(org, user)
    catalogue = rules()
    packs = bound_packs(place.pk, catalogue)
    values = list(FiledValue.objects.filter(org=place, year=year))
    rows = []
    for item in catalogue.filed.values():
        if item.pack in packs:
            mine = tuple(one for one in values if one.item == item.full_id)
            standing = [
                one
                for one in mine
                if one.superseded_by_id is None and (as_of is None or one.stated_on <= as_of)
            ]
            rows.append(FiledRow(item, standing[0] if standing else None, mine))
    return rows
