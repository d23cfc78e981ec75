"""The result of a scheme: a tree of marked nodes, the total, the grade, and what is still missing.

The sentence on top of the score sheet is `text`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jixiao.evaluation.points import Line
from jixiao.values import Score, decimal_text


@dataclass(frozen=True, slots=True)
class Marked:
    """One node of the sheet. `earned` adds what is reported below; `open` are points nobody reported on.

    `dropped` says why a leaf does not apply; its points then count nowhere.
    """

    id: str
    title: str
    points: Decimal
    earned: Decimal
    open: Decimal
    score: Score | None = None
    lines: tuple[Line, ...] = ()
    children: tuple[Marked, ...] = ()
    dropped: str = ""

    @property
    def scores(self) -> Iterator[Score]:
        if self.score is not None:
            yield self.score
        for child in self.children:
            yield from child.scores


@dataclass(frozen=True, slots=True)
class Assessment:
    """A scheme evaluated. `earned` and `open` are re-scaled where leaves were dropped; `working` says
    how.

    `grade` is None while points are open. `unexplained` are the scores that lost points, or lie far above
    their target, without a reason: they must be empty at submission, and may stand in a draft.
    """

    scheme: str
    title: str
    total: Decimal
    earned: Decimal
    open: Decimal
    grade: str | None
    tree: tuple[Marked, ...]
    unexplained: tuple[Score, ...]
    working: str

    @property
    def is_complete(self) -> bool:
        return self.open == 0

    @property
    def scores(self) -> tuple[Score, ...]:
        """The leaf scores in file order, dropped leaves left out."""
        return tuple(score for node in self.tree for score in node.scores)

    @property
    def text(self) -> str:
        earned = f"{decimal_text(self.earned)}分（满分{decimal_text(self.total)}分）"
        if not self.is_complete:
            return f"已填报部分得{earned}，另有{decimal_text(self.open)}分尚未填报，暂不能评定总分和等级"
        return f"得{earned}，等级为{self.grade}" if self.grade else f"得{earned}"
