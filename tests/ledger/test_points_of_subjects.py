"""In the ledger: a second person closes, everyone is owed a reply, bounces count, writers are ranked by their letters."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.ledger.conftest import day

from jixiao.catalogue import load
from jixiao.catalogue.trial import read_scheme, written
from jixiao.errors import BadInput, NotAllowed, NotFound, StepNotLegal
from jixiao.ledger import audit, queries, rules
from jixiao.ledger.actions import evidence, links, orgs, people, records
from jixiao.ledger.models import User
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries import advice, towards
from jixiao.ledger.queries.points import point_schemes, points
from jixiao.values import Verdict

LETTERS = load([], [Path(__file__).parent / "second" / "letters"])
SCHEME = "letters/writers"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from jixiao.ledger import projection

    with django_db_blocker.unblock():
        projection.ensure(LETTERS)


@pytest.fixture(autouse=True)
def _letters(_office_hours):
    with rules.working_under(LETTERS):
        yield


@pytest.fixture
def post():
    made = orgs.create(by=SYSTEM, id="post", title="示例信访室", valid_from=day("2015-01-01"))
    orgs.bind_pack(by=SYSTEM, org=made, pack="letters", from_on=made.valid_from)
    for year in (2019, 2020):
        orgs.set_period(
            by=SYSTEM, org=made, basis="calendar_year", label=f"{year}年度", year=year,
            from_on=datetime.date(year, 1, 1), to_on=datetime.date(year, 12, 31),
        )  # fmt: skip
    return made


def join(post, name, role="clerk"):
    user = User.objects.create(username=name, display_name=f"示例{name}")
    people.join(by=SYSTEM, user=user, org=post, role=role, from_on=day("2015-01-01"))
    return user


@pytest.fixture
def zhao(post):
    return join(post, "zhao")


@pytest.fixture
def qian(post):
    return join(post, "qian")


@pytest.fixture
def writers(zhao, post):
    made = [
        records.create(
            by=zhao, org=post, kind="writer", values={"serial": f"W0{place}", "joined_on": "2018-01-02"}
        )
        for place in (1, 2, 3)
    ]
    return made


def letter(by, post, writer, title="路灯不亮", on="2020-03-02", **values):
    return records.create(
        by=by,
        org=post,
        kind="letter",
        values={"title": title, "received_on": on, "writer": writer.pk, **values},
    )


def step(by, record, name, on="2020-03-10", **values):
    record.refresh_from_db()
    return records.advance(
        by=by, record=record, step=name, seen=record.version, values=values, happened_on=day(on), note="说明"
    )


def reply(by, case, to, on="2020-03-09", **values):
    given = {"title": "示函〔2020〕1号", "sent_on": on, "to": to.pk, **values}
    return records.create(by=by, org=case.org_id, kind="reply", parent=case, values=given)


def paper(by, case):
    evidence.attach(by=by, record=case, grade="official", document_number="示函〔2020〕1号", title="答复函")


def test_whoever_answered_may_not_close_and_another_may(zhao, qian, post, writers):
    case = letter(zhao, post, writers[0])
    reply(zhao, case, writers[0])
    paper(zhao, case)
    step(zhao, case, "answer")
    with pytest.raises(StepNotLegal) as refused:
        step(zhao, case, "close")
    assert "“答复”是您办的" in "".join(refused.value.reasons)
    assert step(qian, case, "close").state == "closed"
    assert all(finding.verdict is Verdict.KEPT for finding in audit.check("post"))


def test_a_name_signed_on_paper_lets_one_person_close(zhao, post, writers):
    case = letter(zhao, post, writers[0])
    reply(zhao, case, writers[0])
    paper(zhao, case)
    step(zhao, case, "answer")
    offered = {one.step: one for one in queries.steps(zhao, case)}
    assert offered["close"].legal  # the signature is filled in with the step
    assert step(zhao, case, "close", signed_by="副主任").state == "closed"


def test_papers_and_every_authors_reply_come_first(zhao, qian, post, writers):
    case = letter(zhao, post, writers[0])
    links.link(by=zhao, record=case, role="others", target=writers[1])
    other = letter(zhao, post, writers[2], title="同一件事")
    links.link(by=zhao, record=other, role="merged_into", target=case)
    step(zhao, case, "answer")
    reply(zhao, case, writers[0])
    (close,) = (one for one in queries.steps(qian, case) if one.step == "close")
    assert set(close.reasons) == {"请先附上佐证材料", "答复函应给到每一位，还缺2份"}
    paper(zhao, case)
    reply(zhao, case, writers[1])
    reply(zhao, case, writers[2])
    assert step(qian, case, "close").state == "closed"


def test_an_answer_taken_back_bars_nobody(zhao, qian, post, writers):
    case = letter(zhao, post, writers[0])
    reply(zhao, case, writers[0])
    paper(zhao, case)
    step(zhao, case, "answer")
    case.refresh_from_db()
    records.undo(by=zhao, record=case, reason="录错")
    step(qian, case, "answer")
    assert step(zhao, case, "close").state == "closed"


def test_each_return_is_counted_in_the_record_and_its_chain(zhao, post, writers):
    case = letter(zhao, post, writers[0])
    for times in (1, 2):
        assert step(zhao, case, "send_back").data["returns"] == times
    assert all(finding.verdict is Verdict.KEPT for finding in audit.check("post"))


def test_advice_is_given_to_whoever_may_read(zhao, post, writers):
    case = letter(zhao, post, writers[0], asked_on="2020-03-05")
    (told,) = advice.findings(zhao, case)
    assert (told.check, told.mend, told.fields) == ("in_order", "请核对日期", ("asked_on", "received_on"))
    child = reply(zhao, case, writers[0], on="2020-02-27")
    assert [one.check for one in advice.findings(zhao, child)] == ["after_receipt"]
    outsider = User.objects.create(username="sun", display_name="示例孙")
    with pytest.raises(NotFound):
        advice.findings(outsider, case)


def test_writers_are_ranked_by_what_their_records_say(zhao, qian, post, writers):
    first = letter(zhao, post, writers[0], weight="2.5")
    links.link(by=zhao, record=first, role="others", target=writers[1])
    reply(zhao, first, writers[0], used="是")
    reply(zhao, first, writers[1], used="是")
    paper(zhao, first)
    step(zhao, first, "answer")
    step(qian, first, "close")
    letter(zhao, post, writers[1], on="2019-05-06")
    view = points(zhao, post, 2020, SCHEME)
    ranked = [(view.labels[one.subject], one.rank, one.total, one.grade) for one in view.standings]
    assert ranked == [
        ("W01", 1, Decimal("17.5"), "合格"),
        ("W02", 1, Decimal("17.5"), "合格"),
        ("W03", 3, 0, "不合格"),
    ]
    lines = {line.id: (line.points, line.records) for line in view.of("W02").lines}
    assert lines["sent"] == (2, (first.pk,))
    assert lines["worth"] == (Decimal("2.5"), (first.pk,))
    assert lines["used"][0] == 3
    assert len(lines["used"][1]) == 2


def test_two_bad_years_running_are_told(zhao, post, writers):
    assert points(zhao, post, 2020, SCHEME).of("W03").follows == ("连续两年不合格的解聘",)
    assert points(zhao, post, 2019, SCHEME).of("W03").follows == ()


def test_who_left_before_the_year_is_not_ranked(zhao, post, writers):
    records.edit(by=zhao, record=writers[2], seen=1, values={"left_on": "2019-06-03"})
    labels = [points(zhao, post, year, SCHEME).labels for year in (2019, 2020)]
    assert [sorted(set(one.values())) for one in labels] == [["W01", "W02", "W03"], ["W01", "W02"]]


def test_a_draft_is_tried_on_the_same_records_and_leaves_no_trace(zhao, post, writers):
    letter(zhao, post, writers[0])
    letter(zhao, post, writers[1])
    links.link(by=zhao, record=letter(zhao, post, writers[1]), role="others", target=writers[2])
    scheme = LETTERS.scheme(SCHEME)
    before = written(scheme)
    draft = read_scheme(before.replace("add: '4'", "add: '6'"), scheme, LETTERS)
    view = points(zhao, post, 2020, SCHEME, draft)
    moves = {view.labels[one.subject]: one for one in view.moves}
    assert moves["W02"].why == (("来信", 6, 9),)
    assert written(LETTERS.scheme(SCHEME)) == before
    assert points(zhao, post, 2020, SCHEME).moves == ()


def test_points_are_shown_to_those_who_may_read_every_register_behind_them(zhao, post, writers):
    reader = join(post, "sun", "reader")
    assert point_schemes(reader, post, 2020) == []
    with pytest.raises(NotAllowed, match="通讯员名册"):
        points(reader, post, 2020, SCHEME)
    assert [one.full_id for one in point_schemes(zhao, post, 2020)] == [SCHEME]


def test_the_orgs_own_sheet_leaves_such_schemes_out(zhao, post, writers):
    assert queries.scores(zhao, post, 2020) == []
    with pytest.raises(BadInput, match="不是单位"):
        queries.scores(zhao, post, 2020, SCHEME)


def test_a_record_counts_once_in_each_line_and_tells_where_else(zhao, post, writers):
    own, city = (
        records.create(by=zhao, org=post, kind="line", values={"name": name}) for name in ("本级", "市级")
    )
    case = letter(zhao, post, writers[0])
    answer = reply(zhao, case, writers[0])
    for source, line in ((case, own), (case, city), (answer, own)):
        links.link(by=zhao, record=source, role="counts_towards", target=line)
    assert [(one.line.label, one.title, one.beside) for one in towards.lines_of(zhao, case)] == [
        ("本级", "计入", ("市级",)), ("市级", "计入", ("本级",)),
    ]  # fmt: skip
    assert [(kind.id, number) for kind, number in towards.totals_of(zhao, own)] == [
        ("letter", 1),
        ("reply", 1),
    ]
    case.refresh_from_db()
    records.void(by=zhao_as_head(post), record=case, reason="重复登记")
    assert towards.totals_of(zhao, own) == []


def zhao_as_head(post):
    return join(post, "head", "head")
