"""自查: how a report is marked before it is handed in, as data: items with points, what costs how much, what may not
be published.

The checks themselves are functions with a name from a closed list; a pack chooses among them and says the price.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, field_validator, model_validator

from jixiao.catalogue.definition import Definition, Id, Named, Words
from jixiao.catalogue.exact import Exact

Check = Literal[
    "wanted",
    "outline",
    "blank_cells",
    "findings",
    "full_marks",
    "reasons",
    "targets",
    "vague",
    "misplaced",
    "coverage",
    "execution",
    "deviations",
    "ahead",
    "unmatched",
    "empty_section",
    "silent_section",
    "statements",
    "owners",
    "answered",
    "carried",
    "notes",
    "sample",
    "told_with",
    "evidence",
    "slips",
    "matches",
    "numbers_of_persons",
    "telephones",
    "bank_numbers",
]


class Deduction(Definition):
    """One thing looked for. `each` is the price of every place found, `most` the highest price together.

    `patterns` are regular expressions by the name they are told under, {name} and {surname} standing for a
    person's; `section` is the heading under which the check looks, `first` how many paragraphs from the beginning; `limit`
    its threshold. `mend` says what to do.
    """

    id: Id
    title: Words
    check: Check
    each: Exact = Field(ge=0)
    most: Exact | None = Field(None, ge=0)
    patterns: Mapping[str, str] = {}
    section: str = ""
    first: int | None = Field(None, ge=1)
    limit: Exact | None = None
    mend: Words

    @field_validator("patterns")
    @classmethod
    def _readable(cls, patterns: Mapping[str, str]) -> Mapping[str, str]:
        for title, pattern in patterns.items():
            try:
                re.compile(pattern)
            except re.error as wrong:
                raise ValueError(f"“{title}”的写法“{pattern}”读不懂（{wrong}），应为正则表达式") from wrong
        return patterns


class Item(Definition):
    """A line of the marking table; its deductions never go below zero together."""

    id: Id
    title: Words
    points: Exact = Field(gt=0)
    deductions: tuple[Deduction, ...] = Field(min_length=1)


class Presubmission(Named):
    """报送前自查 · `publication` are looked for in what will be published; they cost nothing and must all be gone."""

    items: tuple[Item, ...] = Field(min_length=1)
    publication: tuple[Deduction, ...] = ()

    @model_validator(mode="after")
    def _named_once(self) -> Presubmission:
        ids = [one.id for item in self.items for one in item.deductions] + [
            one.id for one in self.publication
        ]
        if len(set(ids)) != len(ids):
            raise ValueError("规则 id 有重复；每条规则一个编号")
        return self
