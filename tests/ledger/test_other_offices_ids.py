"""An id of another office's record, put into a form by hand, is an id of nothing."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import day, make_case

from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger import queries
from jixiao.ledger.actions import links, records
from jixiao.ledger.models import Link, Record
from jixiao.ledger.permissions import SYSTEM

CASE = {"title": "路灯不亮", "received_on": "2020-03-02"}


@pytest.fixture
def firm(people):
    """A firm that only the other office knows."""
    return records.create(by=people["stranger"], org="elsewhere", kind="firm", values={"name": "示例暗房"})


def refused(act) -> FieldErrors:
    with pytest.raises(FieldErrors) as error:
        act()
    return error.value


def test_a_field_cannot_point_to_it(clerk, org, case, firm):
    by_hand = CASE | {"sender": firm.id}
    for act in (
        lambda: records.create(by=clerk, org=org, kind="case", values=by_hand),
        lambda: records.edit(by=clerk, record=case, values={"sender": firm.id}, seen=1),
        lambda: records.backfill(by=clerk, org=org, kind="case", values=by_hand),
    ):
        error = refused(act)
        assert set(error.errors) == {"sender"}
        assert "示例暗房" not in str(error)


def test_it_is_told_like_an_id_that_never_was(clerk, case, firm):
    never = "6f1d7f6e-7d0d-4d4b-8a5c-0f2a61c0a001"
    told = [
        str(refused(lambda id=id: records.edit(by=clerk, record=case, values={"sender": id}, seen=1)))
        for id in (firm.id, never)
    ]
    assert told[0] == told[1]


def test_who_may_read_both_offices_may_join_them(clerk, org, case, firm, people):
    from jixiao.ledger.actions.people import join

    join(by=SYSTEM, user=clerk, org="elsewhere", role="clerk")
    changed = records.edit(by=clerk, record=case, values={"sender": firm.id}, seen=1)
    assert changed.data["sender"] == firm.id


def test_a_back_filled_link_cannot_lead_to_it(clerk, org, people):
    theirs = make_case(people["stranger"], "elsewhere")
    with pytest.raises(BadInput):
        records.backfill(by=clerk, org=org, kind="case", values=CASE, links=[("similar", theirs.id)])
    assert not Link.objects.exists()


def test_a_back_filled_case_cannot_take_its_id(clerk, org, people):
    theirs = make_case(people["stranger"], "elsewhere", title="他人的事")
    talk = records.Past(kind="talk", values={"topic": "现场沟通", "held_on": "2020-03-03"})
    with pytest.raises(BadInput) as refusal:
        records.backfill(by=clerk, org=org, kind="case", values=CASE, id=theirs.id, children=[talk])
    assert "他人的事" not in str(refusal.value)
    assert Record.objects.filter(parent=theirs).count() == 0
    assert Record.objects.filter(org=org).count() == 0


def test_links_to_what_one_may_not_read_are_not_shown(clerk, org, case, people):
    theirs = make_case(people["stranger"], "elsewhere", title="他人的事")
    links.link(by=SYSTEM, record=case, role="similar", target=theirs)
    assert queries.links(clerk, case) == []
    assert queries.links(people["stranger"], theirs) == []
    assert [one.other.id for one in queries.links(SYSTEM, case)] == [theirs.id]


def test_no_number_is_filed_under_a_pack_the_office_does_not_work_under(clerk, people):
    from jixiao.ledger.actions import filed, orgs
    from jixiao.ledger.actions import people as joining
    from jixiao.ledger.models import FiledValue

    bare = orgs.create(by=SYSTEM, id="bare", title="示例空办公室", valid_from=day("2015-01-01"))
    period = orgs.set_period(
        by=SYSTEM, org=bare, basis="calendar_year", label="2020年度", year=2020,
        from_on=day("2020-01-01"), to_on=day("2020-12-31"),
    )  # fmt: skip
    joining.join(by=SYSTEM, user=clerk, org=bare, role="clerk")
    about = {"by": clerk, "org": bare, "stated_on": day("2020-12-31"), "period": period, "source": "名册"}
    for item, value in (("roll", "5"), ("trial/case", 0)):
        with pytest.raises(BadInput, match="没有启用规则包"):
            filed.file(**about, item=item, value=value)
    assert not FiledValue.objects.exists()


def test_a_filed_value_of_another_office_is_not_given_back(clerk, org, people):
    from jixiao.ledger.actions import filed

    about = {"item": "roll", "stated_on": day("2020-01-02"), "source": "名册"}
    theirs = filed.file(
        by=people["stranger"], org="elsewhere", value="5", **about,
        period=people["stranger"].memberships.get().org.periods.first(),
    )  # fmt: skip
    with pytest.raises(BadInput):
        filed.file(by=clerk, org=org, value="6", **about, period=org.periods.first(), id=theirs.pk)
