"""Scheme definitions (评价方案): a tree of points whose leaves are targets or points rules.

Weights add up at every level and to the total; no rule may award more than its leaf is worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from jixiao.catalogue.clauses import PointsLeaf
from jixiao.catalogue.definition import Definition, Id, Named, Reference, Words
from jixiao.catalogue.exact import PERCENT_MARKS, Exact, Share, read_exact
from jixiao.catalogue.indicators import Role
from jixiao.catalogue.methods import Measured, Method, Proportional, YesNo, most
from jixiao.catalogue.subjects import SubjectSpec
from jixiao.values import RATIO, decimal_text

NOT_SCORED = frozenset({Role.PLAN, Role.DESCRIPTION, Role.STRUCTURE})


class Op(StrEnum):
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    EQUAL = "="
    RANGE = "range"


UNITS = {
    "万元": ("元", Decimal(10_000)),
    "亿元": ("元", Decimal(100_000_000)),
    "%": (RATIO, Decimal("0.01")),
    "％": (RATIO, Decimal("0.01")),
}


class TargetLeaf(Definition):
    """An indicator held against a target by a scoring method, or a judgement by one.

    `to` is the upper end of a range; targets written in 万元, 亿元 or % are kept in base units.
    `zero_denominator` says what a rate earns that has no denominator: `manual` leaves it open,
    `full_if_zero` gives full points where the numerator is zero as well (nothing became nothing).
    """

    kind: Literal["target"] = "target"
    indicator: Reference | None = None
    op: Op | None = None
    target: Exact | None = None
    to: Exact | None = None
    unit: str = ""
    method: Method
    zero_denominator: Literal["manual", "full_if_zero"] = "manual"

    @model_validator(mode="before")
    @classmethod
    def _in_base_units(cls, found: Any) -> Any:
        if not isinstance(found, dict) or found.get("unit") not in UNITS:
            return found
        unit, factor = UNITS[found["unit"]]
        ends = {name: _times(found[name], factor) for name in ("target", "to") if found.get(name) is not None}
        return {**found, **ends, "unit": unit}

    @model_validator(mode="after")
    def _complete(self) -> TargetLeaf:
        measured = isinstance(self.method, Measured)
        if measured and self.indicator is None:
            raise ValueError(f"评分方法 {self.method.name} 按指标值计分，应写 indicator")
        if not measured and self.indicator is not None and not isinstance(self.method, YesNo):
            raise ValueError(f"评分方法 {self.method.name} 由人评定，不应写 indicator")
        if isinstance(self.method, Proportional):
            self._targeted(self.method)
        elif self.op is not None or self.target is not None or self.to is not None:
            raise ValueError(f"评分方法 {self.method.name} 不用 op、target、to，请删去")
        return self

    def _targeted(self, method: Proportional) -> None:
        if self.op is None or self.target is None:
            raise ValueError('proportional 应写 op 与 target，如 op: ">="，target: "95%"')
        if (self.op is Op.RANGE) != (self.to is not None):
            raise ValueError("op 为 range 时应写 target（下限）与 to（上限），其他时候不写 to")
        if self.to is not None and self.to < self.target:
            raise ValueError("range 的 to（上限）应不小于 target（下限）")
        if self.op in (Op.EQUAL, Op.RANGE) and method.miss is None:
            raise ValueError(
                "op 为 = 或 range 时应写 miss：proportional（按比例）或 all_or_nothing（不得分）"
            )


def _times(found: object, factor: Decimal) -> Decimal:
    """A target in the written unit; one that bears its own per cent sign is not scaled again."""
    marked = isinstance(found, str) and found.strip().endswith(PERCENT_MARKS)
    return read_exact(found) if marked else read_exact(found) * factor


def _leaf_kind(found: Any) -> Any:
    return {"kind": "target", **found} if isinstance(found, dict) else found


Leaf = Annotated[Annotated[TargetLeaf | PointsLeaf, Field(discriminator="kind")], BeforeValidator(_leaf_kind)]


class Node(Definition):
    """A heading with children or a scored leaf; its points are those of its children together."""

    id: Id
    title: Words
    points: Exact = Field(gt=0)
    leaf: Leaf | None = None
    children: tuple[Node, ...] = ()

    @model_validator(mode="after")
    def _weighed(self) -> Node:
        if (self.leaf is None) == (not self.children):
            raise ValueError(f"“{self.title}”应有 leaf 或 children，且只有其一")
        if self.children:
            _require_sum(self.title, self.children, self.points)
        if isinstance(self.leaf, TargetLeaf):
            award = most(self.leaf.method)
            if award > self.points:
                raise ValueError(
                    f"“{self.title}”只有{decimal_text(self.points)}分，评分规则却可得{decimal_text(award)}分"
                )
        return self

    @property
    def leaves(self) -> Iterator[Node]:
        """The scored nodes below, in file order."""
        if self.leaf is not None:
            yield self
        for child in self.children:
            yield from child.leaves


class Rounding(Definition):
    score: int = Field(default=2, ge=0, le=6)


class ScoreExample(Definition):
    """A golden vector: what a leaf earns for a value, a judgement or records.

    A value is in base units (元, 1 for 100 %) and may be a quotient: 136/143.
    """

    name: Words
    leaf: Id
    actual: Share | None = None
    judgement: Mapping[str, Any] = {}
    records: Mapping[Id, tuple[Mapping[str, Any], ...]] = {}
    subject: str = ""
    earned: Exact | None


def _best_first(found: Any) -> Any:
    return tuple(tuple(row) for row in found) if isinstance(found, list) else found


class Scheme(Named):
    """A scheme. `grades` are lower bounds, inclusive; `not_applicable` says whether a leaf may be dropped
    and the rest re-scaled to the total. A `sample` is there to be copied by departments: orgs are graded by it
    only where it is asked for by name.
    """

    sample: bool = False
    year_from: int | None = None
    year_to: int | None = None
    total: Exact = Decimal(100)
    grades: Annotated[tuple[tuple[Exact, Words], ...], BeforeValidator(_best_first)] = ()
    rounding: Rounding = Rounding()
    not_applicable: Literal["forbid", "rescale"] = "forbid"
    subjects: SubjectSpec | None = None  # None: the org itself is graded
    tree: tuple[Node, ...]
    examples: tuple[ScoreExample, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Scheme:
        _require_sum(self.title, self.tree, self.total)
        ids = list(_ids(self.tree))
        repeated = sorted({name for name in ids if ids.count(name) > 1})
        if repeated:
            raise ValueError(f"方案内 id 重复：{'、'.join(repeated)}")
        leaves = {node.id for node in self.leaves}
        for example in self.examples:
            if example.leaf not in leaves:
                raise ValueError(f"示例“{example.name}”所指的 {example.leaf} 不是评分项")
        if self.subjects:
            self._reads_what_it_scores(self.subjects)
        bounds = [bound for bound, _ in self.grades]
        if len(set(bounds)) != len(bounds):
            raise ValueError("等级的下限有重复")
        return self

    def _reads_what_it_scores(self, subjects: SubjectSpec) -> None:
        """A scheme over subjects scores records only, and says of each register whom its records count for."""
        clauses = []
        for node in self.leaves:
            if not isinstance(node.leaf, PointsLeaf):
                raise ValueError(f"“{node.title}”不是 points 评分项；按名册对象计分的方案只用 points")
            clauses += list(node.leaf.clauses)
        unread = sorted({clause.rows for clause in clauses} - set(subjects.reads))
        if unread:
            raise ValueError(f"subjects.reads 没有写 {'、'.join(unread)} 的记录算在谁名下")
        ids = [clause.id for clause in clauses]
        for sanction in subjects.sanctions:
            if sanction.clause is not None and sanction.clause not in ids:
                raise ValueError(f"处置“{sanction.told}”所指的条款 {sanction.clause} 不在方案里")
        for quota in subjects.quotas:
            if quota.grade not in [name for _, name in self.grades]:
                raise ValueError(f"名额所指的等级“{quota.grade}”不在 grades 里")

    def is_of(self, year: int) -> bool:
        """Whether this is a rule for that reporting year."""
        return (self.year_from is None or year >= self.year_from) and (
            self.year_to is None or year <= self.year_to
        )

    @property
    def leaves(self) -> Iterator[Node]:
        """Every scored node in file order."""
        for node in self.tree:
            yield from node.leaves

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators its targets speak of, each once, in file order."""
        named = (node.leaf.indicator for node in self.leaves if isinstance(node.leaf, TargetLeaf))
        return tuple(dict.fromkeys(indicator for indicator in named if indicator is not None))

    def unscorable(self, roles: Mapping[str, Role]) -> tuple[tuple[str, str, Role], ...]:
        """Leaves that would score a plan, a description or a structure as output: (leaf, indicator,
        role).
        """
        found = []
        for node in self.leaves:
            indicator = node.leaf.indicator if isinstance(node.leaf, TargetLeaf) else None
            role = roles.get(indicator) if indicator is not None else None
            if indicator is not None and role is not None and role in NOT_SCORED:
                found.append((node.id, indicator, role))
        return tuple(found)


def _require_sum(title: str, nodes: tuple[Node, ...], expected: Decimal) -> None:
    added = sum((node.points for node in nodes), Decimal(0))
    if added != expected:
        raise ValueError(f"“{title}”下各项分值合计{decimal_text(added)}分，应为{decimal_text(expected)}分")


def _ids(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        yield node.id
        yield from _ids(node.children)
