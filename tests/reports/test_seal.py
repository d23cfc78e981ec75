"""The record of issue: what is the same is called the same, and every altered thing is found and named."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reports.told import document, plain, sealed

from jixiao.errors import BadInput
from jixiao.reports import seal, write_docx, write_html, write_pdf
from jixiao.reports.document import placed, plain_text, sections
from jixiao.reports.leaves import root_of, sm3
from jixiao.reports.seal import Outcome, ReadFigure
from jixiao.values import Qualifier

TOLD = document()
RECORD = sealed(TOLD)
TEXT = plain(plain_text(TOLD))
CURRENT = {"record-1": "d1", "record-2": "d2"}
READ = [
    ReadFigure(one.key, one.quantity.value, one.quantity.unit, one.quantity.qualifier)
    for one in placed(TOLD)
    if one.quantity
]
CLOSED = next(one for one in READ if one.value == 19)


def kinds(found: seal.Verification) -> set[str]:
    return {one.kind for one in found.details}


def test_sm3_is_the_standards() -> None:
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_the_issued_file_is_intact() -> None:
    found = seal.verify(RECORD, READ, TEXT, issued=RECORD, current=CURRENT)
    assert found.outcome is Outcome.INTACT
    assert found.details == ()
    assert "不是电子签名" in found.notes[-1]


def test_without_the_ledger_only_agreement_with_itself_is_told() -> None:
    found = seal.verify(RECORD, READ, TEXT)
    assert found.outcome is Outcome.CONSISTENT_ONLY
    assert found.title == "自洽，未与签发库核对"


def test_records_not_looked_at_are_not_called_unchanged() -> None:
    found = seal.verify(RECORD, READ, TEXT, issued=RECORD)
    assert found.outcome is Outcome.INTACT
    assert "没有核对台账记录" in found.notes[0]


def test_a_changed_gone_or_added_record_is_named() -> None:
    found = seal.verify(RECORD, READ, TEXT, issued=RECORD, current={"record-1": "d9", "record-3": "d3"})
    assert found.outcome is Outcome.RECORDS_CHANGED
    assert [(one.key, one.label) for one in found.details] == [
        ("record-1", "提案1号"),
        ("record-2", "提案2号"),
        ("record-3", "record-3"),
    ]


@pytest.mark.parametrize("issued", [None, RECORD])
def test_an_altered_figure_is_named_even_where_only_its_key_tells(issued: seal.IssueRecord | None) -> None:
    for altered in (
        ReadFigure(CLOSED.key, Decimal(18), CLOSED.unit, CLOSED.qualifier),
        ReadFigure(CLOSED.key, CLOSED.value, "篇", CLOSED.qualifier),
        ReadFigure(CLOSED.key, CLOSED.value, CLOSED.unit, Qualifier.OVER),
    ):
        found = seal.verify(RECORD, [*READ, altered], TEXT, issued=issued)
        assert found.outcome is Outcome.FIGURE_ALTERED
        assert [(one.key, one.label, one.issued) for one in found.details] == [
            (CLOSED.key, "提案办结数", "19件")
        ]


def test_changed_words_are_told_with_their_clause() -> None:
    found = seal.verify(RECORD, READ, TEXT.replace("继续办理", "抓紧办理"), issued=RECORD, current=CURRENT)
    assert found.outcome is Outcome.TEXT_CHANGED
    (one,) = found.details
    assert one.key == "closed"
    assert "继续办理" in one.issued
    assert "抓紧办理" in one.found


def test_several_changes_far_apart_are_told_apart() -> None:
    text = TEXT.replace("继续办理", "办理").replace("尾款跨年支付", "尾款").replace("73万元，", "73万元，")
    found = seal.verify(RECORD, READ, text + "多出的话", issued=RECORD)
    assert [one.key for one in found.details if one.kind == "text"] == ["closed", "scores#2", "missing#3"]


def test_a_removed_clause_is_told() -> None:
    gone = plain(next(one.text for one in sections(TOLD) if one.id == "lectures"))
    found = seal.verify(RECORD, [], TEXT.replace(gone, ""), issued=RECORD)
    assert found.outcome is Outcome.FIGURE_ALTERED
    assert {one.label for one in found.details if one.kind == "figure"} == {"讲堂期数", "编制数"}
    assert [one.found for one in found.details if one.kind == "text"] == [""]


def test_clauses_in_another_order_are_not_the_issued_text() -> None:
    first, second = (plain(one.text) for one in sections(TOLD) if one.id in ("closed", "opinions"))
    found = seal.verify(RECORD, READ, TEXT.replace(first + second, second + first), issued=RECORD)
    assert found.outcome in (Outcome.TEXT_CHANGED, Outcome.FIGURE_ALTERED)


def test_marks_and_table_heads_may_stand_on_every_page() -> None:
    head = plain(next(one.text for one in sections(TOLD) if one.id == "table#head"))
    row = plain(next(one.text for one in sections(TOLD) if one.id == "table#4"))
    text = "示例数据" + TEXT.replace(row, "示例数据" + head + row).replace("一案", "一示例数据案")
    assert seal.verify(RECORD, READ, text, issued=RECORD, current=CURRENT).outcome is Outcome.INTACT


def test_a_changed_table_head_is_told() -> None:
    head = plain(next(one.text for one in sections(TOLD) if one.id == "table#head"))
    found = seal.verify(RECORD, READ, TEXT.replace(head, head.replace("记录数", "件数")), issued=RECORD)
    assert [one.key for one in found.details] == ["table#head"]


def spans() -> list[tuple[int, int, str]]:
    """Where each figure's words stand in TEXT."""
    found, at = [], 0
    for section in sections(TOLD):
        for run in section.runs:
            words = plain(run if isinstance(run, str) else run.text)
            if not isinstance(run, str):
                found.append((at, at + len(words), run.key))
            at += len(words)
    assert at == len(TEXT)
    return found


SPANS = spans()
DIGITS = [n for n, character in enumerate(TEXT) if character.isdigit()]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(DIGITS), st.integers(1, 9), st.sampled_from(["change", "drop", "double"]))
def test_any_one_digit_is_missed_by_nobody(at: int, by: int, how: str) -> None:
    digit = str((int(TEXT[at]) + by) % 10)
    changed = {"change": digit, "drop": "", "double": TEXT[at] + digit}[how]
    text = TEXT[:at] + changed + TEXT[at + 1 :]
    found = seal.verify(RECORD, [], text, issued=RECORD, current=CURRENT)
    keys = [key for start, end, key in SPANS if start <= at < end]
    assert found.outcome is (Outcome.FIGURE_ALTERED if keys else found.outcome)
    assert found.outcome in (Outcome.FIGURE_ALTERED, Outcome.TEXT_CHANGED)
    assert set(keys) <= {one.key for one in found.details if one.kind == "figure"}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 40), st.text("甲乙丙12件", max_size=6))
def test_any_change_is_told_with_some_clause(start: int, length: int, words: str) -> None:
    text = TEXT[:start] + words + TEXT[start + length :]
    found = seal.verify(RECORD, [], text, issued=RECORD)
    if text == TEXT:
        assert found.outcome is Outcome.INTACT
    else:
        assert kinds(found) & {"text", "figure"}


def test_each_thing_of_the_record_has_its_own_leaf() -> None:
    names = set(RECORD["leaves"])
    assert {"head", "pack/demo", "record/record-1", "definition/demo/opened", "figure/demo/opened"} <= names
    assert {f"placed/{one.key}" for one in placed(TOLD)} <= names
    assert seal.root(RECORD) == RECORD["root"] == root_of(RECORD["leaves"])


@pytest.mark.parametrize(
    ("path", "value", "kind"),
    [
        (("figures", "demo/opened", "exact"), "21", "figure"),
        (("figures", "demo/opened", "definition"), "other", "manifest"),
        (("records", "record-1", "digest"), "d9", "manifest"),
        (("packs", "demo"), "2.0", "manifest"),
        (("as_of",), "2020-11-30", "manifest"),
        (("root",), "0" * 64, "manifest"),
        (("leaves", "head"), "0" * 64, "manifest"),
    ],
)
def test_a_record_that_was_tampered_with_is_found_out(path: tuple[str, ...], value: str, kind: str) -> None:
    forged = deepcopy(RECORD)
    inner = forged
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    for issued in (None, RECORD):
        if issued is not None and path[0] in ("root", "leaves"):
            continue  # the ledger's own leaves and root are used, the carried ones play no part
        assert kind in kinds(seal.verify(forged, READ, TEXT, issued=issued))


def test_a_record_forged_as_a_whole_agrees_with_itself_but_not_with_the_ledger() -> None:
    forged = sealed(document(date_text="2021年1月16日"))
    text = TEXT.replace("2021年1月15日", "2021年1月16日")
    assert seal.verify(forged, READ, text).outcome is Outcome.CONSISTENT_ONLY
    against = seal.verify(forged, READ, text, issued=RECORD)
    assert against.outcome is Outcome.TEXT_CHANGED
    assert "signature" in [one.key for one in against.details]


@pytest.mark.parametrize("write", [write_docx.write, write_html.write, write_pdf.write])
def test_the_record_travels_in_every_format(write) -> None:
    content = write(TOLD, seal.dump(RECORD))
    carried = seal.extract(content)
    assert carried is not None
    assert seal.dump(seal.load(carried)) == seal.dump(RECORD)
    assert seal.root(seal.load(carried)) == RECORD["root"]
    assert seal.extract(write(TOLD, None)) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"<html", b"\x00\xff"])
def test_damaged_files_carry_nothing(content: bytes) -> None:
    assert seal.extract(content) is None


@pytest.mark.parametrize("content", [b"", b"{}", b"[", b'{"format":"other"}', b"\xff", b"[" * 100_000])
def test_a_damaged_record_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput, match="存证"):
        seal.load(content)


def test_a_record_with_what_cannot_be_spelled_is_refused() -> None:
    with pytest.raises(BadInput, match="存证"):
        seal.load(seal.dump(RECORD).replace("示例区".encode(), b"\\ud800", 1))


def test_a_forged_value_is_no_number_and_no_crash() -> None:
    forged = deepcopy(RECORD)
    next(one for one in forged["placed"] if one["key"] == CLOSED.key)["value"] = "NaN or worse"
    assert seal.verify(forged, READ, TEXT).outcome is Outcome.FIGURE_ALTERED


def test_a_record_of_a_later_format_is_refused() -> None:
    later = {**RECORD, "format": "jixiao record of issue 2"}
    with pytest.raises(BadInput, match="版本"):
        seal.load(seal.dump(later))
