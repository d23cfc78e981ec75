"""Has the office already handed in what may be handed in only once: a goal, a self-evaluation of the same year and scope?

Asked when a step is taken, of a past that was entered, imported or corrected beyond that step, and of a record that comes
back from the void; never of a draft. The answer names the other record and the way out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jixiao.catalogue import Catalogue, fields
from jixiao.catalogue.kinds import FieldType, Kind, OnceSpec, StepSpec
from jixiao.errors import BadInput
from jixiao.ledger.models import Org, Record


def told(
    row: Record, kind: Kind, spec: StepSpec, data: Mapping[str, Any], catalogue: Catalogue
) -> Iterator[str]:
    """One line for each record that stands in the way. Locks the org, so that of two at once one is refused."""
    asked = [once for once in spec.once if _is_meant(once, data)]
    if not asked:
        return
    Org.objects.select_for_update().get(pk=row.org_id)
    others = Record.objects.filter(org=row.org_id, kind=row.kind, voided=False).exclude(pk=row.pk)
    handed_in = [one for one in others.order_by("created_at", "id") if _has_taken(one, kind, spec)]
    for once in asked:
        for other in handed_in:
            if all(other.data.get(name) == data.get(name) for name in (*once.same, *once.where)):
                yield _line(once, kind, data, other, catalogue)
                break


def refuse(rows: Iterable[tuple[Record, str]], catalogue: Catalogue) -> None:
    """Raises BadInput, after the place of the record, where one of these stands beyond a step that another took already."""
    for row, place in rows:
        kind = catalogue.kind(row.kind)
        for spec in kind.steps.values():
            if spec.once and _has_taken(row, kind, spec):
                for line in told(row, kind, spec, row.data, catalogue):
                    raise BadInput(f"{place}{line}")


def _is_meant(once: OnceSpec, data: Mapping[str, Any]) -> bool:
    return all(data.get(name) == wanted for name, wanted in once.where.items()) and all(
        data.get(name) is not None for name in once.same
    )


def _has_taken(other: Record, kind: Kind, spec: StepSpec) -> bool:
    """Whether it went through the step, or was taken over from elsewhere in a state that only the step leads to."""
    passed = any(state == spec.to for state, _ in other.path)
    return passed or other.state not in _before(kind, spec)


def _before(kind: Kind, spec: StepSpec) -> set[str | None]:
    """The states a case can stand in without ever having taken the step."""
    found: set[str | None] = {kind.initial}
    waiting: list[str | None] = [kind.initial]
    while waiting:
        here = waiting.pop()
        for step in kind.steps.values():
            if here in step.from_ and step.to not in (None, spec.to, *found):
                found.add(step.to)
                waiting.append(step.to)
    return found


def _line(once: OnceSpec, kind: Kind, data: Mapping[str, Any], other: Record, catalogue: Catalogue) -> str:
    told = [
        f"{kind.fields[name].title}“{_value(kind, name, data[name], catalogue)}”"
        for name in (*once.same, *once.where)
    ]
    state = kind.states[other.state].title if other.state else ""
    number = f"{other.number} " if other.number else ""
    return f"{'、'.join(told)}的{kind.title}已经报过：{number}“{other.label}”（{state}），不能再报一份；{once.mend}"


def _value(kind: Kind, name: str, stored: Any, catalogue: Catalogue) -> str:
    spec = kind.fields[name]
    if spec.type is FieldType.REF:
        found = Record.objects.filter(pk=stored).only("label").first()
        return found.label if found else str(stored)
    return fields.show(spec, stored, catalogue)
