"""What a year still lacks: figures nobody reported, deadlines missed, papers not there; each with the way to mend it.

Short lists stand as they are; long ones are parted by theme or register, the worst first, each behind a fold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse

from jixiao.catalogue import Catalogue
from jixiao.ledger.queries import LateRecord, YearView
from jixiao.web.year_lines import address_of

SHOWN = 8
MOST = 50
NO_RECORD = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is lacking. `weight` says how bad it is, against its like; `is_open`: it still gets worse."""

    title: str
    url: str
    tone: str
    tag: str
    part: str
    part_url: str = ""
    weight: int = 0
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The gaps of one theme or register; `more` of them are only told by the register itself."""

    title: str
    gaps: list[Gap]
    note: str = ""
    untold: int = 0  # gaps that were counted and are not in the list

    @property
    def count(self) -> int:
        return len(self.gaps) + self.untold

    @property
    def shown(self) -> list[Gap]:
        return self.gaps[:MOST]

    @property
    def more(self) -> int:
        return max(self.count - MOST, 0)

    @property
    def url(self) -> str:
        return self.gaps[0].part_url


@dataclass(frozen=True)
class Group:
    """All gaps of one sort: `few` where they are few, else in `parts`. `untold`: by part, how many more there are."""

    title: str
    gaps: list[Gap]
    told: Callable[[list[Gap]], str] = field(default=lambda gaps: "")
    untold: Mapping[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.gaps) + sum(self.untold.values())

    @property
    def few(self) -> list[Gap]:
        return self.gaps if self.count <= SHOWN else []

    @cached_property
    def parts(self) -> list[Part]:
        """The part with most open ones first, then the one with the worst, then the longest."""
        by_title: dict[str, list[Gap]] = {}
        for gap in self.gaps:
            by_title.setdefault(gap.part, []).append(gap)
        parts = [
            Part(title, gaps, self.told(gaps), self.untold.get(title, 0)) for title, gaps in by_title.items()
        ]
        return sorted(parts, key=_badness, reverse=True)


def gaps_of(view: YearView, catalogue: Catalogue) -> list[Group]:
    """Groups with their gaps, the worst first; groups without any are left out."""
    groups = [
        Group("未填报", list(_missing(view))),
        Group("逾期", _worst_first(_late(view)), _late_note),
        Group("缺佐证", list(_without_evidence(view, catalogue)), untold=_untold(view, catalogue)),
        Group("待说明失分原因", list(_unexplained(view))),
    ]
    return [group for group in groups if group.gaps]


def _badness(part: Part) -> tuple[int, int, int]:
    return sum(gap.is_open for gap in part.gaps), max(gap.weight for gap in part.gaps), part.count


def _worst_first(gaps: Iterable[Gap]) -> list[Gap]:
    return sorted(gaps, key=lambda gap: (not gap.is_open, -gap.weight))


def _late_note(gaps: list[Gap]) -> str:
    still_open = sum(gap.is_open for gap in gaps)
    told = f"{still_open} 项尚未办结，" if still_open else ""
    return f"{told}最久晚 {max(gap.weight for gap in gaps)} 天"


def _missing(view: YearView) -> Iterable[Gap]:
    missing = {figure.indicator for figure in view.missing}
    for theme in view.themes:
        for figure in theme.figures:
            if figure.indicator in missing:
                url = address_of(view.org.id, view.year, figure.indicator)
                yield Gap(figure.title, url, "none", "未填报", theme.title)


def _late(view: YearView) -> Iterable[Gap]:
    registers: dict[str, str] = {}
    nowhere = _nowhere()
    for late in view.late:
        if late.kind.full_id not in registers:
            registers[late.kind.full_id] = reverse("web:register", args=[late.kind.pack, late.kind.id])
        met_on = late.due.met_on if late.due.met_on and late.due.met_on <= view.as_of else None
        days = ((met_on or view.as_of) - late.due.on).days
        yield Gap(
            title=f"{_name(late)}：{late.due.title}",
            url=nowhere.replace(NO_RECORD, late.record.id),
            tone="bad",
            tag=f"晚 {days} 天" if met_on else f"已晚 {days} 天，尚未办结",
            part=late.kind.title,
            part_url=registers[late.kind.full_id],
            weight=days,
            is_open=met_on is None,
        )


def _name(late: LateRecord) -> str:
    """A child is told by its parent and its kind, which one knows better than its own label."""
    root = late.record.root
    about = root.number or root.label
    return about if root.id == late.record.id else f"{about} {late.kind.title}"


def _without_evidence(view: YearView, catalogue: Catalogue) -> Iterable[Gap]:
    registers: dict[str, str] = {}
    nowhere = _nowhere()
    for row in (row for one in view.without_evidence for row in one.first):
        kind = catalogue.kinds[row.kind]
        if row.kind not in registers:
            registers[row.kind] = reverse("web:register", args=[kind.pack, kind.id])
        yield Gap(
            title=row.label if not row.number else f"{row.number} {row.label}",
            url=nowhere.replace(NO_RECORD, row.id),
            tone="warn",
            tag="缺佐证",
            part=kind.title,
            part_url=registers[row.kind],
        )


def _untold(view: YearView, catalogue: Catalogue) -> dict[str, int]:
    """By register, how many records without a paper are counted and not told."""
    found: Counter[str] = Counter()
    for one in view.without_evidence:
        found[catalogue.kinds[one.kind].title] += one.count - len(one.first)
    return dict(found)


def _nowhere() -> str:
    """The address of no record: addresses differ by the id alone, and there may be very many."""
    return reverse("web:record", args=[NO_RECORD])


def _unexplained(view: YearView) -> Iterable[Gap]:
    where = reverse("web:scores", args=[view.org.id, view.year])
    for assessment in view.scores:
        for score in assessment.unexplained:
            yield Gap(score.title, f"{where}#{score.leaf}", "warn", "待说明", assessment.title)
