"""The slots in a clause's text: which figures, filed values and plain words `{…}` stands for.

Splits and joins; what a slot prints is the report's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

WORDS = ("org", "year", "date")
FORMS = ("printed", "list", "exact")

_SLOT = re.compile(r"\{([^{}]*)\}")
_REFERENCE = re.compile(r"([a-z][a-z0-9_]{0,47}/)?[a-z][a-z0-9_]{0,47}")


@dataclass(frozen=True, slots=True)
class Slot:
    """`{…}` taken apart. `sort` is figure, filed, word or period; a figure slot may bind several
    indicators.
    """

    sort: str
    references: tuple[str, ...]
    form: str = "printed"

    @property
    def text(self) -> str:
        if self.sort == "figure":
            return "{" + "=".join(self.references) + ("" if self.form == "printed" else f":{self.form}") + "}"
        prefix = {"filed": "filed.", "period": "period."}.get(self.sort, "")
        return "{" + prefix + self.references[0] + "}"


def parts(text: str) -> list[str | Slot]:
    """The text cut into plain strings and slots; raises ValueError, in Chinese, at a slot that cannot be
    read.
    """
    found: list[str | Slot] = []
    end = 0
    for match in _SLOT.finditer(text):
        if match.start() > end:
            found.append(_plain(text[end : match.start()]))
        found.append(slot(match.group(1)))
        end = match.end()
    if end < len(text):
        found.append(_plain(text[end:]))
    return found


def slots(text: str) -> list[Slot]:
    return [part for part in parts(text) if isinstance(part, Slot)]


def rewritten(text: str, change: Callable[[str, str], str]) -> str:
    """The text with every reference replaced by `change(sort, reference)`; sort is figure or filed."""
    told = []
    for part in parts(text):
        if isinstance(part, Slot) and part.sort in {"figure", "filed"}:
            part = replace(part, references=tuple(change(part.sort, name) for name in part.references))
        told.append(part.text if isinstance(part, Slot) else part)
    return "".join(told)


def slot(inside: str) -> Slot:
    """Read what stands between the braces."""
    name, colon, form = inside.strip().partition(":")
    if name in WORDS:
        return Slot("word", (name,))
    if name.startswith("period."):
        return Slot("period", (name.removeprefix("period."),))
    if name.startswith("filed."):
        return Slot("filed", (_reference(name.removeprefix("filed."), inside),))
    if colon and form not in FORMS[1:]:
        raise ValueError(f"空位 {{{inside}}} 的写法“{form}”不认得，可用 list（名称列表）、exact（准确数）")
    references = tuple(_reference(one.strip(), inside) for one in name.split("="))
    if form == "list" and len(references) > 1:
        raise ValueError(f"空位 {{{inside}}} 列出名称时只能写一个指标")
    return Slot("figure", references, form or "printed")


def _reference(name: str, inside: str) -> str:
    if not _REFERENCE.fullmatch(name):
        raise ValueError(
            f"空位 {{{inside}}} 读不懂，应写 {{指标编号}}、{{filed.填报项}}、{{period.口径}} 或 {{org}} 等"
        )
    return name


def _plain(text: str) -> str:
    if "{" in text or "}" in text:
        raise ValueError("花括号没有成对")
    return text
