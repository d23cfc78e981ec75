"""Whoever opens a .csv gets text, never a command; numbers stay numbers, whichever file they are in."""

from __future__ import annotations

import csv
import io

import pytest

from jixiao.cli import output
from jixiao.formulas import harmless

COMMANDS = [
    "=cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|x",
    "+1+cmd|x",
    " =1+1",
    "　＝1",
    "-1+1",
]


@pytest.mark.parametrize("cell", COMMANDS)
def test_what_would_run_is_text(cell):
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-5", "+3.20", "-1,204.5", "-12%", "示例", "", "a=b", 7, None])
def test_what_would_not_stays(cell):
    assert harmless(cell) == cell


@pytest.mark.parametrize("cell", COMMANDS)
def test_public_and_printed_tables_hold_no_command(cell, capsys):
    from jixiao.ledger.desk import public_files

    written = public_files._csv(("单位",), [(cell,)]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written)))[1] == ["'" + cell]
    output.emit([{"title": cell, "points": -5}], {}, output.Format.CSV)
    assert list(csv.reader(io.StringIO(capsys.readouterr().out)))[1] == ["'" + cell, "-5"]
