"""Packs keep their manners: neutral example data marked as such, no personal attributes, no borrowed sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from tests.packs.shelf import EXAMPLE_YEAR, PACKS, catalogue, lines_of, path_of

from jixiao.catalogue import guard, lifecycle, load
from jixiao.catalogue.indicators import Role
from jixiao.catalogue.kinds import About, Kind, Shape
from jixiao.errors import PackErrors

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
RUN = 14  # this many Chinese characters in a row are a borrowed sentence
EVERY_KIND = list(load().kinds.values())
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
PACK_FILES = sorted(
    path for path in PACKS.rglob("*") if path.is_file() and path.suffix in {".yaml", ".csv", ".md"}
)


def runs_of(text: str) -> set[str]:
    """Every run of a line, punctuation and figures left out."""
    lines = ["".join(CHINESE.findall(line)) for line in text.splitlines()]
    return {line[start : start + RUN] for line in lines for start in range(len(line) - RUN + 1)}


def test_nothing_is_borrowed_from_published_reports() -> None:
    reports = [
        *sorted((SHARED / "seeds").glob("*.txt")),
        *sorted((SHARED / "reading" / "reports").rglob("*.txt")),
    ]
    if not reports:
        pytest.skip(f"缺少对照用的公开报告：{SHARED}")
    published = set[str]().union(
        *(runs_of(path.read_text(encoding="utf-8", errors="ignore")) for path in reports)
    )
    own = [*PACK_FILES, ROOT / "GLOSSARY.md"]
    borrowed = {
        str(path.relative_to(ROOT)): sorted(found)
        for path in own
        if (found := runs_of(path.read_text(encoding="utf-8")) & published)
    }
    assert borrowed == {}


def test_packs_hold_data_only() -> None:
    assert [path.name for path in PACKS.rglob("*.py")] == []


@pytest.mark.parametrize("name", ["org.yaml", "filed.yaml", "reasons.yaml", "README.md"])
def test_example_files_say_that_they_are_examples(name: str) -> None:
    assert "示例数据" in (EXAMPLE_YEAR / name).read_text(encoding="utf-8")


def test_every_filed_value_of_the_example_is_marked_invented() -> None:
    values = yaml.safe_load((EXAMPLE_YEAR / "filed.yaml").read_text(encoding="utf-8"))
    assert values
    assert all(value["invented"] and "示例数据" in value["source"] for value in values)


def test_example_names_are_nobodys() -> None:
    about = yaml.safe_load((EXAMPLE_YEAR / "org.yaml").read_text(encoding="utf-8"))
    titles = [
        about["title"],
        *(one["title"] for one in about["other_orgs"]),
        *(one["name"] for one in about["people"]),
    ]
    titles += [line["name"] for line in lines_of("enterprise")]
    assert [title for title in titles if not title.startswith("示例")] == []
    assert all("EXAMPLE" in line["credit_code"] for line in lines_of("enterprise"))
    assert all(re.fullmatch(r"委员\d{3}", line["serial"]) for line in lines_of("member"))


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda one: one.full_id)
def test_kinds_watch_no_people(kind: Kind) -> None:
    assert guard.check_kind(kind) == []
    if kind.about is About.PERSON:
        assert not any(guard.banned(spec.title) or guard.banned(name) for name, spec in kind.fields.items())


@pytest.mark.parametrize("path", sorted((EXAMPLE_YEAR / "records").glob("*.csv")), ids=lambda one: one.stem)
def test_every_example_case_went_a_way_that_its_steps_allow(path: Path) -> None:
    kind = catalogue().kind(path.stem)
    for line in lines_of(path.stem):
        way = path_of(kind, line)
        assert (not kind.states) == (not way)


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda one: one.full_id)
def test_every_state_can_be_reached(kind: Kind) -> None:
    if kind.initial is None:
        assert not kind.steps
        return
    reachable, waiting = {kind.initial}, [kind.initial]
    while waiting:
        here = waiting.pop()
        onward = {step.to for step in kind.steps.values() if step.to and here in step.from_} - reachable
        reachable |= onward
        waiting += onward
    assert reachable == set(kind.states)
    assert len(lifecycle.options(kind, lifecycle.Standing(kind.initial, ()), _Nothing(), set())) == len(
        kind.steps
    )


class _Nothing:
    def value(self, column: str) -> None:
        return None

    def relatives(self, relative: str) -> tuple[()]:
        return ()

    def pointing(self, role: str) -> tuple[()]:
        return ()

    def parent(self) -> None:
        return None


def test_deadlines_and_steps_name_their_rules() -> None:
    for kind in EVERY_KIND:
        assert kind.source
        assert all(deadline.source for deadline in kind.deadlines.values())
        for step in kind.steps.values():
            assert step.because or step.guard == type(step.guard)(), (
                f"{kind.full_id}: {step.title} says no reason"
            )


def test_money_of_two_natures_is_refused(tmp_path: Path) -> None:
    pack = tmp_path / "mixed"
    (pack / "relations").mkdir(parents=True)
    (pack / "pack.yaml").write_text(
        "id: mixed\ntitle: 试验\nversion: '1'\nrequires: [cppcc, finance]\n", encoding="utf-8"
    )
    (pack / "relations" / "added.yaml").write_text(
        "title: 把协调资金加进执行数\nrelation: sum\n"
        "operands: {total: finance/executed, parts: [finance/basic_expenditure, cppcc/coordinated_funds_amount]}\n"
        "source: [{title: 试验}]\n",
        encoding="utf-8",
    )
    with pytest.raises(PackErrors, match="性质"):
        load([], [pack])


def test_plans_and_descriptions_are_marked() -> None:
    plans = {
        "topics_standing_committee",
        "topics_counterpart",
        "industry_projects_selected",
        "studios_in_building",
    }
    described = {"consultation_classes", "problem_categories", "book_pictures"}
    roles = {name: catalogue().indicator(f"cppcc/{name}").role for name in plans | described}
    assert {name for name, role in roles.items() if role is Role.PLAN} == plans
    assert {name for name, role in roles.items() if role is Role.DESCRIPTION} == described


def test_every_shape_is_among_the_kinds() -> None:
    assert {kind.shape for kind in catalogue().kinds.values()} == set(Shape)
