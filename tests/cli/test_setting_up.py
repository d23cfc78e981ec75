"""An office begins on an empty home with commands alone; the home is closed to others; again nothing changes."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.processes import environment, lay_down_root, run_in

PASSWORD = "Quiet-harbour-47"
ADD_ORG = (
    "orgs",
    "add",
    "our-office",
    "--title",
    "示例区某办公室",
    "--pack",
    "finance",
    "--from",
    "2016-11-01",
)


def with_password(home: Path, password: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jixiao.cli.main", *arguments, "--password-stdin"],
        env=environment(home),
        input=f"{password}\n",
        capture_output=True,
        text=True,
        check=False,
    )


def listed(home: Path, *what: str) -> list[dict]:
    done = run_in(home, *what, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def kept(home: Path) -> list[list[tuple]]:
    tables = ("ledger_org", "ledger_packbinding", "ledger_period", "ledger_user", "ledger_membership")
    with contextlib.closing(sqlite3.connect(home / "db.sqlite3")) as database:
        return [database.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which one office has been set up, with a clerk."""
    home = tmp_path_factory.mktemp("office") / "home"
    for arguments in (("init",), ADD_ORG, ("orgs", "open-year", "our-office", "2020")):
        done = run_in(home, *arguments)
        assert done.returncode == 0, done.stderr
    clerk = (
        "people",
        "add",
        "clerk",
        "--name",
        "示例经办人",
        "--org",
        "our-office",
        "--role",
        "office_clerk",
    )
    done = with_password(home, PASSWORD, *clerk)
    assert done.returncode == 0, done.stderr
    return home


def test_serve_on_an_empty_home_says_what_to_run_in_order(tmp_path: Path, jixiao_in) -> None:
    told = jixiao_in(tmp_path / "home", "serve")
    assert told.returncode == 2
    wanted = ["jixiao init", "jixiao orgs add", "jixiao orgs open-year", "jixiao people add", "jixiao serve"]
    places = [told.stderr.find(command) for command in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_the_office_has_figures_but_nothing_reported(office: Path) -> None:
    figures = listed(office, "figures", "--org", "our-office", "--period", "2020")
    assert figures
    assert {one["status"] for one in figures} == {"not_reported"}


def test_what_the_packs_do_not_have_is_told(tmp_path: Path, jixiao_in) -> None:
    home = tmp_path / "home"
    for command in (
        ("init",),
        ("orgs", "add", "bare", "--title", "示例单位", "--pack", "base"),
        ("orgs", "open-year", "bare", "2020"),
    ):
        assert jixiao_in(home, *command).returncode == 0
    report = jixiao_in(home, "report", "--org", "bare", "--period", "2020", "--out", str(tmp_path / "out"))
    assert (report.returncode, report.stderr.strip()) == (
        2,
        "示例单位的规则包里没有报告提纲，写不出报告。请启用带提纲的规则包，或在本单位规则包的 outlines 文件夹里写一个",
    )
    score = jixiao_in(home, "score", "--org", "bare", "--period", "2020")
    assert (score.returncode, score.stdout.strip()) == (0, "示例单位的规则包里没有评价方案，没有可评的分")


def test_nobody_else_reads_the_home(office: Path) -> None:
    assert (mode(office), mode(office / "db.sqlite3"), mode(office / "secret_key")) == (0o700, 0o600, 0o600)


def test_the_demonstration_is_closed_too(demo) -> None:
    assert (mode(demo[0]), mode(demo[0] / "db.sqlite3")) == (0o700, 0o600)


def test_an_open_home_is_closed_and_one_with_other_things_left(tmp_path: Path, jixiao_in) -> None:
    ours, shared = tmp_path / "ours", tmp_path / "shared"
    for folder in (ours, shared):
        folder.mkdir()
        folder.chmod(0o755)
    (shared / "letter.txt").write_text("示例", encoding="utf-8")
    assert jixiao_in(ours, "init").returncode == 0
    told = jixiao_in(shared, "init")
    assert told.returncode == 0
    assert "chmod 700" in told.stdout
    assert (mode(ours), mode(shared)) == (0o700, 0o755)
    assert mode(shared / "db.sqlite3") == 0o600


def test_a_home_that_cannot_be_written_gets_a_sentence(tmp_path: Path, jixiao_in) -> None:
    tmp_path.chmod(0o500)
    try:
        told = jixiao_in(tmp_path / "home", "init", before=lay_down_root)
    except subprocess.SubprocessError:
        pytest.skip("root writes everywhere, and cannot lay that right down on this system")
    finally:
        tmp_path.chmod(0o700)
    assert told.returncode == 2
    assert "JIXIAO_HOME" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_home_that_is_a_file_gets_a_sentence(tmp_path: Path, jixiao_in) -> None:
    (tmp_path / "home").write_text("示例", encoding="utf-8")
    told = jixiao_in(tmp_path / "home", "init")
    assert told.returncode == 2
    assert "JIXIAO_HOME" in told.stderr
    assert "Traceback" not in told.stderr


def test_again_nothing_changes(office: Path) -> None:
    before = kept(office)
    for arguments in (
        ("init",),
        ADD_ORG,
        ADD_ORG[:-2],
        ("orgs", "bind", "our-office", "finance"),
        ("orgs", "open-year", "our-office", "2020"),
        ("people", "join", "clerk", "--org", "our-office", "--role", "base/office_clerk"),
        ("people", "activate", "clerk"),
        ("people", "unlock", "clerk"),
    ):
        done = run_in(office, *arguments)
        assert done.returncode == 0, done.stderr
    assert kept(office) == before
