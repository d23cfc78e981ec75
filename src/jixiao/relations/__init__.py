"""The interval evaluator: do these numbers hang together? One for prose, tables, forms and figures.

Each relation is a plain function over operands that returns a Finding: kept, broken, rounding (a note) or
not applicable with the reason. `RELATIONS` names them for packs; `examine` runs one as a pack states it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, get_type_hints

from jixiao.errors import BadInput
from jixiao.relations.averages import average
from jixiao.relations.chains import chain
from jixiao.relations.changes import change
from jixiao.relations.grades import grade
from jixiao.relations.lists import list_of
from jixiao.relations.operands import Operand
from jixiao.relations.partitions import partition
from jixiao.relations.rates import rate
from jixiao.relations.repeats import repeat
from jixiao.relations.rhythms import rhythm
from jixiao.relations.scores import score
from jixiao.relations.shares import shares
from jixiao.relations.subsets import subset
from jixiao.relations.sums import sum_of
from jixiao.relations.unions import union_bound
from jixiao.values import Finding, Interval, Verdict, decimal_text

__all__ = ["RELATIONS", "Operand", "Part", "examine", "parts_of"]

RELATIONS: Mapping[str, Callable[..., Finding]] = MappingProxyType(
    {
        "sum": sum_of,
        "rate": rate,
        "subset": subset,
        "chain": chain,
        "partition": partition,
        "union_bound": union_bound,
        "list": list_of,
        "repeat": repeat,
        "change": change,
        "average": average,
        "shares": shares,
        "score": score,
        "grade": grade,
        "rhythm": rhythm,
    }
)


class Part(StrEnum):
    """What a relation's argument takes: one operand, perhaps one, several, or a plain setting."""

    ONE = "one"
    MAYBE = "maybe"
    MANY = "many"
    SETTING = "setting"


def parts_of(relation: str) -> dict[str, tuple[Part, bool]]:
    """The arguments a relation takes, in order, and whether each must be given; raises BadInput for an
    unknown word.
    """
    return dict(_parts(_function(relation)))


@cache
def _parts(function: Callable[..., Finding]) -> Mapping[str, tuple[Part, bool]]:
    hints = get_type_hints(function)
    kinds = {Operand: Part.ONE, Operand | None: Part.MAYBE, Sequence[Operand]: Part.MANY}
    return {
        name: (kinds.get(hints[name], Part.SETTING), parameter.default is parameter.empty)
        for name, parameter in inspect.signature(function).parameters.items()
    }


def examine(
    relation: str,
    arguments: Mapping[str, Any],
    *,
    id: str = "",
    title: str = "",
    reading: str = "",
    undeclared: str = "",
    same_units: Sequence[str] = (),
) -> Finding:
    """Run a relation by name and sign the finding with its id, title and the reading it assumes.

    A whole number stands for an operand of that size. `undeclared` is the reason why the claim cannot be
    judged although the numbers exist: the arithmetic is shown, the verdict is not applicable.
    `same_units` lists measure words that name the same thing here (条, 篇); 件 and 件次 never do. Raises
    BadInput for arguments that do not fit, and MixedNatures.
    """
    function = _function(relation)
    _require_arguments(relation, arguments)
    _require_no_occurrences(same_units)
    kinds = _parts(function)
    given = {name: _operands(name, value, kinds[name][0], same_units) for name, value in arguments.items()}
    found = replace(function(**given), relation=id or relation, title=title, reading=reading)
    if undeclared:
        return replace(found, verdict=Verdict.NOT_APPLICABLE, reason=undeclared)
    return found


def _function(relation: str) -> Callable[..., Finding]:
    if relation not in RELATIONS:
        raise BadInput(f"没有名为“{relation}”的勾稽关系；可用的有：{'、'.join(RELATIONS)}")
    return RELATIONS[relation]


def _require_arguments(relation: str, arguments: Mapping[str, Any]) -> None:
    known = _parts(RELATIONS[relation])
    unknown = [name for name in arguments if name not in known]
    absent = [name for name, (_, required) in known.items() if required and name not in arguments]
    if unknown or absent:
        problems = [f"多了{'、'.join(unknown)}"] if unknown else []
        problems += [f"缺少{'、'.join(absent)}"] if absent else []
        raise BadInput(f"勾稽关系“{relation}”{'，'.join(problems)}；应写：{'、'.join(known)}")


def _require_no_occurrences(same_units: Sequence[str]) -> None:
    for unit in same_units:
        if unit + "次" in same_units:
            raise BadInput(f"“{unit}”与“{unit}次”不是同一单位，不能注明为同义")


def _operands(name: str, value: Any, part: Part, same_units: Sequence[str]) -> Any:
    if part is Part.SETTING:
        return value
    if part is Part.MANY:
        values = [value] if isinstance(value, Operand | int) else value
        return [_operand(name, one, same_units) for one in values]
    return None if value is None else _operand(name, value, same_units)


def _operand(name: str, value: Operand | int, same_units: Sequence[str]) -> Operand:
    if isinstance(value, int):
        return Operand(name, "", Interval.point(value), decimal_text(value))
    return replace(value, unit=same_units[0]) if value.unit in same_units else value
