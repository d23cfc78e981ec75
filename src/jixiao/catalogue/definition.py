"""What every definition in a pack shares: it is frozen, refuses unknown words, and names its legal source."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
Reference = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{0,47}/)?[a-z][a-z0-9_]{0,47}$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Definition(BaseModel):
    """A frozen piece of a pack; a word it does not know is an error, not ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, coerce_numbers_to_str=True)


class Source(Definition):
    """The document a rule comes from. `verified: false` is shown as 待核实 until a named person confirms
    it.
    """

    title: Words
    clause: str = ""
    from_on: date | None = Field(None, alias="from")
    verified: bool = True


class Named(Definition):
    """A thing with a file of its own. `pack` and `id` come from where the file lies, never from its text."""

    pack: Id
    id: Id
    title: Words
    source: tuple[Source, ...] = Field(min_length=1)
    from_on: date | None = Field(None, alias="from")
    note: str = ""

    @property
    def full_id(self) -> str:
        return f"{self.pack}/{self.id}"
