"""Under packs that the database has not followed yet, pages say which command mends it; other faults stay faults."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.db import DatabaseError
from tests.ledger import conftest as office

from jixiao.catalogue import load
from jixiao.ledger import rules

KIND = """
title: 新台账
shape: document
about: office
unit: 件
date: made_on
label: title
source: [{title: 试用办法（示例文件）}]
fields:
  title: {type: text, title: 标题, required: true}
  made_on: {type: date, title: 日期, required: true}
"""
INDICATOR = """
title: 新台账件数
theme: work
unit: 件
basis: calendar_year
role: result
rows: {kind: novelty, dated: made_on}
distinct: id
source: [{title: 试用办法（示例文件）}]
"""


@pytest.fixture
def changed(tmp_path):
    """The trial pack with a register that has no table yet."""
    folder = tmp_path / "trial"
    shutil.copytree(Path(office.__file__).parent / "pack" / "trial", folder)
    (folder / "kinds" / "novelty.yaml").write_text(KIND, encoding="utf-8")
    (folder / "indicators" / "novelties.yaml").write_text(INDICATOR, encoding="utf-8")
    with rules.working_under(load([], [folder])):
        yield


@pytest.mark.parametrize("where", ["/year/office/2020/", "/year/office/2020/figures/trial/novelties/"])
def test_a_page_that_needs_a_missing_table_names_the_command(browse, clerk, org, changed, where):
    answer = browse(clerk).get(where)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "jixiao packs migrate" in page
    assert "新台账" in page


def test_another_fault_of_the_database_is_not_hidden(browse, clerk, org, monkeypatch):
    def broken(*_, **__):
        raise DatabaseError("disk full")

    monkeypatch.setattr("jixiao.web.views.year.queries.year", broken)
    with pytest.raises(DatabaseError, match="disk full"):
        browse(clerk).get("/year/office/2020/")
