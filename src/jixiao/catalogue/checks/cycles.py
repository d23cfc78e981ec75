"""Do the parts of a cycle name fields and states that their kinds have?"""

from __future__ import annotations

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.columns import unknown
from jixiao.catalogue.cycles import Cycle, CyclePart
from jixiao.catalogue.pieces import Complaints


def check_cycle(cycle: Cycle, catalogue: Catalogue) -> Complaints:
    """Every complaint about one cycle."""
    seen: set[str] = set()
    for place, part in enumerate(cycle.parts):
        if part.id in seen:
            yield ("parts", place, "id"), f"编号“{part.id}”重复", "每部分一个编号"
        seen.add(part.id)
        kind = catalogue.kinds.get(part.kind)
        if kind is None:
            continue
        for word, field in _fields(part):
            if field not in kind.fields:
                yield unknown(("parts", place, word), f"{kind.title}的字段", field, kind.fields)
        if part.measures and part.measures.due not in kind.deadlines:
            yield unknown(
                ("parts", place, "measures"), f"{kind.title}的期限", part.measures.due, kind.deadlines
            )
        pointer = kind.fields.get(part.based_on or "")
        base = catalogue.kinds.get(pointer.to or "") if pointer else None
        for state in part.ready:
            if base is not None and state not in base.states:
                yield unknown(("parts", place, "ready"), f"{base.title}的状态", state, base.states)


def _fields(part: CyclePart) -> list[tuple[str, str]]:
    named: list[tuple[str, str | None]] = [
        ("year", part.year), ("based_on", part.based_on), ("score", part.score), ("grade", part.grade),
        ("checked", part.checked),
    ]  # fmt: skip
    if part.watch:
        named += [("watch", part.watch.form), ("watch", part.watch.span)]
    if part.losses:
        named += [("losses", one) for one in (part.losses.form, *(cell.reason for cell in part.losses.cells))]
    if part.survey:
        named += [("survey", name) for name in part.survey.model_dump().values()]
    if part.measures:
        named += [
            ("measures", one)
            for one in (
                part.measures.issue,
                part.measures.indicator,
                part.measures.measure,
                part.measures.owner,
            )
        ]
    return [(word, field) for word, field in named if field]
