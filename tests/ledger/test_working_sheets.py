"""A reviewer's working sheet holds the form row by row, what was lost worked out, and blanks for what is looked at."""

# ruff: noqa: F811

from __future__ import annotations

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
from tests.ledger.test_cycle_desk import file_budget, make_evaluation

from jixiao.catalogue import load
from jixiao.errors import PackErrors
from jixiao.ledger.queries.prints import paper
from jixiao.reports.document import Table, text_of

SHEET = "finance/self_evaluation_sheet"


@pytest.fixture
def submitted(office, finance, approved):
    file_budget(office, finance)
    head = make_person("head", office, "department_head")
    return take(take(make_evaluation(finance, office, approved), finance, "finish"), head, "submit")


def test_each_row_of_the_form_with_what_was_lost_and_room_for_the_finding(submitted, finance) -> None:
    printed = paper(finance, submitted.pk, SHEET)
    tables = [block for block in printed.document.blocks if isinstance(block, Table)]
    _, money, rows, _ = tables
    assert [text_of(cell) for cell in money.rows[0].cells][:1] == ["年度资金总额"]
    titles = [column.title for column in rows.columns]
    told = {
        text_of(row.cells[0]): dict(zip(titles, map(text_of, row.cells), strict=True)) for row in rows.rows
    }
    satisfied = told["办理满意率"]
    assert (satisfied["权重"], satisfied["得分"], satisfied["扣分"]) == ("20.00", "18.95", "1.05")
    assert satisfied["偏差原因"]
    assert {row["核查结果"] for row in told.values()} == {""}
    assert "合计" not in told


def test_a_column_that_the_form_does_not_have_is_told_by_the_loader(tmp_path) -> None:
    pack = tmp_path / "office"
    (pack / "prints").mkdir(parents=True)
    (pack / "pack.yaml").write_text('id: office\ntitle: 示例\nversion: "1"\nrequires: [base, finance]\n')
    (pack / "prints" / "sheet.yaml").write_text(
        "title: 底稿\nkind: finance/self_evaluation\nheading: 底稿\nsource: [{title: 示例}]\nlines:\n"
        "  - sheet: {field: form, block: indicators, columns: [{title: 指标, cell: nothing}]}\n"
    )
    with pytest.raises(PackErrors, match="nothing"):
        load(folders=[tmp_path])
