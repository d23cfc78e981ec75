"""The boundary: attributes of persons are found in titles, ids and headers; numbers of persons in free text."""

from __future__ import annotations

import pytest

from jixiao.catalogue.guard import banned, banned_columns, check_kind, remarks, warnings
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


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        ("民 族", "民族"),
        ("民　族", "民族"),
        ("民\u200b族", "民族"),
        ("民·族", "民族"),
        ("族別", "民族"),
        ("种族", "民族"),
        ("宗　教", "宗教信仰"),
        ("礼拜场所", "宗教信仰"),
        ("政治麵貌", "政治观点和党派"),
        ("入黨時間", "政治观点和党派"),
        ("黨派", "政治观点和党派"),
        ("殘疾等級", "健康"),
        ("身体状况", "健康"),
        ("行蹤", "行踪"),
        ("家庭地址", "行踪"),
        ("僑眷", "海外关系"),
        ("護照號", "海外关系"),
        ("国籍", "海外关系"),
        ("界別", "界别"),
        ("ｅｔｈｎｉｃ＿ｇｒｏｕｐ", "民族"),
        ("ethnicity2", "民族"),
        ("minority", "民族"),
        ("party_member", "政治观点和党派"),
        ("medical_history", "健康"),
        ("home_address", "行踪"),
        ("minzu", "民族"),
        ("third_party", None),
        ("家族企业", None),
    ],
)
def test_other_spellings_of_the_same(name: str, attribute: str | None) -> None:
    assert banned(name) == attribute


def test_numbers_in_full_width_are_numbers() -> None:
    assert warnings("电话１３８００００１２３４") == ["文字中像有手机号码，请删去"]


SMUGGLED = {
    "in a hint": {"fields": {"note": {"type": "text", "title": "备注", "hint": "填写民族"}}},
    "in a unit": {"fields": {"note": {"type": "integer", "title": "数", "unit": "教派"}}},
    "in the title of the kind": {"title": "信教群众"},
    "in the id of the kind": {"id": "religion_list"},
    "in a state": {"shape": "case", "states": {"a": {"title": "已入党"}}},
    "in a step": {
        "shape": "case",
        "states": {"a": {"title": "甲"}, "b": {"title": "乙"}},
        "steps": {"join": {"title": "转为党员", "from": ["a"], "to": "b", "roles": ["r"]}},
    },
}


@pytest.mark.parametrize("where", SMUGGLED)
def test_other_places_to_write_it(where: str) -> None:
    told = {
        "pack": "p", "id": "k", "title": "名册", "source": [{"title": "例"}], "shape": "register", "unit": "个",
        "label": "name", "about": "person",
    }  # fmt: skip
    given = {**told, **SMUGGLED[where]}
    given["fields"] = {"name": {"type": "serial", "title": "序号"}} | given.get("fields", {})
    assert check_kind(Kind.model_validate(given))


@pytest.mark.parametrize("title", ["回族", "汉 族", "天主教", "民盟", "无党派人士", "共青团员"])
def test_a_code_table_of_them_is_found_whatever_it_is_called(title: str) -> None:
    from jixiao.catalogue.registers import CodeTable

    table = CodeTable.model_validate(
        {
            "pack": "p",
            "id": "sort",
            "title": "分类",
            "codes": {"a": {"title": title}},
            "source": [{"title": "例"}],
        }
    )
    told = {
        "pack": "p", "id": "k", "title": "名册", "source": [{"title": "例"}], "shape": "register", "unit": "个",
        "label": "name", "about": "person",
        "fields": {"name": {"type": "serial", "title": "序号"}, "s": {"type": "code", "title": "类", "codes": "p/sort"}},
    }  # fmt: skip
    assert check_kind(Kind.model_validate(told), {"p/sort": table})


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("负责人张某，回族，了解用工", "民族"),
        ("张某（男，维吾尔族）来访", "民族"),
        ("李某\t土家族\t2020-09-04\t报送信息", "民族"),
        ("来访人信仰佛教", "宗教信仰"),
        ("政治面貌：群众", "政治观点和党派"),
        ("负责人张某，中共党员，反映用工难", "政治观点和党派"),
        ("来访人李某（女，共青团员）", "政治观点和党派"),
        ("该户户主患有慢性肾病", "健康"),
        ("王某，二级肢体残疾", "健康"),
        ("家庭住址：示例路1号", "行踪"),
        ("家住：示例小区", "行踪"),
        ("其子持加拿大绿卡", "海外关系"),
    ],
)
def test_free_text_that_tells_of_somebody_is_remarked_on(text, attribute):
    assert remarks(text) == [f"文字中像写了个人的{attribute}，请删去"]


@pytest.mark.parametrize(
    "text",
    [
        "走访示例回族乡，了解饮水困难",
        "关于保护土家族吊脚楼的建议",
        "汉族、回族群众一百余人参加",
        "向水族馆捐款（门票收入）",
        "开展宗教活动场所安全检查",
        "尊重信仰自由，加强政治引领",
        "民族团结进步创建（回族社区）",
        "走访慰问老党员，中共示例街道工委参加",
        "开展残疾人就业服务，核查残疾证办理点",
        "防治病虫害，排查行道树病株",
        "对示例中学学生开展疾病预防讲座",
        "调查居住小区停车难",
        "组织出国经贸洽谈，办理团组手续",
    ],
)
def test_work_among_peoples_and_faiths_may_be_told(text):
    assert remarks(text) == []
