"""The .html page: figures as data elements, headings in order, tables with heads, nothing that runs."""

from __future__ import annotations

import itertools
import re

import pytest
from lxml import html
from tests.reports.told import document

from jixiao.reports import write_html
from jixiao.reports.document import placed
from jixiao.values import decimal_text


@pytest.fixture(scope="module")
def page() -> html.HtmlElement:
    return html.document_fromstring(write_html.write(document(), b'{"a":"</script><b>&"}').decode())


def test_each_figure_is_a_data_element(page: html.HtmlElement) -> None:
    figures = list(placed(document()))
    found = page.xpath("//data")
    assert [one.get("data-key") for one in found] == [one.key for one in figures]
    for element, figure in zip(found, figures, strict=True):
        assert element.text_content() == figure.text
        assert element.get("data-figure") == " ".join(figure.figures)
        if figure.quantity is None:
            assert element.get("value") == ""
            assert element.get("data-unit") is None
        else:
            told = (element.get("value"), element.get("data-unit"), element.get("data-qualifier"))
            quantity = figure.quantity
            assert told == (decimal_text(quantity.value), quantity.unit, quantity.qualifier.value)


def test_the_page_says_its_language_and_lets_the_keyboard_skip(page: html.HtmlElement) -> None:
    assert page.get("lang") == "zh-CN"
    (skip,) = page.xpath("//a[@class='skip']")
    assert page.get_element_by_id(skip.get("href").lstrip("#")).tag == "main"
    assert len(page.xpath("//h1")) == 1


def test_no_heading_level_is_skipped(page: html.HtmlElement) -> None:
    levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_tables_have_captions_and_scoped_heads(page: html.HtmlElement) -> None:
    tables = page.xpath("//table")
    assert len(tables) == 5
    for table in tables:
        assert table.xpath("./caption")[0].text_content().strip()
        assert all(one.get("scope") for one in table.xpath(".//th"))
        assert table.xpath("./thead/tr/th[@scope='col']")


def test_nothing_runs_and_nothing_is_loaded(page: html.HtmlElement) -> None:
    assert [one.get("type") for one in page.xpath("//script")] == ["application/json"]
    text = html.tostring(page, encoding="unicode")
    assert not re.search(r"(src=|url\(|@import|\son\w+=|https?:)", text)


def test_the_manifest_cannot_end_its_element(page: html.HtmlElement) -> None:
    (script,) = page.xpath("//script")
    assert "<" not in script.text
    assert "\\u003c/script" in script.text


def test_words_of_records_are_escaped() -> None:
    nasty = "<script>alert('x')</script>\"&"
    text = write_html.write(document(lists={"demo/opinions": [nasty]}, marks=("</style><b>",)), None).decode()
    assert "<script>" not in text
    assert text.count("</style>") == 1
    found = html.document_fromstring(text)
    assert nasty in [one.text_content() for one in found.xpath("//data")]


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write_html.write(document(), None) == write_html.write(document(), None)
