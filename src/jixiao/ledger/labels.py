"""What a record is called in lists: its kind's label field in words, cut to what a line can hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jixiao.catalogue import Catalogue
from jixiao.catalogue.fields import show
from jixiao.catalogue.kinds import Kind

LONGEST = 200


def label_of(kind: Kind, data: Mapping[str, Any], catalogue: Catalogue) -> str:
    """The label, or the kind's title where the label field is empty."""
    stored = data.get(kind.label)
    text = show(kind.fields[kind.label], stored, catalogue) if stored is not None else ""
    return (text or kind.title)[:LONGEST]
