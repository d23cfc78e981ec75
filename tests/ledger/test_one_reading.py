"""In one reading the same question is asked once; outside, and in the next, it is asked anew."""

from __future__ import annotations

import datetime

from jixiao.ledger import permissions
from jixiao.ledger.actions import people
from jixiao.ledger.one_reading import once, reading
from jixiao.ledger.permissions import SYSTEM


def asked():
    made = []

    @once
    def ask(name, *, loud=False):
        made.append((name, loud))
        return name * 2

    return ask, made


def test_the_same_question_is_asked_once_in_one_reading():
    ask, made = asked()
    with reading():
        assert [ask("a"), ask("a"), ask("b"), ask("a", loud=True)] == ["aa", "aa", "bb", "aa"]
    assert made == [("a", False), ("b", False), ("a", True)]


def test_nothing_is_kept_outside_or_until_the_next_reading():
    ask, made = asked()
    ask("a"), ask("a")
    for _ in range(2):
        with reading():
            ask("a")
    assert len(made) == 4


def test_a_role_taken_away_counts_at_once(clerk, org):
    with reading():
        assert permissions.can(clerk, "create", org=org.pk, kind="trial/case")
    for one in clerk.memberships.all():
        people.leave(by=SYSTEM, membership=one, on=datetime.date(2015, 1, 2))
    with reading():
        assert not permissions.can(clerk, "create", org=org.pk, kind="trial/case")
