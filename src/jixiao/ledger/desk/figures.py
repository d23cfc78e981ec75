"""The numbers a desk asks of a package's forms, by the places its rules name: score, grade, alarms, sums. Judges nothing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from jixiao.catalogue.desks import Desk
from jixiao.forms.cells import Content
from jixiao.forms.check import operand as at_place
from jixiao.forms.fill import Grid, Line
from jixiao.ledger.desk.compare import WHOLE
from jixiao.ledger.desk.recognise import FormFound
from jixiao.relations import Operand
from jixiao.relations.grades import grades_of
from jixiao.values import Interval, decimal_text


class Figures:
    """The forms that count of a package, by full id. A place is `form#block.row.column`; None where it is not there."""

    def __init__(self, by_form: Mapping[str, FormFound], desk: Desk, titles: Mapping[str, str]) -> None:
        self.by_form, self.desk, self.titles = by_form, desk, titles

    def score(self) -> Fraction | None:
        """The self-score; None while a cell of it is no number."""
        contents = [self.content(place) for place in self.desk.score]
        if any(one is None or not one.is_number for one in contents):
            return None
        return sum((one.value for one in contents if one is not None), Fraction(0))

    def grade(self, score: Fraction | None) -> str:
        """The name of the band of the desk's rules; empty without a score."""
        if score is None or not 0 <= score <= WHOLE:
            return ""  # what cannot be a score has no grade
        bands = [(Decimal(decimal_text(Fraction(low))), name) for low, name in self.desk.grades]
        return next(iter(grades_of(Interval.point(score), bands)), "")

    def alarms(self) -> list[dict[str, str]]:
        """Every number outside its bounds, with its place."""
        found = []
        for alarm in self.desk.alarms:
            content, place = self.content(alarm.place), self.operand(alarm.place)
            if content is None or place is None or not content.is_number:
                continue
            low = alarm.below is not None and content.value < Fraction(alarm.below)
            high = alarm.above is not None and content.value > Fraction(alarm.above)
            if low or high:
                found.append({"title": alarm.title, "value": place.text, "where": place.title})
        return found

    def text(self, place: str) -> str | None:
        """A number as an exact text in base units."""
        content = self.content(place)
        return str(content.value) if content is not None and content.is_number else None

    def operand(self, place: str) -> Operand | None:
        """A number with the interval it stands for, named by form, row and column."""
        found = self._cell(place)
        form = self.titles.get(place.partition("#")[0], "")
        if found is None:
            return None
        grid, line, column = found
        return at_place(
            grid, line, column, f"{form}“{line.title.strip()}·{grid.block.columns[column].title}”"
        )

    def content(self, place: str) -> Content | None:
        """What a cell holds."""
        found = self._cell(place)
        return found[1].cells[found[2]] if found else None

    def _cell(self, place: str) -> tuple[Grid, Line, str] | None:
        form, _, address = place.partition("#")
        found = self.by_form.get(form)
        if found is None:
            return None
        block, row, column = address.split(".")
        grid = found.read.filled.grid(block)
        line = grid.line(row)
        return (grid, line, column) if line is not None else None
