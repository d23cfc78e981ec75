"""Are the slots, states and child kinds of a print there?"""

from __future__ import annotations

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.columns import unknown
from jixiao.catalogue.pieces import Complaints
from jixiao.catalogue.prints import PLAIN, Print


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
        child = catalogue.kinds.get(line.of or "")
        if line.of and (child is None or child.parent != kind.full_id):
            yield ("lines", place, "of"), f"“{line.of}”不是{kind.title}的下属记录", "写它的下属事项类型"
        for column in line.columns:
            if child is not None and column not in child.fields:
                yield unknown(("lines", place, "columns"), "字段", column, child.fields)
