"""A bureau's own file: handed in once, cells pointed to once, given back filled; next year's file takes it over."""

# ruff: noqa: F811

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.cycle import _under_the_finance_pack, finance, goal_rows, make_goal, office  # noqa: F401 - fixtures
from tests.forms import samples
from tests.forms.test_templates import HEAD, ROWS, texts, workbook

from jixiao.ledger.actions import filed, orgs
from jixiao.ledger.models import BureauTemplate, FiledValue, Period
from jixiao.ledger.permissions import SYSTEM

BACKEND = "django.contrib.auth.backends.ModelBackend"
DAY = datetime.date(2020, 12, 31)


@pytest.fixture
def desk(client, finance, office):
    orgs.set_period(
        by=SYSTEM, org=office, basis="calendar_year", label="2020年度", year=2020,
        from_on=datetime.date(2020, 1, 1), to_on=DAY,
    )  # fmt: skip
    period = Period.objects.get(org=office, basis="calendar_year")
    filed.file(
        by=finance,
        org=office,
        item="executed",
        value="89.974万元",
        stated_on=DAY,
        period=period,
        source="决算",
    )
    client.force_login(finance, backend=BACKEND)
    return client


def hand_in(desk, content, title="自评套表", name="套表.xlsx"):
    return desk.post(reverse("web:templates"), {"title": title, "file": SimpleUploadedFile(name, content)})


def point(desk, cell, source, unit="万元"):
    address = reverse("web:template", args=[BureauTemplate.objects.get().id])
    return desk.post(address, {"cell": cell, "source": source, "unit": unit, "places": "2"})


def given_back(desk):
    return desk.get(reverse("web:template_file", args=[BureauTemplate.objects.get().id, 2020])).content


def test_that_file_comes_back_filled(desk) -> None:
    assert hand_in(desk, workbook(ROWS)).status_code == 302
    assert point(desk, "自评表!C3", "filed:finance/executed").status_code == 302
    point(desk, "自评表!B1", "text:org", "")
    point(desk, "自评表!B3", "filed:finance/initial_budget")
    shown = texts(given_back(desk), "a.xlsx")
    assert (shown["C3"], shown["B1"], shown["B3"]) == ("89.97", "示例局", "")
    page = desk.get(reverse("web:template", args=[BureauTemplate.objects.get().id])).content.decode()
    assert "还没有填报，留空" in page


def test_next_years_file_takes_over_what_was_said(desk) -> None:
    hand_in(desk, workbook(ROWS))
    point(desk, "自评表!C3", "filed:finance/executed")
    hand_in(desk, workbook([ROWS[0], ("（修订）", "", ""), *ROWS[1:]]))
    assert BureauTemplate.objects.count() == 1
    assert texts(given_back(desk), "a.xlsx")["C4"] == "89.97"
    page = desk.get(reverse("web:template", args=[BureauTemplate.objects.get().id])).content.decode()
    assert "移到了" in page


def test_an_empty_source_takes_a_binding_back(desk) -> None:
    hand_in(desk, workbook(ROWS))
    point(desk, "自评表!C3", "filed:finance/executed")
    point(desk, "自评表!C3", "")
    assert BureauTemplate.objects.get().bindings == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("套表.xlsx", b"x", "不是 xlsx 文件"),
        ("套表.wps", b"PK\x03\x04", "不是 .xlsx 或 .docx"),
        ("机密.xlsx", b"x", "密级"),
    ],
)
def test_what_cannot_be_taken_is_told(desk, name, content, told) -> None:
    answer = hand_in(desk, content, name=name)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not BureauTemplate.objects.exists()


def test_a_strangers_template_is_not_there(desk, client, django_user_model) -> None:
    hand_in(desk, workbook(ROWS))
    client.force_login(django_user_model.objects.create(username="else"), backend=BACKEND)
    assert client.get(reverse("web:template", args=[BureauTemplate.objects.get().id])).status_code == 404


def test_numbers_of_a_final_account_are_taken_by_a_mapping_made_once(desk, office) -> None:
    rows = [("单位：万元", "", ""), HEAD, ("年度资金", 386.2, 421.9), ("结转资金", "", 6.3)]
    address = reverse("web:templates")
    file = SimpleUploadedFile("决算.xlsx", workbook(rows))
    assert desk.post(address, {"title": "部门决算", "file": file, "takes": "yes"}).status_code == 302
    point(desk, "自评表!B3", "filed:finance/initial_budget")
    point(desk, "自评表!C3", "filed:finance/executed")
    point(desk, "自评表!B4", "filed:finance/carried_in")
    take = reverse("web:template_take", args=[BureauTemplate.objects.get().id])
    moved = [rows[0], ("（2020年度）", "", ""), *rows[1:]]
    sent = {"file": SimpleUploadedFile("决算2020.xlsx", workbook(moved)), "stated_on": "2020-12-31"}
    page = desk.post(take, sent, follow=True).content.decode()
    assert "已按2020年度填报 2 项" in page
    assert "是空的" in page
    kept = {one.item: one for one in FiledValue.objects.filter(org=office, superseded_by=None)}
    assert kept["finance/initial_budget"].value == 386_200_000
    assert kept["finance/executed"].value == 421_900_000
    assert "决算2020.xlsx" in kept["finance/executed"].source


def test_figures_are_never_taken_from_a_file(desk) -> None:
    rows = [HEAD, ("年度资金", 386.2, 421.9)]
    file = SimpleUploadedFile("决算.xlsx", workbook(rows))
    desk.post(reverse("web:templates"), {"title": "部门决算", "file": file, "takes": "yes"})
    answer = point(desk, "自评表!B2", "figure:finance/executed")
    assert answer.status_code == 422
    assert "只能取到填报项" in answer.content.decode()


def test_an_amount_is_never_bound_in_another_unit_than_the_table_tells(desk) -> None:
    rows = [("单位：元", "", ""), ("项目", "预算数", "决算数"), ("年度资金", "", ""), ("编制人数", "", "")]
    hand_in(desk, workbook(rows))
    refused = point(desk, "自评表!C3", "filed:finance/executed", "万元")
    assert refused.status_code == 422
    assert "写明以“元”为单位" in refused.content.decode()
    point(desk, "自评表!C3", "filed:finance/executed", "")
    point(desk, "自评表!C4", "filed:finance/posts", "万元")
    assert texts(given_back(desk), "a.xlsx")["C3"] == "899740"
    assert {one["unit"] for one in BureauTemplate.objects.get().bindings} == {"元", "人"}


def test_words_of_ones_own_are_written_each_year(desk) -> None:
    hand_in(desk, workbook(ROWS))
    address = reverse("web:template", args=[BureauTemplate.objects.get().id])
    desk.post(address, {"cell": "自评表!B1", "source": "", "words": "示例联系人", "places": "2"})
    assert texts(given_back(desk), "a.xlsx")["B1"] == "示例联系人"
    assert "照写“示例联系人”" in desk.get(address).content.decode()


def test_pointing_in_a_changed_file_keeps_what_had_moved_and_drops_what_is_gone(desk) -> None:
    hand_in(desk, workbook(ROWS))
    point(desk, "自评表!C3", "filed:finance/executed")
    point(desk, "自评表!B4", "filed:finance/carried_in")
    hand_in(desk, workbook([*ROWS[:2], ("上年结余", "", ""), ROWS[2], ("新结转", "", "")]))
    point(desk, "自评表!C3", "text:org", "")  # where the first cell stood before
    kept = {one["source"]: one["address"] for one in BureauTemplate.objects.get().bindings}
    assert kept["filed:finance/executed"] == "自评表!C4"
    assert kept["text:org"] == "自评表!C3"
    address = reverse("web:template", args=[BureauTemplate.objects.get().id])
    assert "不再填这一格" in desk.get(address).content.decode()
    gone = {"act": "forget", "cell": "自评表!B4", "source": "filed:finance/carried_in"}
    desk.post(address, gone)
    assert len(BureauTemplate.objects.get().bindings) == 2


def test_the_rows_of_a_filed_form_fill_the_rows_of_the_bureaus(desk, office, finance) -> None:
    make_goal(finance, office, goal_rows())
    head = ("三级指标", "年度指标值", "分值")
    hand_in(desk, workbook([head, *[("", "", "")] * 5]))
    point(desk, "自评表!A2", "form:finance/performance_goal.form#indicators.*.level3", "")
    shown = texts(given_back(desk), "a.xlsx")
    titles = [one["level3"] for one in goal_rows()]
    assert [shown[f"A{row}"] for row in range(2, 2 + len(titles))] == titles


def test_a_workbook_of_another_year_is_not_taken_for_this_one(desk) -> None:
    rows = [("2020年度决算表", "", ""), HEAD, ("年度资金", 386.2, 421.9)]
    file = SimpleUploadedFile("决算.xlsx", workbook(rows))
    desk.post(reverse("web:templates"), {"title": "部门决算", "file": file, "takes": "yes"})
    point(desk, "自评表!C3", "filed:finance/executed")
    take = reverse("web:template_take", args=[BureauTemplate.objects.get().id])
    old = SimpleUploadedFile("决算2019.xlsx", workbook([("2019年度决算表", "", ""), *rows[1:]]))
    page = desk.post(take, {"file": old, "stated_on": "2020-12-31"}, follow=True).content.decode()
    assert "写的是2019年度，现在填报的是2020年度" in page
    assert not FiledValue.objects.filter(source__contains="决算2019").exists()


def test_cells_that_say_what_fills_them_are_bound_at_once(desk, office, finance) -> None:
    make_goal(finance, office, goal_rows())
    rows = [
        ("部门整体支出绩效目标申报表", ""),
        ("填报单位：", ""),
        ("单位：万元", ""),
        ("资金来源", "预算安排"),
        ("一、基本支出", ""),
        ("项目支出", ""),
        ("别的支出", ""),
    ]
    hand_in(desk, workbook([*rows]))
    address = reverse("web:template", args=[BureauTemplate.objects.get().id])
    form = samples.form("goal_declaration")
    column = form.blocks[0].columns["amount"].title
    hand_in(desk, workbook([(row[0], column if row[1] else "") for row in rows]))
    assert "可以自动对应 3 格" in desk.get(address).content.decode()
    desk.post(address, {"act": "guess"})
    kept = {
        one["address"]: (one["source"].rpartition("#")[2], one["unit"])
        for one in BureauTemplate.objects.get().bindings
    }
    assert kept == {
        "自评表!B2": ("text:org", ""),
        "自评表!B5": ("money.basic.amount", "万元"),
        "自评表!B6": ("money.project.amount", "万元"),
    }
    shown = texts(given_back(desk), "a.xlsx")
    assert (shown["B2"], shown["B5"], shown["B6"], shown["B7"]) == ("示例局", "50", "40", "")
