"""The relations of the packs, judged over figures.

Figures become operands with their exact values, so a rounded print never hides a breach. Where the records
behind the figures are at hand, a claim that one is part of another is also held against those records.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from jixiao.catalogue import Catalogue
from jixiao.catalogue.indicators import Indicator
from jixiao.catalogue.relations import RelationRule
from jixiao.errors import BadInput, MixedNatures
from jixiao.relations import Operand, examine
from jixiao.relations.wording import nested
from jixiao.values import Figure, Finding, Status, Verdict

Pair = tuple[str, str]  # full ids of the indicators that are said to be part and whole
Outside = Callable[[Sequence[Pair]], Mapping[Pair, int]]  # how many records of the part are not in the whole

PARTS_OF_A_WHOLE = frozenset({"subset", "partition"})


def findings(
    catalogue: Catalogue, figures: Mapping[str, Figure], outside: Outside | None = None
) -> list[Finding]:
    """One finding per relation that speaks of any of the figures, in catalogue order."""
    rules = [one for one in catalogue.relations.values() if any(name in figures for name in _indicators(one))]
    pairs = list(dict.fromkeys(pair for rule in rules for pair in _pairs(catalogue, rule, figures)))
    strangers = outside(pairs) if outside is not None and pairs else {}
    return [finding(catalogue, rule, figures, strangers) for rule in rules]


def finding(
    catalogue: Catalogue, rule: RelationRule, figures: Mapping[str, Figure], strangers: Mapping[Pair, int]
) -> Finding:
    """Judge one relation; a figure that is not there reads as 未填报. `strangers`: what is known of the records."""
    try:
        found = examine(
            rule.relation,
            _arguments(catalogue, rule, figures),
            id=rule.full_id,
            title=rule.title,
            reading=rule.note,
            undeclared=rule.undeclared,
            same_units=rule.same_units,
        )
    except (BadInput, MixedNatures) as error:
        subjects = tuple(_indicators(rule))
        return Finding(rule.full_id, rule.title, Verdict.NOT_APPLICABLE, str(error), subjects=subjects)
    told = [(pair, strangers[pair]) for pair in _pairs(catalogue, rule, figures) if strangers.get(pair)]
    return _held_against_records(catalogue, told, found) if told else found


def _indicators(rule: RelationRule) -> list[str]:
    found: list[str] = []
    for operand in rule.operands.values():
        if not isinstance(operand, int):
            found += [operand] if isinstance(operand, str) else operand
    return found


def _arguments(catalogue: Catalogue, rule: RelationRule, figures: Mapping[str, Figure]) -> dict[str, Any]:
    def read(operand: str | Sequence[str] | int) -> Any:
        if isinstance(operand, int):
            return operand
        if isinstance(operand, str):
            return _operand(catalogue, operand, figures)
        return [_operand(catalogue, one, figures) for one in operand]

    return {name: read(operand) for name, operand in rule.operands.items()}


def _operand(catalogue: Catalogue, name: str, figures: Mapping[str, Figure]) -> Operand:
    indicator = catalogue.indicator(name)
    nature = catalogue.nature_of(indicator)
    if indicator.full_id in figures:
        return Operand.from_figure(figures[indicator.full_id], nature)
    return Operand(indicator.full_id, indicator.title, None, "未填报", indicator.unit, nature)


def _pairs(catalogue: Catalogue, rule: RelationRule, figures: Mapping[str, Figure]) -> list[Pair]:
    """What a relation says lies inside what, as far as records can be held against it."""
    whole = rule.operands.get("whole")
    parts = rule.operands.get("parts", ())
    is_claim = not rule.undeclared and rule.relation in PARTS_OF_A_WHOLE
    if not is_claim or not isinstance(whole, str) or isinstance(parts, int):
        return []
    around = catalogue.indicator(whole)
    inside = [catalogue.indicator(part) for part in ([parts] if isinstance(parts, str) else parts)]
    return [
        (one.full_id, around.full_id)
        for one in inside
        if _comparable(one, around) and _reported(figures, one) and _reported(figures, around)
    ]


def _held_against_records(
    catalogue: Catalogue, strangers: Sequence[tuple[Pair, int]], found: Finding
) -> Finding:
    """Sizes can agree while a part holds records the whole does not."""
    outside = [
        f"“{catalogue.indicator(part).title}”中有{count}条记录不在“{catalogue.indicator(whole).title}”之内"
        for (part, whole), count in strangers
    ]
    reason = "；".join(outside) + "，请核对口径或记录"
    if found.verdict is Verdict.BROKEN:
        reason = f"{found.reason}；{reason}"
    return replace(found, verdict=Verdict.BROKEN, reason=nested(reason))


def _comparable(one: Indicator, other: Indicator) -> bool:
    """Records can be compared where both figures count records of one kind."""
    return one.rows is not None and other.rows is not None and one.rows.kind == other.rows.kind


def _reported(figures: Mapping[str, Figure], indicator: Indicator) -> bool:
    figure = figures.get(indicator.full_id)
    return figure is not None and figure.status is Status.REPORTED
