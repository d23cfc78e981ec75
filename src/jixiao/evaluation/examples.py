"""Run a scheme's golden vectors: the examples in its file, each a leaf, an answer and what it must earn."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.catalogue.schemes import Node, Scheme, ScoreExample, TargetLeaf
from jixiao.evaluation.answers import Actual, Answer, Records, read_judgement
from jixiao.evaluation.scheme import score_leaf
from jixiao.values import RATIO, Score


@dataclass(frozen=True, slots=True)
class Tried:
    """An example and what the program made of it."""

    example: ScoreExample
    score: Score

    @property
    def holds(self) -> bool:
        return self.score.earned == self.example.earned


def run(scheme: Scheme) -> tuple[Tried, ...]:
    """Score every example of a scheme; the caller looks at `holds`."""
    leaves = {node.id: node for node in scheme.leaves}
    return tuple(
        Tried(
            example,
            score_leaf(leaves[example.leaf], _answer(leaves[example.leaf], example), scheme.rounding.score),
        )
        for example in scheme.examples
    )


def _answer(node: Node, example: ScoreExample) -> Answer | None:
    if example.records:
        return Records(example.subject, example.records)
    if example.judgement:
        return read_judgement(example.name, example.judgement)
    if example.actual is None:
        return None
    unit = node.leaf.unit if isinstance(node.leaf, TargetLeaf) else ""
    return Actual(example.actual, unit or RATIO)
