"""A department nobody prepared for: a pack of files beside those that come with the program, and everything follows.

The pack stands in `education/` and names no line of Python; the tests name nothing but the pack.
"""

from __future__ import annotations

import datetime
import json
from functools import cache
from pathlib import Path

import pytest

from jixiao.catalogue import load
from jixiao.catalogue.fields import parse
from jixiao.indicators import examples as worked
from jixiao.values import Verdict

SHELF = Path(__file__).parent / "education"
PACK, ORG = "education", "demo-education"
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
pytestmark = pytest.mark.django_db

PRINTED = {  # indicator → printed, records behind it
    "hazards_found": ("4处", 4),  # a count
    "hazards_closed": ("2处", 2),  # a count of what reached a state
    "hazards_in_time": ("50%", 4),  # a rate over part of the same rows, against a deadline
    "schools_trained": ("6所", 3),  # different schools over a link
    "training_coverage": ("64.29%", 4),  # a rate per a filed value
    "schools_open": ("6所", 6),  # a stock
    "students": ("5000余人", 4),  # the last snapshot, rounded down
    "students_compulsory": ("3426人", 2),
    "aid_paid": ("约98万元", 2),  # money in 万
}


@cache
def rules_of_all():
    """The packs that come with the program, and the department's own beside them."""
    return load(None, [SHELF], day=datetime.date(2021, 3, 1))


@pytest.fixture(autouse=True)
def bureau(settings, tmp_path, monkeypatch):
    """The example bureau, installed from its files alone."""
    from jixiao.ledger import clock, examples, rules

    settings.HOME = tmp_path
    monkeypatch.setattr(clock, "today", lambda: datetime.date(2021, 3, 1))
    with rules.working_under(rules_of_all()):
        yield examples.install(SHELF / PACK / "examples" / ORG).org


@pytest.fixture
def browse(client):
    """A client signed in as one of the bureau's people."""
    from jixiao.ledger.models import User

    def as_(username):
        client.force_login(User.objects.get(username=username), backend=MODEL_BACKEND)
        return client

    return as_


def kinds(*, roots=True):
    return [
        kind for kind in rules_of_all().kinds.values() if kind.pack == PACK and roots == (kind.parent is None)
    ]


def page(client, where):
    answer = client.get(where)
    assert answer.status_code == 200, where
    return answer.content.decode()


def filled(kind):
    """What a person would type into each field of the kind's form."""
    from jixiao.ledger.models import Record

    typed = {
        "text": "示例名称", "long_text": "示例情况", "date": "2020-10-08", "integer": "12", "decimal": "1.5",
        "money": "3.5万元", "boolean": "是", "stated": "30余", "org": "demo-training-centre",
    }  # fmt: skip

    def value(spec):
        if spec.codes:
            return next(iter(rules_of_all().codes[spec.codes].codes))
        return Record.objects.filter(kind=spec.to)[0].pk if spec.to else typed[spec.type.value]

    numbered = kind.number.field if kind.number else ""
    return {name: value(spec) for name, spec in kind.fields.items() if name != numbered}


def row_at(address):
    """The record whose page this is."""
    from jixiao.ledger.models import Record

    return Record.objects.get(pk=address.strip("/").split("/")[-1])


def test_the_files_are_sound_and_their_examples_hold():
    mine = [one for one in rules_of_all().indicators.values() if one.pack == PACK]
    ran = [outcome for one in mine for outcome in worked.run(rules_of_all(), one)]
    assert ran
    assert [one for one in ran if one.problem] == []


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.id)
def test_each_kind_has_a_form_a_list_with_filters_and_a_page(browse, kind):
    clerk, where = browse("edu-clerk"), f"/registers/{PACK}/{kind.id}/"
    form = page(clerk, f"{where}new/")
    assert all(spec.title in form for spec in kind.fields.values() if spec.required)
    typed = filled(kind)
    made = clerk.post(f"{where}new/", {**typed, "do": "save"})
    assert made.status_code == 302, made.content.decode()
    stored = {name: parse(kind.fields[name], text, rules_of_all()) for name, text in typed.items()}
    assert row_at(made["Location"]).data == stored
    record = page(clerk, made["Location"])
    assert "示例名称" in record
    assert all(spec.title in record for spec in kind.steps.values() if kind.initial in spec.from_)
    listed = page(clerk, f"{where}?q=示例名称")
    assert "共 1 条" in listed
    assert all(spec.title in listed for spec in kind.fields.values() if spec.codes and spec.required)
    assert "示例名称" in page(clerk, f"{where[:-1]}.csv")
    assert all(state.title in page(clerk, f"{where}backfill/") for state in list(kind.states.values())[1:])


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.id)
def test_each_wrong_field_is_told_by_its_name_and_nothing_is_written(browse, kind):
    from jixiao.ledger.models import Record

    wrong = {"date": "2020-02-30", "integer": "3.5", "decimal": "1.234", "money": "很多", "stated": "若干",
             "code": "海洋", "boolean": "也许", "ref": "没有", "org": "没有"}  # fmt: skip
    given = {name: wrong[spec.type.value] for name, spec in kind.fields.items() if spec.type.value in wrong}
    before = Record.objects.count()
    answer = (
        browse("edu-clerk")
        .post(f"/registers/{PACK}/{kind.id}/new/", {**given, "do": "save"})
        .content.decode()
    )
    assert "还不能登记" in answer
    assert [name for name in given if f'id="f-{name}-error"' not in answer] == []
    assert Record.objects.count() == before


def test_a_case_goes_its_way_and_waits_for_its_child(browse):
    officer = browse("edu-safety")
    assert officer.get(f"/registers/{PACK}/training/new/").status_code == 403
    (hazard,) = kinds_of("hazard")
    made = officer.post(f"/registers/{PACK}/hazard/new/", {**filled(hazard), "extra_days": "", "do": "save"})
    at = made["Location"]

    def take(client, step, **given):
        given |= {"happened_on": "2020-10-12", "seen": row_at(at).version}
        return client.post(f"{at}steps/{step}/", given).status_code

    for step, given in (("assign", {}), ("rectify", {"measure": "更换"})):
        assert take(officer, step, **given) == 302
    assert "安改2020-001" in page(officer, at)
    assert "没有合格的复查记录，不能销号" in page(officer, at)
    assert take(browse("edu-reviewer"), "accept") == 409
    officer = browse("edu-safety")
    child = {"title": "复查", "checked_on": "2020-10-20", "passed": "是", "do": "save"}
    assert officer.post(f"{at}children/{PACK}/hazard_check/new/", child).status_code == 302
    assert take(browse("edu-reviewer"), "accept") == 302
    row = row_at(at)
    assert (row.state, row.dues["rectification"]["on"]) == ("accepted", "2020-11-02")
    assert figure_texts()["hazards_closed"] == ("3处", 3)


def kinds_of(name):
    return [kind for kind in kinds() if kind.id == name]


def figure_texts():
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    found = queries.year(SYSTEM, ORG, 2020).figures
    return {one.indicator.removeprefix(f"{PACK}/"): (one.text, one.records) for one in found}


def test_figures_relation_and_score_follow():
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM

    assert figure_texts() == PRINTED
    view = queries.year(SYSTEM, ORG, 2020)
    assert [finding.verdict for finding in view.findings] == [Verdict.KEPT]
    assert [str(one.earned) for one in view.scores] == ["65.05"]


def test_the_year_its_figures_and_its_scores_have_pages(browse):
    clerk, year = browse("edu-clerk"), f"/year/{ORG}/2020/"
    told = page(clerk, year)
    lines = {one: f'href="{year}figures/{PACK}/{one}/"' for one in PRINTED}
    assert [one for one, link in lines.items() if link not in told] == []
    assert "≥95%" in page(clerk, f"{year}scores/")
    assert "≥95%" in page(clerk, f"/rules/schemes/{PACK}/self_evaluation/")
    in_time = page(clerk, f"{year}figures/{PACK}/hazards_in_time/")
    assert "分子、分母" in in_time
    assert "目标 ≥95%" in in_time
    coverage = page(clerk, f"{year}figures/{PACK}/training_coverage/")
    assert "在编教师数" in coverage
    assert "分母" in coverage
    assert "不计</td>" not in coverage


def test_a_stock_older_than_the_office_counts_and_is_not_called_uncounted(browse):
    from jixiao.ledger import queries
    from jixiao.ledger.models import Record
    from jixiao.ledger.permissions import SYSTEM

    school = Record.objects.get(kind=f"{PACK}/school", label="示例第一小学")
    assert queries.notices(SYSTEM, school) == []
    assert [one.indicator.id for one in queries.counted_in(SYSTEM, school)] == ["schools_open"]


@pytest.mark.parametrize("kind", kinds() + kinds(roots=False), ids=lambda kind: kind.id)
def test_each_kind_is_in_the_interface_with_its_schema(browse, kind):
    clerk = browse("edu-clerk")
    paths = json.loads(page(clerk, "/api/v1/openapi.json"))["paths"]
    where = f"/api/v1/records/{PACK}/{kind.id}"
    assert where in paths
    assert json.loads(page(clerk, f"/api/v1/kinds/{PACK}/{kind.id}"))["title"] == kind.title
    listed = json.loads(page(clerk, where))
    assert listed["count"] > 0
    assert set(kind.fields) >= set(listed["items"][0]["values"])


def test_what_is_posted_to_the_interface_counts(browse):
    given = {
        "org": ORG,
        "values": {"title": "补发", "paid_on": "2020-12-01", "term": "秋季学期", "amount": "2.375万元"},
    }
    made = browse("edu-clerk").post(
        f"/api/v1/records/{PACK}/aid_payment", json.dumps(given), "application/json"
    )
    assert made.status_code == 201, made.content.decode()
    assert figure_texts()["aid_paid"] == ("100万元", 3)
    told = json.loads(page(browse("edu-clerk"), f"/api/v1/figures/{ORG}/2020"))
    assert {one["id"].removeprefix(f"{PACK}/"): one["text"] for one in told}["aid_paid"] == "100万元"


def test_the_report_is_told_issued_and_verified():
    from jixiao.ledger import queries
    from jixiao.ledger.actions import reports
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.reports.document import plain_text
    from jixiao.reports.seal import Outcome

    told = plain_text(queries.report(SYSTEM, ORG, None, 2020).document).splitlines()
    assert told[:3] == [
        "示例区教育局2020年度绩效报告",
        "一、校园安全",
        "全年排查校园安全隐患4处，验收销号2处，按期整改率50%。销号的有围墙开裂、消火栓压力不足。",
    ]
    issued = reports.issue(by=SYSTEM, org=ORG, outline=None, year=2020)
    assert {"docx", "html"} <= set(issued.files)
    for form in issued.files:
        content = queries.issued_file(SYSTEM, issued.root, form)
        assert queries.verify(content, f"报告.{form}").verification.outcome is Outcome.INTACT


def test_a_year_without_records_is_told_as_not_reported(browse):
    from jixiao.ledger import queries
    from jixiao.ledger.actions import orgs
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.reports.document import plain_text

    for basis in ("calendar_year", "as_of"):
        orgs.set_period(
            by=SYSTEM, org=ORG, basis=basis, label="2019年度", year=2019,
            from_on=datetime.date(2019, 1, 1), to_on=datetime.date(2019, 12, 31),
        )  # fmt: skip
    told = plain_text(queries.report(SYSTEM, ORG, None, 2019).document)
    assert "本年度教师培训情况未填报。" in told
    assert "未填报" in page(browse("edu-clerk"), f"/year/{ORG}/2019/")
