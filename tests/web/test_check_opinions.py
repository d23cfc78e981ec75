"""What a person says of a finding counts at once, travels with the page, and for an office is kept."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.test_check_downloads import again, posted

from jixiao.errors import BadInput, FieldErrors, NotFound
from jixiao.ledger import audit
from jixiao.ledger.actions import opinions as actions
from jixiao.ledger.models import FindingOpinion
from jixiao.ledger.queries.opinions import opinions_of
from jixiao.reading.marked import Opinion, Saying, write_opinions
from jixiao.values import Verdict

TALLY = "识别 4 处数据，核对 4 处，发现 {} 处不一致"


def mark_on(page: str) -> str:
    return re.search(r'name="say-(\w{16})"', page)[1]


def words(answer) -> str:
    return re.sub(r"<[^>]+>", "", answer.content.decode())


def said(client, page: str, value: str, note: str = "", **more):
    mark = mark_on(page)
    return client.post(
        "/check/", {**again(page), f"say-{mark}": value, f"note-{mark}": note, "do": "say", **more}
    )


def test_a_dismissed_finding_counts_no_more_and_stays(client):
    page = posted(client).content.decode()
    answer = said(client, page, "misread", "另有\n说明<b>")
    assert TALLY.format(0) in words(answer)
    assert "意见：读法不对（误报）：另有 说明&lt;b&gt;" in answer.content.decode()
    assert 'class="finding dismissed"' in answer.content.decode()
    back = said(client, answer.content.decode(), "")
    assert TALLY.format(1) in words(back)
    assert FindingOpinion.objects.count() == 0


def test_opinions_go_along_as_a_file_and_come_back(client):
    answer = said(client, posted(client).content.decode(), "accepted", "口径不同")
    file = client.post("/check/", {**again(answer.content.decode()), "format": "opinions"})
    (row,) = [json.loads(line) for line in file.content.decode().splitlines()]
    assert (row["verdict"], row["note"]) == ("accepted", "口径不同")
    assert "办理来信" in row["about"]
    fresh = posted(client, opinions=SimpleUploadedFile("意见.jsonl", file.content))
    assert TALLY.format(0) in words(fresh)
    assert "已知，可接受：口径不同" in words(fresh)


def test_rows_speak_of_opinions_where_there_are_any(client):
    page = posted(client).content.decode()
    plain = client.post("/check/", {**again(page), "format": "jsonl"}).content.decode()
    assert "opinion" not in json.loads(plain)
    counted = said(client, page, "misread").content.decode()
    rows = client.post("/check/", {**again(counted), "format": "jsonl"}).content.decode()
    assert json.loads(rows)["opinion"] == "misread"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"{", b'{"fingerprint": 1}'])
def test_a_file_that_holds_no_opinions_is_told_at_its_box(client, content):
    answer = posted(client, opinions=SimpleUploadedFile("意见.jsonl", content))
    assert answer.status_code == 422
    assert 'href="#f-opinions"' in answer.content.decode()


def test_a_box_that_was_tampered_with_is_refused(client):
    assert said(client, posted(client).content.decode(), "maybe").status_code == 422


def test_an_office_remembers(browse, clerk, head, stranger, org):
    page = posted(browse(clerk)).content.decode()
    assert FindingOpinion.objects.count() == 0  # nothing is kept unless asked
    answer = said(browse(clerk), page, "misread", "口径不同")
    assert "已记下 1 条意见" in words(answer)
    (kept,) = FindingOpinion.objects.all()
    assert (kept.verdict, kept.note, kept.said_by, kept.version) == ("misread", "口径不同", "clerk", 1)
    assert TALLY.format(0) in words(posted(browse(head)))
    assert "clerk" in words(posted(browse(head)))
    assert TALLY.format(1) in words(posted(browse(stranger)))
    back = said(browse(head), posted(browse(head)).content.decode(), "")
    assert TALLY.format(1) in words(back)
    assert opinions_of(clerk, org) == {}
    assert {one.verdict for one in audit.check(org.pk)} == {Verdict.KEPT}


def test_nothing_of_the_document_is_kept_with_an_opinion(browse, clerk):
    said(browse(clerk), posted(browse(clerk)).content.decode(), "wrong")
    (kept,) = FindingOpinion.objects.all().values()
    assert not any("来信" in str(value) or "30件" in str(value) for value in kept.values())


def test_saying_the_same_again_keeps_no_second_version(clerk, org):
    for _ in range(2):
        actions.say(by=clerk, org=org, fingerprint="0" * 16, verdict=Saying.ACCEPTED, note="口径")
    assert actions.say(by=clerk, org=org, fingerprint="1" * 16, verdict=None) is None
    assert FindingOpinion.objects.count() == 1
    actions.say(by=clerk, org=org, fingerprint="0" * 16, verdict=Saying.WRONG)
    assert opinions_of(clerk, org)["0" * 16].verdict is Saying.WRONG


def test_only_the_office_may_speak_for_it(clerk, stranger, org):
    with pytest.raises(NotFound):
        actions.say(by=stranger, org=org, fingerprint="0" * 16, verdict=Saying.WRONG)
    with pytest.raises(NotFound):
        opinions_of(stranger, org)
    with pytest.raises(BadInput):
        actions.say(by=clerk, org=org, fingerprint="abc", verdict=Saying.WRONG)
    with pytest.raises(FieldErrors):
        actions.say(by=clerk, org=org, fingerprint="0" * 16, verdict=Saying.WRONG, note="x" * 501)


def test_an_opinion_changed_behind_the_ledger_is_found(clerk, org):
    actions.say(by=clerk, org=org, fingerprint="0" * 16, verdict=Saying.ACCEPTED)
    FindingOpinion.objects.update(verdict="misread")
    told = [one.reason for one in audit.check(org.pk) if one.verdict is Verdict.BROKEN]
    assert any("对核查结果 0000000000000000 的第 1 次意见与流转记录不一致" in reason for reason in told)


def test_the_page_takes_no_more_words_than_the_ledger(client):
    long = write_opinions([Opinion("0" * 16, Saying.WRONG, "字" * 2_000)])
    answer = posted(client, opinions=SimpleUploadedFile("意见.jsonl", long.encode()))
    kept = json.loads(again(answer.content.decode())["opinions_kept"])
    assert len(kept["note"]) == 500
