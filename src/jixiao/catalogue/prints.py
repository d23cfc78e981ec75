"""Prints (印发件): an official paper about one record, as data: a notice, a letter, a slip for an opinion.

Slots in its words:
  {field}            a field of the record in words      {parent.field}   of the record above
  {org} {number}     the office, the record's number     {year} {today}   of the printing, in official words
  {bureau}           the office whose people sit at the desk over this one
  {day:state}        the day a state was entered         {due:deadline}   the day something is due
A slot without a value prints as a blank to be filled by hand, and the page that prints says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import Field, model_validator

from jixiao.catalogue.definition import Definition, Id, Named, Reference, Words

SLOT = re.compile(r"\{([a-z_]+(?:[.:][a-z_0-9]+)?)\}")
PLAIN = frozenset({"org", "bureau", "number", "year", "today"})


class SheetColumn(Definition):
    """A column of a working sheet: of the form's own (`cell`), what of one is not reached by another (`less`), or blank."""

    title: Words
    cell: Id | None = None
    less: tuple[Id, Id] | None = None
    width: int = Field(2, ge=1, le=9)


class Sheet(Definition):
    """The rows of a block of the record's form, with columns to be filled by hand beside them."""

    field: Id
    block: Id
    columns: tuple[SheetColumn, ...] = Field(min_length=1)


class PrintLine(Definition):
    """One piece of a paper: a paragraph (`text`), or a table of `titles` and slots (`form`), or the records of a child kind
    (`of`, with the fields to show), or the rows of the record's own form (`sheet`).
    """

    text: str = ""
    form: tuple[tuple[Words, str], ...] = ()
    of: Reference | None = None
    columns: tuple[Id, ...] = ()
    sheet: Sheet | None = None

    @model_validator(mode="after")
    def _one_sort(self) -> PrintLine:
        if sum((bool(self.text), bool(self.form), self.of is not None, self.sheet is not None)) != 1:
            raise ValueError(
                "每一段只写 text（文字）、form（表格）、of（下属记录）、sheet（本表各行）中的一样"
            )
        if bool(self.columns) != (self.of is not None):
            raise ValueError("of 与 columns 一起写：哪种下属记录，列出哪些字段")
        return self


class Print(Named):
    """`number` is the paper's number line, `to` whom it is sent to; `when` are the states in which it may be printed, all of
    them where it is left out.
    """

    kind: Reference
    heading: Words
    number: str = ""
    to: str = ""
    when: tuple[Id, ...] = ()
    lines: tuple[PrintLine, ...]
    signed: Words = "{org}"

    def slots(self) -> Iterator[str]:
        """Every slot of its words, in order."""
        for text in (self.heading, self.number, self.to, self.signed):
            yield from SLOT.findall(text)
        for line in self.lines:
            yield from SLOT.findall(line.text)
            for _, text in line.form:
                yield from SLOT.findall(text)
