"""An org renamed, merged and split from the command line; what is written wrongly is told, nothing is half done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.processes import run_in

ADD = ("--pack", "finance", "--from", "2016-11-01")


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    assert run_in(home, "init").returncode == 0
    for name in ("one", "two", "three"):
        done = run_in(home, "orgs", "add", name, "--title", f"示例{name}办", *ADD)
        assert done.returncode == 0, done.stderr
    return home


def ids(home: Path) -> set[str]:
    return {one["id"] for one in json.loads(run_in(home, "orgs", "list", "--format", "json").stdout)}


def test_orgs_change_in_turn(offices):
    given = ("--on", "2020-03-01", "--reason", "示例文号")
    done = run_in(offices, "orgs", "rename", "one", "--into", "uno=示例新办", *given)
    assert done.returncode == 0, done.stderr
    assert "示例新办（uno），自 2020-03-01" in done.stdout
    later = ("--on", "2020-06-01", "--reason", "示例文号")
    done = run_in(offices, "orgs", "merge", "uno", "two", "--into", "joint=示例联合办", *later)
    assert done.returncode == 0, done.stderr
    last = ("--on", "2020-09-01", "--reason", "示例文号")
    done = run_in(
        offices, "orgs", "split", "joint", "--into", "north=示例北办", "--into", "south=示例南办", *last
    )
    assert done.returncode == 0, done.stderr
    assert ids(offices) == {"one", "two", "three", "uno", "joint", "north", "south"}


def test_what_is_written_wrongly_is_told(offices):
    before = ids(offices)
    given = ("--on", "2020-03-01", "--reason", "示例文号")
    done = run_in(offices, "orgs", "rename", "three", "--into", "没有等号", *given)
    assert done.returncode == 2
    assert "编号=名称" in done.stderr
    done = run_in(offices, "orgs", "merge", "three", "--into", "alone=示例独办", *given)
    assert done.returncode == 2
    assert "更名" in done.stderr
    assert ids(offices) == before
