"""The page that drafts from last year's report: sorted numbers shown, everything taken along, nothing kept."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

URL = "/draft/"
REPORT = "示例街道办2020年度工作总结\n2020年，收到来件20件，另有志愿者30名。\n"


def handed(text=REPORT, name="总结.txt"):
    return SimpleUploadedFile(name, text.encode())


def words(answer) -> str:
    return unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_the_numbers_are_shown_sorted_and_the_files_come_as_one(browse, clerk, org):
    client = browse(clerk)
    first = client.post(URL, {"file": handed(), "year": "2021"})
    assert first.status_code == 200
    assert "由台账算出 1" in words(first)
    assert "待分类 1" in words(first)
    page = first.content.decode()
    given = {
        name: unescape(value) for name, value in re.findall(r'name="(carried[^"]*)" value="([^"]*)"', page)
    }
    taken = client.post(URL, {**given, "year": "2021", "do": "take"})
    assert taken["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(taken.content)) as archive:
        assert set(archive.namelist()) == {
            "2021年度报告草稿.docx",
            "2021年度待填表.xlsx",
            "draft_2021/pack.yaml",
            "draft_2021/outlines/report.yaml",
        }


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({"year": "2021"}, "请选择上年的报告"),
        ({"file": handed(), "year": "明年"}, "不是年度"),
        ({"file": handed(), "year": "2020"}, "应在它之后"),
        ({"file": handed("今天天气很好。"), "year": "2021"}, "不像是一份报告"),
        ({"file": [handed(), handed()], "year": "2021"}, "一次最多 1 份"),
    ],
)
def test_what_cannot_be_drafted_is_refused_in_words(browse, clerk, org, posted, message):
    answer = browse(clerk).post(URL, posted)
    assert answer.status_code == 422
    assert message in words(answer)


def test_only_people_of_an_office_draft(client, db):
    assert client.get(URL).status_code == 302
