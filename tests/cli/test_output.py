"""Tables for people: whatever the width, every character of every cell is there."""

from __future__ import annotations

import pytest

from jixiao.cli.output import Format, emit

ROWS = [{"id": "示例指标一", "title": "年度协商计划的协商形式", "period": "2020年度", "records": 12}]
TITLES = {"id": "编号", "title": "数据", "period": "口径期间", "records": "记录"}


@pytest.mark.parametrize("width", [8, 20, 30, 39, 40, 60, 80, 200])
def test_nothing_is_cut_off(width, monkeypatch, capsys) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(width))
    emit(ROWS, TITLES, Format.TABLE, "数据 1 项")
    printed = capsys.readouterr().out
    for cell in ("示例指标一", "年度协商计划的协商形式", "2020年度", "12"):
        assert not set(cell) - set(printed)
        assert sum(map(printed.count, set(cell))) >= len(cell)
    assert "…" not in printed
