"""Two members with accounts of their own, each with a proposal and an opinion form, as fixtures to be imported."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from tests.handing import FEEDBACK, join, take
from tests.ledger.conftest import make_person

from jixiao.ledger.actions import links, records
from jixiao.ledger.actions import people as accounts
from jixiao.ledger.models import Membership
from jixiao.ledger.permissions import SYSTEM

MEMBER, PROPOSAL = "cppcc/member", "cppcc/proposal"


@pytest.fixture
def members(people):
    """Ann and Ben speak for members 001 and 002; cas has the role and speaks for nobody yet. Ann's proposal has Ben for a joint
    author, Ben's is his alone; a form was sent to each author.
    """
    found = SimpleNamespace(office=people.office, clerk=people.clerk)
    for name, serial in (("ann", "委员001"), ("ben", "委员002"), ("cas", "委员003")):
        given = {"serial": serial, "joined_on": "2016-11-25"}
        subject = records.create(by=people.clerk, org=people.office, kind=MEMBER, values=given)
        person = make_person(name, people.office, MEMBER)
        setattr(found, name, person)
        setattr(found, f"{name}_is", subject)
        if name != "cas":
            held = Membership.objects.get(user=person)
            accounts.speak_for(by=SYSTEM, membership=held, subject=subject)
    found.joint = proposal(found, "关于增设停车位的提案", found.ann_is)
    links.link(by=people.clerk, record=found.joint, role="joint_proposers", target=found.ben_is)
    found.alone = proposal(found, "关于改造菜市场的提案", found.ben_is)
    found.ann_form = form(found, found.joint, found.ann_is, "征1")
    found.ben_form = form(found, found.joint, found.ben_is, "征2")
    found.ben_alone = form(found, found.alone, found.ben_is, "征3")
    return found


def proposal(found, title, author, **values):
    given = {"title": title, "received_on": "2021-02-01", "form": "personal", "proposer": author.pk} | values
    return records.create(by=found.clerk, org=found.office, kind=PROPOSAL, values=given)


def form(found, above, author, number):
    given = {"form_number": number, "author": author.pk, "issued_on": "2021-02-20"}
    return records.create(by=found.clerk, org=found.office, kind=FEEDBACK, values=given, parent=above)


def answer(by, row, result="satisfied"):
    return take(by, row, "take_back", attitude="satisfied", result=result)


__all__ = ["answer", "form", "join", "members", "proposal"]
