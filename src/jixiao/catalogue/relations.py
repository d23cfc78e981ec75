"""Relation definitions (勾稽关系): which figures a pack claims to hang together, and how."""

from __future__ import annotations

from collections.abc import Mapping

from jixiao.catalogue.definition import Named, Reference, Words


class RelationRule(Named):
    """`relation` names a function of `jixiao.relations`; `operands` maps its roles to indicators, in order.

    `undeclared` is the reason why the claim cannot be judged although figures exist (an overlap nobody
    declared): the verdict is then not applicable, with this reason. `same_units` lists measure words that
    name one thing here (条, 篇).
    """

    relation: Words
    operands: Mapping[Words, Reference | tuple[Reference, ...] | int]
    undeclared: str = ""
    same_units: tuple[Words, ...] = ()
    examples: tuple[Mapping[str, object], ...] = ()
