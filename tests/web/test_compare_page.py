"""The page that holds documents against the ledger: groups with links, answers remembered, strangers kept out."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.ledger.conftest import make_case

from jixiao.ledger import queries
from jixiao.ledger.models import StatementMatch

URL = "/compare/office/2020/"


@pytest.fixture
def figure(clerk, org):
    """The figure that counts the cases of the year, with two of them."""
    make_case(clerk, org)
    make_case(clerk, org, title="井盖松动")
    view = queries.year(clerk, org, 2020)
    return next(one for one in view.figures if one.unit == "件" and one.exact == 2)


def handed(text, name="总结.txt"):
    return SimpleUploadedFile(name, text.encode())


def words(answer) -> str:
    return unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))


def hidden(answer) -> dict[str, str]:
    """What the form of the result would post."""
    page = answer.content.decode()
    return {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
        if name != "csrfmiddlewaretoken"
    }


def test_a_document_is_shown_in_groups_with_links_to_figures(browse, clerk, figure):
    answer = browse(clerk).post(URL, {"file": handed(f"2020年度总结\n{figure.title}2件。另有志愿者30名。")})
    assert answer.status_code == 200
    pack, _, name = figure.indicator.partition("/")
    assert f"/year/office/2020/figures/{pack}/{name}/" in answer.content.decode()
    text = words(answer)
    assert "一致 1" in text
    assert "不一致 0" in text
    assert "文件中有而台账无 1" in text


def test_an_altered_number_is_told(browse, clerk, figure):
    text = words(browse(clerk).post(URL, {"file": handed(f"2020年度总结\n{figure.title}3件。")}))
    assert "不一致 1" in text


def test_an_answer_is_remembered_and_the_document_comes_back_with_the_form(browse, clerk, figure):
    client = browse(clerk)
    first = client.post(URL, {"file": handed("2020年度总结\n全年处理街面琐事2件。")})
    given = hidden(first)
    number = next(name for name in given if name.startswith("words-")).removeprefix("words-")
    second = client.post(URL, {**given, f"say-{number}": figure.indicator, "do": "say"})
    assert "已记下 1 处认定" in words(second)
    assert "一致 1" in words(second)
    again = client.post(URL, {"file": handed("2020年度总结\n另有别的。\n全年处理街面琐事5件。")})
    assert "不一致 1" in words(again)
    assert "人工认定" in words(again)
    kept = StatementMatch.objects.get()
    assert (kept.indicator, kept.said_by) == (figure.indicator, "clerk")
    assert "2" not in kept.words
    third = client.post(URL, {**hidden(again), f"say-{number}": "forget", "do": "say"})
    assert not StatementMatch.objects.exists()
    assert "不一致 0" in words(third)


def test_several_documents_are_held_against_each_other_up_to_their_days(browse, clerk, figure):
    one = handed("2020年度总结\n受理群众诉求事项312件。", "总结.txt")
    other = handed("2020年度自评\n受理群众诉求事项321件。", "自评.txt")
    client = browse(clerk)
    first = client.post(URL, {"file": [one, other]})
    assert "312件，另一处写321件" in words(first)
    days = {"cutoff-0": "2020-12-31", "cutoff-1": "2020-10-31", "do": "again"}
    assert "截止日不同" in words(client.post(URL, {**hidden(first), **days}))
    assert client.post(URL, {**hidden(first), "cutoff-0": "何时"}).status_code == 422


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "请选择要对照的文件"),
        ({"file": handed("今天天气很好。", "信.txt")}, "不像是一份报告"),
        ({"file": SimpleUploadedFile("空.txt", b" ")}, "空.txt"),
        ({"carried-0": "???"}, "请重新选择文件"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(browse, clerk, figure, files, message):
    answer = browse(clerk).post(URL, files)
    assert answer.status_code == 422
    assert message in words(answer)


def test_strangers_find_nothing_and_readers_say_nothing(browse, client, stranger, clerk, figure):
    assert client.get(URL).status_code == 302
    assert browse(stranger).get(URL).status_code == 404
    answer = browse(clerk).get("/compare/office/1999/")
    assert answer.status_code == 404


def test_what_is_said_of_words_must_make_sense(browse, clerk, figure):
    client = browse(clerk)
    given = hidden(client.post(URL, {"file": handed("2020年度总结\n全年处理琐事2次。")}))
    number = next(name for name in given if name.startswith("words-")).removeprefix("words-")
    answer = client.post(URL, {**given, f"say-{number}": figure.indicator, "do": "say"})
    assert answer.status_code == 422
    assert "单位不同" in words(answer)
    assert not StatementMatch.objects.exists()


def test_who_may_not_file_sees_the_result_and_answers_nothing(browse, head, figure):
    client = browse(head)
    first = client.post(URL, {"file": handed("2020年度总结\n全年处理街面琐事2件。")})
    assert first.status_code == 200
    assert "<select" not in first.content.decode()
    answer = client.post(
        URL,
        {
            **hidden(first),
            "say-0": figure.indicator,
            "fingerprint-0": "a" * 64,
            "words-0": "琐事",
            "do": "say",
        },
    )
    assert answer.status_code == 403
    assert not StatementMatch.objects.exists()


def test_another_office_s_document_is_pointed_out(browse, clerk, figure, stranger):
    text = words(
        browse(clerk).post(URL, {"file": handed(f"另一示例办公室2020年度总结\n{figure.title}2件。")})
    )
    assert "文件写的是另一示例办公室，没有提到示例街道办" in text
    own = words(browse(clerk).post(URL, {"file": handed(f"示例街道办2020年度总结\n{figure.title}2件。")}))
    assert "请确认选对了文件" not in own
