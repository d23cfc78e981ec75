"""A workbook that is written reads back as what it was written from, whatever its cells hold."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jixiao import sheets
from jixiao.catalogue import load
from jixiao.errors import BadInput
from jixiao.sheets.columns import PROBLEMS
from jixiao.sheets.match import IGNORE
from jixiao.sheets.write import plain_choices

CATALOGUE = load([], [Path(__file__).parents[1] / "ledger" / "pack" / "trial"])
CASE = CATALOGUE.kind("trial/case")
COLUMNS = sheets.columns_of(CASE, CATALOGUE)
DATA = {
    "title": "=1+1 路灯不亮",
    "received_on": "2020-03-02",
    "mark": "-7",
    "class": next(iter(CATALOGUE.codes["trial/case_class"].codes)),
    "amount": 7300000001,
    "share": "0.30",
    "readers": {"value": 300, "qualifier": "over"},
    "urgent": False,
    "extra_days": 3,
    "result": "第一行\n第二行",
    "case_number": "示2020-001",
}
PATH = {"received": "2020-03-02", "filed": "2020-03-05"}


def cells(data=DATA, path=PATH, **others):
    return sheets.cells_of(
        COLUMNS,
        data=data,
        path=path,
        others={"_id": "a-1", "_seen": sheets.fingerprint(data, path), **others},
        links={"similar": ["x", "y"]},
        name_of=lambda column, id: f"名称{id}",
        catalogue=CATALOGUE,
    )


def written(*rows, marked=False):
    page = sheets.Page(CASE, COLUMNS, rows, len(rows))
    return sheets.write([page], plain_choices(COLUMNS, CATALOGUE), org="office", marked=marked)


def read(content, name="来件.xlsx"):
    book = sheets.open_book(content, name)
    table = book.tables[0]
    matching = sheets.match(COLUMNS, table.titles, table.ids)
    return book, matching, [sheets.read_row(matching.columns, row, CATALOGUE) for _, row in table.rows]


def test_what_is_written_reads_back():
    book, matching, [row] = read(written(cells()))
    assert (book.org, book.tables[0].kind, book.tables[0].rows[0][0]) == ("office", "trial/case", 3)
    assert row.problems == {}
    assert {name: value for name, value in row.values.items() if value is not None} == DATA
    assert row.path == PATH
    assert row.links["similar"] == ["名称x", "名称y"]
    assert (row.key, row.seen) == ("a-1", sheets.fingerprint(DATA, PATH))
    assert not matching.unknown
    assert not matching.missing


def test_no_cell_is_a_formula():
    with zipfile.ZipFile(io.BytesIO(written(cells()))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"=1+1" in sheet


TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs")), min_size=1, max_size=40
)


@given(TEXTS, TEXTS)
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back(title, mark):
    """Whatever is written, formulas and escapes of the format among it."""
    assume(title.strip() == title and mark.strip() == mark)
    _, _, [row] = read(written(cells({"title": title, "mark": mark})))
    assert (row.values["title"], row.values["mark"]) == (title, mark)


@given(st.integers(0, 10**17), st.integers(-(10**17), 10**17))
@settings(max_examples=40, deadline=None)
def test_any_amount_comes_back(fen, days):
    _, _, [row] = read(written(cells({"title": "甲", "amount": fen, "extra_days": days})))
    assert (row.values["amount"], row.values["extra_days"]) == (fen, days)


def test_the_row_of_ids_is_known_wherever_sorting_put_it():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("来件")
        for number, row in enumerate(
            [["甲", "乙", "丙"], ["路灯", "2020-03-02", ""], ["title", "received_on", "_id"]]
        ):
            sheet.write_row(number, 0, row)
    _, matching, rows = read(stream.getvalue())
    assert [column.id for column in matching.columns.values()] == ["title", "received_on", "_id"]
    assert [row.values["title"] for row in rows] == ["路灯"]


def test_csv_in_every_encoding_reads_alike():
    text = "标题,收到日期,涉及金额（元）,是否紧急\n路灯不亮,2020年3月2日,73万元,是\n"
    for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"):
        _, _, [row] = read(text.encode(encoding), "来件.csv")
        assert row.values["title"] == "路灯不亮", encoding
        assert row.values["amount"] == 73000000
        assert row.values["urgent"] is True


def test_wrong_cells_are_told_and_given_back_marked():
    given = {"收到日期": "43892", "类别": "没有这一类", "涉及金额（元）": "一点", "标题": "路灯"}
    header, line = ",".join(given), ",".join(given.values())
    _, matching, [row] = read(f"{header}\n{line}\n".encode(), "来件.csv")
    assert set(row.problems) == {"received_on", "class", "amount"}
    assert "2020-03-02" in row.problems["received_on"]
    by_id = {column.id: line.split(",")[place] for place, column in matching.columns.items()}
    back = written(sheets.Marked([by_id.get(column.id) for column in COLUMNS], row.problems), marked=True)
    book, _, [again] = read(back)
    assert again.problems == row.problems
    told = book.tables[0].rows[0][1][book.tables[0].ids.index(PROBLEMS)]
    assert "一点" in told
    assert "涉及金额" in told


def test_headings_are_matched_by_title_alias_and_memory():
    titles = ["* 标题", "收到 日期", "来信单位", "政治面貌", "备注", "标题"]
    matching = sheets.match(COLUMNS, titles, remembered={"来信单位": "sender", "备注": IGNORE})
    assert {place: column.id for place, column in matching.columns.items()} == {
        0: "title",
        1: "received_on",
        2: "sender",
    }
    assert matching.banned == {3: ("政治面貌", "政治观点和党派")}
    assert matching.ignored == {4: "备注"}
    assert matching.repeated == {5: "标题"}


def test_a_banned_heading_cannot_be_mapped_onto_a_field():
    matching = sheets.match(COLUMNS, ["标题", "宗教信仰"], remembered={"宗教信仰": "result"})
    assert 1 in matching.banned
    assert [column.id for column in matching.columns.values()] == ["title"]


def test_unknown_headings_get_suggestions():
    matching = sheets.match(COLUMNS, ["标题名称", "毫不相干"])
    assert matching.suggested["标题名称"][0] == "title"
    assert [column.id for column in matching.missing] == ["title", "received_on"]


def test_formula_cells_are_known_by_their_place():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("来件")
        sheet.write_row(0, 0, ["标题", "涉及金额"])
        sheet.write_string(1, 0, "路灯")
        sheet.write_formula(1, 1, "=1+2", None, 3)
    table = sheets.open_book(stream.getvalue(), "来件.xlsx").tables[0]
    assert table.formulas == {(2, 1)}


def test_workbooks_that_may_not_be_read():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/vbaProject.bin", "x")
    for name, content, word in [
        ("a.xlsx", stream.getvalue(), "宏"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版"),
        ("a.xlsx", b"PK\x03\x04 broken", "损坏"),
        ("a.xlsx", b"", "空文件"),
        ("a.pdf", b"%PDF-1.7", "不是表格"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.csv", b"\xff\xff\xff\x80\n", "编码"),
    ]:
        with pytest.raises(BadInput, match=word):
            sheets.open_book(content, name)
