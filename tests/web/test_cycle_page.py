"""The desk of a year in the browser: what may be begun has its boxes filled, what is done stands there, nothing is typed twice."""

# ruff: noqa: F811

from __future__ import annotations

import io
import zipfile
from urllib.parse import urlparse

import pytest
from tests.cycle import (  # noqa: F401 - fixtures
    _under_the_finance_pack,
    approved,
    bureau,
    department,
    finance,
    office,
)
from tests.ledger.test_cycle_report import evaluated, region  # noqa: F401 - fixtures

from jixiao.ledger.actions import orgs
from jixiao.ledger.permissions import SYSTEM

BACKEND = "django.contrib.auth.backends.ModelBackend"
DESK = "/cycle/dept/2020/"


@pytest.fixture
def clerk(client, finance):
    client.force_login(finance, backend=BACKEND)
    return client


def test_a_button_begins_a_record_with_its_boxes_filled(region, clerk, approved) -> None:
    page = clerk.get(DESK).content.decode()
    link = page.split("新建部门整体自评：")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert urlparse(link).path == "/registers/finance/self_evaluation/new/"
    boxes = clerk.get(link).content.decode()
    assert f'value="{approved.id}" selected' in boxes
    assert 'name="score"' not in boxes, "得分由表算出"
    assert "没有启用带监控预警线的规则包" in page


def test_the_first_page_and_that_of_the_year_lead_to_the_desk(clerk, office) -> None:
    orgs.open_year(by=SYSTEM, org=office, year=2020)
    assert f'href="{DESK}">绩效流程</a>' in clerk.get("/year/dept/2020/").content.decode()
    assert f'href="{DESK}">绩效流程</a>' in clerk.get("/").content.decode()


def test_the_desk_shows_score_and_state_and_links_to_the_forms(clerk, evaluated) -> None:
    page = clerk.get(DESK).content.decode()
    assert "98.95 分，优" in page
    assert f"/records/{evaluated.id}/forms/form/" in page
    assert f"/records/{evaluated.id}/steps/finish/" in page


def test_the_points_of_execution_are_prescribed_and_never_typed(clerk, evaluated) -> None:
    page = clerk.get(f"/records/{evaluated.id}/forms/form/").content.decode()
    assert 'name="money.total.points"' not in page
    assert "本表规定" in page
    assert 'name="money.general.full"' in page
    assert 'name="money.total.full"' not in page, "取自填报数"
    assert 'name="indicators.total.score"' not in page


def test_the_package_page_tells_sizes_and_asks_for_internal_papers(clerk, evaluated) -> None:
    told = clerk.get(f"{DESK}package/").content.decode()
    assert 'value="open" checked' in told
    assert "连同内部材料一起放入" in told


def test_the_package_comes_as_one_file(clerk, evaluated) -> None:
    answer = clerk.get(f"{DESK}package.zip")
    assert answer["Content-Type"] == "application/zip"
    assert "package.json" in zipfile.ZipFile(io.BytesIO(answer.getvalue())).namelist()


def test_the_self_check_is_a_page_and_takes_a_file(clerk, evaluated) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = clerk.get(f"{DESK}presubmit/").content.decode()
    assert "措施没有责任或时限" in page
    file = SimpleUploadedFile("报告.txt", "一、存在的问题\n暂无。\n".encode())
    page = clerk.post(f"{DESK}presubmit/", {"file": file}).content.decode()
    assert "只写“暂无。”" in page
    refused = clerk.post(f"{DESK}presubmit/", {"file": SimpleUploadedFile("表.xlsx", b"x")})
    assert refused.status_code == 422


def test_an_office_without_a_cycle_is_told_so(office, clerk) -> None:
    from jixiao.ledger.models import PackBinding

    PackBinding.objects.filter(org=office).delete()
    answer = clerk.get(DESK)
    assert answer.status_code == 404
    assert "没有启用带年度流程的规则包" in answer.content.decode()
