"""How a case moves through its states: one pure stepper over the steps of its kind.

A standing is the state with the way that led to it. Going back to a state already on the way cuts the way
there; dates on a way never decrease. Who may take a step and whether its condition holds is told by
`options`; `take` only moves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from jixiao.catalogue import owing
from jixiao.catalogue.conditions import RecordView, holds
from jixiao.catalogue.days import said
from jixiao.catalogue.kinds import Kind, StepSpec
from jixiao.catalogue.remembered import remembered
from jixiao.errors import BadInput, StepNotLegal

Way = tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands. A kind without states has no state and an empty path."""

    state: str | None
    path: Way = ()


@dataclass(frozen=True, slots=True)
class Acting:
    """Who is about to act and what the case's history says, for guards that speak of persons and papers.

    `takers` tells who last took each step; `papers` how many stand behind the record; `since` by step what came to the state that
    its `anew` asks for since then, where the step to follow was taken.
    """

    by: str
    takers: Mapping[str, str] = field(default_factory=dict)
    papers: int = 0
    since: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """A step as it may be offered now; `reasons` says in Chinese what stands against it."""

    step: str
    spec: StepSpec
    legal: bool
    reasons: tuple[str, ...] = ()


def begin(kind: Kind, on: date) -> Standing:
    """The standing of a case that begins on this day."""
    return Standing(None) if kind.initial is None else Standing(kind.initial, ((kind.initial, on),))


def take(kind: Kind, standing: Standing, step: str, on: date) -> Standing:
    """Take a step. Raises StepNotLegal where the state or the day does not allow it; asks neither roles
    nor guards.
    """
    spec = kind.steps.get(step)
    if spec is None:
        raise StepNotLegal(f"{kind.title}没有名为“{step}”的步骤")
    if standing.state not in spec.from_:
        raise StepNotLegal(f"现在不能“{spec.title}”", (_where(kind, standing, spec),))
    if standing.path and on < standing.path[-1][1]:
        state, entered = standing.path[-1]
        reason = f"{said(on)}早于进入“{kind.states[state].title}”的{said(entered)}"
        raise StepNotLegal(f"“{spec.title}”的日期不对", (reason,))
    if spec.to is None:
        return standing
    visited = [state for state, _ in standing.path]
    if spec.to in visited:
        return Standing(spec.to, standing.path[: visited.index(spec.to) + 1])
    return Standing(spec.to, (*standing.path, (spec.to, on)))


def options(
    kind: Kind,
    standing: Standing,
    view: RecordView,
    roles: Collection[str],
    role_titles: Mapping[str, str] = MappingProxyType({}),
    acting: Acting | None = None,
) -> list[Option]:
    """Every step of the kind in file order. `roles` are the full ids of the roles a person holds; titles
    are for words. Without `acting` nobody is compared with anybody and no papers are asked for.
    """
    found = []
    for name, spec in kind.steps.items():
        reasons = (
            *_against(kind, standing, spec, view, roles, role_titles),
            *(_beyond_the_record(kind, name, spec, view, acting) if acting else ()),
        )
        found.append(Option(name, spec, not reasons, reasons))
    return found


def _against(
    kind: Kind,
    standing: Standing,
    spec: StepSpec,
    view: RecordView,
    roles: Collection[str],
    role_titles: Mapping[str, str],
) -> Iterator[str]:
    if standing.state not in spec.from_:
        yield _where(kind, standing, spec)
    if not set(spec.roles) & set(roles):
        yield f"须由{'、'.join(role_titles.get(role, role) for role in spec.roles)}办理"
    if not holds(spec.guard, view):
        yield spec.because or "办理条件还不具备"

    for name in spec.settles:
        if missing := owing.owed(kind, name, view):  # type: ignore[arg-type]
            yield f"{kind.owes[name].title}应给到每一位，还缺{len(missing)}份"


def is_anew(name: str, spec: StepSpec, view: RecordView, acting: Acting) -> bool:
    """Whether what the step asks for anew has come, or is not asked for yet."""
    if spec.anew is None or name not in acting.since:
        return True
    above = view.parent() if spec.anew.beside else view
    there = above.relatives(spec.anew.child) if above is not None else ()
    reached = f"{spec.anew.reached}_on"
    return any(one.value("id") in acting.since[name] and one.value(reached) is not None for one in there)


def _beyond_the_record(
    kind: Kind, name: str, spec: StepSpec, view: RecordView, acting: Acting
) -> Iterator[str]:
    """What stands against a step in who takes it, in the papers behind the case and in what came before."""
    if spec.anew is not None and not is_anew(name, spec, view, acting):
        yield spec.anew.because
    if spec.with_evidence and not acting.papers:
        yield "请先附上佐证材料"
    signed = spec.or_signed is not None and view.value(spec.or_signed) is not None
    same = [kind.steps[one].title for one in spec.not_by if acting.takers.get(one) == acting.by]
    if same and not signed:
        words = f"“{'”“'.join(same)}”是您办的，“{spec.title}”应由另一人办理"
        signs = (
            f"；只有一人的，请附上签字的纸质单，并填写“{kind.fields[spec.or_signed].title}”"
            if spec.or_signed
            else ""
        )
        yield words + signs


def counted(spec: StepSpec, data: Mapping[str, object]) -> dict[str, int]:
    """The field that counts how often this step was taken, one higher; empty where none does."""
    if spec.counts is None:
        return {}
    before = data.get(spec.counts)
    return {spec.counts: (before if isinstance(before, int) else 0) + 1}


def kept(spec: StepSpec, standing: Standing, data: Mapping[str, object], on: date) -> dict[str, str]:
    """The day of the step for the field that takes it, and the first days of states that it takes the case back from, for
    the fields that keep them and have none yet.
    """
    entered = dict(standing.path)
    found = {
        field: entered[state].isoformat()
        for field, state in spec.keeps.items()
        if state in entered and not data.get(field)
    }
    return found | ({spec.dated: on.isoformat()} if spec.dated else {})


def _where(kind: Kind, standing: Standing, spec: StepSpec) -> str:
    begins = "、".join(f"“{kind.states[state].title}”" for state in spec.from_)
    now = kind.states[standing.state].title if standing.state else "没有环节"
    return f"当前环节是“{now}”，此步骤从{begins}开始"


def from_dates(kind: Kind, dates: Mapping[str, date]) -> Standing:
    """The standing of a back-filled case, from the days on which it entered its states.

    States in between may be missing where their days are not known. Days alike are put in the order
    given, else in any order the steps allow. Raises BadInput, in Chinese, for an unknown state, a missing
    beginning or an order that no steps allow.
    """
    unknown = [state for state in dates if state not in kind.states]
    if unknown:
        known = "、".join(kind.states) or "（无）"
        raise BadInput(f"{kind.title}没有环节“{'、'.join(unknown)}”；可用：{known}")
    if kind.initial is None:
        return Standing(None)
    if kind.initial not in dates:
        raise BadInput(f"没有填进入“{kind.states[kind.initial].title}”的日期：{kind.title}从这一环节开始")
    given = sorted(dates.items(), key=lambda pair: pair[1])
    for follows in (_direct, _through):
        way = _ordered(given, kind.initial, follows(kind))
        if way is not None:
            return Standing(way[-1][0], way)
    raise BadInput(_out_of_order(kind, given))


def _ordered(given: list[tuple[str, date]], initial: str, follows: Mapping[str, set[str]]) -> Way | None:
    """The first order of the given states, by date, in which each follows the one before; None where
    there is none.
    """

    def walk(way: Way, left: list[tuple[str, date]]) -> Way | None:
        if not left:
            return way
        for place, (state, on) in enumerate(left):
            if on > left[0][1]:
                break
            fits = state in follows[way[-1][0]] if way else state == initial
            if fits and (found := walk((*way, (state, on)), left[:place] + left[place + 1 :])):
                return found
        return None

    return walk((), given)


@remembered
def _direct(kind: Kind) -> dict[str, set[str]]:
    after: dict[str, set[str]] = {state: set() for state in kind.states}
    for step in kind.steps.values():
        for state in step.from_:
            if step.to is not None:
                after.setdefault(state, set()).add(step.to)
    return after


@remembered
def _through(kind: Kind) -> dict[str, set[str]]:
    """Which states can follow a state over any number of steps, other than by coming back to it."""
    direct = _direct(kind)
    return {state: _beyond(direct, state) for state in direct}


def _beyond(direct: Mapping[str, set[str]], state: str) -> set[str]:
    found: set[str] = set()
    waiting = [state]
    while waiting:
        for one in direct[waiting.pop()] - found - {state}:
            found.add(one)
            waiting.append(one)
    return found


def _out_of_order(kind: Kind, given: list[tuple[str, date]]) -> str:
    through = _through(kind)
    told = "、".join(f"{kind.states[state].title}（{said(on)}）" for state, on in given)
    if given[0][0] != kind.initial and given[0][1] < dict(given)[kind.initial or ""]:
        first = kind.states[kind.initial or ""].title
        return f"“{kind.states[given[0][0]].title}”的日期早于“{first}”：{told}；请核对日期"
    for (before, _), (after, _) in pairwise(given):
        if after not in through[before]:
            titles = kind.states[before].title, kind.states[after].title
            return f"“{titles[0]}”之后不能到“{titles[1]}”：{told}；请核对日期"
    return f"各环节的日期排不成可以走通的顺序：{told}；请核对日期"
