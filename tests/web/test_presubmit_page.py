"""What is wrong in many places is said to be mended once, above the places."""

from __future__ import annotations

from django.template.loader import render_to_string

FAULTS = [
    {"title": "数据没有佐证", "mend": "到记录页附上", "place": f"报告“数据{n}”", "found": "没有佐证"}
    for n in range(3)
]
OTHER = {"title": "缺段", "mend": "按提纲补写", "place": "全文", "found": "缺一段"}


def test_the_same_advice_stands_once_above_its_places(rf) -> None:
    line = {"title": "佐证", "points": "10", "earned": "0", "faults": [*FAULTS, OTHER], "unasked": ""}
    sheet = {"lines": [line], "earned": "0", "points": "10", "count": 4, "publication": []}
    page = render_to_string("web/cycle/presubmit.html", {"sheet": sheet, "name": "报告"}, rf.get("/"))
    assert page.count("到记录页附上") == 1
    assert page.count("按提纲补写") == 1
    assert page.count("没有佐证</li>") == 3
