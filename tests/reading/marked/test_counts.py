"""The summary line: what was checked is some of what was read, in prose, in tables and where words are counted."""

from __future__ import annotations

import pytest

from jixiao.reading.marked.checked import check

REPORT = """<p>存在的问题主要有三点：一是甲；二是乙。自评总分95分，等级为“优”。</p>
<table><tr><th>类别</th><th>数量（件）</th></tr><tr><td>甲</td><td>12</td></tr><tr><td>乙</td><td>8</td></tr>
<tr><td>丙</td><td>5</td></tr><tr><td>合计</td><td>25</td></tr></table>"""


def test_words_that_are_no_figures_are_not_counted_among_the_checked():
    found = check("存在的问题主要有三点：一是预算不细；二是进度不均。".encode(), "报告.txt")
    assert found.broken == 1
    assert (found.stated, found.checked) == (1, 1)


def test_bare_numbers_of_cells_are_read_and_checked():
    found = check(REPORT.encode(), "报告.html")
    assert found.checked >= 4
    assert found.checked <= found.stated


@pytest.mark.parametrize("text", ["没有数据。", "全年收到来信120件，其中甲类20件、乙类100件。"])
def test_plain_texts(text):
    found = check(text.encode(), "报告.txt")
    assert found.checked <= found.stated
