"""Last year's report becomes this year's draft: numbers sorted and taken out, registers to fill, an outline that loads."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from tests.ledger.conftest import TRIAL, make_case

from jixiao import sheets
from jixiao.catalogue import load
from jixiao.errors import BadInput, NotFound
from jixiao.ledger import queries, rules
from jixiao.ledger.actions import imports, matches, orgs
from jixiao.ledger.last_year.making import make
from jixiao.ledger.last_year.sorting import Sort
from jixiao.ledger.models import Record
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries.drafting import drafted
from jixiao.reading import read
from jixiao.reading.emptied import BLANK
from jixiao.reports.document import placed
from jixiao.reports.refresh import read_figures, refresh

REPORT = """示例街道办2020年度工作总结
一、来件
2020年，收到来件20件，另有志愿者30名。
依据《2020年工作要点》开展。
"""


def reading(text=REPORT):
    return read(text.encode(), "总结.txt")


def made(text=REPORT, year=2021, **more):
    return make(reading(text), TRIAL, year, "总结.txt", **more)


def test_numbers_are_sorted_by_what_gives_them():
    rows = made().rows
    assert [(row.statement.text, row.sort) for row in rows] == [
        ("20件", Sort.RECORDS),
        ("30名", Sort.OPEN),
    ]
    assert rows[0].homes[0].id == "trial/cases"


def test_the_draft_has_blanks_and_slots_and_moves_the_year_on():
    draft = made().draft
    assert draft.title == "示例街道办2021年度工作总结"
    heading, told, basis = draft.clauses
    assert (heading.level, heading.template) == (1, "来件")
    assert told.template == f"2021年，收到来件{{trial/cases}}，另有志愿者{BLANK}名。"
    assert told.emptied == f"2021年，收到来件{BLANK}件，另有志愿者{BLANK}名。"
    assert basis.template == "依据《2020年工作要点》开展。"


def test_the_docx_holds_no_old_number_and_an_empty_figure_for_each_slot():
    content = made().files["2021年度报告草稿.docx"]
    found = read(content, "草稿.docx")
    assert not found.statements
    assert f"收到来件{BLANK}件" in found.document.text
    assert list(read_figures(content).values()) == [(f"{BLANK}件",)]


def test_the_workbook_is_one_an_import_reads():
    content = made().files["2021年度待填表.xlsx"]
    book = sheets.open_book(content, "待填表.xlsx")
    kind = TRIAL.kind("case")
    table = next(one for one in book.tables if one.kind == kind.full_id)
    assert list(table.ids) == [column.id for column in sheets.columns_of(kind, TRIAL)]
    told = {one.title: one.rows for one in book.tables}
    assert any("trial/cases" in cells for _, cells in told["指标与表述"])
    assert any("30名" in cells for _, cells in told["待分类的表述"])


def with_outline(folder):
    """The trial pack and beside it the outline of the draft, from a folder."""
    for name, content in made(packs={"trial"}).files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return load([], [Path(__file__).parent / "pack" / "trial", folder / "draft_2021"])


def test_the_outline_loads_as_a_local_pack_beside_the_office_s(tmp_path):
    outline = with_outline(tmp_path).outline("draft_2021/report")
    assert outline.document_title == "示例街道办{year}年度工作总结"
    assert outline.clauses[1].otherwise.count(BLANK) == 2


@pytest.mark.django_db
def test_refreshing_the_draft_fills_in_what_the_ledger_counts(tmp_path, clerk, org):
    for title in ("路灯不亮", "井盖松动"):
        make_case(clerk, org, title=title, received_on="2021-02-01")
    with rules.working_under(with_outline(tmp_path)):
        orgs.bind_pack(by=SYSTEM, org=org, pack="draft_2021", from_on=org.valid_from)
        view = queries.report(clerk, org, "draft_2021/report", 2021)
    figures = {one.key: one for one in placed(view.document)}
    refreshed = refresh((tmp_path / "2021年度报告草稿.docx").read_bytes(), figures)
    assert refreshed.is_complete
    assert "2021年，收到来件2件，另有志愿者" in read(refreshed.content, "草稿.docx").document.text


@pytest.mark.parametrize(
    ("text", "year", "message"),
    [
        (REPORT, 2020, "应在它之后"),
        (REPORT, 21, "不像年份"),
        ("今天天气很好。", 2021, "不像是一份报告"),
    ],
)
def test_what_is_no_report_or_no_later_year_is_refused(text, year, message):
    with pytest.raises(BadInput, match=message):
        made(text, year)


@pytest.mark.django_db
def test_an_office_s_answers_and_names_count(clerk, org, people):
    make_case(clerk, org)
    open_row = made().rows[1]
    matches.confirm(
        by=clerk, org=org, fingerprint=open_row.phrase.fingerprint,
        words=open_row.phrase.words, unit="名", indicator="",
    )  # fmt: skip
    found = drafted(clerk, org, reading(), 2021, "总结.txt")
    assert found.rows[1].reason == "已由人认定：不对应任何指标"
    assert sheets.open_book(found.files["2021年度待填表.xlsx"], "待填表.xlsx").org == org.pk
    with pytest.raises(NotFound):
        drafted(people["stranger"], org, reading(), 2021, "总结.txt")


@pytest.mark.django_db
def test_a_filled_register_of_the_workbook_comes_in(clerk, org):
    content = drafted(clerk, org, reading(), 2021, "总结.txt").files["2021年度待填表.xlsx"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name, xml in entries.items() if b"<t>received_on</t>" in xml and b"hidden" in xml)
    ids = re.findall(r'<c r="([A-Z]+)2"[^>]*><is><t>([^<]*)</t>', entries[name].decode())
    typed = {"title": "路灯不亮", "received_on": "2021-02-02"}
    cells = "".join(
        f'<c r="{letters}3" t="inlineStr"><is><t>{typed[id_]}</t></is></c>'
        for letters, id_ in ids
        if id_ in typed
    )
    row = f'<row r="3">{cells}</row></sheetData>'.encode()
    entries[name] = entries[name].replace(b"</sheetData>", row)
    filled = io.BytesIO()
    with zipfile.ZipFile(filled, "w") as archive:
        for path, xml in entries.items():
            archive.writestr(path, xml)
    staged = imports.begin(by=clerk, org=org, content=filled.getvalue(), name="待填表.xlsx", kind=None)
    imports.check(by=clerk, staged=staged)
    imports.accept(by=clerk, staged=staged)
    imports.finish(by=clerk, staged=staged)
    assert Record.objects.get(org=org).data["title"] == "路灯不亮"
