"""Two party organisations with accounts of their own, each with an assessment and a submission, as fixtures to be imported."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import pytest
from tests.handing import take
from tests.ledger.conftest import TODAY, make_person

from jixiao.catalogue import load
from jixiao.ledger.actions import links, orgs, records
from jixiao.ledger.actions import people as accounts
from jixiao.ledger.models import Membership
from jixiao.ledger.permissions import SYSTEM

PACKS = load(["united_front"])
ROLE = ORGANISATION = "united_front/party_organisation"
ASSESSMENT, LINE = "united_front/party_assessment", "united_front/assessment_line"
SUBMISSION, DONATION = "united_front/party_submission", "united_front/donation"
ACTIVITY = "united_front/service_activity"


@pytest.fixture(scope="session")
def _party_tables(django_db_setup, django_db_blocker):
    from jixiao.ledger import projection

    with django_db_blocker.unblock():
        projection.ensure(PACKS)


@pytest.fixture(autouse=True)
def _under_the_party_packs(_party_tables, db, settings, tmp_path, monkeypatch):
    from django.core.cache import cache

    from jixiao.ledger import clock, rules

    cache.clear()
    settings.HOME = tmp_path
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with rules.working_under(PACKS):
        yield


@pytest.fixture
def parties():
    """Ann and Ben speak for the organisations 甲 and 乙, cas has the role and speaks for nobody yet. The office opened an
    assessment of each with one clause to score, and entered a submission of each.
    """
    office = orgs.create(by=SYSTEM, id="office", title="示例区委统战部", valid_from=datetime.date(2015, 1, 1))
    for pack in ("base", "finance", "united_front"):
        orgs.bind_pack(by=SYSTEM, org=office, pack=pack, from_on=office.valid_from)
    found = SimpleNamespace(office=office)
    for name, role in (
        ("clerk", "base/office_clerk"),
        ("reviewer", "base/reviewer"),
        ("head", "base/leader"),
    ):
        setattr(found, name, make_person(name, office, role))
    for name, title in (("ann", "甲"), ("ben", "乙")):
        subject = make(found, ORGANISATION, name=f"示例党派{title}区级组织", listed_on="2016-12-05")
        case = make(
            found, ASSESSMENT, title=f"{title}年度考核", organisation=subject.pk, opened_on="2021-02-01"
        )
        line = make(found, LINE, above=case, clause="plan")
        person = make_person(name, office, ROLE)
        held = Membership.objects.get(user=person)
        accounts.speak_for(by=SYSTEM, membership=held, subject=subject)
        for key, value in (("", person), ("_is", subject), ("_case", case), ("_line", line)):
            setattr(found, name + key, value)
        submission = make(found, SUBMISSION, **proposal(f"{title}的提案"))
        links.link(by=found.clerk, record=submission, role="submitters", target=subject)
        setattr(found, f"{name}_submission", submission)
    found.cas = make_person("cas", office, ROLE)
    return found


def make(found, kind, *, by=None, above=None, **values):
    return records.create(by=by or found.clerk, org=found.office, kind=kind, values=values, parent=above)


def proposal(title):
    return {"title": title, "channel": "cppcc", "sort": "proposal", "drafted_on": "2021-02-10"}


def publicise(found, case, line):
    """The assessment self-scored by Ann, reviewed and made public."""
    records.edit(by=found.ann, record=line, values={"self_score": "5", "ground": "已报送"}, seen=line.version)
    take(found.ann, case, "self_score")
    now = type(line).objects.get(pk=line.pk)
    records.edit(by=found.clerk, record=now, values={"agreed": "4"}, seen=now.version)
    take(found.reviewer, case, "review")
    return take(found.clerk, case, "publicise", publicised_on="2021-02-25")


__all__ = ["make", "parties", "proposal", "publicise", "take"]
