"""Last year's report drafted into this year's for an office: its packs, its people's answers, its names in drop-downs."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao import sheets
from jixiao.ledger.actions.opening import bound_packs, open_org
from jixiao.ledger.last_year.making import Made, make
from jixiao.ledger.models import Org
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.comparing import said_of
from jixiao.ledger.queries.workbooks import MOST_OFFERED, Called
from jixiao.ledger.rules import catalogue as rules
from jixiao.reading import Reading
from jixiao.sheets.write import needed


def drafted(user: Actor, org: Org | str, reading: Reading, year: int, source: str) -> Made:
    """What the office's next report begins with. Raises NotFound for a stranger's org, BadInput for no report."""
    place = open_org(org, user)
    catalogue = rules()
    called = Called(user, place.pk, catalogue)

    def offered(columns: Sequence[sheets.Column]) -> sheets.Choices:
        return {name: called.of(name).offered(MOST_OFFERED) for name in sorted(needed(columns))}

    return make(
        reading, catalogue, year, source, packs=bound_packs(place.pk, catalogue),
        remembered=said_of(place), org=place.pk, org_title=place.title, offered=offered,
    )  # fmt: skip
