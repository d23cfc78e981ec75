"""Outlines: a report as clauses in an order. The clause is the unit; a slot places a figure.

Slots in a clause's text:
  {indicator}            the figure as printed: 20件, 30余篇, 100%
  {a=b=c}                one printed value for several figures, only while they are equal
  {indicator:list}       the names of the records behind it: 《…》《…》
  {indicator:exact}      the counted number instead of the printed one
  {filed.item}           a filed value; {org} {year} {date} {period.plenary} plain words of the report
"""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from jixiao.catalogue.definition import Definition, Id, Named, Reference, Words


class TableSpec(Definition):
    """A table the program fills: figures by theme, the score sheet, filed values, relations, gaps; or the forms of a
    year's records: those in the field `field` of the part `part` of the year's cycle.
    """

    caption: Words
    of: Literal["figures", "scores", "filed", "relations", "missing", "form"]
    themes: tuple[str, ...] = ()
    items: tuple[Reference, ...] = ()
    scheme: Reference | None = None
    unit: str = ""
    part: Id | None = None
    field: Id | None = None

    @model_validator(mode="after")
    def _names_its_form(self) -> TableSpec:
        if (self.of == "form") != bool(self.part and self.field):
            raise ValueError("of: form 要写 part（年度流程的哪一部分）和 field（哪个报表字段），其他表不写")
        return self


class ItemsSpec(Definition):
    """Paragraphs told from the records of one part of the year's cycle, one each.

    rows: every scored row with target and actual value; losses: rows that lost points or were explained; measures:
    what is done about each loss, by whom and by when; scores: score and grade; amount: the number in `cell`, or of
    the filed item `filed`; nothing is told of an amount that is 0 or does not apply.
    """

    of: Literal["rows", "losses", "measures", "scores", "amount"]
    part: Id | None = None
    cell: str = ""
    filed: Reference | None = None

    @model_validator(mode="after")
    def _names_its_place(self) -> ItemsSpec:
        if (self.part is None) != bool(self.filed):
            raise ValueError(
                "items 要写 part（年度流程的哪一部分）；of: amount 可改写 filed（填报项），两者只写其一"
            )
        if (self.of == "amount") != bool(self.cell or self.filed):
            raise ValueError("of: amount 要写 cell（表.行.列）或 filed（填报项），其他不写")
        return self


class Clause(Definition):
    """`when`: figures that must be reported for `text` to be used (default: every slot's); else
    `otherwise`.
    """

    id: Id
    heading: int = 0  # 1..4 for a heading, which the program numbers; 0 for a paragraph
    text: str = ""
    when: tuple[str, ...] | None = None
    otherwise: str = ""
    table: TableSpec | None = None
    items: ItemsSpec | None = None  # `otherwise` is told where there is none

    @model_validator(mode="after")
    def _says_something(self) -> Clause:
        if not self.text and self.table is None and self.items is None:
            raise ValueError("条款应有 text（文字）、table（表）或 items（逐条）")
        if self.items and (self.text or self.heading):
            raise ValueError("items（逐条）单独成一条，不与 text 或 heading 同写；没有可写的用 otherwise")
        return self


class Attachment(Definition):
    title: Words
    clauses: tuple[Clause, ...]


class Outline(Named):
    """A report. One that is told only `on_request` (somebody else writes it) is never the office's own by default."""

    document_title: Words
    on_request: bool = False
    scheme: Reference | None = None
    clauses: tuple[Clause, ...]
    attachments: tuple[Attachment, ...] = ()
