"""The boundary cannot be walked round by other words for the same: spaces, widths, pinyin, English endings, synonyms."""

from __future__ import annotations

import pytest

from jixiao import sheets
from jixiao.catalogue import guard
from jixiao.catalogue.guard import banned, banned_of_person
from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.registers import CodeTable


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        ("mínzú", "民族"),
        ("min_zu", "民族"),
        ("ＭｉｎＺｕ代码", "民族"),
        ("minzudaima", "民族"),
        ("ethnicgroup", "民族"),
        ("是否回族", "民族"),
        ("zong_jiao", "宗教信仰"),
        ("xin yang", "宗教信仰"),
        ("beliefs", "宗教信仰"),
        ("zhengzhimianmao", "政治观点和党派"),
        ("dang_yuan", "政治观点和党派"),
        ("ideology", "政治观点和党派"),
        ("jian_kang", "健康"),
        ("can ji", "健康"),
        ("diseases", "健康"),
        ("xing_zong", "行踪"),
        ("latitude", "行踪"),
        ("hai_wai", "海外关系"),
        ("emigration", "海外关系"),
        ("jie-bie", "界别"),
    ],
)
def test_other_words_for_the_same(name: str, attribute: str) -> None:
    assert banned(name) == attribute


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        ("族", "民族"),
        ("M族", "民族"),
        ("血统", "民族"),
        ("受洗日期", "宗教信仰"),
        ("党内职务", "政治观点和党派"),
        ("思想动态", "政治观点和党派"),
        ("住院情况", "健康"),
        ("疫苗接种", "健康"),
        ("因病致困", "健康"),
        ("现住地", "行踪"),
        ("车牌号", "行踪"),
        ("境外亲属", "海外关系"),
        ("留学经历", "海外关系"),
        ("所属界", "界别"),
    ],
)
def test_what_means_it_beside_a_person_alone(name: str, attribute: str) -> None:
    assert banned_of_person(name) == attribute
    assert banned(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "水族馆门票", "家族企业", "满族自治县", "participants", "department", "national_level", "donation",
        "coordinated_funds", "third_party", "参加活动次数", "canjia_renshu", "提建议（tijianyi）", "dangling_cases",
        "病虫害防治面积", "medium", "helath", "主持单位", "组织单位", "zuzhi_danwei", "小微企业界面", "minzhu_pingyi",
    ],
)  # fmt: skip
def test_words_of_work_stay(name: str) -> None:
    assert banned_of_person(name) is None


TOLD = {
    "pack": "p", "id": "k", "title": "走访台账", "source": [{"title": "例"}], "shape": "register", "unit": "个",
    "label": "name", "about": "office",
}  # fmt: skip


def kind(**fields) -> Kind:
    return Kind.model_validate({**TOLD, "fields": fields})


class Nothing:
    """A catalogue that knows no other kinds."""

    kinds: dict = {}
    codes: dict = {}


@pytest.mark.parametrize("name", ["姓名", "联系人姓名", "姓 名", "full_name", "XingMing", "身份证号"])
@pytest.mark.parametrize(
    "attribute", ["民族", "民族成份", "minzu", "政治面貌", "健康状况", "所属界别", "religion"]
)
def test_a_list_of_names_is_about_persons_whatever_it_says(name: str, attribute: str) -> None:
    made = kind(name={"type": "text", "title": name}, note={"type": "text", "title": attribute})
    assert [path for path, _, _ in guard.complaints(made, Nothing())] == [("fields", "note")]  # type: ignore[arg-type]


def test_a_place_beside_a_name_is_none_of_it() -> None:
    made = kind(name={"type": "text", "title": "联系人姓名"}, place={"type": "text", "title": "宗教活动场所"})
    assert list(guard.complaints(made, Nothing())) == []  # type: ignore[arg-type]
    alone = kind(name={"type": "text", "title": "场所名称"}, what={"type": "text", "title": "民族"})
    assert list(guard.complaints(alone, Nothing())) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("id", ["muslim", "minzu_hui", "communist_member"])
def test_codes_that_say_it_by_their_id_are_found(id: str) -> None:
    table = CodeTable.model_validate(
        {
            "pack": "p",
            "id": "sort",
            "title": "分类",
            "codes": {id: {"title": "甲类"}},
            "source": [{"title": "例"}],
        }
    )
    made = Kind.model_validate(
        {
            **TOLD,
            "about": "person",
            "fields": {
                "name": {"type": "serial", "title": "序号"},
                "s": {"type": "code", "title": "类", "codes": "p/sort"},
            },
        }
    )
    assert guard.check_kind(made, {"p/sort": table})


def test_imported_columns_beside_persons_are_read_more_strictly() -> None:
    titles = ["序号", "住院情况", "ｍｉｎ ｚｕ", "备注"]
    assert sheets.match([], titles).banned == {2: ("ｍｉｎ ｚｕ", "民族")}
    found = sheets.match([], titles, of_person=True)
    assert found.banned == {1: ("住院情况", "健康"), 2: ("ｍｉｎ ｚｕ", "民族")}
    assert list(found.unknown.values()) == ["序号", "备注"]
