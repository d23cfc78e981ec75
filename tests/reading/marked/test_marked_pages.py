"""The self-contained page and the workbook of a checked document: every figure marked, tables as tables, text as text."""

from __future__ import annotations

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from jixiao.reading import read
from jixiao.reading.checks import Outcome, examine
from jixiao.reading.marked import Checked, Finding, Opinion, Saying, check
from jixiao.reading.marked.layout import Room, lay_out
from jixiao.reading.marked.marks import Marks
from jixiao.reading.marked.text_html import text_html
from jixiao.reading.marked.view import Limits, view
from jixiao.reading.marked.workbook import workbook
from jixiao.reading.marked.write_html import check_page, read_page
from jixiao.values import Verdict

WRONG = "全年办理来信30件，分为城建类12件、农业类10件、其他类9件。\n另有志愿者35人。\n"
TABLE = (
    "<p>前言</p><table><tr><th colspan=2>类别</th><th>本年</th></tr>"
    "<tr><td rowspan=2>来信</td><td>城建</td><td>3件</td></tr><tr><td>农业</td><td>4件</td></tr></table><p>后记</p>"
)


def words(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


def test_the_page_stands_alone():
    page = check_page(check(WRONG.encode(), "示例.txt"))
    assert "识别 5 处数据，核对 4 处，发现 1 处不一致" in words(page)
    assert "<script" not in page
    assert not re.findall(r'(?:src|href)="(?!#)', page)
    assert "url(" not in page
    assert "Content-Security-Policy" in page


def test_every_jump_has_its_place_and_leads_back():
    page = check_page(check((WRONG + "本年支出{{金额}}万元，下降（增长）3%。").encode(), "示例.txt"))
    places = re.findall(r' id="([fn]\d+)"', page)
    jumps = set(re.findall(r'href="#([fn]\d+)"', page))
    assert len(places) == len(set(places))
    assert {"f1", "n1"} <= jumps <= set(places)


def test_states_are_told_in_words_and_shapes():
    checked = check(WRONG.encode(), "示例.txt")
    (finding,) = checked.findings
    page = check_page(checked)
    assert (
        '<a class="figure broken" id="f1" href="#n1">30件<span class="unseen">（不一致）</span></a>' in page
    )
    assert '<mark class="figure unchecked" id="f5">35人<span class="unseen">（未核对）</span></mark>' in page
    said = check(
        WRONG.encode(),
        "示例.txt",
        {finding.fingerprint: Opinion(finding.fingerprint, Saying.MISREAD, "口径")},
    )
    page = check_page(said)
    assert '<a class="figure dismissed" id="f1"' in page
    assert "意见：读法不对（误报）：口径" in page
    assert "发现 0 处不一致" in words(page)


def test_a_table_is_a_table():
    page = check_page(check(TABLE.encode(), "示例.html"))
    assert '<th scope="col" colspan="2">类别</th>' in page
    assert '<td rowspan="2">来信</td>' in page
    assert page.index("前言") < page.index("<table>") < page.index("</table>") < page.index("后记")
    assert page.count("<tr>") == 3


def test_what_was_read_across_cells_breaks_no_table():
    reading = read(TABLE.encode(), "示例.html")
    start = reading.document.text.index("来信")
    across = Outcome("list", Verdict.KEPT, ((start, start + 4),), "", "", "", "")
    page = check_page(Checked("示例.html", reading, (Finding(across, "0" * 16),)))
    assert page.count("<tr>") == 3
    assert 'href="#n1">来信<span class="unseen">（已核对）</span></a></td><td>城建</td>' in page


def test_a_shortened_table_keeps_its_spans_in_order():
    rows = "".join(f"<tr><td>项{n}</td><td>{n}件</td></tr>" for n in range(400))
    data = f"<table><tr><th>项目</th><th>本年</th></tr><tr><td rowspan=401>全部</td><td>1件</td></tr>{rows}</table>"
    checked = check(data.encode(), "示例.html")
    shown = view(checked, Limits(room=Room(text=300, marks=50)))
    page = text_html(checked.reading.document.text, shown.layout)
    assert not shown.layout.is_whole
    assert re.search(r"（略去 \d+ [行段]", page)
    assert page.count("全部") == 1


def test_what_is_handed_in_stays_text():
    evil = "<script>alert(1)</script>来信30件，XX\x0b\ufffe<img src=x onerror=alert(1)>"
    for page in (
        check_page(check(evil.encode(), "<b>.txt")),
        read_page(read(evil.encode(), "a.txt"), "<b>.txt"),
    ):
        assert "&lt;script&gt;" in page
        assert "<script" not in page
        assert "<img" not in page
        assert "<b>.txt" not in page
        assert "\x0b" not in page


@pytest.mark.parametrize(
    "text", [WRONG * 3, "收入13.52 万\n元，支出\n\n3 万元。", "1" * 9_000 + "件，" + "字" * 9_000]
)
def test_the_strips_are_the_text(text):
    reading = read(text.encode(), "示例.txt")
    whole = Outcome("list", Verdict.KEPT, ((0, len(reading.document.text)),), "", "", "", "")
    findings = tuple(Finding(one, "") for one in [*examine(reading), whole])
    marks = Marks(Checked("示例.txt", reading, findings)).every
    layout = lay_out(reading.document, marks)
    shown = re.sub(r'<span class="unseen">.*?</span>', "", text_html(reading.document.text, layout))
    assert "".join(words(shown).split()) == "".join(reading.document.text.split())
    assert layout.is_whole
    assert layout.numbers() == {mark.number for mark in marks if mark.text.strip()}


def test_the_read_page_lists_every_figure():
    page = read_page(read("收入13.52万元，增长5%。".encode(), "示例.txt"), "示例.txt")
    assert "识别 2 处数据" in words(page)
    assert "135200 元　第1行" in page
    assert "0.05（1 为 100%）　第1行" in page


def test_the_workbook_holds_findings_and_figures():
    data = ("=1+1，" + WRONG).encode()
    checked = check(data, "示例.txt")
    made = workbook(checked)
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    findings, figures = (book.get_sheet_by_name(name).to_python() for name in ("核查结果", "全部数据"))
    assert findings[0][:3] == ["序号", "结论", "意见"]
    assert findings[1][1] == "不一致"
    assert "12件 + 10件 + 9件 = 31件" in findings[1]
    assert checked.findings[0].fingerprint in findings[1]
    row = next(row for row in figures if "35人" in row)
    assert "未核对" in row
    assert "第2行" in row
    assert made == workbook(check(data, "示例.txt"))
