"""Are the slots, states and child kinds of a print there?"""

from __future__ import annotations

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.columns import unknown
from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.pieces import Complaints
from jixiao.catalogue.prints import PLAIN, Print, Sheet


def check_print(found: Print, catalogue: Catalogue) -> Complaints:
    """Every complaint about one print."""
    kind = catalogue.kinds.get(found.kind)
    if kind is None:
        return
    parent = catalogue.kinds.get(kind.parent or "")
    for slot in found.slots():
        head, _, rest = slot.replace(":", ".").partition(".")
        known = (
            {
                "day": kind.states,
                "due": kind.deadlines,
                "parent": {**(parent.fields if parent else {}), "number": None},
            }.get(head)
            if rest
            else {**kind.fields, **dict.fromkeys(PLAIN)}
        )
        if known is None or (rest or head) not in known:
            yield unknown(("lines",), "空位", slot, [*(known or ()), *PLAIN])
    for state in found.when:
        if state not in kind.states:
            yield unknown(("when",), "环节", state, kind.states)
    for place, line in enumerate(found.lines):
        if line.sheet is not None:
            yield from _check_sheet(line.sheet, kind, catalogue, place)
        child = catalogue.kinds.get(line.of or "")
        if line.of and (child is None or child.parent != kind.full_id):
            yield ("lines", place, "of"), f"“{line.of}”不是{kind.title}的下属记录", "写它的下属事项类型"
        for column in line.columns:
            if child is not None and column not in child.fields:
                yield unknown(("lines", place, "columns"), "字段", column, child.fields)


def _check_sheet(sheet: Sheet, kind: Kind, catalogue: Catalogue, place: int) -> Complaints:
    at = ("lines", place, "sheet")
    forms = {name: spec.form for name, spec in kind.fields.items() if spec.form}
    form = catalogue.forms.get(forms.get(sheet.field) or "")
    if form is None:
        yield unknown((*at, "field"), "报表字段", sheet.field, forms)
        return
    block = next((one for one in form.blocks if one.id == sheet.block), None)
    if block is None:
        yield unknown((*at, "block"), "表块", sheet.block, [one.id for one in form.blocks])
        return
    for column in sheet.columns:
        for cell in (column.cell, *(column.less or ())):
            if cell is not None and cell not in block.columns:
                yield unknown((*at, "columns"), "列", cell, block.columns)
