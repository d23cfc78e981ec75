"""What a reader found in a file, as verification compares it: figures under their keys, and values beside the text.

The reader itself is not known here; it hands over statements and its marks as plain (key, value) pairs.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from jixiao.reports.issue_record import IssueRecord
from jixiao.reports.verifying import ReadFigure
from jixiao.values import Qualifier, Statement


def figures_read(
    statements: Iterable[Statement], marks: Iterable[tuple[str, str]], record: IssueRecord
) -> list[ReadFigure]:
    """The keyed statements, then what a machine would read in marks whose key `record` placed with a value."""
    found = [
        ReadFigure(one.key, one.quantity.value, one.quantity.unit, one.quantity.qualifier)
        for one in statements
        if one.key
    ]
    placed = {one["key"]: one for one in record["placed"]}
    for key, text in marks:
        entry = placed.get(key)
        if text and entry and entry["value"]:
            try:
                value = Decimal(text)
            except InvalidOperation:
                continue
            found.append(ReadFigure(key, value, entry["unit"], Qualifier(entry["qualifier"])))
    return found
