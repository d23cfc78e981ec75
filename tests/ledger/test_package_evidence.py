"""Evidence in the package: files in numbered folders, what stays out and why, links that lead somewhere, a bound book."""

# ruff: noqa: F811

from __future__ import annotations

import io
import json
import re
import zipfile
from urllib.parse import unquote

import pytest
from tests.cycle import (  # noqa: F401 - fixtures
    _under_the_finance_pack,
    approved,
    bureau,
    department,
    finance,
    office,
)
from tests.ledger.test_cycle_report import evaluated, region  # noqa: F401 - fixtures
from tests.needs import chinese_fonts

from jixiao.ledger import evidence_store
from jixiao.ledger.actions import evidence
from jixiao.ledger.models import EvidenceUse
from jixiao.ledger.packaging.proofs import Enclose
from jixiao.ledger.queries.package import outlook, package


def pdf(pages):
    """A PDF of so many empty pages."""
    import pypdfium2

    book = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        book.new_page(200, 200)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TWO_PAGES = pdf(2)


@pytest.fixture
def papers(evaluated, office, finance):
    def attach(title, grade, content, name):
        return evidence.attach(
            by=finance, record=evaluated, title=title, grade=grade, file=content, name=name
        )

    attach("年度预算批复", "official", TWO_PAGES, "批复.pdf")
    attach("决算批复", "official", pdf(3), "决算.pdf")
    attach("坏的通知", "official", b"%PDF-1.4 broken", "通知.pdf")
    attach("满意度调查原件", "internal", b"internal sheet", "原件.txt")
    evidence.attach(
        by=finance, record=evaluated, title="会议纪要", document_number="示办〔2020〕3号", grade="none"
    )
    return evaluated


def opened(made):
    out = io.BytesIO()
    made.write(out)
    archive = zipfile.ZipFile(out)
    return {name: archive.read(name) for name in archive.namelist()}


def lying(made):
    return {one.title: one.path or one.why for one in made.proofs}


def test_files_lie_in_numbered_folders_and_the_rest_says_why(papers, office, finance) -> None:
    made = package(finance, office, 2020)
    told = lying(made)
    assert told["年度预算批复"] == "3 佐证材料/1 部门整体自评/1-01 年度预算批复.pdf"
    assert told["满意度调查原件"] == "内部材料，没有随包，备查"
    assert told["会议纪要"] == "只登记了文号"
    files = opened(made)
    assert files[told["年度预算批复"]] == TWO_PAGES
    assert not any("满意度" in name for name in files)


def test_internal_papers_go_in_when_asked_for_and_none_when_not_wanted(papers, office, finance) -> None:
    everything = lying(package(finance, office, 2020, enclose=Enclose.ALL))
    assert everything["满意度调查原件"].endswith("1-04 满意度调查原件.txt")
    nothing = package(finance, office, 2020, enclose=Enclose.NONE)
    assert not [one for one in nothing.proofs if one.path]


def test_every_link_of_the_contents_leads_to_a_file(papers, office, finance) -> None:
    files = opened(package(finance, office, 2020))
    links = [unquote(link) for link in re.findall(r'href="([^"]+)"', files["0 目录.html"].decode())]
    assert len(links) > 8
    assert set(links) == set(files) - {"0 目录.html", "package.json"}


def test_the_manifest_names_every_file_with_its_digest(papers, office, finance) -> None:
    from jixiao.ledger.chain import sm3

    files = opened(package(finance, office, 2020))
    told = {one["path"]: one["sm3"] for one in json.loads(files["package.json"])["files"]}
    assert told == {name: sm3(content) for name, content in files.items() if name != "package.json"}


@chinese_fonts
def test_official_documents_are_bound_behind_a_list_of_pages(papers, office, finance) -> None:
    import pypdfium2

    made = package(finance, office, 2020)
    book = pypdfium2.PdfDocument(opened(made)["3 佐证材料/00 正式文件合订本.pdf"])
    assert len(book) == 1 + 2 + 3
    cover = book[0].get_textpage().get_text_range()
    assert re.search(r"年度预算批复\s*—\s*2\s*2", cover)
    assert re.search(r"决算批复\s*—\s*4\s*3", cover)
    assert any("坏的通知不是能读的 PDF" in note for note in made.notes)


def test_the_size_is_told_before_anything_is_made(papers, office, finance) -> None:
    view = outlook(finance, office, 2020)
    assert [one.title for one in view.open] == ["年度预算批复", "决算批复", "坏的通知"]
    assert [one.size for one in view.internal] == [len(b"internal sheet")]
    assert [one.title for one in view.listed] == ["会议纪要"]


def test_a_file_behind_two_records_lies_there_once_and_a_lost_one_is_told(papers, office, finance) -> None:
    evidence.attach(
        by=finance, record=papers, title="再附一次", grade="official", file=TWO_PAGES, name="同一份.pdf"
    )
    made = package(finance, office, 2020)
    again = {one.title: one for one in made.proofs}
    assert again["再附一次"].path == again["年度预算批复"].path
    lost = EvidenceUse.objects.get(title="决算批复")
    evidence_store.path_of(lost.evidence_id).unlink()
    made = package(finance, office, 2020)
    assert "没有放入" in lying(made)["决算批复"]
    assert any("决算批复" in note for note in made.notes)
