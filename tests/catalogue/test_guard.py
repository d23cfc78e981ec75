"""The boundary: attributes of persons are found in titles, ids and headers; numbers of persons in free text."""

from __future__ import annotations

import pytest

from jixiao.catalogue.guard import banned, banned_columns, check_kind, warnings
from jixiao.catalogue.kinds import Kind


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        ("民族", "民族"),
        ("宗教信仰", "宗教信仰"),
        ("是否党员", "政治观点和党派"),
        ("健康状况", "健康"),
        ("家庭住址", "行踪"),
        ("侨眷", "海外关系"),
        ("所属界别", "界别"),
        ("political_status", "政治观点和党派"),
        ("HealthStatus", "健康"),
        ("health_status", "健康"),
        ("department", None),
        ("序号", None),
        ("traceability", None),
    ],
)
def test_words_that_may_not_describe_a_person(name: str, attribute: str | None) -> None:
    assert banned(name) == attribute


def test_banned_columns_of_a_header() -> None:
    assert banned_columns(["序号", "民族", "届次", "政治面貌"]) == {1: "民族", 3: "政治观点和党派"}


def test_only_kinds_about_persons_are_checked() -> None:
    told = {
        "pack": "p",
        "id": "k",
        "title": "x",
        "source": [{"title": "例"}],
        "shape": "register",
        "unit": "个",
        "label": "name",
        "fields": {"name": {"type": "serial", "title": "序号"}, "a": {"type": "text", "title": "民族"}},
    }
    assert check_kind(Kind.model_validate({**told, "about": "place"})) == []
    assert check_kind(Kind.model_validate({**told, "about": "person"})) == ["“民族”涉及个人的民族"]


def test_free_text_is_warned_about() -> None:
    assert warnings("联系人电话13800001234，请回复") == ["文字中像有手机号码，请删去"]
    assert warnings("证号11010119900307123X") == ["文字中像有身份证号码，请删去"]
    assert warnings("2020年协调资金730000元，编号20200305001") == []
