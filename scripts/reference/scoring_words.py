"""The scoring methods of schemes, for the page of the vocabulary."""

from __future__ import annotations

from typing import get_args

from pydantic import BaseModel
from scripts.reference.class_comments import first_sentence
from scripts.reference.markdown import code, table

from jixiao.catalogue.methods import Judged, Measured, YesNo


def parts() -> list[str]:
    """The methods: by who decides, with the settings each takes (the required ones marked *)."""
    rows = [
        *(_row(one, "the indicator's value") for one in get_args(Measured)),
        _row(YesNo, "the value, or a person"),
        *(_row(one, "a person") for one in get_args(Judged)),
    ]
    return [
        "## Scoring methods\n\nA leaf of a scheme names one. Settings with * must be given.",
        table(["Method", "Decided by", "Settings", "Gives"], rows),
    ]


def _row(method: type[BaseModel], decides: str) -> list[str]:
    names = method.model_fields["name"].annotation
    settings = (
        code(name) + ("*" if field.is_required() else "")
        for name, field in method.model_fields.items()
        if name != "name"
    )
    return [
        " / ".join(code(one) for one in get_args(names)),
        decides,
        ", ".join(settings),
        first_sentence(method),
    ]
