"""What a reader found in a file, as verification compares it: figures under their keys, and values beside the text.

The reader itself is not known here; it hands over statements, and its marks as anything that has these four words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from jixiao.reports.issue_record import IssueRecord
from jixiao.reports.verifying import ReadFigure
from jixiao.values import Qualifier, Statement

PLAIN = re.compile(r"-?\d{1,30}(\.\d{1,12})?")  # no exponent: 1E+999999999 is a number too long to write


class ReadMark(Protocol):
    """A place the file names, with what a machine would read there."""

    @property
    def key(self) -> str: ...

    @property
    def value(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def qualifier(self) -> str: ...


def figures_read(
    statements: Iterable[Statement], marks: Iterable[ReadMark], record: IssueRecord
) -> list[ReadFigure]:
    """The keyed statements, then what a machine would read in marks whose key `record` placed with a value."""
    found = [
        ReadFigure(one.key, one.quantity.value, one.quantity.unit, one.quantity.qualifier)
        for one in statements
        if one.key
    ]
    placed = {one["key"] for one in record["placed"] if one["value"]}
    return found + [_machine_read(mark) for mark in marks if mark.value and mark.key in placed]


def _machine_read(mark: ReadMark) -> ReadFigure:
    """Words that no program of ours would have written are told as they are, beside a zero nobody issued."""
    if PLAIN.fullmatch(mark.value) and mark.qualifier in set(Qualifier):
        return ReadFigure(mark.key, Decimal(mark.value), mark.unit, Qualifier(mark.qualifier))
    return ReadFigure(mark.key, Decimal(0), f"（{mark.value[:40]} {mark.unit[:40]} {mark.qualifier[:40]}）")
