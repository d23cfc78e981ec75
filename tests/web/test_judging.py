"""What no figure can score is judged on the score sheet: by the method's own boxes, with a reason, refused in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.ledger import conftest as office
from tests.ledger.conftest import make_case

from jixiao.catalogue import load
from jixiao.ledger import queries, rules
from jixiao.ledger.actions import scores as score_notes

YEAR = "/year/office/2020"
SCHEME = """
title: 由人评定的
total: 100
source: [{title: 试用办法（示例文件）}]
tree:
  - {id: satisfied, title: 来件人评价, points: 40, leaf: {method: three_band}}
  - {id: rules, title: 制度健全, points: 20, leaf: {method: {name: checkpoints, checkpoints: [有制度, 有台账]}}}
  - {id: chief, title: 领导评分, points: 20, leaf: {method: manual_with_reason}}
  - {id: open, title: 已公开, points: 10, leaf: {method: yes_no}}
  - {id: filing, title: 立案率, points: 10, leaf: {indicator: filing_rate, op: ">=", target: "100%", unit: "%", method: proportional}}
"""


@pytest.fixture(autouse=True)
def _judged(tmp_path):
    """The trial pack with a scheme that people judge."""
    folder = tmp_path / "trial"
    shutil.copytree(Path(office.__file__).parent / "pack" / "trial", folder)
    (folder / "schemes" / "judged.yaml").write_text(SCHEME, encoding="utf-8")
    with rules.working_under(load([], [folder])):
        yield


def where(leaf):
    return f"{YEAR}/scores/trial/judged/{leaf}/judge/"


def score(clerk, leaf):
    sheet = next(one for one in queries.scores(clerk, "office", 2020) if one.scheme == "trial/judged")
    return next(one for one in sheet.scores if one.leaf == leaf)


@pytest.mark.parametrize(
    ("leaf", "given", "earned"),
    [
        ("satisfied", {"band": "部分达成", "share": "70%"}, 28),
        ("rules", {"met_0": "true", "met_1": "false"}, 10),
        ("chief", {"points": "17.5分"}, 17.5),
        ("open", {"yes": "false"}, 0),
    ],
)
def test_a_judgement_with_its_reason_scores(browse, clerk, org, leaf, given, earned):
    client = browse(clerk)
    assert f'href="{where(leaf)}">评定' in client.get(f"{YEAR}/scores/").content.decode()
    answer = client.post(where(leaf), {**given, "reason": "抽查十件，三件不全"})
    assert answer.status_code == 302
    assert float(score(clerk, leaf).earned) == earned
    assert score(clerk, leaf).reason == "抽查十件，三件不全"
    page = client.get(where(leaf)).content.decode()
    assert "抽查十件，三件不全</textarea>" in page
    assert page.count(" checked") == len([one for one in given if one not in ("share", "points")])


@pytest.mark.parametrize(
    ("leaf", "given", "anchor", "told"),
    [
        (
            "satisfied",
            {"band": "部分达成", "share": "95%", "reason": "好"},
            "f-share",
            "比例应在60.00%（含）至80.00%之间",
        ),
        ("satisfied", {"band": "部分达成", "share": "很多", "reason": "好"}, "f-share", "应为数字"),
        ("satisfied", {"share": "95%", "reason": "好"}, "f-band", "请选择达成情况"),
        ("satisfied", {"band": "部分达成", "share": "70%"}, "f-reason", "请填写评定理由"),
        ("rules", {"met_0": "true", "reason": "好"}, "f-met_1", "请选择有台账"),
        ("chief", {"points": "21", "reason": "好"}, "f-points", "应在0至20分之间"),
    ],
)
def test_what_cannot_be_scored_is_told_at_its_box_and_kept(browse, clerk, org, leaf, given, anchor, told):
    answer = browse(clerk).post(where(leaf), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{anchor}"' in page
    assert told in page
    assert given.get("reason", "") in page
    assert score(clerk, leaf).earned is None


def test_a_reason_for_lost_points_leaves_the_judgement_as_it_is(browse, clerk, org):
    score_notes.note(
        by=clerk,
        org=org,
        scheme="judged",
        year=2020,
        leaf="chief",
        judgement={"points": "15", "reason": "一般"},
    )
    browse(clerk).post(f"{YEAR}/scores/trial/judged/chief/", {"reason": "两件超时"})
    assert (float(score(clerk, "chief").earned), score(clerk, "chief").reason) == (15, "两件超时")


def test_a_measured_leaf_is_not_judged(browse, clerk, org):
    make_case(clerk, org)
    client = browse(clerk)
    assert client.get(where("filing")).status_code == 404
    assert where("filing") not in client.get(f"{YEAR}/scores/").content.decode()


def test_only_who_may_file_judges(browse, head, org):
    client = browse(head)
    assert client.get(where("chief")).status_code == 403
    assert client.post(where("chief"), {"points": "20", "reason": "好"}).status_code == 403
    assert "/judge/" not in client.get(f"{YEAR}/scores/").content.decode()
