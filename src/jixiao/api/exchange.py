"""Field values as programs exchange them: what is given out can be given back and means the same.

Money goes out as decimal text in 元, decimals as text, days as ISO text, stated numbers as {value, qualifier}; all
this is taken back, and so is what office people type (73万元, 2020年3月5日, 30余).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

from jixiao.catalogue import fields
from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.kinds import FieldSpec, FieldType, Kind
from jixiao.errors import FieldErrors
from jixiao.values import Qualifier, decimal_text

POINTERS = (FieldType.REF, FieldType.ORG)
TYPED = "一项只写一个值：文字、数或 true、false"
STATED = "应写成 30余 这样的文字，或 {value: 整数, qualifier: " + "、".join(Qualifier) + " 之一}"


def plain(spec: FieldSpec, stored: Any) -> Any:
    """A stored value in base units; None where there is none."""
    if stored is not None and spec.type is FieldType.MONEY:
        return decimal_text(Decimal(stored) / 100)
    return stored


def plain_values(kind: Kind, data: Mapping[str, Any]) -> dict[str, Any]:
    """Every field of a record, the absent ones as None."""
    return {name: plain(spec, data.get(name)) for name, spec in kind.fields.items()}


def plain_facts(kind: Kind, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Some facts of a record; those that are no fields (state, number) go by their name without the mark."""
    return {
        name.lstrip("@"): plain(kind.fields[name], stored) if name in kind.fields else stored
        for name, stored in facts.items()
    }


def shown(
    kind: Kind, data: Mapping[str, Any], catalogue: Catalogue, names: Mapping[str, str]
) -> dict[str, str]:
    """The fields that say something, in words; records and orgs by their names."""
    return {
        name: names.get(str(data[name]), str(data[name]))
        if spec.type in POINTERS
        else fields.show(spec, data[name], catalogue)
        for name, spec in kind.fields.items()
        if data.get(name) is not None
    }


def given(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """What came in, fit to be read by the ledger. Raises FieldErrors for nested or mistyped values.

    Fields the kind does not know are left for the ledger to refuse.
    """
    errors = {}
    for name, value in values.items():
        message = _wrong(kind.fields.get(name), value)
        if message:
            title = kind.fields[name].title if name in kind.fields else name
            errors[name] = f"{title}：{message}"
    if errors:
        raise FieldErrors(errors)
    return dict(values)


def _wrong(spec: FieldSpec | None, value: Any) -> str:
    if isinstance(value, Mapping) and spec is not None and spec.type is FieldType.STATED:
        return "" if _is_stated(value) else STATED
    if isinstance(value, bool):
        return "" if spec is None or spec.type is FieldType.BOOLEAN else "不是是非题；请填写文字或数"
    if isinstance(value, float):
        return "" if isfinite(value) else "不是数"
    return "" if value is None or isinstance(value, str | int) else TYPED


def _is_stated(value: Mapping[str, Any]) -> bool:
    number, qualifier = value.get("value"), value.get("qualifier", Qualifier.EXACT)
    return (
        _is_one_of(value, ("value", "qualifier"))
        and isinstance(number, int)
        and not isinstance(number, bool)
        and abs(number) <= fields.LARGEST
        and isinstance(qualifier, str)
        and _is_one_of([qualifier], Qualifier)
    )


def _is_one_of(found: Iterable[str], known: Iterable[str]) -> bool:
    return set(found) <= set(known)
