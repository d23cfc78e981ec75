"""Findings as remarks in the margin: what a comment says, and which words it is fastened to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.reading.checks.tally import WORDS
from jixiao.reading.marked.checked import Checked, Finding
from jixiao.reading.marked.view import short
from jixiao.values import Verdict

MOST_PLACES = 6
MOST_REMARKS = 2_000


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on [start, end) of the text, its lines as paragraphs."""

    start: int
    end: int
    lines: tuple[str, ...]


def remarks(checked: Checked) -> list[Remark]:
    """A full comment at the first place of each finding that does not simply hold; a short one in every
    other paragraph or table it speaks of.
    """
    told = (one for one in checked.findings if one.outcome.verdict is not Verdict.KEPT)
    made = [remark for number, one in enumerate(told, 1) for remark in _of(checked, number, one)]
    return sorted(made[:MOST_REMARKS], key=lambda one: (one.start, one.end))


def _of(checked: Checked, number: int, finding: Finding) -> Iterator[Remark]:
    outcome = finding.outcome
    head = f"【{WORDS[outcome.verdict]}】第 {number} 条"
    lines = [f"{head}：{short(outcome.message)}"]
    if outcome.computed:
        lines.append(f"算式：{short(outcome.computed)}")
    if outcome.stated:
        lines.append(f"原文：{short(outcome.stated)}")
    if outcome.reading:
        lines.append(f"读法：{short(outcome.reading)}")
    if finding.opinion:
        lines.append(f"意见：{finding.opinion.words}")
    first, *others = outcome.spans
    yield Remark(*first, tuple(lines))
    seen = {_whole(checked, first)}
    for span in others:
        whole = _whole(checked, span)
        if whole not in seen and len(seen) < MOST_PLACES:
            seen.add(whole)
            yield Remark(*span, (f"{head}的另一处：{short(outcome.message, 80)}",))


def _whole(checked: Checked, span: tuple[int, int]) -> str:
    """The paragraph, or the table without row and column."""
    return checked.reading.document.place(*span).label.partition(" ")[0]
