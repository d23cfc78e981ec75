"""A document, what the checks say of it and what persons said of that: the one thing every face shows."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from jixiao.reading.checks import Outcome, examine
from jixiao.reading.checks.outcome import Span
from jixiao.reading.checks.tally import judged
from jixiao.reading.marked.opinions import DISMISSED, Opinion, fingerprint
from jixiao.reading.read import Reading, read
from jixiao.values import Verdict

Opinions = Mapping[str, Opinion]
_NUMBER = re.compile(r"[-+－＋−]?[\d,，.．\s]*\d[\d,，.．\s]*[%％‰]?")


@dataclass(frozen=True, slots=True)
class Finding:
    """An outcome under its fingerprint, with a person's opinion of it where there is one."""

    outcome: Outcome
    fingerprint: str
    opinion: Opinion | None = None

    @property
    def is_dismissed(self) -> bool:
        """A person said that nothing is to be done: it is shown and not counted."""
        said = self.opinion is not None and self.opinion.verdict in DISMISSED
        return said and self.outcome.verdict is not Verdict.KEPT

    @property
    def is_broken(self) -> bool:
        return self.outcome.verdict is Verdict.BROKEN and not self.is_dismissed


@dataclass(frozen=True, slots=True)
class Checked:
    """`findings` stand in the order of the text. The counts are those of the summary line: what was checked is always
    some of what was read.
    """

    name: str
    reading: Reading
    findings: tuple[Finding, ...]

    @property
    def stated(self) -> int:
        return len(self._told | self._numbers)

    @property
    def checked(self) -> int:
        return len((self._judged & self._told) | self._numbers)

    @property
    def _told(self) -> set[Span]:
        return {(one.place.start, one.place.end) for one in self.reading.statements}

    @property
    def _judged(self) -> set[Span]:
        return judged([one.outcome for one in self.findings])

    @property
    def _numbers(self) -> set[Span]:
        """Bare numbers of cells that were held against others: their unit stands in the heading, not with them."""
        text = self.reading.document.text
        return {span for span in self._judged - self._told if _NUMBER.fullmatch(text[slice(*span)])}

    @property
    def broken(self) -> int:
        return sum(one.is_broken for one in self.findings)

    @property
    def dismissed(self) -> int:
        """Findings called broken that a person dismissed."""
        return sum(one.is_dismissed and one.outcome.verdict is Verdict.BROKEN for one in self.findings)

    @property
    def rounding(self) -> int:
        return sum(one.outcome.verdict is Verdict.ROUNDING and not one.is_dismissed for one in self.findings)

    @property
    def summary(self) -> str:
        """识别 231 处数据，核对 214 处，发现 3 处不一致."""
        words = f"识别 {self.stated} 处数据，核对 {self.checked} 处，发现 {self.broken} 处不一致"
        return words + (f"（另有 {self.dismissed} 处经人工判为误报或可接受）" if self.dismissed else "")


def check(
    source: str | os.PathLike[str] | bytes, name: str = "", opinions: Opinions | None = None
) -> Checked:
    """Read and examine a file. Raises BadInput where it cannot be read."""
    reading = read(source, name)
    return checked_of(reading, name or reading.document.name, opinions)


def checked_of(reading: Reading, name: str, opinions: Opinions | None = None) -> Checked:
    """What the checks say of a reading, with the opinions that are about it."""
    known = opinions or {}
    findings = []
    for outcome in examine(reading):
        mark = fingerprint(reading.document, outcome)
        findings.append(Finding(outcome, mark, known.get(mark)))
    return Checked(name, reading, tuple(findings))
