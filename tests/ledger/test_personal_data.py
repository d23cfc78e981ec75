"""Free text that looks like a person's number is kept and warned about, wherever it stands in the record."""

from __future__ import annotations

from tests.ledger.conftest import make_case

from jixiao.ledger import queries
from jixiao.ledger.actions import records


def test_a_telephone_number_in_free_text_is_warned_about(clerk, org):
    case = make_case(clerk, org, title="路灯不亮，电话13800001234", result="已告知 11010119900307123X")
    assert case.data["title"].endswith("13800001234")
    assert queries.notices(clerk, case) == [
        "“标题”：文字中像有手机号码，请删去",
        "“办理结果”：文字中像有身份证号码，请删去",
    ]
    mended = records.edit(by=clerk, record=case, values={"title": "路灯不亮", "result": "已告知"}, seen=1)
    assert queries.notices(clerk, mended) == []
