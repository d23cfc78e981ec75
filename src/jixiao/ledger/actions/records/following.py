"""Steps of a case that are taken with a step of a record below it, and taken back with it."""

from __future__ import annotations

from datetime import date

from jixiao.catalogue import lifecycle
from jixiao.catalogue.conditions import Condition, holds
from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.together import FollowSpec
from jixiao.errors import BadInput, StepNotLegal
from jixiao.ledger import fold, journal, permissions, standing
from jixiao.ledger.actions.records.last_act import last_act
from jixiao.ledger.acts import Act
from jixiao.ledger.models import Event, Record
from jixiao.ledger.rules import catalogue as rules


def refuse_alone(row: Record, kind: Kind, step: str) -> None:
    """Raises StepNotLegal for a step that is only taken with one below."""
    spec = kind.steps[step]
    if spec.follows is not None and not is_behind(row, spec.follows):
        below = rules().kind(spec.follows.child)
        there = below.steps[spec.follows.step].title
        raise StepNotLegal(
            f"“{spec.title}”不单独办理",
            (f"请在“{below.title}”里办理“{there}”，{kind.title}随之“{spec.title}”",),
        )


def is_behind(row: Record, follows: FollowSpec) -> bool:
    """Whether the case stands behind those below it (an imported past): they have taken the step and nobody is left to."""
    below = rules().kind(follows.child)
    step = below.steps[follows.step]
    there = Record.objects.filter(parent=row, kind=follows.child, voided=False)
    states = {one.state for one in there if _holds(follows.when, one)}
    return step.to in states and not states & set(step.from_)


def carry(below: Record, step: str, on: date, *, by: permissions.Actor) -> None:
    """Move the case above along with a step just taken below it, as far as it stands where that is possible."""
    if below.parent_id is None:
        return
    catalogue = rules()
    above = Record.objects.select_for_update().get(pk=below.parent_id)
    kind = catalogue.kind(above.kind)
    for name, spec in kind.steps.items():
        follows = spec.follows
        if follows is None or (follows.child, follows.step) != (below.kind, step):
            continue
        fits = above.state in spec.from_ and _holds(follows.when, below)
        if not fits or not holds(spec.guard, standing.RecordView(above, catalogue)):
            continue
        last = date.fromisoformat(above.path[-1][1]) if above.path else on
        day = max(on, last)  # a unit's own day may lie before that on which the office entered the case's
        note = f"随{catalogue.kind(below.kind).title}“{below.label}”一起办"
        act = Act(above, "step", _changes(kind, name, above, day), day, step=name, note=note)
        journal.write([act], by=by, catalogue=catalogue)
        return


def undone_with(event: Event, reason: str, on: date) -> list[Act]:
    """What takes back the step above that was taken with this one. Raises BadInput where the case has moved on since."""
    follower = Event.objects.filter(chain=event.chain, sequence=event.sequence + 1, act="step").first()
    above = Record.objects.filter(pk=follower.record).first() if follower else None
    if follower is None or above is None or event.act != "step" or not _follows(follower, event, above):
        return []
    if Event.objects.filter(undoes=follower.id).exists():
        return []
    kind = rules().kind(above.kind)
    if (last := last_act(above)) is None or last.id != follower.id:
        done = kind.steps[follower.step].title
        raise BadInput(f"{kind.title}随之“{done}”以后又办了别的；请先在{kind.title}上撤销后来的办理")
    return [Act(above, "undo", fold.reverse(follower.changes), on, note=reason, undoes=follower.id)]


def _follows(follower: Event, event: Event, above: Record) -> bool:
    below = Record.objects.get(pk=event.record)
    spec = rules().kind(above.kind).steps.get(follower.step)
    if spec is None or spec.follows is None or below.parent_id != above.pk:
        return False
    return (spec.follows.child, spec.follows.step) == (below.kind, event.step)


def _changes(kind: Kind, step: str, row: Record, on: date) -> dict[str, list[object]]:
    spec, before = kind.steps[step], standing.standing_of(row)
    data = row.data | lifecycle.counted(spec, row.data) | lifecycle.kept(spec, before, row.data, on)
    after = lifecycle.take(kind, before, step, on)
    return fold.difference(row.data, data) | fold.difference(
        {fold.STATE: row.state, fold.PATH: row.path},
        {fold.STATE: after.state, fold.PATH: standing.stored_path(after)},
    )


def _holds(condition: object, row: Record) -> bool:
    view = standing.RecordView(row, rules())
    return isinstance(condition, Condition) and holds(condition, view)
