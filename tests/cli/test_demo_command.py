"""`jixiao demo`: everything from nothing, again without harm, never into somebody's ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

ORG = "demo-cppcc"


def test_it_writes_the_report_in_three_formats(demo) -> None:
    _, out, _ = demo
    assert {path.suffix for path in out.glob(f"{ORG}-2020.*")} == {".docx", ".html", ".pdf"}


def test_it_tells_figures_scores_and_logins(demo) -> None:
    printed = demo[2]
    assert "30余篇" in printed
    assert "部门整体支出绩效自评" in printed
    assert "演示账号" in printed
    assert "示例数据" in printed


def test_again_it_finds_what_is_there(demo, jixiao, tmp_path) -> None:
    _, out, _ = demo
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert jixiao("demo", "--no-serve", "--out", str(tmp_path)).returncode == 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_it_refuses_a_home_of_other_orgs(tmp_path: Path, jixiao_in) -> None:
    import sqlite3

    home = tmp_path / "home"
    assert jixiao_in(home, "demo", "--no-serve", "--out", str(tmp_path / "out")).returncode == 0
    with sqlite3.connect(home / "db.sqlite3") as database:
        database.execute("UPDATE ledger_org SET is_example = 0, title = '真实单位' WHERE id = ?", (ORG,))
    refused = jixiao_in(home, "demo", "--no-serve", "--out", str(tmp_path / "out"))
    assert refused.returncode == 2
    assert "真实单位" in refused.stderr
    assert "JIXIAO_HOME" in refused.stderr


def test_passwords_are_kept_as_argon2(demo) -> None:
    import sqlite3

    with sqlite3.connect(demo[0] / "db.sqlite3") as database:
        kept = [row[0] for row in database.execute("SELECT password FROM ledger_user")]
    assert kept
    assert {one.partition("$")[0] for one in kept} == {"argon2"}


@pytest.mark.parametrize("name", ["db.sqlite3", "secret_key"])
def test_the_home_holds_everything(demo, name: str) -> None:
    assert (demo[0] / name).is_file()
