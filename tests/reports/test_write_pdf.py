"""The .pdf: its words in order, embedded fonts, page numbers, the same bytes; and what is said without fonts."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from tests.reports.told import context, document, outline, plain, with_clause

from jixiao.errors import BadInput
from jixiao.reports import fonts, write_pdf
from jixiao.reports.document import Document, sections
from jixiao.reports.outline import compose
from jixiao.values import Finding, Verdict

if write_pdf.missing_fonts():
    pytest.fail(f"no Chinese font: apt-get install {' '.join(write_pdf.missing_fonts())}", pytrace=False)


def pages(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as opened:
        return [plain(opened[n].get_textpage().get_text_range()) for n in range(len(opened))]


@pytest.fixture(scope="module")
def written() -> bytes:
    return write_pdf.write(document(), b'{"root":"a"}')


def test_every_section_is_there_in_order(written: bytes) -> None:
    text, at = "".join(pages(written)), 0
    for section in sections(document()):
        found = text.find(plain(section.text), at)
        assert found >= 0, section.text
        at = found


def test_every_page_is_numbered_and_marked(written: bytes) -> None:
    for number, text in enumerate(pages(written), 1):
        assert f"—{number}—" in text
        assert "示例数据" in text


def test_a_page_holds_22_lines_of_28_characters() -> None:
    told = compose(with_clause("天地玄黄宇宙洪荒" * 200, when=[]), context(marks=()))
    with pypdfium2.PdfDocument(write_pdf.write(told, None)) as opened:
        lines = opened[1].get_textpage().get_text_range().replace("\ufffe", "").split("\r\n")
    words = [line for line in lines if line and "—" not in line]
    assert [len(line) for line in words] == [28] * 22


def test_document_properties_and_tags(written: bytes) -> None:
    with pypdfium2.PdfDocument(written) as opened:
        about = opened.get_metadata_dict()
        assert opened.is_tagged()
    assert about["Title"] == "2020年度示例区示例办公室整体支出绩效评价报告"
    assert about["Author"] == "示例区示例办公室"
    assert about["CreationDate"].startswith("D:20201231")


def test_fonts_are_embedded(written: bytes) -> None:
    assert written.count(b"/FontFile") >= 4


def test_the_same_document_gives_the_same_bytes(written: bytes) -> None:
    assert write_pdf.write(document(), b'{"root":"a"}') == written


def test_no_word_is_read_as_markup() -> None:
    nasty = '#panic("x") $a$ \\ *b* _c_ @d <e> `f` = g // h /* i'
    told = compose(with_clause(nasty, when=[]), context())
    assert plain(nasty) in "".join(pages(write_pdf.write(told, None)))


def test_rare_characters_fall_through_to_another_font() -> None:
    told = compose(with_clause("喆堃赟昇㎡", when=[]), context())
    assert "喆堃赟昇㎡" in "".join(pages(write_pdf.write(told, None)))


def test_rows_do_not_split_and_heads_repeat_but_endless_cells_go_on() -> None:
    words = "说明事项经过的文字，" * 6
    findings = [Finding("r", f"第{n}行", Verdict.KEPT, f"起{n}，{words}止{n}。") for n in range(40)]
    found = pages(write_pdf.write(_with_findings(findings), None))
    assert len(found) > 2
    assert all("勾稽关系结论说明" in text for text in found[:3])
    for n in range(40):
        (text,) = [text for text in found if f"起{n}，" in text]
        assert f"止{n}。" in text
    endless = [Finding("r", "长", Verdict.KEPT, "长文" * 3000 + "末尾")]
    assert "末尾" in "".join(pages(write_pdf.write(_with_findings(endless), None)))


def _with_findings(findings: list[Finding]) -> Document:
    clause = {"id": "t", "table": {"caption": "表", "of": "relations"}}
    return compose(outline(clauses=[clause], attachments=[]), context(findings=findings))


def test_an_empty_document_is_one_page() -> None:
    told = compose(outline(clauses=[], attachments=[]), context())
    assert len(pages(write_pdf.write(told, None))) == 1


def test_without_fonts_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "families", lambda folders=(): {"libertinus serif": "Libertinus Serif"})
    assert write_pdf.missing_fonts() == ["fonts-noto-cjk"]
    assert fonts.lacking_looks() == ["texlive-lang-chinese"]
    with pytest.raises(BadInput, match="fonts-noto-cjk"):
        write_pdf.write(document(), None)


def test_the_official_font_comes_first_where_it_is() -> None:
    there = {name.lower(): name for name in ("FandolFang R", "Noto Serif CJK SC", "FangSong_GB2312")}
    assert fonts.chains(there)["body"] == ["FangSong_GB2312", "FandolFang R", "Noto Serif CJK SC"]


def test_folders_of_fonts_may_be_given(tmp_path: Path) -> None:
    assert write_pdf.write(document(), None, [tmp_path]) == write_pdf.write(document(), None)
