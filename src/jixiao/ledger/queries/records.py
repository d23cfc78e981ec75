"""One record and all that hangs on it. Whoever may not read it is told that it is not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from jixiao.catalogue import guard, lifecycle, mending
from jixiao.catalogue.conditions import (
    AllOf,
    Always,
    AnyOf,
    Between,
    Condition,
    Not,
    NotAfter,
    OneOf,
    Present,
)
from jixiao.catalogue.kinds import FieldType, Kind, StepSpec
from jixiao.catalogue.mending import Mend
from jixiao.errors import NotFound
from jixiao.ledger import evidence_store, handed, own, permissions, standing, succession
from jixiao.ledger.actions.opening import MISSING
from jixiao.ledger.actions.records import following
from jixiao.ledger.actions.records.last_act import last_act
from jixiao.ledger.actions.records.void import is_out
from jixiao.ledger.models import Event, EvidenceUse, LateEntry, Link, Period, Record
from jixiao.ledger.one_reading import once
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.brought_here import brought_here
from jixiao.ledger.queries.late import late_words
from jixiao.ledger.queries.taken_over import taken_over_from
from jixiao.ledger.rules import catalogue as rules


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as a button: `legal` to press it; `reasons` why not."""

    step: str
    spec: StepSpec
    legal: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link seen from one end. `title` says what the other record is to this one."""

    id: str
    title: str
    other: Record
    linked_on: date | None
    outgoing: bool
    role: str


def record(user: Actor, id: Record | str) -> Record:
    """Raises NotFound for what is not there and for what the user may not read."""
    pk = id.pk if isinstance(id, Record) else str(id)
    row = _readable(user, pk)
    if row is None:
        raise NotFound(MISSING)
    return row


@once
def _readable(user: Actor, pk: str) -> Record | None:
    row = Record.objects.select_related("org", "parent", "root").filter(pk=pk).first()
    return row if row is not None and handed.can(user, "read", row) else None


def children(user: Actor, record: Record | str, *, voided: bool = False) -> list[tuple[Kind, list[Record]]]:
    """The child kinds of a record with its children, in catalogue order; kinds without children are there
    too.
    """
    row = _own(user, record)
    found = Record.objects.filter(parent=row, voided=voided).order_by("created_at", "id")
    below = rules().children_of(row.kind)
    if handed.sees_part(user, row):
        kinds = [kind for kind in below if handed.reads_kind(user, kind, row)]
        found = found.filter(handed.readable(user))
    else:
        kinds = permissions.among(user, "read", below, org=row.org_id)
    there = list(found)
    return [(kind, [one for one in there if one.kind == kind.full_id]) for kind in kinds]


def links(user: Actor, record: Record | str) -> list[LinkView]:
    """The links of a record from both ends; voided records, and those one may not read, left out."""
    row = _own(user, record)
    kind = rules().kind(row.kind)
    views = []
    for link in Link.objects.filter(source=row, target__voided=False).select_related("target"):
        role = link.role.rpartition(".")[2]
        title = kind.links[role].title if role in kind.links else role
        views.append(LinkView(link.id, title, link.target, link.linked_on, True, link.role))
    for link in Link.objects.filter(target=row, source__voided=False).select_related("source"):
        views.append(LinkView(link.id, _back(link), link.source, link.linked_on, False, link.role))
    return [view for view in views if handed.can(user, "read", view.other)]


def evidence(user: Actor, record: Record | str) -> QuerySet[EvidenceUse]:
    """The papers behind a record, with their files."""
    return EvidenceUse.objects.filter(record=_own(user, record)).select_related("evidence")


def evidence_file(user: Actor, content: str) -> tuple[EvidenceUse, bytes]:
    """A file as it is named behind a record the person may read, and its bytes. Raises NotFound, BadInput."""
    uses = EvidenceUse.objects.filter(evidence_id=content).select_related("record", "evidence")
    for use in uses:
        if handed.can(user, "read", use.record):
            return use, evidence_store.read(content)
    raise NotFound("没有找到这份佐证文件，或者您无权查看")


def steps(user: Actor, record: Record | str) -> list[StepView]:
    """The steps from the state the case is in, in the order of the kind's file; illegal ones with their
    reasons. A condition that speaks of what is filled in with the step is only asked when it is taken.
    """
    row = _own(user, record)
    kind = rules().kind(row.kind)
    if is_out(row):
        return []
    roles = _roles(user, kind, row)
    titles = {role: spec.title for role, spec in rules().roles.items()}
    offered = kind.model_copy(update={"steps": {name: _offered(spec) for name, spec in kind.steps.items()}})
    view = standing.RecordView(row, rules())
    acting = standing.acting(row, kind, user)
    options = lifecycle.options(offered, standing.standing_of(row), view, roles, titles, acting)
    views = []
    for one in options:
        follows = one.spec.follows
        if row.state in one.spec.from_ and (follows is None or following.is_behind(row, follows)):
            why = own.refusal(user, kind, one.spec, row)
            reasons = (*one.reasons, why) if why else one.reasons
            views.append(StepView(one.step, kind.steps[one.step], one.legal and not why, reasons))
    return views


def mends(user: Actor, record: Record | str, step: str) -> tuple[Mend, ...]:
    """Where what stands against a step is put right."""
    row = _own(user, record)
    kind = rules().kind(row.kind)
    view, acting = standing.RecordView(row, rules()), standing.acting(row, kind, user)
    return mending.mends(kind, step, kind.steps[step], view, acting)


def _offered(spec: StepSpec) -> StepSpec:
    """The step as it can be judged before anything is filled in."""
    filled = {*spec.needs, *spec.takes}
    later: dict[str, object] = {"when": Always()} if _speaks_of(spec.guard, filled) else {}
    if spec.or_signed in filled:
        later |= {"not_by": (), "or_signed": None}
    return spec.model_copy(update=later) if later else spec


def _speaks_of(condition: Condition, columns: set[str]) -> bool:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return any(_speaks_of(part, columns) for part in parts)
        case Not(part):
            return _speaks_of(part, columns)
        case NotAfter(column, other):
            return bool({column, other} & columns)
        case OneOf(column=column) | Present(column) | Between(column=column):
            return column in columns
    return False


def may(user: Actor, record: Record | str) -> set[str]:
    """What the user may do with a record besides its steps: edit, void, restore, undo."""
    row = _own(user, record)
    acts = set()
    if permissions.can(user, "void", org=row.org_id):
        acts.add("restore" if row.voided else "void")
    if not is_out(row) and handed.can(user, "edit", row):
        acts.add("edit")
    last = None if is_out(row) and not row.voided else _last_act(row)
    if last and _may_undo(user, row, last):
        acts.add("undo")
    return acts


_last_act = once(last_act)


def notices(user: Actor, record: Record | str) -> list[str]:
    """What a reader should know: voided, dated outside every reporting year and so not counted, or free text
    that looks like a person's number.
    """
    row = _own(user, record)
    kind = rules().kind(row.kind)
    found = []
    if is_out(row):
        found.append("这条记录或其上级记录已经作废，不计入任何指标")
    if reason := brought_here(row):
        found.append(reason)
    day = row.data.get(kind.date) if kind.date else None
    is_part = handed.sees_part(user, row)
    if day and not is_part and _is_counted_by_period(kind):  # periods are for the office to set
        spans = [period.span for period in Period.objects.filter(org_id=row.org_id)]
        if not any(date.fromisoformat(day) in span for span in spans):
            found.append(
                f"{kind.fields[kind.date].title} {day} 不在已设置的任何口径期间内，按期间统计的指标都不计入这条记录"
            )
    late = (
        LateEntry.objects.filter(subject=row.id).select_related("period").order_by("period__label").distinct()
    )
    found += list(dict.fromkeys(f"这条记录有{late_words(one)}" for one in late))
    if row.org.valid_to and (became := succession.what_became(row.org)):
        found.append(f"登记时的单位{row.org.title}已于 {became}；记录留在原单位名下，由后继单位接着办")
    if is_part:
        is_home = row.org_id in permissions.orgs_where(user, "read")
        theirs = f"{row.org.title}的记录，交您所在的单位办理；这里只显示与办理有关的内容"
        found.append("您名下的事项；这里只显示与您有关的内容" if is_home else theirs)
    return found + taken_over_from(row) + _looks_personal(kind, row) + _looks_classified(kind, row)


def _looks_personal(kind: Kind, row: Record) -> list[str]:
    return [
        f"“{spec.title}”：{warning}"
        for name, spec in kind.fields.items()
        if spec.type in (FieldType.TEXT, FieldType.LONG_TEXT)
        for warning in guard.remarks(str(row.data.get(name) or ""))
    ]


def _looks_classified(kind: Kind, row: Record) -> list[str]:
    return [
        f"“{spec.title}”：{message}"
        for name, spec in kind.fields.items()
        if spec.type in (FieldType.TEXT, FieldType.LONG_TEXT)
        if (message := evidence_store.classified(str(row.data.get(name) or "")))
    ]


def _is_counted_by_period(kind: Kind) -> bool:
    """Whether an indicator looks for the kind's day inside a period; what stands in a register it does not."""
    rows = (indicator.rows for indicator in rules().indicators.values())
    return any(one and one.kind == kind.full_id and kind.date in (one.dated, one.latest) for one in rows)


def _own(user: Actor, row: Record | str) -> Record:
    return record(user, row)


def may_attach(user: Actor, record: Record | str) -> bool:
    """Whether the user may put papers behind a record."""
    row = _own(user, record)
    return not is_out(row) and handed.can(user, "attach", row)


def may_add(user: Actor, kind: Kind, record: Record) -> bool:
    """Whether the user may record a child of this kind below the record."""
    return not record.voided and handed.can_add(user, kind, record)


def _roles(user: Actor, kind: Kind, row: Record) -> set[str]:
    if isinstance(user, permissions.System):
        return {role for step in kind.steps.values() for role in step.roles}
    return set(handed.roles_on(user, row))


def _may_undo(user: Actor, row: Record, last: Event) -> bool:
    kind = rules().kind(row.kind)
    if handed.sees_part(user, row) and last.by != user.username:
        return False
    if last.act == "step" and last.step in kind.steps:
        if kind.steps[last.step].follows is not None:
            return False
        return bool(_roles(user, kind, row) & set(kind.steps[last.step].roles))
    if last.act in ("void", "restore"):
        return permissions.can(user, "void", org=row.org_id)
    return handed.can(user, "edit", row)


def _back(link: Link) -> str:
    source, _, role = link.role.rpartition(".")
    kind = rules().kinds.get(source)
    if kind is None or role not in kind.links:
        return link.role
    return kind.links[role].back or kind.title
