"""A dissatisfied author gets a second reply, not the first once more; and no reply goes past a helping unit unasked."""

# ruff: noqa: F811

from __future__ import annotations

import pytest
from tests.handing import (  # noqa: F401 - fixtures
    COUNTERSIGN,
    FEEDBACK,
    _packs_tables,
    _under_the_packs,
    case,
    contact_of,
    handing_of,
    other,
    people,
    reply_of,
    take,
)
from tests.ledger.conftest import TODAY

from jixiao.errors import FieldErrors, StepNotLegal
from jixiao.ledger import queries
from jixiao.ledger.actions import records
from jixiao.ledger.models import Record


def signed(people, by, above, unit, number):
    reply = reply_of(people, by, above, unit, **{"class": "a"})
    take(by, reply, "countersign")
    take(people.assigner, reply, "examine")
    return take(by, reply, "sign", document_number=number, answered_on="2021-02-26")


@pytest.fixture
def replied(people, other):
    """A proposal of one unit, replied to; the author is not satisfied."""
    take(people.roads, handing_of(other, "roads"), "accept")
    contact_of(people, people.roads, other, "roads")
    take(people.roads, other, "draft_reply")
    signed(people, people.roads, other, "roads", "示路函1号")
    take(people.roads, other, "reply")
    given = {"form_number": "征1", "issued_on": "2021-02-26"}
    form = records.create(by=people.clerk, org=people.office, kind=FEEDBACK, values=given, parent=other)
    take(people.clerk, form, "take_back", attitude="satisfied", result="unsatisfied")
    take(people.clerk, form, "ask_redo", redo_asked_on="2021-02-26")
    return form


def test_the_first_reply_does_not_do_for_the_second(people, other, replied):
    take(people.clerk, other, "redo", note="对结果不满意")
    take(people.roads, other, "draft_reply")
    with pytest.raises(StepNotLegal) as refused:
        take(people.roads, other, "reply")
    assert refused.value.reasons == ("重新办理之后，还没有新签发的答复函；原来的那份不能当作再次答复",)
    with pytest.raises(StepNotLegal, match="登记再次答复"):
        take(people.clerk, replied, "answer_again", redo_answered_on="2021-02-27")
    signed(people, people.roads, other, "roads", "示路函2号")
    take(people.clerk, replied, "answer_again", redo_answered_on="2021-02-27")
    done = take(people.roads, other, "reply")
    assert (done.state, done.dues["second_reply"]["met_on"]) == ("replied", TODAY.isoformat())


def test_a_second_reply_voided_or_taken_back_does_not_count(people, other, replied):
    take(people.clerk, other, "redo", note="对结果不满意")
    take(people.roads, other, "draft_reply")
    again = signed(people, people.roads, other, "roads", "示路函2号")
    records.undo(by=people.clerk, record=again, reason="签错")
    with pytest.raises(StepNotLegal):
        take(people.roads, other, "reply")
    take(people.roads, again, "sign", document_number="示路函3号", answered_on="2021-02-27")
    records.void(by=people.reviewer, record=Record.objects.get(pk=again.pk), reason="发错")
    with pytest.raises(StepNotLegal):
        take(people.roads, other, "reply")


def test_a_case_handled_anew_stays_replied_in_time(people, other, replied):
    before = Record.objects.get(pk=other.pk).dues["reply"]
    take(people.clerk, other, "redo", note="对结果不满意")
    now, early = Record.objects.get(pk=other.pk), {"first_replied_on": "2021-02-01"}
    with pytest.raises(FieldErrors, match="记下"):
        records.edit(by=people.assigner, record=now, values=early, seen=now.version)
    row = Record.objects.get(pk=other.pk)
    assert row.data["first_replied_on"] == before["met_on"] == TODAY.isoformat()
    assert row.dues["reply"] == before
    assert (row.dues["second_reply"]["on"], row.dues["second_reply"]["met_on"]) == ("2021-04-01", None)
    assert row.data["redone_on"] == TODAY.isoformat()


def test_a_redo_that_was_undone_asks_for_nothing(people, other, replied):
    row = take(people.clerk, other, "redo", note="对结果不满意")
    records.undo(by=people.clerk, record=row, reason="误点")
    found = Record.objects.get(pk=other.pk)
    assert (found.state, found.data.get("first_replied_on")) == ("replied", None)
    options = {one.step: one for one in queries.steps(people.clerk, other)}
    assert options["redo"].legal


def test_every_helping_unit_is_asked_to_countersign(people, case):
    reply = reply_of(people, people.housing, case, "housing")
    with pytest.raises(StepNotLegal) as refused:
        take(people.housing, reply, "countersign")
    assert refused.value.reasons == ("会办单位的会签单应给到每一位，还缺1份",)
    given = {"unit": "water", "asked_on": "2021-02-26"}
    asked = records.create(by=people.housing, org=people.office, kind=COUNTERSIGN, values=given, parent=reply)
    with pytest.raises(StepNotLegal) as refused:
        take(people.housing, reply, "countersign")
    assert refused.value.reasons == ("还有会办单位没有会签",)
    records.edit(by=people.water, record=asked, values={"signed_on": "2021-02-27"}, seen=asked.version)
    assert take(people.housing, reply, "countersign").state == "countersigned"


def test_a_unit_that_was_moved_away_or_replies_itself_is_not_asked(people, case):
    water = handing_of(case, "water")
    own = reply_of(people, people.clerk, case, "water")
    assert take(people.clerk, own, "countersign").state == "countersigned"
    take(people.water, water, "ask_return", return_reason="不属本局")
    take(people.assigner, water, "move", note="同意")
    reply = reply_of(people, people.housing, case, "housing")
    assert take(people.housing, reply, "countersign").state == "countersigned"
