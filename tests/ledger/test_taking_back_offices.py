"""A change of orgs and a hand-over are taken back while nothing was built on them: everything stands as before, and the chain tells."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import day, make_case, make_org, make_person

from jixiao.errors import BadInput, FieldErrors, NotAllowed, NotFound
from jixiao.ledger import audit, permissions, queries
from jixiao.ledger.actions import drafts, handovers, org_changes, records, taking_back
from jixiao.ledger.actions import people as accounts
from jixiao.ledger.actions.org_changes import NewOrg
from jixiao.ledger.models import Membership, OfficeAct, Org, OrgChange, PackBinding, Period
from jixiao.ledger.permissions import SYSTEM
from jixiao.values import Verdict

ON = day("2021-02-01")
TODAY = day("2021-03-01")


def standing():
    """Roles, packs, periods and living orgs as they are."""
    held = sorted(
        Membership.objects.values_list("user__username", "org", "role", "from_on", "to_on", "subject"),
        key=str,
    )
    packs = sorted(PackBinding.objects.values_list("org", "pack", "from_on"))
    periods = sorted(Period.objects.values_list("org", "basis", "label"))
    living = sorted(Org.objects.filter(valid_to=None).values_list("pk", "title"))
    return held, packs, periods, living, list(OrgChange.objects.all())


def act_of(org, act="became"):
    return OfficeAct.objects.filter(org=org, act=act).latest("done_at").pk


def undo(by=SYSTEM, org="office"):
    return taking_back.undo_change(by=by, change=act_of(org), reason="文件作废")


@pytest.fixture
def second(org):
    other = make_org("second", "第二示例办公室")
    make_person("second-clerk", other, "clerk")
    return other


CHANGES = {
    "rename": lambda by: org_changes.rename(
        by=by, org="office", into=NewOrg("bureau", "示例事务局"), on=ON, reason="机构改革"
    ),
    "merge": lambda by: org_changes.merge(
        by=by, orgs=["office", "second"], into=NewOrg("joint", "示例联合办公室"), on=ON, reason="合署办公"
    ),
    "merge_into": lambda by: org_changes.merge(by=by, orgs=["office"], into="second", on=ON, reason="并入"),
    "split": lambda by: org_changes.split(
        by=by, org="office", into=[NewOrg("one", "示例一局"), NewOrg("two", "示例二局")], on=ON, reason="分设"
    ),
}


@pytest.mark.parametrize("how", list(CHANGES))
def test_everything_stands_as_before(people, org, case, second, how):
    later = accounts.join(
        by=SYSTEM,
        user=people["clerk"],
        org=org,
        role="trial/head",
        from_on=day("2021-02-20"),
        to_on=day("2021-12-31"),
    )
    before = standing()
    CHANGES[how](SYSTEM)
    assert standing() != before
    undo()
    assert standing() == before
    assert Membership.objects.filter(role=later.role, from_on=later.from_on, user=people["clerk"]).exists()
    assert {task.record.id for task in queries.tasks(people["clerk"], org)} == {case.id}
    assert make_case(people["clerk"], "office", received_on="2021-02-10", title="接着登记").org_id == "office"
    for place in Org.objects.all():
        assert {one.verdict for one in audit.check(place.pk)} == {Verdict.KEPT}
    told = OfficeAct.objects.get(org="office", act="unmade")
    assert (told.reason, told.facts["how"]) == ("文件作废", how.removesuffix("_into"))


def test_a_change_may_be_made_again_rightly(people, org):
    CHANGES["rename"](SYSTEM)
    undo()
    with pytest.raises(BadInput, match="已经撤销过"):
        undo()
    again = org_changes.rename(
        by=SYSTEM, org="office", into=NewOrg("bureau-2", "示例事务局"), on=ON, reason="机构改革"
    )
    assert permissions.roles_in(people["clerk"], again.pk)
    assert Org.objects.get(pk="bureau").title == "示例事务局（变更已撤销）"
    assert [one.successor_id for one in OrgChange.objects.all()] == ["bureau-2"]


def test_what_was_typed_goes_back(people, org):
    kept = drafts.save(by=people["clerk"], org=org, kind="case", data={"title": "写了一半"})
    CHANGES["rename"](SYSTEM)
    kept.refresh_from_db()
    assert kept.org_id == "bureau"
    undo()
    kept.refresh_from_db()
    assert kept.org_id == "office"


def test_nothing_is_taken_back_from_under_what_was_built_on_it(people, org, case):
    after = CHANGES["rename"](SYSTEM)
    make_case(people["clerk"], after, received_on="2021-02-10", title="新局的来件")
    with pytest.raises(BadInput, match="示例事务局名下已有 1 条流转记录"):
        undo()
    assert Org.objects.get(pk="office").valid_to is not None


def test_work_on_the_old_cases_stands_in_no_way(people, org, case):
    CHANGES["rename"](SYSTEM)
    done = records.advance(
        by=people["clerk"],
        record=case,
        step="file",
        values={"class": "city"},
        happened_on=day("2021-02-10"),
        seen=1,
    )
    undo()
    assert queries.record(people["clerk"], done).state == "filed"


def test_a_second_change_is_taken_back_first(people, org):
    CHANGES["rename"](SYSTEM)
    org_changes.rename(
        by=SYSTEM, org="bureau", into=NewOrg("agency", "示例中心"), on=day("2021-02-15"), reason="又改"
    )
    with pytest.raises(BadInput, match="后来又变更过"):
        undo()
    taking_back.undo_change(
        by=SYSTEM, change=OfficeAct.objects.get(org="agency", act="became").pk, reason="文件作废"
    )
    undo()
    assert Org.objects.get(pk="office").valid_to is None


def test_roles_given_since_are_not_lost(people, org):
    CHANGES["rename"](SYSTEM)
    new = make_person("new", Org.objects.get(pk="bureau"), "clerk")
    assert new.pk
    with pytest.raises(BadInput, match="加了角色"):
        undo()


def test_it_is_for_who_manages_and_asks_for_a_reason(people, org):
    CHANGES["rename"](SYSTEM)
    with pytest.raises(NotAllowed):
        undo(by=people["clerk"])
    with pytest.raises(NotFound):
        undo(by=people["stranger"])
    with pytest.raises(FieldErrors):
        taking_back.undo_change(by=people["manager"], change=act_of("office"), reason=" ")
    assert undo(by=people["manager"])[0].pk == "office"


def hand(people, giver, taker, org):
    return handovers.hand_over(by=people["manager"], org=org, giver=giver, taker=taker, on=TODAY, note="轮岗")


def test_a_hand_over_is_taken_back_whole(people, clerk, org, case):
    taker = make_person("taker", org, "head")
    kept = drafts.save(by=clerk, org=org, kind="case", data={"title": "写了一半"})
    before = standing()
    done = hand(people, clerk, taker, org)
    assert queries.notices(taker, case)
    taking_back.undo_handover(by=people["manager"], handover=done.pk, reason="人没有调走")
    assert standing() == before
    assert [one.pk for one in queries.drafts(clerk)] == [kept.pk]
    assert not queries.drafts(taker)
    assert queries.notices(clerk, case) == []
    assert {one.verdict for one in audit.check(org.pk)} == {Verdict.KEPT}
    with pytest.raises(BadInput, match="已经撤销过"):
        taking_back.undo_handover(by=people["manager"], handover=done.pk, reason="再撤")


def test_a_hand_over_worked_on_stays(people, clerk, org, case):
    taker = make_person("taker", org, "head")
    done = hand(people, clerk, taker, org)
    records.advance(by=taker, record=case, step="file", values={"class": "city"}, happened_on=TODAY, seen=1)
    with pytest.raises(BadInput, match="已办了 1 件事"):
        taking_back.undo_handover(by=people["manager"], handover=done.pk, reason="人没有调走")
    with pytest.raises(NotAllowed):
        taking_back.undo_handover(by=taker, handover=done.pk, reason="不接了")
