"""Cross-checks: what only shows when definitions are held against each other.

`problems_of` runs every check over the definitions in force on one day and tells each complaint at its
file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.cycles import check_cycle
from jixiao.catalogue.checks.desks import check_desk
from jixiao.catalogue.checks.duties import check_duty
from jixiao.catalogue.checks.indicators import check_indicator
from jixiao.catalogue.checks.kinds import check_kind
from jixiao.catalogue.checks.outlines import check_outline
from jixiao.catalogue.checks.own import check_role
from jixiao.catalogue.checks.prints import check_print
from jixiao.catalogue.checks.registers import check_filed, check_themes
from jixiao.catalogue.checks.relations import check_relation
from jixiao.catalogue.checks.schemes import check_scheme
from jixiao.catalogue.pieces import Complaints, Piece
from jixiao.errors import Problem

_CHECKS: Mapping[str, Callable[[Any, Catalogue], Complaints]] = {
    "kinds": check_kind,
    "indicators": check_indicator,
    "filed": check_filed,
    "relations": check_relation,
    "schemes": check_scheme,
    "outlines": check_outline,
    "themes": check_themes,
    "duties": check_duty,
    "cycles": check_cycle,
    "prints": check_print,
    "desks": check_desk,
    "roles": check_role,
}


def problems_of(catalogue: Catalogue, pieces: Sequence[Piece]) -> list[Problem]:
    """Everything wrong among the definitions of this catalogue; `pieces` says where each was read."""
    problems = []
    for piece in pieces:
        check = _CHECKS.get(piece.folder)
        in_force = getattr(catalogue, piece.folder).get(piece.definition.full_id) is piece.definition
        if check and in_force:
            problems += [piece.problem(complaint) for complaint in check(piece.definition, catalogue)]
    return problems
