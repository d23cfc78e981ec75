"""Hold the reader and its checks against made-up reports: false flags, quantities read, planted errors found.

An error counts as found where something is called broken (or, for a leftover, noted) at a place that belongs
to what was altered. `near` errors, which rounding explains, are counted apart: there an alarm is a fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from benchmarks.generation.dice import Dice
from benchmarks.generation.errors import Planted, families, plant
from benchmarks.generation.files import FORMS, made
from benchmarks.generation.layouts import Typeset, layout_for, typeset
from benchmarks.generation.reports import report
from jixiao.reading import read
from jixiao.reading.checks import Outcome, examine
from jixiao.reading.quantities import find
from jixiao.values import Verdict

CLASSES = (
    *(
        "parts",
        "groups",
        "subset",
        "rate",
        "shares",
        "growth",
        "zero base",
        "points",
        "points as percent",
        "direction",
    ),
    *("repeat", "repeat table", "unit slip", "wrong year", "list", "numbered points", "target", "leftover"),
    *("rows", "columns", "codes", "table rate", "table shares", "table growth"),
    *("weights", "score sum", "score over points", "execution score", "grade"),
)


@dataclass(slots=True)
class Reading:
    """How the quantities of texts were read. `examples` are the first misreadings."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    other_qualifier: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def score(self) -> float:
        """F1 of span, value and unit together."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missing)

    def add(self, text: Typeset) -> None:
        """Read a text and compare with its labels; arguable ones count neither way."""
        found = {(one.start, one.end): one for one in find(text.text)}
        wanted = {(one.start, one.end): one for one in text.labels}
        for span, label in wanted.items():
            one = found.get(span)
            if not label.amount.is_label:
                continue
            quantity = one.quantity if one else None
            if quantity and (quantity.value, quantity.unit) == (label.amount.value, label.amount.base):
                self.right += 1
                self.other_qualifier += quantity.qualifier != label.amount.qualifier
            else:
                self.missing += 1
                self.examples.append(f"{_around(text.text, span)} → {one.quantity if one else None}")
        for span in found:
            if span not in wanted:
                arguable = any(span[0] < end and start < span[1] for start, end in wanted)
                self.wrong += not arguable
                if not arguable:
                    self.examples.append(f"{_around(text.text, span)}, labelled nothing")


@dataclass(slots=True)
class Count:
    """Errors of one class and size: planted, found, and the first ones that were not."""

    planted: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)


def false_flags(seeds: Iterable[int], forms: tuple[str, ...] = ("txt",)) -> Iterator[tuple[int, str, str]]:
    """(seed, form, what was said) of everything called broken in clean reports."""
    for seed in seeds:
        form = forms[seed % len(forms)]
        for one, said in _broken(made(report(seed, tables=form != "txt"), form, seed), form):
            yield seed, form, f"{one.type}：{one.message}｜{said}"


def quantities(seeds: Iterable[int]) -> Reading:
    """How the figures of clean reports are read."""
    reading = Reading()
    for seed in seeds:
        reading.add(typeset(report(seed), layout_for(seed)))
    return reading


def planted(
    seeds: Iterable[int], each: int = 3, forms: tuple[str, ...] = ("txt", *FORMS)
) -> Iterator[tuple[Planted, bool, str]]:
    """Errors planted in copies of reports, so many of each class a report has, and whether they are found."""
    for seed in seeds:
        form = forms[seed % len(forms)]
        clean = report(seed, tables=form != "txt")
        for family in sorted(families(clean)):
            for number in range(each):
                error = plant(clean, Dice(f"error {seed} {family} {number}"), family)
                if error is None:
                    continue
                is_found, said = found(error, form, seed)
                yield error, is_found, said


def sampled(each: int, most: int = 400) -> Iterator[tuple[Planted, str, int]]:
    """(error, form, seed): so many checkable errors of every class, from as few reports as it takes."""
    left = dict.fromkeys(CLASSES, each)
    for seed in range(most):
        form = ("txt", *FORMS)[seed % 4]
        clean = report(seed, tables=form != "txt")
        for family in sorted(families(clean)):
            error = plant(clean, Dice(f"sample {seed} {family}"), family) if left.get(family) else None
            if error is not None and error.is_checkable:
                left[family] -= 1
                yield error, form, seed
        if not any(left.values()):
            return


def tables_of(
    errors: Iterable[tuple[Planted, bool, str]],
) -> tuple[dict[str, Count], dict[str, Count], Count]:
    """Counts by class and by size of what is checkable, and alarms over what rounding explains."""
    by_class: dict[str, Count] = {}
    by_size: dict[str, Count] = {}
    near = Count()
    for error, is_found, said in errors:
        if not error.is_checkable:
            near.planted += 1
            near.found += is_found
            continue
        for counts, name in ((by_class, error.family), (by_size, error.size)):
            count = counts.setdefault(name, Count())
            count.planted += 1
            count.found += is_found
            if not is_found:
                count.missed.append(f"{error.size}：{error.before} → {error.after}｜{said}")
    return by_class, by_size, near


def found(error: Planted, form: str, seed: int) -> tuple[bool, str]:
    """Is the error told at its place? With the words around it."""
    if form == "txt":
        text = typeset(error.report, layout_for(seed))
        outcomes = examine(read(text.data, "report.txt"))
        spans = [text.places[key] for key in (error.key, *error.related) if key in text.places]
        told = any(_is_told(one, error) and _touches(one, spans) for one in outcomes)
        start, end = text.places[error.key]
        return told, text.text[max(0, start - 60) : end + 30]
    data = made(error.report, form, seed)
    reading = read(data, f"report.{form}")
    words = {_plain(error.after), *(_plain(word) for word in _related_texts(error))}
    told = any(
        _is_told(one, error)
        and any(_plain(reading.document.text[start:end]) in words for start, end in one.spans)
        for one in examine(reading)
    )
    at = max(reading.document.text.find(error.after), 0)
    return told, f"{form}：{reading.document.text[max(0, at - 60) : at + 40]}"


def _related_texts(error: Planted) -> Iterator[str]:
    for number, slot in error.related:
        fill = error.report.pieces[number].fills[slot]
        yield fill if isinstance(fill, str) else fill.text


def _is_told(one: Outcome, error: Planted) -> bool:
    return one.verdict is Verdict.BROKEN or (error.family == "leftover" and one.type == "leftover")


def _touches(one: Outcome, spans: list[tuple[int, int]]) -> bool:
    return any(start < last and first < end for start, end in one.spans for first, last in spans)


def _plain(text: str) -> str:
    return "".join(text.split())


def _broken(data: bytes, form: str) -> Iterator[tuple[Outcome, str]]:
    reading = read(data, f"report.{form}")
    text = reading.document.text
    for one in examine(reading):
        if one.verdict is Verdict.BROKEN:
            start, end = min(one.spans)[0], max(one.spans)[1]
            yield one, text[max(0, start - 20) : min(end + 10, start + 200)].replace("\n", "⏎")


def _around(text: str, span: tuple[int, int]) -> str:
    return repr(text[max(0, span[0] - 10) : span[1] + 8])
