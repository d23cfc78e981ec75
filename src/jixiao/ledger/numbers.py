"""Numbers without gaps: one sequence per org, kind and year, advanced in the transaction that uses the
number.
"""

from __future__ import annotations

import re
from datetime import date

from jixiao.catalogue.kinds import Kind, NumberSpec
from jixiao.ledger.models import NumberSequence


def give(kind: Kind, org: str, on: date) -> str:
    """The next number of the kind in the org for the year of `on`."""
    sequence = _locked(kind, org, on.year)
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return _spec(kind).pattern.format(year=on.year, sequence=sequence.last)


def keep_clear_of(kind: Kind, org: str, numbers: list[str]) -> None:
    """Move the sequences past numbers that came from outside, so that none is given twice."""
    highest: dict[int, int] = {}
    pattern = _as_expression(_spec(kind).pattern)
    for number in numbers:
        if (found := pattern.fullmatch(number)) and "year" in found.groupdict():
            year = int(found["year"])
            highest[year] = max(highest.get(year, 0), int(found["sequence"]))
    for year, last in highest.items():
        sequence = _locked(kind, org, year)
        if sequence.last < last:
            sequence.last = last
            sequence.save(update_fields=["last"])


def _spec(kind: Kind) -> NumberSpec:
    if kind.number is None:
        raise ValueError(f"{kind.full_id} gives no numbers")
    return kind.number


def _as_expression(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"\{(year|sequence)[^}]*\}", pattern)
    return re.compile(
        "".join(f"(?P<{part}>\\d+)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    )


def _locked(kind: Kind, org: str, year: int) -> NumberSequence:
    key = {"org_id": org, "kind": kind.full_id, "year": year}
    NumberSequence.objects.bulk_create([NumberSequence(**key)], ignore_conflicts=True)
    return NumberSequence.objects.select_for_update().get(**key)
