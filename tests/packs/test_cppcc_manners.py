"""The cppcc pack counts people by serials, codes and totals: what would describe them is refused."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from tests.packs.shelf import EXAMPLE_YEAR, PACKS, catalogue, lines_of

from jixiao.catalogue import fields, guard, load
from jixiao.catalogue.days import Days
from jixiao.catalogue.indicators import Role
from jixiao.catalogue.kinds import About, FieldType, Kind
from jixiao.errors import PackErrors

KINDS = PACKS / "cppcc" / "kinds"
TABLES = sorted((EXAMPLE_YEAR / "records").glob("*.csv"))
OWN = [kind for kind in catalogue().kinds.values() if kind.pack == "cppcc"]

# Rows of the duty table that are totals, the kind they come from, and what a register of persons would have carried.
PERSONAL = [
    ("B07", "interview_batch", "ethnicity", "民族"),
    ("B07", "interview_batch", "residence", "居住地"),
    ("B24", "cooperation_activity", "party", "党派"),
    ("B24", "cooperation_activity", "sector", "界别"),
    ("B25", "cooperation_activity", "religion", "宗教信仰"),
    ("B25", "cooperation_activity", "ethnicity", "民族"),
    ("B28", "expert_contact", "overseas", "海外关系"),
    ("B28", "expert_contact", "political_view", "政治面貌"),
    ("B34", "household", "health", "健康状况"),
    ("B34", "household_pairing", "disability", "残疾情况"),
    ("B35", "aid_result", "illness", "病情"),
    ("B37", "aid_result", "ethnicity", "民族"),
    ("B38", "works_coverage", "nationality", "族别"),
    ("B40", "member", "sector", "界别"),
]
SERIALS = [("expert_contact", "serial"), ("household", "code"), ("aid_result", "pupil")]


def _with(folder: Path, kind: str, field: str, title: str) -> Path:
    """A local pack in which the kind bears one more field; a kind that is not about persons gets a child that is."""
    written = yaml.safe_load((KINDS / f"{kind}.yaml").read_text(encoding="utf-8"))
    if written["about"] == "person":
        written |= {"replaces": f"cppcc/{kind}", "from": date(2020, 1, 1)}
        stem = kind
    else:
        written = {
            "title": "人员明细", "shape": "register", "about": "person", "unit": "人", "parent": f"cppcc/{kind}",
            "label": "serial", "theme": written["theme"], "source": [{"title": "试验"}],
            "fields": {"serial": {"type": "serial", "title": "序号", "required": True}},
        }  # fmt: skip
        stem = "person"
    written["fields"][field] = {"type": "text", "title": title}
    pack = folder / "persons"
    (pack / "kinds").mkdir(parents=True)
    about = "id: persons\ntitle: 试验\nversion: '1'\nrequires: [cppcc]\n"
    (pack / "pack.yaml").write_text(about, encoding="utf-8")
    (pack / "kinds" / f"{stem}.yaml").write_text(
        yaml.safe_dump(written, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return pack


@pytest.mark.parametrize(("row", "kind", "field", "title"), PERSONAL, ids=lambda one: str(one))
def test_the_personal_attribute_of_an_aggregate_row_is_refused(
    tmp_path: Path, row: str, kind: str, field: str, title: str
) -> None:
    with pytest.raises(PackErrors, match="涉及个人的"):
        load([], [_with(tmp_path, kind, field, title)])
    assert guard.banned_columns(["序号", title]) == {1: guard.banned(title)}


@pytest.mark.parametrize("kind", sorted({kind for _, kind, *_ in PERSONAL}))
def test_the_same_kind_with_a_harmless_field_is_let_through(tmp_path: Path, kind: str) -> None:
    """The refusals above come from the attribute, not from the rest of the file."""
    load([], [_with(tmp_path, kind, "note", "备注")])


@pytest.mark.parametrize("kind", OWN, ids=lambda one: one.id)
def test_no_kind_has_room_for_a_name_or_number_of_a_person(kind: Kind) -> None:
    assert not re.search(
        "姓名|户主|身份证|电话|手机|住址", "".join(spec.title for spec in kind.fields.values())
    )


@pytest.mark.parametrize("named", ["张三", "示例人员甲", "430101199003070011", "13800000000"])
@pytest.mark.parametrize(("kind", "field"), SERIALS)
def test_a_serial_takes_no_name(kind: str, field: str, named: str) -> None:
    spec = catalogue().kind(kind).fields[field]
    assert spec.type is FieldType.SERIAL
    with pytest.raises(ValueError, match="序号"):
        fields.parse(spec, named)
    assert fields.parse(spec, "H015") == "H015"


@pytest.mark.parametrize("kind", ["interview_batch", "works_coverage"])
def test_totals_are_one_number_each(kind: str) -> None:
    """Heads by place are a number in a row: no text of such a record could hold a list of names."""
    spec = catalogue().kind(kind).fields["people"]
    assert spec.type is FieldType.INTEGER
    with pytest.raises(ValueError):
        fields.parse(spec, "甲、乙、丙")


def test_what_points_to_households_and_serials_is_guarded() -> None:
    for name in ("household", "household_pairing", "aid_result", "expert_contact"):
        assert catalogue().kind(name).about is About.PERSON


def test_what_is_no_result_is_not_scored() -> None:
    rules = catalogue()
    scored = rules.scheme("cppcc/self_evaluation").indicators
    assert {rules.indicator(name).role for name in scored} <= {Role.RESULT, Role.INPUT}
    described = (
        "report_parts",
        "report_recommendation_classes",
        "consultation_classes",
        "problem_categories",
    )
    planned = ("households_planned", "industry_projects_selected", "topics_counterpart")
    assert {rules.indicator(f"cppcc/{name}").role for name in described} == {Role.DESCRIPTION}
    assert {rules.indicator(f"cppcc/{name}").role for name in planned} == {Role.PLAN}


def test_goal_table_is_ten_fifty_thirty_ten() -> None:
    scheme = catalogue().scheme("cppcc/self_evaluation")
    assert [int(node.points) for node in scheme.tree] == [10, 50, 30, 10]


NEW_TABLES = [
    "aid_result",
    "cooperation_activity",
    "establishment_change",
    "expert_contact",
    "household_pairing",
    "interview_batch",
    "meeting",
    "recommendation",
    "research_project",
    "research_report",
    "superior_task",
    "works_project",
]


@pytest.mark.parametrize("name", NEW_TABLES)
def test_what_an_office_did_happened_on_workdays(name: str) -> None:
    days = Days(catalogue().calendars.values())
    for line in lines_of(name):
        for state in catalogue().kind(name).states:
            if text := line.get(f"{state}_on"):
                assert days.is_workday(date.fromisoformat(text)), f"{line['key']} {state} {text}"


def test_most_records_have_papers_and_a_few_have_none() -> None:
    rows = [line for path in TABLES for line in lines_of(path.stem) if "evidence" in line]
    without = [line for line in rows if not line["evidence"]]
    assert 0 < len(without) < len(rows) / 10


def test_units_and_groups_are_nobodys() -> None:
    names = [line["name"] for kind in ("participating_unit", "activity_group") for line in lines_of(kind)]
    assert all(name.startswith("示例") for name in names)
    assert all(line["group"].startswith("示例") for line in lines_of("works_coverage"))
