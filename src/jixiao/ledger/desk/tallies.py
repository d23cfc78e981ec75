"""The counts behind a percentage, as a package tells them: satisfaction surveys with what did not come back, and rates.

A package of ours says them in its manifest; of a stranger's report they are read where one paragraph tells how many forms
were sent, came back, were valid and satisfied. What contradicts itself is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from jixiao.ledger.desk.reports import ReportRead

COUNTS = ("sent", "back", "valid", "satisfied")
UNIT = "份"
_WORDS = {
    "sent": re.compile(r"(?:发[放出送]|投放|抽样)[^，。；0-9]{0,8}$"),
    "back": re.compile(r"(?:收回|回收)(?!有效)[^，。；0-9效]{0,8}$"),
    "valid": re.compile(r"有效[^，。；0-9]{0,8}$"),
    "satisfied": re.compile(r"满意[^，。；0-9]{0,8}$"),
}
_PERCENT = re.compile(r"^[^0-9]{0,3}(\d+(?:\.\d+)?)\s*[%％]")


def surveys_told(
    manifest: Iterable[Mapping[str, Any]], reports: Sequence[ReportRead]
) -> list[dict[str, Any]]:
    """Every survey with its four counts; those of the manifest go before those of the report."""
    told = [
        {"title": str(one.get("title", ""))[:120], "method": str(one.get("method", ""))[:60]}
        | {name: one.get(name) for name in COUNTS}
        for one in manifest
    ]
    return [one for one in told or list(_in_reports(reports)) if _is_sound(one)]


def _in_reports(reports: Sequence[ReportRead]) -> Iterable[dict[str, Any]]:
    for report in reports:
        places: dict[str, dict[str, Any]] = {}
        for one in report.statements:
            value = one.quantity.value
            if one.quantity.unit != UNIT or value is None or value != int(value):
                continue
            name = next((name for name, words in _WORDS.items() if words.search(one.before)), None)
            if name:
                found = places.setdefault(one.place.label, {"title": "", "method": ""})
                found.setdefault(name, int(value))
        yield from places.values()


def _is_sound(one: Mapping[str, Any]) -> bool:
    """All four counts, none above the one before; a report may leave out what came back where all that was valid counts."""
    counts = [one.get(name) for name in COUNTS]
    if not all(isinstance(count, int) and 0 <= count < 10**7 for count in counts):
        return False
    return bool(counts[2]) and all(later <= first for first, later in pairwise(counts))


def behind(title: str, actual: str, surveys: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The survey whose counts give this satisfaction rate as it is printed; None where none does."""
    percent = _PERCENT.match(actual.strip())
    if percent is None or "满意" not in title:
        return None
    stated = Decimal(percent[1])
    half = Fraction(1, 2) / 10 ** max(0, -int(stated.as_tuple().exponent))
    for one in surveys:
        if abs(Fraction(100 * one["satisfied"], one["valid"]) - Fraction(stated)) <= half:
            return one
    return None


def working(one: Mapping[str, Any], least: int) -> str:
    """The survey in words; counts below `least` are not told."""
    if min(one["valid"], one["satisfied"]) < least:
        return f"有效问卷或满意份数少于{least}份，不公开份数"
    lost, invalid = one["sent"] - one["back"], one["back"] - one["valid"]
    missing = f"，{lost} 份没有收回" if lost else "，全部收回"
    void = f"，{invalid} 份无效" if invalid else ""
    method = f"（{one['method']}）" if one["method"] else ""
    return (
        f"有效 {one['valid']} 份中满意 {one['satisfied']} 份：{one['satisfied']} ÷ {one['valid']}；"
        f"发出 {one['sent']} 份{missing}{void}{method}"
    )
