"""The meaning of indicators, written a second time in plain loops over dicts: slow, obvious, independent.

It reads the definitions but shares no code with `jixiao.indicators`; where the two differ, one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.spec.world import Row, World

from jixiao.catalogue import conditions as c
from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.indicators import Indicator
from jixiao.values import Period


@dataclass(frozen=True)
class Answer:
    status: str
    top: int | None
    bottom: int | None
    exact: Fraction | None
    qualifier: str | None  # what the sources say; print rules are not the oracle's business
    records: int


@dataclass(frozen=True)
class Side:
    value: int | None  # None: not reported
    scale: int
    qualifier: str
    behind: frozenset[str]
    filed: int = 0


class Oracle:
    def __init__(self, catalogue: Catalogue, world: World, org: str, as_of: date) -> None:
        self.catalogue, self.world, self.org, self.as_of = catalogue, world, org, as_of

    # --- which rows are there

    def exists(self, kind_id: str, row: Row) -> bool:
        column = self.catalogue.kind(kind_id).date
        return column is None or (row.get(column) is not None and row[column] <= self.as_of)

    def all_rows(self, kind_id: str) -> list[Row]:
        return [row for row in self.world.rows.get(kind_id, []) if self.exists(kind_id, row)]

    def own_rows(self, kind_id: str) -> list[Row]:
        return [row for row in self.all_rows(kind_id) if row["org"] == self.org]

    def targets(self, kind_id: str, row: Row, role: str) -> list[Row]:
        to = self.catalogue.kind(kind_id).links[role].to
        found = []
        for link in self.world.links:
            made = link.get("linked_on") is None or link["linked_on"] <= self.as_of
            if link["role"] == f"{kind_id}.{role}" and link["source_id"] == row["id"] and made:
                found += [other for other in self.all_rows(to) if other["id"] == link["target_id"]]
        return found

    # --- conditions

    def value(self, kind_id: str, row: Row, column: str) -> object:
        value = row.get(column)
        is_plan = column in {f"{name}_due_on" for name in self.catalogue.kind(kind_id).deadlines}
        if isinstance(value, date) and value > self.as_of and not is_plan:
            return None
        return value

    def meets(self, kind_id: str, row: Row, condition: object) -> bool:
        if isinstance(condition, c.Always):
            return True
        if isinstance(condition, c.AllOf):
            return all(self.meets(kind_id, row, part) for part in condition.parts)
        if isinstance(condition, c.AnyOf):
            return any(self.meets(kind_id, row, part) for part in condition.parts)
        if isinstance(condition, c.Not):
            return not self.meets(kind_id, row, condition.part)
        if isinstance(condition, c.Reached):
            return self.value(kind_id, row, f"{condition.state}_on") is not None
        if isinstance(condition, c.Has | c.Each):
            child = "/" in condition.relative
            others = (
                condition.relative if child else self.catalogue.kind(kind_id).links[condition.relative].to
            )
            rows = (
                [other for other in self.all_rows(others) if other.get("parent_id") == row["id"]]
                if child
                else self.targets(kind_id, row, condition.relative)
            )
            judged = [self.meets(others, other, condition.condition) for other in rows]
            return any(judged) if isinstance(condition, c.Has) else all(judged)
        if isinstance(condition, c.Parent):
            above = self.catalogue.kind(kind_id).parent
            assert above
            return any(
                other["id"] == row.get("parent_id") and self.meets(above, other, condition.condition)
                for other in self.all_rows(above)
            )
        return self.compares(kind_id, row, condition)

    def compares(self, kind_id: str, row: Row, condition: object) -> bool:
        if isinstance(condition, c.NotAfter):
            first = self.value(kind_id, row, condition.column)
            second = self.value(kind_id, row, condition.other)
            return first is not None and second is not None and first <= second  # type: ignore[operator]
        assert isinstance(condition, c.OneOf | c.Present | c.Between)
        value = self.value(kind_id, row, condition.column)
        if value is None:
            return False
        if isinstance(condition, c.Present):
            return True
        if isinstance(condition, c.OneOf):
            return value in condition.values
        low, high = condition.low, condition.high
        return (low is None or low <= value) and (high is None or value <= high)  # type: ignore[operator]

    # --- populations

    def population(self, indicator: Indicator, period: Period) -> list[Row]:
        """The rows the time word admits, before `where`."""
        rows = indicator.rows
        assert rows
        there = self.own_rows(rows.kind)

        def inside(row: Row, column: str) -> bool:
            day = row.get(column)
            return day is not None and period.from_on <= day <= min(period.to_on, self.as_of)

        if rows.dated:
            return [row for row in there if inside(row, rows.dated)]
        if rows.until:
            return [row for row in there if row.get(rows.until) and row[rows.until] <= self.as_of]
        if rows.alive:
            begun, ended = rows.alive.from_, rows.alive.to
            return [
                row
                for row in there
                if row.get(begun)
                and row[begun] <= self.as_of
                and not (row.get(ended) and row[ended] <= self.as_of)
            ]
        if rows.latest:
            days = [row[rows.latest] for row in there if inside(row, rows.latest)]
            return [row for row in there if days and row.get(rows.latest) == max(days)]
        return there

    def reported(self, indicator: Indicator, period: Period) -> bool:
        rows = indicator.rows
        assert rows
        root = self.catalogue.kind(rows.kind)
        while root.parent:
            root = self.catalogue.kind(root.parent)
        for value in self.world.filed:
            if value["org"] == self.org and value["item"] == root.full_id and value["value"] == 0:
                starts = value.get("from_on") is None or value["from_on"] <= period.from_on
                ends = value.get("to_on") is None or value["to_on"] >= period.to_on
                if starts and ends and value["stated_on"] <= self.as_of:
                    return True
        if not rows.dated:
            return bool(self.own_rows(root.full_id))
        if self.population(indicator, period):
            return True
        last = min(period.to_on, self.as_of)
        return root.date is not None and any(
            period.from_on <= row[root.date] <= last for row in self.own_rows(root.full_id)
        )

    # --- numbers

    def records(self, indicator: Indicator, period: Period, *extra: object) -> list[Row]:
        assert indicator.rows
        asked = [indicator.where, *extra]
        return [
            row
            for row in self.population(indicator, period)
            if all(self.meets(indicator.rows.kind, row, one) for one in asked if one is not None)
        ]

    def numerator(self, indicator: Indicator, period: Period) -> Side:
        if indicator.filed:
            return self.filed(indicator.filed, period)
        assert indicator.rows
        kind = self.catalogue.kind(indicator.rows.kind)
        reported = self.reported(indicator, period)
        scale, qualifier = 1, "exact"
        if indicator.count is not None:
            rows = self.records(indicator, period, indicator.over, indicator.count)
            value = len(rows)
        elif indicator.sum:
            rows = self.records(indicator, period)
            value = sum(row.get(indicator.sum) or 0 for row in rows)
            said = {row.get(f"{indicator.sum}_qualifier") for row in rows}
            qualifier = next(
                (one for one in ("over", "at_least", "at_most", "approx") if one in said), "exact"
            )
            if qualifier == "over" and len(rows) > 1:
                qualifier = "at_least"  # 300余 and 20: no less than 320, and nobody knows how much more
            spec = kind.fields[indicator.sum]
            scale = 100 if spec.type == "money" else 10**spec.places
        else:
            key = str(indicator.distinct)
            keyed = [
                (row, one) for row in self.records(indicator, period) for one in self.keys(kind, row, key)
            ]
            rows = [row for row, _ in keyed]
            value = len({one for _, one in keyed})
        behind = frozenset(f"{kind.full_id} {row['id']}" for row in rows)
        return Side(value if reported else None, scale, qualifier, behind)

    def keys(self, kind: object, row: Row, key: str) -> list[object]:
        kind_id = kind.full_id  # type: ignore[attr-defined]
        if key in kind.links and key not in kind.fields:  # type: ignore[attr-defined]
            return [target["id"] for target in self.targets(kind_id, row, key)]
        value = self.value(kind_id, row, key)
        return [] if value is None else [value]

    def filed(self, signed: tuple[str, ...], period: Period) -> Side:
        items = [
            (-1 if name.startswith("-") else 1, self.catalogue.filed_item(name.lstrip("-")))
            for name in signed
        ]
        finest = max(2 if item.nature else item.places for _, item in items)
        found, total, said = 0, 0, set()
        for sign, item in items:
            values = [
                value
                for value in self.world.filed
                if value["org"] == self.org
                and value["item"] == item.full_id
                and value["stated_on"] <= self.as_of
                and (
                    item.at == "day"
                    or (
                        (value.get("from_on") is None or value["from_on"] <= period.to_on)
                        and (value.get("to_on") is None or value["to_on"] >= period.from_on)
                    )
                )
            ]
            if values:
                last = sorted(values, key=lambda value: (value["stated_on"], value["id"]))[-1]
                found += 1
                total += sign * last["value"] * 10 ** (finest - (2 if item.nature else item.places))
                said.add(last["qualifier"])
        qualifier = next((one for one in ("over", "at_least", "at_most", "approx") if one in said), "exact")
        return Side(total if found == len(items) else None, 10**finest, qualifier, frozenset(), found)

    def figure(
        self, indicator: Indicator, period: Period, periods: Callable[[str, str, int], Period | None]
    ) -> Answer:
        top = self.numerator(indicator, period)
        bottom = self.denominator(indicator, period, periods)
        sides = [top] if bottom is None else [top, bottom]
        records = len(frozenset().union(*(side.behind for side in sides))) + sum(side.filed for side in sides)
        if any(side.value is None for side in sides):
            return Answer("not_reported", None, None, None, None, records)
        assert top.value is not None
        if bottom is None:
            exact = Fraction(top.value, top.scale) if top.qualifier == "exact" else None
            return Answer("reported", top.value, None, exact, top.qualifier, records)
        assert bottom.value is not None
        common = max(top.scale, bottom.scale)
        above, below = top.value * (common // top.scale), bottom.value * (common // bottom.scale)
        if below == 0 or "exact" not in (top.qualifier,) or bottom.qualifier != "exact":
            return Answer("none", above, below, None, None, records)
        return Answer("reported", above, below, Fraction(above, below), "exact", records)

    def denominator(
        self, indicator: Indicator, period: Period, periods: Callable[[str, str, int], Period | None]
    ) -> Side | None:
        if indicator.over is not None:
            plain = indicator.model_copy(update={"count": indicator.over, "over": None})
            return self.numerator(plain, period)
        if indicator.per is None:
            return None
        if indicator.per.filed:
            return self.filed(indicator.per.filed, period)
        other = self.catalogue.indicator(indicator.per.indicator or "")
        own = period if other.basis == period.basis else periods(self.org, other.basis, period.year)
        assert own
        return self.numerator(other, own)
