"""The united-front pack counts work and totals: persons, secrets of persons and mixed money are refused."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from tests.packs.shelf import catalogue, folder_of, lines_of, path_of

from jixiao.catalogue import fields, guard, load
from jixiao.catalogue.days import Days
from jixiao.catalogue.indicators import Role
from jixiao.catalogue.kinds import About, FieldType
from jixiao.errors import PackErrors
from jixiao.indicators import explain
from jixiao.values import Qualifier

PACK = "united_front"
FOLDER = folder_of(PACK)
OWN = [one for one in catalogue(PACK).kinds.values() if one.pack == PACK]
TABLES = sorted((FOLDER / "records").glob("*.csv"))

PERSONAL = [  # row of the duty table, figure rows, what a register of persons would have carried
    ("A10", "000-06 000-07 000-08", "party_membership", "政治面貌"),
    ("A12", "", "political_view", "政治态度"),
    ("A13", "", "party", "党派"),
    ("A14", "000-12", "sector", "界别"),
    ("A15", "000-13", "ethnicity", "民族"),
    ("A19", "000-20", "political_view", "政治观点"),
    ("A21", "", "ethnicity", "民族"),
    ("A22", "", "nationality", "族别"),
    ("A23", "", "residence", "居住地"),
    ("A24", "", "religion", "宗教信仰"),
    ("A25", "", "health", "健康状况"),
    ("A25 travel", "", "trajectory", "行踪轨迹"),
    ("A25 abroad", "", "overseas", "海外关系"),
]
AGGREGATES = {"000-06", "000-07", "000-08", "000-12", "000-13", "000-20"}


def written(folder: Path, kind: str) -> Path:
    pack = folder / "persons"
    (pack / "kinds").mkdir(parents=True)
    about = f"id: persons\ntitle: 试验\nversion: '1'\nrequires: [{PACK}]\n"
    (pack / "pack.yaml").write_text(about, encoding="utf-8")
    (pack / "kinds" / "person.yaml").write_text(kind, encoding="utf-8")
    return pack


def person(field: str, title: str) -> str:
    return (
        "title: 人员登记\nshape: register\nabout: person\nunit: 人\nlabel: serial\ntheme: cadres\n"
        "source: [{title: 试验}]\nfields:\n  serial: {type: serial, title: 序号, required: true}\n"
        f"  {field}: {{type: text, title: {title}}}\n"
    )


@pytest.mark.parametrize(("row", "figures", "field", "title"), PERSONAL, ids=lambda one: str(one))
def test_the_personal_attribute_of_an_aggregate_row_is_refused(
    tmp_path: Path, row: str, figures: str, field: str, title: str
) -> None:
    pack = written(tmp_path, person(field, title))
    with pytest.raises(PackErrors, match="涉及个人的"):
        load([], [pack])
    assert guard.banned_columns(["序号", title]) == {1: guard.banned(title)}


def test_a_register_of_serials_alone_is_let_through(tmp_path: Path) -> None:
    """The refusals above come from the attribute, not from the rest of the file."""
    assert load([], [written(tmp_path, person("note", "备注"))]).kind("persons/person").about is About.PERSON


def test_every_aggregate_figure_is_tried() -> None:
    assert {one for _, figures, *_ in PERSONAL for one in figures.split()} == AGGREGATES


@pytest.mark.parametrize("kind", OWN, ids=lambda one: one.id)
def test_no_kind_is_about_a_person(kind) -> None:  # type: ignore[no-untyped-def]
    assert kind.about is not About.PERSON
    assert not re.search("姓名|身份证|电话|住址", "".join(spec.title for spec in kind.fields.values()))


@pytest.mark.parametrize("named", ["张三", "示例人员甲", "430101199003070011", "13800000000"])
@pytest.mark.parametrize(
    ("kind", "field"), [("competition_entry", "serial"), ("service_ticket", "ticket_number")]
)
def test_a_serial_takes_no_name(kind: str, field: str, named: str) -> None:
    spec = catalogue(PACK).kind(kind).fields[field]
    assert spec.type is FieldType.SERIAL
    with pytest.raises(ValueError, match="序号"):
        fields.parse(spec, named)
    assert fields.parse(spec, "A015") == "A015"


def test_totals_are_one_number_each() -> None:
    """Heads by group are a number in a snapshot: no text of such a record could hold a list of names."""
    stock = catalogue(PACK).kind("incubation_stock").fields["representatives"]
    people = catalogue(PACK).kind("cadre_structure").fields["people"]
    assert (stock.type, people.type) == (FieldType.STATED, FieldType.INTEGER)
    for spec in (stock, people):
        with pytest.raises(ValueError):
            fields.parse(spec, "甲、乙、丙")
    assert fields.parse(stock, "60余") == {"value": 60, "qualifier": Qualifier.OVER.value}


@pytest.mark.parametrize(
    ("total", "parts"),
    [
        ("donations", ["enterprise_aid"]),
        ("enterprise_aid", ["village_award_money"]),
        ("credit_applied", ["credit_approved", "credit_drawn"]),
        ("finance/executed", ["donations"]),
        ("village_award_money", ["credit_drawn"]),
    ],
)
def test_money_of_two_natures_is_never_added(tmp_path: Path, total: str, parts: list[str]) -> None:
    pack = tmp_path / "mixed"
    (pack / "relations").mkdir(parents=True)
    about = f"id: mixed\ntitle: 试验\nversion: '1'\nrequires: [{PACK}, finance]\n"
    (pack / "pack.yaml").write_text(about, encoding="utf-8")
    added = {"title": "相加", "relation": "sum", "source": [{"title": "试验"}]}
    text = yaml.safe_dump({**added, "operands": {"total": total, "parts": parts}}, allow_unicode=True)
    (pack / "relations" / "added.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PackErrors, match="性质"):
        load([], [pack])


def test_five_natures_are_kept_apart() -> None:
    rules = catalogue(PACK)
    names = (
        "donations",
        "enterprise_aid",
        "village_award_money",
        "credit_applied",
        "credit_approved",
        "credit_drawn",
    )
    natures = [rules.nature_of(rules.indicator(f"{PACK}/{name}")) for name in names]
    assert len(set(natures)) == len(names)
    assert None not in natures


def test_credit_is_applied_for_and_never_obtained() -> None:
    told = [
        one.title + "".join(one.aliases) for one in catalogue(PACK).indicators.values() if "credit" in one.id
    ]
    assert told
    text = (FOLDER.parent.parent / "outlines" / "annual_report.yaml").read_text(encoding="utf-8")
    assert not re.search("获得贷款|争取贷款|贷款到位", text + "".join(told))


def test_what_is_no_result_is_not_scored() -> None:
    rules = catalogue(PACK)
    roles = {rules.indicator(name).role for name in rules.scheme(f"{PACK}/self_evaluation").indicators}
    assert roles <= {Role.RESULT, Role.INPUT}
    for name in ("cadres_county", "strata_representatives", "party_organisations_listed"):
        assert rules.indicator(f"{PACK}/{name}").role is Role.STRUCTURE


def test_goal_table_is_ten_fifty_thirty_ten() -> None:
    scheme = catalogue(PACK).scheme(f"{PACK}/self_evaluation")
    assert [int(node.points) for node in scheme.tree] == [10, 50, 30, 10]


def test_indicators_say_how_they_count() -> None:
    for one in catalogue(PACK).indicators.values():
        if one.pack == PACK:
            assert one.aliases, one.full_id
            assert explain.words(catalogue(PACK), one.full_id), one.full_id


@pytest.mark.parametrize("path", TABLES, ids=lambda one: one.stem)
def test_every_example_case_went_a_way_that_its_steps_allow(path: Path) -> None:
    kind = catalogue(PACK).kind(path.stem)
    for line in lines_of(path.stem, PACK):
        assert (not kind.states) == (not path_of(kind, line)), line["key"]


@pytest.mark.parametrize("path", TABLES, ids=lambda one: one.stem)
def test_what_an_office_did_happened_on_workdays(path: Path) -> None:
    days = Days(catalogue(PACK).calendars.values())
    kind = catalogue(PACK).kind(path.stem)
    for line in lines_of(path.stem, PACK):
        for state in kind.states:
            if text := line.get(f"{state}_on"):
                assert days.is_workday(date.fromisoformat(text)), f"{line['key']} {state} {text}"


def test_most_records_have_papers_and_a_few_have_none() -> None:
    rows = [line for path in TABLES for line in lines_of(path.stem, PACK) if "evidence" in line]
    without = [line for line in rows if not line["evidence"]]
    assert 0 < len(without) < len(rows) / 10


def test_example_names_are_nobodys() -> None:
    about = yaml.safe_load((FOLDER / "org.yaml").read_text(encoding="utf-8"))
    titles = [
        about["title"],
        *(one["title"] for one in about["other_orgs"]),
        *(one["name"] for one in about["people"]),
    ]
    for kind in (
        "enterprise",
        "party_organisation",
        "incubation_base",
        "incubation_tenant",
        "participating_unit",
    ):
        titles += [line["name"] for line in lines_of(kind, PACK)]
    assert [title for title in titles if not title.startswith("示例")] == []
    assert all("EXAMPLE" in line["credit_code"] for line in lines_of("enterprise", PACK))


@pytest.mark.parametrize("name", ["org.yaml", "filed.yaml", "reasons.yaml", "README.md"])
def test_example_files_say_that_they_are_examples(name: str) -> None:
    assert "示例数据" in (FOLDER / name).read_text(encoding="utf-8")


def test_every_filed_value_is_marked_invented() -> None:
    values = yaml.safe_load((FOLDER / "filed.yaml").read_text(encoding="utf-8"))
    assert values
    assert all(value["invented"] and "示例数据" in value["source"] for value in values)
