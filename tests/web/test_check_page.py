"""The page that checks any document: no login, every figure marked, findings with their places, nothing kept."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.reading import read
from jixiao.reading.marked.layout import Room
from jixiao.reading.marked.view import Limits
from jixiao.web.views import check as view

WRONG = "全年办理来信30件，分为城建类12件、农业类10件、其他类9件。\n另有志愿者35人。\n"
RIGHT = "全年办理来信30件，分为城建类12件、农业类10件、其他类8件。\n"


def posted(client, content, name="示例.txt", **given):
    data = content if isinstance(content, bytes) else content.encode()
    return client.post("/check/", {"file": SimpleUploadedFile(name, data), **given})


def words(answer) -> str:
    """What stands on the page, without its tags."""
    return re.sub(r"<[^>]+>", "", answer.content.decode())


def test_anybody_may_check_without_touching_a_table(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/check/").status_code == 200
        answer = posted(client, WRONG)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_what_does_not_add_up_is_told_with_its_places(client):
    answer = posted(client, WRONG)
    page, text = answer.content.decode(), words(answer)
    assert "识别 5 处数据，核对 4 处，发现 1 处不一致" in text
    (finding,) = re.findall(r'<div class="finding broken" id="n1">.*?</div>', page, re.DOTALL)
    assert "12件 + 10件 + 9件 = 31件" in finding
    assert "读法：" in finding
    assert re.findall(r'href="#f(\d+)">([^<]+)<', finding) == [
        ("1", "30件"),
        ("2", "12件"),
        ("3", "10件"),
        ("4", "9件"),
    ]


def test_marks_are_told_apart_in_words(client):
    page = posted(client, WRONG).content.decode()
    assert (
        '<a class="figure broken" id="f1" href="#n1">30件<span class="unseen">（不一致）</span></a>' in page
    )
    assert '<mark class="figure unchecked" id="f5">35人<span class="unseen">（未核对）</span></mark>' in page


def test_what_holds_is_folded(client):
    page = posted(client, RIGHT).content.decode()
    assert "核对过的数据没有发现不一致" in page
    assert re.search(r"<details class=\"more\"><summary>相符 1 条</summary>.*30件", page, re.DOTALL)
    assert "（已核对）" in page


def test_every_jump_has_its_place(client):
    page = posted(client, WRONG + RIGHT + "本年支出{{金额}}万元，下降（增长）3%。").content.decode()
    places = set(re.findall(r' id="([fn]\d+)"', page))
    jumps = set(re.findall(r'href="#([fn]\d+)"', page))
    assert jumps
    assert jumps <= places


def test_text_may_be_pasted(client):
    answer = client.post("/check/", {"text": WRONG.replace("\n", "\r\n")})
    assert "识别 5 处数据，核对 4 处，发现 1 处不一致" in words(answer)
    rows = client.post("/check/", {"text": WRONG.replace("\n", "\r\n"), "format": "jsonl"}).content.decode()
    assert json.loads(rows)["spans"][0] == [WRONG.index("30件"), WRONG.index("30件") + 3]


def test_the_findings_can_be_taken_along(client, tmp_path, capsys):
    from jixiao.cli.check import check

    answer = posted(client, WRONG, name="示例.txt", format="jsonl")
    assert answer["Content-Disposition"].startswith("attachment; ")
    file = tmp_path / "示例.txt"
    file.write_text(WRONG, encoding="utf-8")
    assert check([file], "jsonl") == 1
    from_commands = [json.loads(line) | {"file": file.name} for line in capsys.readouterr().out.splitlines()]
    assert [json.loads(line) for line in answer.content.decode().splitlines()] == from_commands


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("坏.docx", b"PK\x03\x04 broken"),
        ("坏.pdf", b"not a pdf"),
        ("图.ofd", b"PK"),
        ("空.txt", b""),
        ("歌.mp3", b"ID3"),
    ],
)
def test_a_bad_file_is_told_as_the_command_tells_it(client, name, content):
    from jixiao.errors import BadInput

    with pytest.raises(BadInput) as told:
        read(content, name)
    answer = posted(client, content, name)
    assert answer.status_code == 422
    assert str(told.value) in words(answer)
    assert "还不能核查" in words(answer)


def test_nothing_and_too_much_are_told(client, monkeypatch):
    assert "请选择要核查的文件，或者粘贴文字" in words(client.post("/check/", {"text": "  "}))
    monkeypatch.setattr(view, "LARGEST", 100)
    assert posted(client, "字" * 40).status_code == 422
    monkeypatch.setattr(view, "LONGEST_PASTE", 10_000)
    answer = client.post("/check/", {"text": "字" * 10_001})
    assert answer.status_code == 422
    assert "文字超过 1 万字" in words(answer)


def test_what_is_handed_in_stays_text(client):
    evil = "<script>alert(1)</script>来信<b>30件</b>，XX<img src=x onerror=alert(1)>"
    answer = posted(client, evil, name="<script>alert(2)</script>.txt")
    page = answer.content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert "<img" not in page
    assert " style=" not in page
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_nothing_is_taken_without_a_token():
    assert posted(Client(enforce_csrf_checks=True), WRONG).status_code == 403


def test_a_long_document_is_shown_in_part(client, monkeypatch):
    monkeypatch.setattr(view, "LIMITS", Limits(findings=3, places=8, room=Room(text=2_000, marks=6_000)))
    answer = posted(client, "某项来信1件。\n" * 1_000 + (WRONG.splitlines()[0] + "\n") * 5)
    page = words(answer)
    assert "文件较长，这里只显示一部分" in page
    assert re.search(r"略去 \d+ 段", page)
    assert page.count("城建类12件") >= 5
    assert "另有 2 条没有列出" in page


def test_navigation_and_the_two_pages_lead_to_each_other(client):
    checks, verifies = client.get("/check/").content.decode(), client.get("/verify/").content.decode()
    assert '<a href="/check/" aria-current="page">核查</a>' in checks
    assert '<a href="/check/" aria-current="true">核查</a>' in verifies
    assert 'href="/verify/"' in checks


def test_who_is_signed_in_finds_it_too(browse, clerk):
    page = browse(clerk).get("/check/").content.decode()
    assert '<a href="/check/" aria-current="page">核查</a>' in page
