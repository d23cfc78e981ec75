"""Where each number of last year's report comes from this year: records of a kind, a filed value, or nobody knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from jixiao.catalogue import Catalogue
from jixiao.catalogue.indicators import Indicator
from jixiao.catalogue.indicators import Role as Told
from jixiao.ledger.outline_words import outline_words
from jixiao.reading import Reading
from jixiao.reading.fitting import Known
from jixiao.reading.matching import matches
from jixiao.reading.phrases import Phrase
from jixiao.relations import Operand
from jixiao.values import RATIO, Statement

FILED = "filed."  # before the id of a filed item, as slots write it


class Sort(StrEnum):
    RECORDS = "records"
    FILED = "filed"
    OPEN = "open"


TITLES = {Sort.RECORDS: "由台账算出", Sort.FILED: "由单位填报", Sort.OPEN: "待分类"}


@dataclass(frozen=True, slots=True)
class Home:
    """What gives a number: an indicator or a filed item. `kind` is the register it is counted over, `items` are filed."""

    id: str
    title: str
    unit: str
    kind: str = ""
    items: tuple[str, ...] = ()

    @property
    def unit_shown(self) -> str:
        return "%" if self.unit == RATIO else self.unit

    @property
    def sort(self) -> Sort:
        return Sort.RECORDS if self.kind else Sort.FILED


@dataclass(frozen=True, slots=True)
class Row:
    """A number of last year's report. `homes` are several where one number told several figures."""

    phrase: Phrase
    homes: tuple[Home, ...]
    candidates: tuple[Home, ...]
    reason: str

    @property
    def statement(self) -> Statement:
        return self.phrase.statement

    @property
    def sort(self) -> Sort:
        return self.homes[0].sort if self.homes else Sort.OPEN


def sort_out(
    reading: Reading,
    catalogue: Catalogue,
    packs: Collection[str] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> list[Row]:
    """A row for every number, in the order of the text. `packs` are those of the office (None: all)."""
    chosen = set(catalogue.packs) if packs is None else set(packs)
    homes = {home.id: (home, phrases, is_plan) for home, phrases, is_plan in _homes(catalogue, chosen)}
    known = [
        Known(
            home.id, home.title, home.unit, phrases, Operand(home.id, home.title, None, ""), is_plan=is_plan
        )
        for home, phrases, is_plan in homes.values()
    ]
    return [
        Row(
            match.phrase,
            tuple(homes[one.known.id][0] for one in match.chosen),
            tuple(homes[one.known.id][0] for one in match.candidates),
            match.reason,
        )
        for match in matches(reading, known, remembered, outline_words(catalogue, chosen))
    ]


def _homes(catalogue: Catalogue, packs: Collection[str]) -> Iterator[tuple[Home, tuple[str, ...], bool]]:
    """Every indicator, and every filed item that no indicator merely repeats."""
    repeated: set[str] = set()
    for one in catalogue.indicators.values():
        if one.pack in packs:
            home = home_of(one)
            repeated.update(home.items if len(home.items) == 1 else ())
            yield home, (one.title, *one.aliases), one.role is Told.PLAN
    for item in catalogue.filed.values():
        if item.pack in packs and item.full_id not in repeated:
            home = Home(FILED + item.full_id, item.title, item.unit, items=(item.full_id,))
            yield home, (item.title,), False


def home_of(indicator: Indicator) -> Home:
    """What an indicator is counted over."""
    kind = indicator.rows.kind if indicator.rows else ""
    items = tuple(name.lstrip("-") for name in indicator.filed)
    return Home(indicator.full_id, indicator.title, indicator.unit, kind, items)
