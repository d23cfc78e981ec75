"""Small offices for stories in which offices change: two that merge and one in which work is handed over, for each width."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

WIDTHS = (1280, 360)
SINCE = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Cast:
    """Ids of orgs and names of people; `clerk` works in `first`, `leaver` and `taker` in `other`."""

    first: str
    second: str
    joint: str
    other: str
    manager: str
    clerk: str
    leaver: str
    taker: str


def cast(width: int) -> Cast:
    names = ("first", "second", "joint", "other", "manager", "clerk", "leaver", "taker")
    return Cast(*(f"{name}-{width}" for name in names))


def title(org: str) -> str:
    return f"示例单位{org}"


def install(passwords: Callable[[str], str]) -> None:
    """Set them up as the program itself would."""
    from jixiao.ledger.actions import orgs, people
    from jixiao.ledger.permissions import SYSTEM

    for width in WIDTHS:
        one = cast(width)
        for org in (one.first, one.second, one.other):
            made = orgs.create(by=SYSTEM, id=org, title=title(org), valid_from=SINCE, is_example=True)
            orgs.bind_pack(by=SYSTEM, org=made, pack="cppcc", from_on=SINCE)
            if org != one.other:
                orgs.open_year(by=SYSTEM, org=made, year=date.today().year)
        roles = {
            one.manager: [(org, "administrator") for org in (one.first, one.second, one.other)],
            one.clerk: [(one.first, "office_clerk")],
            one.leaver: [(one.other, "office_clerk")],
            one.taker: [(one.other, "reviewer")],
        }
        for name, held in roles.items():
            user = people.create(
                by=SYSTEM, org=held[0][0], username=name, display_name=f"示例{name}",
                password=passwords(name), is_demonstration=True,
            )  # fmt: skip
            for org, role in held:
                people.join(by=SYSTEM, user=user, org=org, role=role, from_on=SINCE)
