"""What else is wrong with a new row of which something cannot be read: told at once, not after the next upload."""

from __future__ import annotations

from typing import Any

from jixiao.catalogue import Catalogue
from jixiao.catalogue.kinds import Kind
from jixiao.errors import FieldErrors
from jixiao.ledger import checking
from jixiao.ledger.models import ImportRow, Org


def wrong_besides(kind: Kind, org: Org, row: ImportRow, catalogue: Catalogue) -> dict[str, str]:
    """By field what is missing, unreadable or on an impossible day, beside the problems the row has already."""
    texts = {name: text for name, text in row.meant["values"].items() if name not in row.problems}
    must = [name for name, spec in kind.fields.items() if spec.required and name not in row.problems]
    days = [(state, day) for state, day in row.meant["path"].items() if f"{state}_on" not in row.problems]
    found: dict[str, str] = {}
    data: dict[str, Any] = {}
    try:
        data = checking.clean(kind, texts, catalogue=catalogue)
    except FieldErrors as error:
        found |= error.errors
    for ask in (
        lambda: checking.check_required(kind, {**texts, **data}, must),
        lambda: checking.check_days(kind, org, data, days),
    ):
        try:
            ask()
        except FieldErrors as error:
            found |= error.errors
    return found
