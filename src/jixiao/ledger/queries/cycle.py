"""A year as a state machine: every record of its parts with state, who must act, dues and forms; what may be begun.

Monitoring is watched by the alarm rules of the org's own packs, if they have any; scores are worked out from the forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from jixiao.catalogue import Catalogue
from jixiao.catalogue.alarms import AlarmRule
from jixiao.catalogue.cycles import Cycle, CyclePart, Watch
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.evaluation import monitoring
from jixiao.evaluation.grading import grade_of
from jixiao.forms.fill import TOTAL, Filled
from jixiao.forms.progress import progress
from jixiao.ledger import deadlines, filling, permissions
from jixiao.ledger.actions.opening import bound_packs, open_org
from jixiao.ledger.models import Org, Record
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.forms import forms_of
from jixiao.ledger.queries.losses import lost_of
from jixiao.ledger.queries.records import StepView, steps
from jixiao.ledger.queries.tasks import OVER
from jixiao.ledger.rules import catalogue as rules
from jixiao.values import decimal_text, round_half_up

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Light:
    """What an alarm rule says of one monitoring record. `left_out` rows are told in words and do not count."""

    rule: str
    signal: monitoring.Signal
    left_out: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One record on the desk. `waits_for` are the roles that may take the next step; `score` is worked out from its form,
    `filed_score` what stands in the record since the step that kept it.
    """

    record: Record
    state: str
    is_over: bool
    waits_for: tuple[str, ...]
    steps: tuple[StepView, ...]
    dues: tuple[deadlines.Due, ...]
    forms: tuple[tuple[str, str], ...]
    score: str = ""
    grade: str = ""
    checked: str = ""
    lights: tuple[Light, ...] = ()


@dataclass(frozen=True, slots=True)
class Beginning:
    """A record that may be begun: its title and what its boxes are filled with."""

    title: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PartView:
    """`earlier` are records of earlier years that are not over yet."""

    part: CyclePart
    kind: Kind
    standings: tuple[Standing, ...]
    earlier: tuple[Standing, ...]
    beginnings: tuple[Beginning, ...]


@dataclass(frozen=True, slots=True)
class CycleView:
    """`alarms` are the rules in force for the org; without any there is no light."""

    org: Org
    year: int
    cycle: Cycle
    parts: tuple[PartView, ...]
    alarms: tuple[AlarmRule, ...]


def cycle(user: Actor, org: Org | str, year: int) -> list[CycleView]:
    """The years of the org's packs, as the person may see them. Raises NotFound for a stranger's org."""
    place = open_org(org, user)
    catalogue = rules()
    bound = bound_packs(place.pk, catalogue)
    alarms = tuple(one for one in catalogue.alarms.values() if one.pack in bound)
    return [
        CycleView(place, year, one, tuple(_parts(user, place, year, one, alarms, catalogue)), alarms)
        for one in catalogue.cycles.values()
        if one.pack in bound
    ]


def records_of(org: Org, part: CyclePart, year: int) -> list[Record]:
    """The living records of a part that are of the year, oldest first."""
    rows = Record.objects.filter(org=org, kind=part.kind, voided=False).select_related("org")
    return [row for row in rows.order_by("created_at", "id") if year_of(row, part) == year]


def year_of(row: Record, part: CyclePart) -> int | None:
    """The year a record belongs to: a number, or the year of a day."""
    found = row.data.get(part.year)
    if isinstance(found, int):
        return found
    return int(str(found)[:4]) if found and str(found)[:4].isdecimal() else None


def score_of(row: Record, kind: Kind, part: CyclePart) -> tuple[str, str]:
    """(score, grade) worked out from the record's form today; empty while a cell is."""
    spec = kind.fields.get(part.score or "")
    if spec is None or spec.adds is None:
        return "", ""
    total = filling.added(row, spec.adds)
    if total is None:
        return "", ""
    score = decimal_text(round_half_up(total, spec.places))
    return score, grade_title(kind, part, score)


def grade_title(kind: Kind, part: CyclePart, score: str) -> str:
    """What the score is called by the bands of the part's grade."""
    spec = kind.fields.get(part.grade or "")
    if spec is None or spec.graded is None:
        return ""
    code = grade_of(Decimal(score), [(band.at_least, band.code) for band in spec.graded.bands])
    return rules().code_table(spec.codes or "").codes[code].title if code else ""


def _parts(
    user: Actor, org: Org, year: int, cycle: Cycle, alarms: tuple[AlarmRule, ...], catalogue: Catalogue
) -> Iterable[PartView]:
    readable = {
        kind.full_id
        for kind in permissions.among(
            user, "read", (catalogue.kind(one.kind) for one in cycle.parts), org=org.pk
        )
    }
    for part in cycle.parts:
        if part.kind not in readable:
            continue
        kind = catalogue.kind(part.kind)
        rows = Record.objects.filter(org=org, kind=part.kind, voided=False).select_related("org")
        mine: list[Record] = []
        earlier: list[Record] = []
        for row in rows.order_by("created_at", "id"):
            of = year_of(row, part)
            if of == year:
                mine.append(row)
            elif part.carried and of is not None and of < year and not is_over(row, kind):
                earlier.append(row)
        yield PartView(
            part,
            kind,
            tuple(_standing(user, row, kind, part, alarms) for row in mine[:MOST_SHOWN]),
            tuple(_standing(user, row, kind, part, alarms) for row in earlier[:MOST_SHOWN]),
            (
                *_beginnings(user, org, year, kind, part, mine),
                *_measures(user, org, year, kind, part, cycle, mine),
            ),
        )


def is_over(row: Record, kind: Kind) -> bool:
    """A thing that was not done is over for the register, not for the desk: it is carried on."""
    state = kind.states.get(row.state or "")
    return state is not None and state.type in OVER and state.type.value != "not_done"


def _standing(
    user: Actor, row: Record, kind: Kind, part: CyclePart, alarms: tuple[AlarmRule, ...]
) -> Standing:
    state = kind.states.get(row.state or "")
    score, grade = score_of(row, kind, part)
    checked = row.data.get(part.checked) if part.checked else None
    return Standing(
        record=row,
        state=state.title if state else "",
        is_over=is_over(row, kind) or state is None,
        waits_for=_waits_for(row, kind),
        steps=tuple(one for one in steps(user, row) if one.legal),
        dues=tuple(due for due in deadlines.stored(kind, row.dues, row.state) if not due.is_met),
        forms=tuple(forms_of(row)),
        score=score,
        grade=grade_title(kind, part, str(checked)) if checked else grade,
        checked=decimal_text(Decimal(str(checked))) if checked else "",
        lights=tuple(_lights(row, part.watch, alarms)) if part.watch else (),
    )


def _waits_for(row: Record, kind: Kind) -> tuple[str, ...]:
    """The titles of the roles that may take the case on from here; none where it is over."""
    if is_over(row, kind):
        return ()
    catalogue = rules()
    steps_on = [spec for spec in kind.steps.values() if spec.to is not None and row.state in spec.from_]
    return tuple(dict.fromkeys(catalogue.role(role).title for spec in steps_on for role in spec.roles))


def _lights(row: Record, watch: Watch, alarms: tuple[AlarmRule, ...]) -> Iterable[Light]:
    if not alarms:
        return
    filled = filling.filled_form(row, watch.form)
    spent = filled.cell(watch.spending)
    far = progress(filled, watch.list, watch.target, watch.actual)
    possible = not any(
        line.cells[watch.likelihood].words.strip() == watch.impossible
        for line in filled.grid(watch.list).lines
        if line.key != TOTAL
    )
    on = watched_on(watch, row.data, filled)
    for rule in alarms:
        signal = monitoring.watch(rule, on, far.done, spent.value if spent.is_number else None, possible)
        yield Light(rule.title, signal, far.in_words)


def watched_on(watch: Watch, data: Mapping[str, Any], filled: Filled) -> date:
    """The last day of the span that the form tells of; the end of the year where the span has no month."""
    month = watch.months.get(str(data.get(watch.span) or ""), 12)
    following = date(filled.year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _beginnings(
    user: Actor, org: Org, year: int, kind: Kind, part: CyclePart, mine: list[Record]
) -> Iterable[Beginning]:
    if not permissions.can(user, "create", org=org.pk, kind=kind.full_id):
        return
    label = kind.fields[kind.label]
    known: dict[str, str] = {}
    if kind.fields[part.year].type is FieldType.INTEGER:
        known[part.year] = str(year)
    if not part.based_on:
        title = f"{year}年度{part.title}"
        yield Beginning(
            f"登记{kind.title}", known | ({kind.label: title} if label.required and part.score else {})
        )
        return
    taken = {str(row.data.get(part.based_on)) for row in mine} if part.score else set()
    for base in _bases(org, year, kind, part):
        if base.pk not in taken:
            values = {part.based_on: base.pk, kind.label: f"{base.label}（{part.title}）"}
            yield Beginning(base.label, known | values)


def _measures(
    user: Actor, org: Org, year: int, kind: Kind, part: CyclePart, cycle: Cycle, mine: list[Record]
) -> Iterable[Beginning]:
    """One for each lost point or explained deviation of the year that nobody has taken up yet."""
    fields = part.measures
    if fields is None or not permissions.can(user, "create", org=org.pk, kind=kind.full_id):
        return
    taken = {row.data.get(fields.indicator) for row in mine}
    for one in cycle.parts:
        if one.losses is None:
            continue
        for row in records_of(org, one, year):
            for loss in lost_of(row, one.losses):
                if loss.id not in taken:
                    taken.add(loss.id)
                    told = f"{loss.name}：目标{loss.target}，完成{loss.actual or '未填报'}"
                    issue = f"{told}，失{loss.lost}分" if loss.lost else told
                    known = {part.year: str(year), fields.issue: issue, fields.indicator: loss.id}
                    yield Beginning(f"写措施：{loss.name}", known)


def _bases(org: Org, year: int, kind: Kind, part: CyclePart) -> Iterable[Record]:
    """The records that one of this part may stand on."""
    target = kind.fields[part.based_on or ""].to
    for base in Record.objects.filter(org=org, kind=target, voided=False).order_by("created_at", "id"):
        of_year = base.data.get(part.year) in (None, year)
        fits = all(base.data.get(name) == wanted for name, wanted in part.where.items())
        if of_year and fits and (not part.ready or base.state in part.ready):
            yield base
