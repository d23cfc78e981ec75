"""What the outcomes of a document come to: the counts and the rows that every face shows alike."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.reading.checks.outcome import Outcome, Span
from jixiao.values import Verdict

WORDS = {
    Verdict.KEPT: "相符",
    Verdict.BROKEN: "不一致",
    Verdict.ROUNDING: "舍入",
    Verdict.NOT_APPLICABLE: "未判",
}


def judged(outcomes: Sequence[Outcome]) -> set[Span]:
    """The places that were held against others: figures, numbers of table cells, and words such as a list or a grade."""
    return {span for one in outcomes if one.verdict is not Verdict.NOT_APPLICABLE for span in one.spans}


def broken(outcomes: Sequence[Outcome]) -> int:
    """How many relations do not hold."""
    return sum(one.verdict is Verdict.BROKEN for one in outcomes)


def row(name: str, one: Outcome) -> dict[str, object]:
    """A relation for programs: `spans` are [start, end] in characters of the decoded text."""
    return {
        "file": name,
        "type": one.type,
        "verdict": str(one.verdict),
        "spans": [list(span) for span in one.spans],
        "stated": one.stated,
        "computed": one.computed,
        "reading": one.reading,
        "message": one.message,
    }
