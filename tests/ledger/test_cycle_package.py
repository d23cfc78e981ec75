"""The package for the bureau: numbered folders, the same bytes twice, a manifest that the desk takes in."""

# ruff: noqa: F811

from __future__ import annotations

import io
import json
import zipfile
from fractions import Fraction

import pytest
from tests.cycle import (  # noqa: F401 - fixtures
    _under_the_finance_pack,
    approved,
    bureau,
    department,
    finance,
    office,
    take,
)
from tests.ledger.conftest import make_person
from tests.ledger.test_cycle_report import OUTLINE, evaluated, region  # noqa: F401 - fixtures
from tests.needs import chinese_fonts

from jixiao.ledger.actions import evidence, records, reports
from jixiao.ledger.chain import sm3
from jixiao.ledger.desk.bundles import bundles_of
from jixiao.ledger.desk.manifest import manifest_of
from jixiao.ledger.desk.parts import unpack
from jixiao.ledger.queries.package import package
from jixiao.ledger.queries.presubmit import presubmit, presubmit_file
from jixiao.ledger.rules import catalogue


@pytest.fixture
def made(evaluated, office, finance):
    evidence.attach(
        by=finance,
        record=evaluated,
        title="办理满意率征询意见表",
        document_number="示测〔2020〕2号",
        grade="internal",
    )
    return package(finance, office, 2020)


def packed(made):
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def opened(made):
    archive = zipfile.ZipFile(io.BytesIO(packed(made)))
    return {name: archive.read(name) for name in archive.namelist()}


def test_the_folders_are_numbered_and_a_draft_is_called_so(made) -> None:
    names = list(opened(made))
    assert "1 报告/2020年度示例局部门整体支出绩效自评报告（未定稿）.docx" in names
    assert {
        "2 附表/1 基础数据表.xlsx",
        "2 附表/2 部门整体支出绩效自评表.docx",
        "3 佐证材料/00 佐证目录.csv",
    } <= set(names)
    assert any("还没有签发" in note for note in made.notes)


def test_the_same_records_give_the_same_bytes(made, office, finance) -> None:
    assert packed(package(finance, office, 2020)) == packed(made)


def test_the_manifest_tells_forms_scores_and_digests(made) -> None:
    files = opened(made)
    told = json.loads(files["package.json"])
    assert (told["format"], told["org"]["id"], told["year"]) == (1, "dept", 2020)
    assert all(sm3(files[one["path"]]) == one["sm3"] for one in told["files"])
    form = next(one for one in told["forms"] if one["form"].endswith("/self_evaluation"))
    assert (form["score"], form["grade"]) == ("98.95", "优")
    assert form["values"]["lists"]["indicators"][1]["target"] == "≥95%"
    assert told["evidence"] == [
        {
            "number": "1-01",
            "title": "办理满意率征询意见表",
            "for": "部门整体自评",
            "grade": "内部材料",
            "why": "只登记了文号",
        }
    ]


def test_the_desk_reads_whose_it_is_and_which_file_is_the_report(made) -> None:
    manifest = manifest_of(unpack("package.zip", packed(made)))
    assert (manifest.org, manifest.title, manifest.year) == ("dept", "示例局", 2020)
    assert all(path.startswith("1 报告/") for path in manifest.reports)


def test_the_desk_takes_in_forms_and_report_as_they_were(made) -> None:
    (bundle,) = bundles_of([("送来的.zip", packed(made))], list(catalogue().forms.values()))
    taken = bundle.taken
    assert (taken.org, taken.years) == ("dept", [2020])
    assert sorted(one.form.id for one in taken.forms) == ["base_data", "self_evaluation"]
    form = next(one for one in taken.forms if one.form.id == "self_evaluation")
    assert form.read.filled.cell("indicators.total.score").value == Fraction("88.95")
    assert taken.reports
    assert all(part.path.startswith("1 报告/") for part in taken.reports)
    assert not taken.refused


@chinese_fonts
def test_the_bound_pdf_holds_every_part(made) -> None:
    import pypdfium2

    book = pypdfium2.PdfDocument(opened(made)["0 合订本.pdf"])
    text = "".join(page.get_textpage().get_text_range() for page in book)
    for word in ("材料目录", "办理满意率", "佐证材料目录", "自查"):
        assert word in text
    assert "绩效自评附表" not in text, "the report has them among its attachments"


@chinese_fonts
def test_forms_the_report_does_not_attach_are_bound_behind_it(evaluated, office, finance) -> None:
    import pypdfium2

    made = package(finance, office, 2020, "finance/evaluation_2020")
    book = pypdfium2.PdfDocument(opened(made)["0 合订本.pdf"])
    texts = [page.get_textpage().get_text_range() for page in book]
    (first,) = [n for n, text in enumerate(texts) if "2020年度绩效自评附表" in text]
    evidence = next(n for n, text in enumerate(texts) if "佐证材料目录" in text and n > first)
    forms = "".join("".join(texts[first:evidence]).split())
    assert "厉行节约保障措施" in forms
    assert "95.10%" in forms
    assert "偏差原因分析及改进措施" not in forms, "that form is an attachment of this report"


def test_an_issued_report_goes_in_as_it_was_issued(evaluated, office, finance) -> None:
    head = make_person("leader", office, "department_head")
    issue = reports.issue(by=head, org=office, outline=OUTLINE, year=2020)
    made = package(finance, office, 2020)
    told = json.loads(opened(made)["5 定稿存证/定稿存证.json"])
    assert told["root"] == issue.root
    assert made.notes == ()


def test_the_self_check_finds_what_the_bureau_would(evaluated, office, finance) -> None:
    checked = presubmit(finance, office, 2020)
    found = {fault.rule for fault in checked.sheet.faults}
    assert "owners" in found, "措施没有责任和时限"
    assert checked.sheet.earned < checked.sheet.points


def test_a_strangers_file_is_checked_by_the_same_table(region, office, finance) -> None:
    text = "2020年度自评报告\n示例局\n2021年3月1日\n一、基本情况\n电话13812345678。\n二、存在的问题\n暂无。\n"
    sheet = presubmit_file(finance, office, text.encode(), "report.txt")
    assert {"sections", "no_problems"} <= {fault.rule for fault in sheet.faults}
    assert [fault.rule for fault in sheet.publication] == ["person_numbers"]


def test_a_rectification_that_says_another_number_and_an_open_one_of_before_are_found(
    evaluated, office, finance
) -> None:
    about = {"issued_on": "2020-12-01", "days": 30, "owner": "提案科"}
    records.create(
        by=finance, org=office, kind="rectification",
        values=about | {"issue": "办理满意率没有达标", "year": 2020, "measure": "办理满意率85%，逐件回访"},
    )  # fmt: skip
    records.create(
        by=finance,
        org=office,
        kind="rectification",
        values=about | {"issue": "固定资产账实不符", "year": 2019},
    )
    told = {one.rule: one.found for one in presubmit(finance, office, 2020).sheet.faults}
    assert "表里完成90%" in told["notes"]
    assert "85%" in told["notes"]
    assert "固定资产账实不符" in told["carried"]
