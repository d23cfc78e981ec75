"""What a page shows of a checked document: the findings in groups, the gravest first, each place with its mark."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.reading.marked.checked import Checked, Finding
from jixiao.reading.marked.layout import EVERYTHING, Layout, Room, lay_out
from jixiao.reading.marked.marks import DISMISSED, Marks, state_of
from jixiao.values import Verdict

LONGEST_SUM = 400


@dataclass(frozen=True, slots=True)
class Kind:
    """A group of findings: its state, its title, the tag it wears, the word on it."""

    state: str
    title: str
    tone: str
    word: str
    is_folded: bool = False


KINDS = (
    Kind(Verdict.BROKEN, "不一致", "bad", "不一致"),
    Kind(Verdict.ROUNDING, "舍入，仅作提示", "warn", "舍入"),
    Kind(Verdict.NOT_APPLICABLE, "未判，请留意", "none", "未判"),
    Kind(DISMISSED, "已有意见，不再计入", "plain", "已有意见"),
    Kind(Verdict.KEPT, "相符", "ok", "相符", is_folded=True),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much goes onto a page; None is everything."""

    findings: int | None = None  # in a group
    places: int | None = None  # of a finding
    room: Room = EVERYTHING


@dataclass(frozen=True, slots=True)
class Spot:
    """A place a finding speaks of: its words, its name, the mark to jump to where that is shown."""

    text: str
    label: str
    mark: int


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as it stands on the page, under its number."""

    number: int
    finding: Finding
    spots: tuple[Spot, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Group:
    kind: Kind
    count: int
    findings: tuple[Told, ...]

    @property
    def missing(self) -> int:
        return self.count - len(self.findings)


@dataclass(frozen=True, slots=True)
class View:
    checked: Checked
    groups: tuple[Group, ...]
    layout: Layout
    legend: tuple[tuple[str, int], ...]  # state and how many marks are in it

    @property
    def broken_spots(self) -> tuple[Told, ...]:
        """The findings that are broken, for the line that is always in view."""
        return next((one.findings for one in self.groups if one.kind.state == Verdict.BROKEN), ())


def view(checked: Checked, limits: Limits | None = None) -> View:
    """Sort the findings, number them, mark the text."""
    limits = limits or Limits()
    sorted_ = [(kind, [one for one in checked.findings if state_of(one) == kind.state]) for kind in KINDS]
    listed = [one for _, members in sorted_ for one in members[: limits.findings]]
    marks = Marks(checked, listed)
    layout = lay_out(checked.reading.document, marks.every, limits.room)
    there = layout.numbers()
    groups = []
    number = 0
    for kind, members in sorted_:
        told = []
        for finding in members[: limits.findings]:
            number += 1
            told.append(_told(checked, number, finding, marks, there, limits.places))
        if members:
            groups.append(Group(kind, len(members), tuple(told)))
    counts: dict[str, int] = {}
    for mark in marks.every:
        counts[mark.state] = counts.get(mark.state, 0) + 1
    return View(checked, tuple(groups), layout, tuple(counts.items()))


def _told(
    checked: Checked, number: int, finding: Finding, marks: Marks, there: frozenset[int], most: int | None
) -> Told:
    spots = []
    for span in finding.outcome.spans[:most]:
        mark = marks.at(span)
        label = checked.reading.document.place(*span).label
        words = short("".join(mark.text.split()), 24)
        spots.append(Spot(words, label, mark.number if mark.number in there else 0))
    return Told(number, finding, tuple(spots), len(finding.outcome.spans) - len(spots))


def short(text: str, most: int = LONGEST_SUM) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
