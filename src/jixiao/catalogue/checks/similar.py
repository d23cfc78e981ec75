"""Are the fields, the link and the states there by which like cases are found?"""

from __future__ import annotations

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.columns import unknown
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.catalogue.pieces import Complaints

WRITTEN = (FieldType.TEXT, FieldType.LONG_TEXT)


def check_similar(kind: Kind, catalogue: Catalogue) -> Complaints:
    """Every complaint about how a kind looks for its like."""
    spec = kind.similar
    if spec is None:
        return
    written = [name for name, field in kind.fields.items() if field.type in WRITTEN]
    own = [role for role, link in kind.links.items() if link.to == kind.full_id]
    if spec.link is not None and spec.link not in own:
        yield unknown(("similar", "link"), "指向同类事项的关联", spec.link, own)
    for name in spec.texts:
        if name not in written:
            yield unknown(("similar", "texts"), "文字字段", name, written)
    for name in spec.same:
        if name not in kind.fields:
            yield unknown(("similar", "same"), "字段", name, kind.fields)
    for state in spec.during:
        if state not in kind.states:
            yield unknown(("similar", "during"), "环节", state, kind.states)
    child = catalogue.kinds.get(spec.outcome.child) if spec.outcome else None
    if spec.outcome and child is not None:
        codes = [name for name, field in child.fields.items() if field.type is FieldType.CODE]
        if child.parent != kind.full_id:
            found = f"{child.title}不是{kind.title}的子表"
            yield ("similar", "outcome", "child"), found, "在那个事项类型里写 parent"
        elif spec.outcome.field not in codes:
            yield unknown(("similar", "outcome", "field"), "代码字段", spec.outcome.field, codes)
