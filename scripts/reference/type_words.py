"""The type of a definition's field in words a pack author knows, from the annotation alone."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from jixiao.catalogue.clauses import Wanted
from jixiao.catalogue.conditions import ConditionField
from jixiao.catalogue.definition import Id, Reference, Words
from jixiao.catalogue.exact import Exact, Share
from jixiao.catalogue.indicators import FiledItems
from jixiao.catalogue.methods import Method

NAMED: list[tuple[Any, str]] = [
    (Id, "id"),
    (Reference, "reference"),
    (Words, "non-empty text"),
    (ConditionField, "[condition](vocabulary.md#conditions)"),
    (FiledItems, "list of references to filed items, `-` before those subtracted"),
    (Exact, "exact number (`8`, `0.8`, `95%`, `5pp`)"),
    (Share, "exact number or quotient (`1/2`)"),
    (Method, "[scoring method](vocabulary.md#scoring-methods), a bare name or a mapping with `name`"),
    (Wanted, "text, whole number, true/false, or a list of them (one of)"),
]
PLAIN = {
    str: "text",
    int: "whole number",
    bool: "`true` / `false`",
    date: "date",
    Decimal: "number",
    object: "any value",
}


def said(annotation: Any) -> str:
    """The annotation in words; a nested definition is a link to its table on the page."""
    for alias, words in NAMED:
        if annotation == alias:
            return words
    if isinstance(annotation, type):
        return _of_class(annotation)
    inner = get_args(annotation)
    match get_origin(annotation):
        case origin if origin is Annotated:
            return said(inner[0])
        case origin if origin is Literal:
            return ", ".join(f"`{one}`" if one else "nothing" for one in inner)
        case origin if origin in (Union, types.UnionType):
            return " or ".join(dict.fromkeys(said(one) for one in inner if one is not type(None)))
        case origin if origin is tuple:
            return f"list of: {said(inner[0])}" if inner[-1] is ... else f"[{'; '.join(map(said, inner))}]"
        case origin if origin in (dict, Mapping):
            return f"mapping of {said(inner[0])} to {said(inner[1])}"
    return "any value"


def _of_class(one: type) -> str:
    if issubclass(one, BaseModel):
        return f"[{one.__name__}](#{anchor(one)})"
    if issubclass(one, StrEnum):
        return ", ".join(f"`{word.value}`" for word in one)
    return PLAIN.get(one, one.__name__)


def anchor(model: type) -> str:
    """Where the model's table stands; two models of one name lie in different modules."""
    return f"{model.__module__.rpartition('.')[2]}-{model.__name__}".lower()


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """The definitions an annotation speaks of, but those whose notation has a page of its own."""
    if any(annotation == alias for alias, _ in NAMED):
        return []
    if isinstance(annotation, type):
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [found for inner in get_args(annotation) for found in models_in(inner)]


def hints(model: type[BaseModel]) -> dict[str, Any]:
    return typing.get_type_hints(model, include_extras=True)
