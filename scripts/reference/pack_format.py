"""docs/reference/pack-format.md: every file type of a pack with its fields, from the definition classes."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator
from enum import Enum
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from scripts.reference.class_comments import field_comments, summary
from scripts.reference.markdown import code, table
from scripts.reference.markdown import page as whole
from scripts.reference.type_words import anchor, hints, models_in, said

from jixiao.catalogue import outlines
from jixiao.catalogue.catalogue import FOLDERS, TITLES
from jixiao.catalogue.conditions import Always
from jixiao.catalogue.registers import PackInfo

PLACED = frozenset({"pack", "id"})  # told by where the file lies
INTRODUCTION = """\
A pack is a folder. `pack.yaml` says who it is; every other definition is one YAML file in the folder of its
type. The file's name without `.yaml` is its id: lower-case letters, digits and `_`, beginning with a letter, at
most 48. References inside a pack are short (`proposal`); towards a pack listed in `requires` they may be short while
unambiguous, else `pack/id`. A word the program does not know is an error, not ignored, and all errors are
told at once: file, line, field, what was found, what would be right.

Beside its own fields every definition file may say:

| Field | Means |
| --- | --- |
| `id` | may be repeated; then it must equal the file's name |
| `replaces` | `pack/id` of a definition in a required pack that this file takes the place of, whole, from the day in `from` on |
| `versions` | a list of `{from: date, …}`; each entry overlays the top-level fields it names from that day on |

Data types: *date* is `2020-12-31`; *id* and *reference* as above; *text* may be any; a list of one may not be shortened to its
element unless the type says so. Fields marked ● must be given."""


def page() -> str:
    """pack.yaml, then the folders in the order they are read, then the pieces they are made of."""
    parts = [f"## pack.yaml\n\n{summary(PackInfo)}", _fields(PackInfo, frozenset())]
    for folder, model in FOLDERS.items():
        words = summary(model).removeprefix(f"{TITLES[folder]}: ")
        parts += [f"## `{folder}/<id>.yaml`\n\n{' · '.join(filter(None, [TITLES[folder], words]))}"]
        parts += [_fields(model, PLACED)]
    parts.append(f"## Slots in the text of a clause\n\n```text\n{_slots()}\n```")
    parts.append("# Pieces")
    for piece in _pieces():
        parts += [
            f'<a id="{anchor(piece)}"></a>\n## {piece.__name__}\n\n{summary(piece)}'.rstrip(),
            _fields(piece, frozenset()),
        ]
    return whole("# Pack format", INTRODUCTION, *parts)


def _slots() -> str:
    """What the definitions of outlines say of slots."""
    return textwrap.dedent(inspect.cleandoc(outlines.__doc__ or "").partition(":\n")[2])


def _pieces() -> list[type[BaseModel]]:
    """Every nested definition, in the order in which the files first speak of it."""
    found: dict[type[BaseModel], None] = {}
    waiting: list[type[BaseModel]] = [*FOLDERS.values()]
    while waiting:
        model = waiting.pop(0)
        for annotation in hints(model).values():
            for below in models_in(annotation):
                if below not in found:
                    found[below] = None
                    waiting.append(below)
    return list(found)


def _fields(model: type[BaseModel], left_out: frozenset[str]) -> str:
    return table(["Field", "", "Type", "Default", "Remark"], _rows(model, left_out))


def _rows(model: type[BaseModel], left_out: frozenset[str]) -> Iterator[list[str]]:
    comments, types = field_comments(model), hints(model)
    for name, field in model.model_fields.items():
        if name in left_out:
            continue
        remark = field.description or comments.get(name, "")
        is_required = "●" if field.is_required() else ""
        yield [code(field.alias or name), is_required, said(types[name]), _default(field), remark]


def _default(field: FieldInfo) -> str:
    found: Any = field.default
    if field.is_required() or found is None or found in ("", (), {}) or isinstance(found, Always | BaseModel):
        return ""
    if isinstance(found, Enum):
        return code(found.value)
    if isinstance(found, bool):
        return code(str(found).lower())
    if isinstance(found, tuple):
        return ", ".join(code(getattr(one, "name", one)) for one in found)
    return code(found)
