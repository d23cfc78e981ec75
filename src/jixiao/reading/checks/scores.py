"""Scores in prose: nothing earns more points than it is worth.

满分 10 分，得 8 分 and 得 8 分（满分 10 分), side by side in one sentence.

(1) Something between them that ends the thought (；) parts them.
(2) Points after a score belong to it only in a bracket right behind; else they begin the next item.
The points of a sheet against its total are parts and total, and checked there. Does not see bonus points
(加分), nor score tables.
"""

from __future__ import annotations

from jixiao.reading.checks.outcome import Outcome, judge, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.values import Verdict

_FARTHEST = 16


def scores(reading: Reading) -> list[Outcome]:
    """Points earned against points to be had."""
    found: list[Outcome] = []
    for sentence in reading.sentences:
        for one, other in zip(sentence.terms, sentence.terms[1:], strict=False):
            if {_role(one), _role(other)} != {Role.WORTH, Role.EARNED}:
                continue
            if len(other.gap) > _FARTHEST or "；" in other.gap or "加分" in one.clause + other.clause:  # (1)
                continue
            if _role(one) is Role.EARNED and not other.gap.startswith("（"):  # (2)
                continue
            worth, earned = (one, other) if _role(one) is Role.WORTH else (other, one)
            finding = judge("subset", whole=worth, parts=[earned])
            message = ""
            if finding.verdict is Verdict.BROKEN:
                message = f"得分{printed(earned)}高于分值{printed(worth)}，请更正"
            found.append(outcome("score", finding, (worth, earned), "相邻的分值与得分读作同一项", message))
    return found


def _role(term: Term) -> Role:
    """产出（50分）得48分: points alone in a bracket are what the item is worth."""
    alone = term.unit == "分" and term.depth == 1 and not term.clause
    return Role.WORTH if alone else term.role
