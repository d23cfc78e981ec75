"""Every line of the departments' duties has its kinds, figures, relations, page and tests; those about people stay totals."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from scripts.reference import coverage
from tests.packs.shelf import folder_of

from jixiao.catalogue import guard, load
from jixiao.catalogue.duties import Duty
from jixiao.catalogue.kinds import About
from jixiao.errors import PackErrors

ROOT = Path(__file__).resolve().parents[2]
RULES = load(day=date.max)
DUTIES = list(RULES.duties.values())
ROWS = {*(f"A{row:02}" for row in range(1, 35)), *(f"B{row:02}" for row in range(1, 49))}
ABOUT_PEOPLE = {"A10", "A12", "A13", "A19", "A21", "A22", "A23", "A24", "A25", "B24", "B25"}


def test_every_row_is_there_once() -> None:
    rows = [duty.id.upper() for duty in DUTIES]
    assert sorted(rows) == sorted(ROWS)


@pytest.mark.parametrize("duty", DUTIES, ids=lambda one: one.id)
def test_no_cell_is_empty(duty: Duty) -> None:
    empty = [
        head
        for head, cell in zip(coverage.HEAD, coverage.cells(duty, RULES), strict=True)
        if not cell.strip()
    ]
    assert empty == []


def test_a_missing_relation_would_leave_a_cell_empty() -> None:
    bare = DUTIES[0].model_copy(update={"relations": (), "checks": ()})
    assert "" in coverage.cells(bare, RULES)


@pytest.mark.parametrize("duty", DUTIES, ids=lambda one: one.id)
def test_the_indicators_count_the_kinds_of_the_row(duty: Duty) -> None:
    counted = {RULES.indicator(name).rows.kind for name in duty.indicators if RULES.indicator(name).rows}
    below = {RULES.root_of(kind).full_id for kind in counted} | counted
    assert below & {*duty.kinds, *(RULES.root_of(kind).full_id for kind in duty.kinds)}


@pytest.mark.parametrize("named", sorted({test for duty in DUTIES for test in duty.tests}))
def test_the_tests_named_are_there(named: str) -> None:
    file, _, function = named.partition("::")
    text = (ROOT / file).read_text(encoding="utf-8")
    assert re.search(rf"^def {function}\(" if function else r"^def test_", text, re.M)


def test_the_rows_about_people_are_marked() -> None:
    assert {duty.id.upper() for duty in DUTIES if duty.totals_only} >= ABOUT_PEOPLE


PERSONS = [duty for duty in DUTIES if duty.totals_only]


@pytest.mark.parametrize("duty", PERSONS, ids=lambda one: one.id)
def test_the_personal_attribute_of_a_duty_about_people_is_refused(duty: Duty, tmp_path: Path) -> None:
    """A register of persons below the kind of the row is let in without the attribute and refused with it."""
    assert duty.totals_only is not None
    kind = RULES.kind(duty.totals_only.kind)
    person = {
        "title": "人员明细", "shape": "register", "about": "person", "unit": "人", "parent": kind.full_id,
        "label": "serial", "source": [{"title": "试验"}],
        "fields": {"serial": {"type": "serial", "title": "序号", "required": True}},
    }  # fmt: skip
    load([], [_pack(tmp_path / "plain", duty.pack, person)])
    person["fields"] = {**person["fields"], "more": {"type": "text", "title": duty.totals_only.attribute}}  # type: ignore[dict-item]
    with pytest.raises(PackErrors, match="涉及个人的"):
        load([], [_pack(tmp_path / "told", duty.pack, person)])
    assert guard.banned(duty.totals_only.attribute)
    assert (
        not any(guard.banned(spec.title) for spec in kind.fields.values()) or kind.about is not About.PERSON
    )


def _pack(folder: Path, requires: str, kind: dict[str, object]) -> Path:
    home = folder / "persons"
    (home / "kinds").mkdir(parents=True)
    about = f"id: persons\ntitle: 试验\nversion: '1'\nrequires: [{requires}]\n"
    (home / "pack.yaml").write_text(about, encoding="utf-8")
    text = yaml.safe_dump(kind, allow_unicode=True, sort_keys=False)
    (home / "kinds" / "person.yaml").write_text(text, encoding="utf-8")
    return home


def test_a_record_counts_towards_several_lines_and_once_in_each() -> None:
    """A visit stands in the own, the city's and the province's line; each line has it once."""
    folder = folder_of("united_front") / "records"
    lines = (folder / "enterprise_visit.csv").read_text(encoding="utf-8").splitlines()
    place = lines[0].split(",").index("counts_towards")
    named = [line.split(",")[place].split(";") for line in lines[1:] if line.split(",")[place]]
    assert named
    assert all(sorted(set(one)) == sorted(one) for one in named)
    levels = {"own", "city", "province"}
    codes = RULES.code_table("base/counting_level").codes
    assert set(codes) == levels
    targets = {
        kind.full_id for kind, role, _ in RULES.links_to("base/counting_line") if role == "counts_towards"
    }
    assert len(targets) > 25


def test_the_page_is_generated_from_the_packs() -> None:
    kept = (ROOT / "docs" / "reference" / "coverage.md").read_text(encoding="utf-8")
    assert kept == coverage.page(RULES)
