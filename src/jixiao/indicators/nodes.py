"""What a figure asks of the projection, as frozen nodes: which records, which numbers, out of which tables.

A plan knows nothing of engines and nothing of packs: definitions have been resolved into tables and columns,
periods into dates. Equal plans are equal values, so compiled SQL can be kept per plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jixiao.catalogue.columns import ColumnType
from jixiao.catalogue.conditions import Condition


@dataclass(frozen=True, slots=True)
class ColumnRef:
    """A column as conditions read it."""

    name: str
    type: ColumnType
    is_plan: bool = False  # a due day: read as it stands, even when it lies after as_of


@dataclass(frozen=True, slots=True)
class Table:
    """The projection of one kind. `date` is the column that says from when a row exists."""

    kind: str
    name: str
    columns: tuple[ColumnRef, ...]
    date: str | None = None
    parent: str | None = None
    links: tuple[tuple[str, str], ...] = ()  # role → kind of the target

    def column(self, name: str) -> ColumnRef | None:
        return next((column for column in self.columns if column.name == name), None)

    def link(self, role: str) -> str | None:
        return next((target for name, target in self.links if name == role), None)


@dataclass(frozen=True, slots=True)
class Ever:
    """Every existing row."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A flow: the day lies in [from_on, to_on], and not after as_of."""

    column: str
    from_on: date
    to_on: date


@dataclass(frozen=True, slots=True)
class Until:
    """Cumulative: the day is not after as_of."""

    column: str


@dataclass(frozen=True, slots=True)
class Alive:
    """A stock: begun by as_of, not ended by it."""

    from_column: str
    to_column: str


@dataclass(frozen=True, slots=True)
class Latest:
    """The rows of an org's last day in [from_on, to_on], up to as_of."""

    column: str
    from_on: date
    to_on: date


Time = Ever | Dated | Until | Alive | Latest


@dataclass(frozen=True, slots=True)
class Selection:
    """The records of one kind that lie in a time and meet a condition."""

    kind: str
    time: Time
    condition: Condition


@dataclass(frozen=True, slots=True)
class Count:
    """Records that are in any of the selections, all of one kind; each counts once."""

    selections: tuple[Selection, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """The column added up over a selection; an absent value adds 0."""

    selection: Selection
    column: str


@dataclass(frozen=True, slots=True)
class Distinct:
    """Different values of a column, or different targets of a link role."""

    selection: Selection
    key: str
    is_link: bool


Additive = Count | Sum
Measure = Count | Sum | Distinct


def kind_of(measure: Measure) -> str:
    match measure:
        case Count(selections):
            return selections[0].kind
        case Sum(selection) | Distinct(selection):
            return selection.kind


@dataclass(frozen=True, slots=True)
class Scan:
    """One query: additive measures of one kind share it, a distinct measure has one to itself.

    `tables` holds the scanned table first, then every table its conditions reach. `orgs` None means all.
    """

    tables: tuple[Table, ...]
    as_of: date
    orgs: tuple[str, ...] | None
    by_org: bool
    measures: tuple[tuple[str, Measure], ...]  # the name of the answer's column → measure


@dataclass(frozen=True, slots=True)
class Behind:
    """One query for the records of a selection: id, root_id and, where asked, the key of each."""

    tables: tuple[Table, ...]
    as_of: date
    org: str
    selection: Selection
    key: str | None = None
    key_is_link: bool = False


@dataclass(frozen=True, slots=True)
class Filings:
    """One query for filed values stated by as_of."""

    items: tuple[str, ...]
    as_of: date
    orgs: tuple[str, ...] | None


Query = Scan | Behind | Filings
