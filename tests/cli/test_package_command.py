"""The package on the command line: size told first, the choice of evidence, a sentence for a mistake."""

from __future__ import annotations

import zipfile

import pytest

AT = ("--org", "office", "--year", "2020")


@pytest.fixture
def office(jixiao_in, tmp_path):
    def run(*arguments):
        return jixiao_in(tmp_path / "home", *arguments)

    assert run("init").returncode == 0
    packs = [word for name in ("finance", "common_indicators", "hunan") for word in ("--pack", name)]
    assert run("orgs", "add", "office", "--title", "示例局", "--from", "2015-01-01", *packs).returncode == 0
    assert run("orgs", "open-year", "office", "2020").returncode == 0
    return run


def test_the_package_tells_its_size_first_and_what_to_know_last(office, tmp_path) -> None:
    out = tmp_path / "包.zip"
    done = office("package", *AT, "--out", str(out), "--evidence", "none")
    lines = done.stdout.splitlines()
    assert done.returncode == 1, done.stderr
    assert lines[0].startswith("佐证登记 0 份")
    assert any(line.startswith("△ 报告还没有签发") for line in lines[2:])
    assert {"package.json", "0 目录.html", "3 佐证材料/00 佐证目录.csv"} <= set(
        zipfile.ZipFile(out).namelist()
    )


@pytest.mark.parametrize(
    ("more", "told"),
    [(("--out", "包.pdf"), ".zip"), (("--out", "包.zip", "--evidence", "some"), "open、all 或 none")],
)
def test_a_mistake_gets_a_sentence(office, more, told) -> None:
    done = office("package", *AT, *more)
    assert done.returncode == 2
    assert told in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
