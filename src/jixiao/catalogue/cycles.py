"""The year as a state machine, as data: which kinds make it up, in their order, and what is told of each.

Answers which records belong to a year, on what each stands, where its score is read and how monitoring is watched.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from jixiao.catalogue.definition import Definition, Id, Named, Reference, Words


class Watch(Definition):
    """Where a monitoring form tells how far money and goals have come. `months` gives the last month of each code of
    `span`; `impossible` is the answer in `likelihood` that lets the goal's own light shine.
    """

    form: Id
    spending: Words
    list: Id
    target: Id
    actual: Id
    likelihood: Id
    impossible: Words
    span: Id
    months: Mapping[str, int] = {}


class ScoredCell(Definition):
    """A leaf that a form scores outside its list: where actual value, points and score stand; `reason` is a field."""

    id: Id
    title: Words
    target: Words
    actual: Words
    points: Words
    score: Words
    reason: Id | None = None


class Losses(Definition):
    """The rows of a scored form, and which columns tell name, target, actual value, points, score and reason."""

    form: Id
    cells: tuple[ScoredCell, ...] = ()
    list: Id
    name: Id
    target: Id
    actual: Id
    points: Id
    score: Id
    reason: Id


class Measures(Definition):
    """The fields of a kind that say what was found, at which indicator (by its id), what is done about it, by whom, and
    the deadline it has.
    """

    issue: Id
    indicator: Id
    measure: Id
    owner: Id
    due: Id


class Survey(Definition):
    """The fields of a kind that tell a satisfaction survey: by what method, and how many forms were sent, came back, were
    valid, and satisfied.
    """

    method: Id
    sent: Id
    back: Id
    valid: Id
    satisfied: Id


class CyclePart(Definition):
    """Records of `kind` whose field `year` holds the year (a number, or a day in it).

    `based_on` is the field that points to the record it stands on; of those only the ones meeting `where` are offered
    to begin from, once they reached one of `ready`. `carried`: what is not over yet stands on later years' desks too.
    """

    id: Id
    title: Words
    kind: Reference
    year: Id = "year"
    based_on: Id | None = None
    where: Mapping[Id, str] = {}
    ready: tuple[Id, ...] = ()
    carried: bool = False
    score: Id | None = None
    grade: Id | None = None
    checked: Id | None = None
    watch: Watch | None = None
    losses: Losses | None = None
    measures: Measures | None = None
    survey: Survey | None = None


class Cycle(Named):
    """年度流程 · The parts of a year in their order."""

    parts: tuple[CyclePart, ...] = Field(min_length=1)

    def part(self, id: str) -> CyclePart | None:
        return next((one for one in self.parts if one.id == id), None)
