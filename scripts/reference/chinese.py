"""Words the pack pages share: sources with 待核实, yes and no, days a definition changes, links between definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from scripts.reference.markdown import code

from jixiao.catalogue import Catalogue
from jixiao.catalogue.definition import Named, Source

N = TypeVar("N", bound=Named)


def sources(found: Iterable[Source]) -> str:
    """The documents a rule rests on; one that nobody has confirmed is marked."""
    return "；".join(
        " ".join(filter(None, [one.title, one.clause]))
        + (f"（自{one.from_on}）" if one.from_on else "")
        + ("" if one.verified else "（待核实）")
        for one in found
    )


def yes(found: bool) -> str:
    return "是" if found else ""


def versions(definition: Named, catalogue: Catalogue) -> str:
    """The days from which the definition reads differently; empty where it never changed."""
    days = [
        version.from_on
        for version in catalogue.versions
        if type(version.definition) is type(definition) and version.definition.full_id == definition.full_id
    ]
    if len(days) < 2:
        return ""
    return "这里写的是最后一版；各版起算日：" + "、".join(str(day or "最初") for day in days)


def other(reference: str | None, table: Mapping[str, N], home: str, sort: str) -> str:
    """A link to a definition by its title, also where it stands on another pack's page."""
    if not reference or reference not in table:
        return code(reference)
    found = table[reference]
    page = "" if found.pack == home else f"{found.pack}.md"
    return f"[{found.title}]({page}#{sort}-{found.id})"
