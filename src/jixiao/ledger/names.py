"""What ids stand for in words: records and orgs by what they are called, accounts by the name of the person."""

from __future__ import annotations

from collections.abc import Iterable

from jixiao.ledger.models import Org, Record, User
from jixiao.ledger.permissions import SYSTEM


def labels(ids: Iterable[str]) -> dict[str, str]:
    """The names of these records and orgs, by id."""
    wanted = set(ids)
    if not wanted:
        return {}
    ids = list(wanted)  # in_bulk asks in parts that every database takes
    found = {name: row.label for name, row in Record.objects.only("label").in_bulk(ids).items()}
    return found | {name: org.title for name, org in Org.objects.only("title").in_bulk(ids).items()}


def names_of(usernames: set[str]) -> dict[str, str]:
    """Display names by username; who has no account any more keeps the username."""
    found = dict(User.objects.filter(username__in=usernames).values_list("username", "display_name"))
    return {name: found.get(name, "系统" if name == SYSTEM.username else name) for name in usernames}
