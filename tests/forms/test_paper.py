"""A form on paper holds every cell once, merged where words repeat."""

from __future__ import annotations

import io

import docx
from tests.forms import samples

from jixiao.forms.write_docx import write


def test_a_form_opens_in_word_with_its_cells() -> None:
    content = write(samples.self_evaluation(), "示例单位")
    document = docx.Document(io.BytesIO(content))
    (table,) = document.tables
    rows = [[cell.text.strip() for cell in row.cells] for row in table.rows]
    assert any("89.97" in row and "10.00" in row for row in rows)
    assert any(row[:3] == ["产出指标", "质量指标", "办理满意率"] for row in rows)
    assert document.paragraphs[1].text == "部门整体支出绩效自评表（2020年度）"
    assert all(len(row) == len(rows[0]) for row in rows)


def test_the_same_form_gives_the_same_bytes() -> None:
    assert write(samples.base(), "示例单位") == write(samples.base(), "示例单位")
