"""A report written by this house reads back from each of its formats: every figure, and one normal form."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from jixiao.reading import normalise, read
from jixiao.reports import write_docx, write_html, write_pdf
from jixiao.reports.document import (
    Attachment,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Placed,
    Row,
    Table,
    placed,
    plain_text,
)
from jixiao.values import RATIO, Qualifier, Quantity

WRITERS = {"docx": write_docx.write, "html": write_html.write, "pdf": write_pdf.write}


def report() -> Document:
    keys = iter(f"f_{number:012x}_1" for number in range(1000))

    def at(value: int, unit: str, qualifier: Qualifier = Qualifier.EXACT, scale: str = "") -> Placed:
        quantity = Quantity(Decimal(value), unit, qualifier, scale=scale)
        return Placed(next(keys), ("sample/figure",), quantity.text, quantity, "示例数据项")

    blocks: list[Block] = []
    for number in "一二三四五六七八九十":
        blocks.append(Heading(1, f"{number}、", ("示例工作",), f"heading-{number}"))
        runs = ("本年收到示例来信", at(21, "件"), "，摘编", at(30, "篇", Qualifier.OVER), "，拨付“示例”补助")
        more = (at(730_000, "元", scale="万"), "，到会率", at(1, RATIO), "，其余事项")
        silent = Placed(next(keys), ("sample/silent",), "未填报", None, "示例数据项")
        blocks.append(Paragraph((*runs, *more, silent, "（见附件）。"), f"clause-{number}"))
    rows = tuple(Row(((f"示例指标{number}",), (at(100 + number, "户"),))) for number in range(50))
    table = Table("示例指标完成情况", "户", (Column("指标", 3), Column("数值", 1, "right")), rows, "table")
    title = ("示例区示例办公室", "绩效自评报告")
    annex = Attachment("附件", "示例附件", (table,))
    return Document(
        title,
        "示例区示例办公室",
        2020,
        date(2020, 12, 31),
        "2021年1月20日",
        ("示例数据",),
        tuple(blocks),
        (annex,),
        (),
    )


@pytest.mark.parametrize("form", WRITERS)
def test_every_placed_figure_reads_back(form: str) -> None:
    document = report()
    reading = read(WRITERS[form](document, None), f"report.{form}")
    keyed = form != "pdf"  # a PDF carries no keys
    wanted = Counter(
        (figure.key if keyed else "", figure.quantity.value, figure.quantity.unit, figure.quantity.qualifier)
        for figure in placed(document)
        if figure.quantity is not None
    )
    found = Counter(
        (statement.key, statement.quantity.value, statement.quantity.unit, statement.quantity.qualifier)
        for statement in reading.statements
    )
    assert found == wanted


@pytest.mark.parametrize("form", WRITERS)
def test_the_normal_form_is_the_documents_own(form: str) -> None:
    document = report()
    text = read(WRITERS[form](document, None), f"report.{form}").document.text
    assert normalise(text) == normalise(plain_text(document))
