"""Files handed in over REST: anybody may ask, names of records are for people of the office that issued."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.api.conftest import MODEL_BACKEND, ROOT
from tests.ledger.conftest import make_case

from jixiao.api.resources import verify
from jixiao.ledger import queries
from jixiao.ledger.actions import filed, records, reports, scores


@pytest.fixture
def issued(clerk, head, org):
    """The report of a year as it was issued, and the case it tells of."""
    case = make_case(clerk, org, title="路灯不亮", amount="10万元")
    case = records.advance(
        by=clerk, record=case, step="file", values={"class": "city"}, seen=1, happened_on=DAY
    )
    period = queries.periods_for(clerk, org).get(year=2020)
    filed.file(
        by=clerk, org=org, item="budget", value="73万", stated_on=DAY, period=period, source="预算批复"
    )
    scores.note(by=clerk, org=org, scheme="goals", year=2020, leaf="quality", reason="没有紧急来件")
    made = reports.issue(by=head, org=org, year=2020)
    return case, queries.issued_file(clerk, made.root, "html")


DAY = datetime.date(2020, 3, 5)


def hand_in(content: bytes, user=None, name="报告.html"):
    """A browser that checks tokens hands a file in without one."""
    client = Client(enforce_csrf_checks=True)
    if user is not None:
        client.force_login(user, backend=MODEL_BACKEND)
    answer = client.post(f"{ROOT}/verify", {"file": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.json()


def test_the_issued_file_is_known_again_without_login(issued):
    _, content = issued
    status, told = hand_in(content)
    assert (status, told["outcome"], told["details"]) == (200, "intact", [])
    assert any("不是电子签名" in note for note in told["notes"])


def test_an_altered_digit_is_told(issued):
    _, content = issued
    assert "10万元".encode() in content
    _, told = hand_in(content.replace("10万元".encode(), "11万元".encode()))
    assert told["outcome"] == "figure_altered"
    assert any(one["kind"] == "figure" for one in told["details"])


def test_which_record_changed_is_for_the_office(issued, clerk, stranger):
    case, content = issued
    records.edit(by=clerk, record=case, values={"title": "路灯全不亮"}, seen=case.version)
    for visitor in (None, stranger):
        _, told = hand_in(content, visitor)
        assert told["outcome"] == "records_changed"
        assert told["details"] == []
        assert any("条记录变动" in note for note in told["notes"])
    _, told = hand_in(content, clerk)
    assert [one["kind"] for one in told["details"]] == ["record"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.html"),
        (b"PK\x03\x04 cut off", "a.docx"),
        ("<p>别的文件</p>".encode(), "a.html"),
        (b"x", "a.exe"),
    ],
)
def test_a_file_that_says_nothing_is_refused(db, content, name):
    status, told = hand_in(content, name=name)
    assert status == 422
    assert told["message"]


def test_a_missing_or_too_large_file_is_told(client, db, monkeypatch):
    answer = client.post(f"{ROOT}/verify", {})
    assert answer.status_code == 422
    monkeypatch.setattr(verify, "LARGEST", 10)
    status, told = hand_in(b"x" * 11)
    assert status == 422
    assert "超过" in told["errors"]["file"]
