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
    """A table the program fills: figures by theme, the score sheet, the goal table, filed values,
    relations, gaps.
    """

    caption: Words
    of: Literal["figures", "scores", "filed", "relations", "missing"]
    themes: tuple[str, ...] = ()
    items: tuple[Reference, ...] = ()
    scheme: Reference | None = None
    unit: str = ""


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

    @model_validator(mode="after")
    def _says_something(self) -> Clause:
        if not self.text and self.table is None:
            raise ValueError("条款应有 text（文字）或 table（表）")
        return self


class Attachment(Definition):
    title: Words
    clauses: tuple[Clause, ...]


class Outline(Named):
    document_title: Words
    scheme: Reference | None = None
    clauses: tuple[Clause, ...]
    attachments: tuple[Attachment, ...] = ()
