"""Guards ask the same conditions in Python that indicators compile to SQL: both mean the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hypothesis import given
from tests.spec import strategies
from tests.spec.asking import sessions
from tests.spec.oracle import Oracle
from tests.spec.test_properties import slower
from tests.spec.world import Row, TestEngine, World, catalogue, indicator, year

from jixiao.catalogue.conditions import RecordView, Scalar, holds, parse
from jixiao.indicators import run


@dataclass
class View:
    """A row as a guard sees it, on a day."""

    oracle: Oracle
    kind: str
    row: Row

    def value(self, column: str) -> Scalar | None:
        return self.oracle.value(self.kind, self.row, column)  # type: ignore[return-value]

    def relatives(self, relative: str) -> Iterable[RecordView]:
        if "/" not in relative:
            to = self.oracle.catalogue.kind(self.kind).links[relative].to
            return [View(self.oracle, to, row) for row in self.oracle.targets(self.kind, self.row, relative)]
        rows = self.oracle.all_rows(relative)
        return [View(self.oracle, relative, row) for row in rows if row.get("parent_id") == self.row["id"]]

    def parent(self) -> RecordView | None:
        above = self.oracle.catalogue.kind(self.kind).parent
        rows = self.oracle.all_rows(above) if above else []
        found = [row for row in rows if row["id"] == self.row.get("parent_id")]
        return View(self.oracle, above, found[0]) if above and found else None


@slower
@given(strategies.worlds(), strategies.conditions(), strategies.as_ofs)
def test_a_guard_and_a_count_agree(sqlite: TestEngine, found: World, words: object, as_of: date) -> None:
    counted = indicator({"rows": {"kind": "test/matter"}, "count": words})
    rules = catalogue(counted)
    sqlite.fill(found)
    (figure,) = run.figures(rules, [run.Request("test/asked", "o", year(2020), as_of)], sqlite, sessions)
    oracle = Oracle(rules, found, "o", as_of)
    views = [View(oracle, "test/matter", row) for row in oracle.own_rows("test/matter")]
    assert (figure.top or 0) == sum(holds(parse(words), view) for view in views)
