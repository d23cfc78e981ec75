"""What can be taken along from a checked document, and that nothing of it stays on the server."""

from __future__ import annotations

import base64
import html
import io
import random
import re
import zipfile
import zlib
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook
from tests.reading.marked.word_files import body, fastened, word_file

from jixiao.reading import bounded
from jixiao.web import carried, strangers

WRONG = "全年办理来信30件，分为城建类12件、农业类10件、其他类9件。"
WORD = word_file(body(f'<w:p><w:r><w:t xml:space="preserve">{WRONG}</w:t></w:r></w:p>'))


def posted(client, content=WRONG, name="示例.txt", **given):
    data = content if isinstance(content, bytes) else content.encode()
    return client.post("/check/", {"file": SimpleUploadedFile(name, data), **given})


def again(page: str) -> dict[str, str]:
    """What the form that carries the document sends."""
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def name_of(answer) -> str:
    return unquote(answer["Content-Disposition"].split("UTF-8''")[1])


@pytest.mark.parametrize("content", [WRONG.encode(), WORD], ids=["txt", "docx"])
def test_a_file_comes_back_with_comments_without_being_sent_again(client, content):
    name = "示例.docx" if content is WORD else "示例.txt"
    fields = again(posted(client, content, name).content.decode())
    answer = client.post("/check/", {**fields, "format": "docx"})
    assert name_of(answer) == "示例-批注.docx"
    assert list(fastened(answer.content).values()) == ["30件"]


def test_the_workbook_and_the_page_come_too(client):
    fields = again(posted(client).content.decode())
    book = client.post("/check/", {**fields, "format": "xlsx"})
    assert name_of(book) == "示例-核查.xlsx"
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).sheet_names
    assert sheets == ["核查结果", "全部数据"]
    page = client.post("/check/", {**fields, "format": "html"})
    assert name_of(page) == "示例-核查.html"
    assert "attachment" in page["Content-Disposition"]
    assert "<style>" in page.content.decode()


def test_what_the_page_carries_may_be_large(client):
    picture = random.Random(7).randbytes(2_400_000)
    inner = body(f'<w:p><w:r><w:t xml:space="preserve">{WRONG}</w:t></w:r></w:p>')
    large = word_file(inner, **{"word/media/image1.png": picture})
    fields = again(posted(client, large, "示例.docx").content.decode())
    answer = client.post("/check/", {**fields, "format": "docx"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.read("word/media/image1.png") == picture


def test_a_chosen_file_counts_before_the_carried_one(client):
    fields = again(posted(client).content.decode())
    answer = posted(client, "另有志愿者35人。", "另一份.txt", **fields)
    assert "另一份.txt" in answer.content.decode()
    assert "30件" not in answer.content.decode()


def test_what_is_too_large_to_carry_is_said(client, monkeypatch):
    monkeypatch.setattr(carried, "MOST", 10)
    page = posted(client).content.decode()
    assert "文件较大，没有随网页带着" in page
    assert 'name="carried"' not in page
    assert fastened(posted(client, format="docx").content)


@pytest.mark.parametrize(
    "field",
    [
        "好",
        "AAAA",
        base64.b64encode(zlib.compress(b"x" * 100)[:-6]).decode(),
        base64.b64encode(zlib.compress(b"")).decode(),
    ],
)
def test_a_carried_document_that_was_tampered_with_is_refused(client, field):
    answer = client.post("/check/", {"carried": field, "carried_name": "示例.txt"})
    assert answer.status_code == 422
    assert carried.GONE in answer.content.decode()


def test_a_carried_bomb_is_refused():
    bomb = base64.b64encode(zlib.compress(b"0" * 5_000_000)).decode()
    with pytest.raises(carried.BadInput):
        carried.unpacked(bomb, 1_000_000)
    assert carried.unpacked(carried.packed(b"0" * 999), 1_000) == b"0" * 999


def test_nothing_stays_on_the_server(client, settings):
    before = sorted(settings.HOME.rglob("*"))
    fields = again(posted(client, WORD, "示例.docx").content.decode())
    client.post("/check/", {**fields, "format": "docx"})
    assert sorted(settings.HOME.rglob("*")) == before


def test_too_many_from_one_address_are_asked_to_come_back(client, settings, monkeypatch):
    from django.core.cache import caches

    monkeypatch.setattr(strangers.time, "time", lambda: 1_600_000_020.0)  # all in one minute
    settings.CHECKS_PER_MINUTE = 2
    caches["visitors"].clear()
    answers = [client.post("/check/", {"text": WRONG}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    late = answers[-1]
    assert 0 < int(late["Retry-After"]) <= 60
    assert "一分钟内最多核查 2 份文件" in late.content.decode()
    assert WRONG in late.content.decode()  # what was pasted is still there
    assert client.get("/check/").status_code == 200
    verified = client.post("/verify/", {"file": SimpleUploadedFile("a.docx", WORD)})
    assert verified.status_code == 429
    elsewhere = client.post("/check/", {"text": WRONG}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200
    caches["visitors"].clear()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:1::1", False),
    ],
)
def test_a_network_is_one_visitor(rf, one, other, same):
    keys = [strangers.network(rf.get("/", REMOTE_ADDR=address)) for address in (one, other)]
    assert (keys[0] == keys[1]) is same


@pytest.mark.parametrize("page", ["/check/", "/verify/"])
def test_when_all_places_are_taken_one_is_asked_to_wait(client, monkeypatch, page):
    import threading

    monkeypatch.setattr(strangers, "PLACES", threading.BoundedSemaphore(1))
    monkeypatch.setattr(strangers, "PATIENCE", 0.01)
    with strangers.PLACES:
        answer = client.post(page, {"file": SimpleUploadedFile("a.docx", WORD)})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "现在核查的人较多" in answer.content.decode()


@pytest.mark.parametrize("page", ["/check/", "/verify/"])
def test_a_document_that_takes_too_long_is_told_kindly(client, monkeypatch, page):
    monkeypatch.setattr(strangers, "SECONDS", 0.2)
    monkeypatch.setattr(bounded, "_GRACE", 0.3)
    endless = ("来信30件，" * 600_000).encode()
    answer = client.post(page, {"file": SimpleUploadedFile("长.txt", endless)})
    assert answer.status_code == 422
    assert "长.txt：0.2 秒内没有核查完，已停下；请拆分" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("程序.exe", b"MZ\x90\x00" + b"\x00" * 64, "不认识 .exe 文件"),
        ("空.docx", b"", "文件是空的"),
        ("大.txt", b"1" * (22 * 1024 * 1024), "文件有 22 MB，超过 20 MB"),
        (
            "锁.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2048 + "EncryptedPackage".encode("utf-16-le"),
            "密码",
        ),
    ],
)
def test_wrong_files_are_told_what_to_do(client, name, content, told):
    answer = posted(client, content, name)
    assert answer.status_code == 422
    assert told in re.sub(r"<[^>]+>", "", answer.content.decode())


def test_a_word_bomb_is_refused_in_time(client):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 60_000_000)
    answer = posted(client, made.getvalue(), "弹.docx")
    assert answer.status_code == 422
    assert "解压后过大" in answer.content.decode()


def test_half_of_the_threads_stay_free_for_the_office(client, monkeypatch):
    import threading

    monkeypatch.setattr(strangers, "PATIENCE", 60.0)
    monkeypatch.setattr(strangers, "DOORS", threading.BoundedSemaphore(2))
    with strangers.DOORS, strangers.DOORS:
        answer = client.post("/check/", {"text": "全年办理12件。"})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert client.post("/check/", {"text": "全年办理12件。"}).status_code == 200
