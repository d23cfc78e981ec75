"""A duty names checks that are there; nothing else can be wrong with one that could be read."""

from __future__ import annotations

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.columns import unknown
from jixiao.catalogue.duties import Duty
from jixiao.catalogue.pieces import Complaints


def check_duty(duty: Duty, catalogue: Catalogue) -> Complaints:
    """Every complaint about one duty."""
    if not duty.relations and not duty.checks:
        yield ("relations",), "没有写勾稽关系或核对", "至少写 relations 或 checks 之一"
    for place, reference in enumerate(duty.checks):
        kind, _, name = reference.partition(".")
        found = catalogue.kinds.get(kind)
        if found is not None and name not in found.checks:
            yield unknown(("checks", place), f"{found.title}的核对", name, found.checks)
