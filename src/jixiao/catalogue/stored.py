"""Whether a stored value is one that its field stores today: packs change, records keep what was written.

What does not fit is put the way one would type it, so that it can be read again or shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from jixiao.catalogue.kinds import FieldType
from jixiao.values import Qualifier, Quantity


def fits(type_: FieldType, stored: Any) -> bool:
    """Does the field's type store values of this form? An amount and a count look alike and both fit."""
    match type_:
        case FieldType.FORM:
            return isinstance(stored, Mapping) and "entries" in stored
        case FieldType.DATE:
            return isinstance(stored, str) and _is_day(stored)
        case FieldType.INTEGER | FieldType.MONEY:
            return isinstance(stored, int) and not isinstance(stored, bool)
        case FieldType.DECIMAL:
            return isinstance(stored, str) and _is_number(stored)
        case FieldType.STATED:
            return isinstance(stored, Mapping)
        case FieldType.BOOLEAN:
            return isinstance(stored, bool)
    return isinstance(stored, str)


def as_typed(stored: Any) -> str:
    """A value of whatever type as a person would type it."""
    if isinstance(stored, Mapping) and "value" not in stored:
        return ""
    if isinstance(stored, Mapping):
        return Quantity(Decimal(stored["value"]), "", Qualifier(stored["qualifier"])).text
    if isinstance(stored, bool):
        return "是" if stored else "否"
    return str(stored)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
