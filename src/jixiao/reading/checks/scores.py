"""Scores in prose: nothing earns more points than it is worth.

满分 10 分，得 8 分 and 得 8 分（满分 10 分), side by side in one sentence.

(1) Something between them that ends the thought (；) parts them.
The points of a sheet against its total are parts and total, and checked there. Does not see bonus points
(加分), nor score tables.
"""

from __future__ import annotations

from jixiao.reading.checks.outcome import Outcome, judge, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role
from jixiao.values import Verdict

_FARTHEST = 16


def scores(reading: Reading) -> list[Outcome]:
    """Points earned against points to be had."""
    found: list[Outcome] = []
    for sentence in reading.sentences:
        for one, other in zip(sentence.terms, sentence.terms[1:], strict=False):
            if {one.role, other.role} != {Role.WORTH, Role.EARNED}:
                continue
            if len(other.gap) > _FARTHEST or "；" in other.gap or "加分" in one.clause + other.clause:  # (1)
                continue
            worth, earned = (one, other) if one.role is Role.WORTH else (other, one)
            finding = judge("subset", whole=worth, parts=[earned])
            message = ""
            if finding.verdict is Verdict.BROKEN:
                message = f"得分{printed(earned)}高于分值{printed(worth)}，请更正"
            found.append(outcome("score", finding, (worth, earned), "相邻的分值与得分读作同一项", message))
    return found
