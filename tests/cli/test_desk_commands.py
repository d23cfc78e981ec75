"""The bureau's desk on the command line: a list, a stick with every sort of package, the public folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.packages import YEAR, make, title_of

AT = ("--org", "bureau", "--year", str(YEAR))


@pytest.fixture
def bureau(jixiao_in, tmp_path):
    """A home with a bureau alone."""

    def run(*arguments):
        return jixiao_in(tmp_path / "home", *arguments)

    assert run("init").returncode == 0
    made = run("orgs", "add", "bureau", "--title", "示例财政局", "--from", "2015-01-01", "--pack", "finance")
    assert made.returncode == 0, made.stderr + made.stdout
    return run


def stick(folder: Path) -> Path:
    """Two zips, one of another year, and a folder of bare files."""
    for number, sort in ((1, "clean"), (2, "other_year"), (3, "stranger")):
        for one in make(number, sort):
            for name, content in one.files:
                path = folder / "stick" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    return folder / "stick"


def test_a_stick_is_taken_once_and_made_public(bureau, tmp_path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("\n".join(title_of(number) for number in range(1, 5)), encoding="utf-8")
    assert bureau("desk", "expect", str(names), *AT, "--due", "2021-03-01").returncode == 0
    folder = str(stick(tmp_path))
    first = bureau("desk", "take", folder, *AT, "--received-on", "2021-02-01")
    assert first.returncode == 1, first.stderr
    assert f"✓ {title_of(3)}　{title_of(3)}，第1版，0 处问题" in first.stdout
    assert "请让单位换成2020年度的重新报送" in first.stdout
    assert "共 3 份，2 份收下" in first.stdout
    assert bureau("desk", "take", folder, *AT).stdout.count("没有重复收") == 3
    told = json.loads(bureau("desk", "show", *AT, "--format", "json").stdout)
    assert [one["state"] for one in told] == ["已报", "未报", "已报", "未报"]
    out = tmp_path / "public"
    assert bureau("desk", "publish", *AT, "--out", str(out), "--with-unreviewed").returncode == 0
    data = json.loads((out / "data.json").read_text(encoding="utf-8"))
    assert (data["figures"][0]["numerator"], data["figures"][0]["denominator"]) == (2, 4)
    assert (out / "departments" / "001.html").exists()


def test_a_mistake_gets_a_sentence(bureau, tmp_path) -> None:
    done = bureau("desk", "take", str(tmp_path / "nowhere"), *AT)
    assert done.returncode == 2
    assert "读不了" in done.stderr
    assert bureau("desk", "show", "--org", "nobody", "--year", "2020").returncode == 2
