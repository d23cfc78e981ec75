"""Signs nobody sees, lines where one line belongs, texts no column holds: told, on every database."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import make_case

from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger import evidence_store
from jixiao.ledger.actions import evidence, records


@pytest.mark.parametrize(
    "title",
    [
        "甲\x00",
        "甲\u202e乙",
        "甲\u2066乙",
        "\u200b",
        "甲\ufeff",
        "甲\x85乙",
        "甲\n乙",
        "甲\r乙",
        "甲\u2028乙",
        "甲\t乙",
    ],
)
def test_a_line_is_one_line_of_what_one_sees(clerk, org, title):
    with pytest.raises(FieldErrors) as error:
        make_case(clerk, org, title=title)
    assert set(error.value.errors) == {"title"}


def test_prose_may_have_lines(clerk, org):
    assert make_case(clerk, org, result="一\n二\t三\r\n四").data["result"] == "一\n二\t三\r\n四"


@pytest.mark.parametrize(
    ("name", "text"), [("title", "a\x00"), ("title", "a" * 301), ("document_number", "a" * 121)]
)
def test_what_is_said_of_a_paper_fits_its_column(clerk, org, case, name, text):
    given = {"title": "来函", "document_number": ""} | {name: text}
    with pytest.raises(FieldErrors) as error:
        evidence.attach(by=clerk, record=case, grade="internal", **given)
    assert set(error.value.errors) == {name}


def test_reasons_and_notes_carry_no_unseen_signs(clerk, head, case):
    with pytest.raises(FieldErrors):
        records.void(by=head, record=case, reason="重复\x00")
    with pytest.raises(FieldErrors) as error:
        records.edit(by=clerk, record=case, values={"title": "改"}, seen=1, note="\x00")
    assert set(error.value.errors) == {"note"}


@pytest.mark.parametrize(
    "name",
    [
        "绝密.pdf",
        "绝 密.pdf",
        "机\u3000密.pdf",
        "机-密.pdf",
        "機密.pdf",
        "絕密.pdf",
        "秘\u200b密.pdf",
        "祕密.pdf",
    ],
)
def test_marked_files_are_refused_however_the_mark_is_written(name):
    with pytest.raises(BadInput, match="密级"):
        evidence_store.check(name, b"%PDF-1")


@pytest.mark.parametrize("name", ["揭秘：密云水库.pdf", "司机、密码.pdf", "隐秘角落.pdf"])
def test_words_that_only_meet_are_no_mark(name):
    assert evidence_store.check(name, b"%PDF-1") == "application/pdf"
