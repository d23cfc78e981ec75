"""Are the forms, places and fields that a desk names there?"""

from __future__ import annotations

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.columns import unknown
from jixiao.catalogue.desks import Desk
from jixiao.catalogue.forms import Form
from jixiao.catalogue.pieces import Complaints


def check_desk(desk: Desk, catalogue: Catalogue) -> Complaints:
    """Every complaint about one desk."""
    taken = [one.form for one in desk.forms]
    for place in desk.places():
        form, _, address = place.partition("#")
        if form not in taken:
            yield unknown(("forms",), "报表", form, taken)
        elif form in catalogue.forms and not _is_there(catalogue.forms[form], address):
            yield ("told",), f"“{address}”不是{catalogue.forms[form].title}的格", "写成 报表#块.行.列"
    yield from _leaves(desk, catalogue)
    kind = catalogue.kinds.get(desk.review.kind) if desk.review else None
    if desk.review and kind:
        for word in ("title", "year", "department", "day", "self_score", "score", "reason"):
            if (name := getattr(desk.review, word)) not in kind.fields:
                yield unknown(("review", word), "字段", name, kind.fields)


def _leaves(desk: Desk, catalogue: Catalogue) -> Complaints:
    leaves = desk.leaves
    form = catalogue.forms.get(leaves.form)
    block = next((one for one in form.blocks if one.id == leaves.block), None) if form else None
    if block is None or block.list is None:
        yield ("leaves", "block"), f"“{leaves.block}”不是随数据增减行的一块", "写明细表所在块的 id"
        return
    for word in ("title", "points", "score", "reason", "target", "actual"):
        name = getattr(leaves, word)
        if name is not None and name not in block.columns:
            yield unknown(("leaves", word), "列", name, block.columns)


def _is_there(form: Form, address: str) -> bool:
    parts = address.split(".")
    block = next((one for one in form.blocks if one.id == parts[0]), None)
    if len(parts) != 3 or block is None:
        return False
    return (parts[1] == "total" or parts[1] in block.rows) and parts[2] in block.columns
