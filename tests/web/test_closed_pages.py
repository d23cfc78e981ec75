"""What stays closed in answers: pages of refusal are not kept by browsers, kinds without links ask for none."""

from __future__ import annotations

import errno

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse
from tests.ledger.conftest import make_person

from jixiao.ledger import evidence_store
from jixiao.ledger.actions import records
from jixiao.ledger.models import EvidenceUse


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_kind_without_links_has_no_page_to_link(browse, clerk, org, method):
    firm = records.create(by=clerk, org=org, kind="firm", values={"name": "示例商店"})
    answer = getattr(browse(clerk), method)(reverse("web:link", args=[firm.id]))
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/registers/trial/case/new/", "/rules/", "/rules/kinds/trial/case/"]
)
def test_pages_that_name_the_person_are_not_kept(browse, head, path):
    answer = browse(head).get(path)
    assert "no-store" in answer["Cache-Control"]


def test_a_figure_says_how_many_records_it_does_not_show(browse, org, case):
    reader = make_person("lister", org, "lister")
    page = browse(reader).get(reverse("web:figure", args=["office", 2020, "trial", "cases"])).content.decode()
    assert "另有 1 条您无权查看" in page
    assert case.label not in page


def test_a_number_of_a_person_is_warned_about_after_saving(browse, clerk, org):
    new = {"title": "路灯不亮，电话１３８００００１２３４", "received_on": "2020-03-02", "do": "save"}
    answer = browse(clerk).post(reverse("web:create", args=["trial", "case"]), new, follow=True)
    page = answer.content.decode()
    assert "已登记来件" in page
    assert "“标题”：文字中像有手机号码，请删去" in page


@pytest.mark.parametrize("seen", ["²", "9" * 5000, "-1", ""])
def test_a_version_that_is_no_number_is_told(browse, clerk, case, seen):
    answer = browse(clerk).post(
        reverse("web:edit", args=[case.id]), {"title": "改", "received_on": "2020-03-02", "seen": seen}
    )
    assert answer.status_code == 422
    assert "缺少版本号" in answer.content.decode()


@pytest.mark.parametrize(
    "asked", ["figure=trial/cases&year=²", "figure=trial/cases&year=" + "9" * 5000, "q=%00", "state=%00"]
)
def test_a_list_answers_odd_questions(browse, clerk, case, asked):
    address = reverse("web:register", args=["trial", "case"])
    assert browse(clerk).get(f"{address}?{asked}").status_code in (200, 404)


def test_rows_are_counted_by_numbers_alone(browse, clerk, org):
    address = reverse("web:backfill", args=["trial", "case"])
    for count in ("²", "9" * 5000):
        answer = browse(clerk).post(address, {"rows.trial.talk": count, "do": "more:trial.talk"})
        assert answer.status_code == 200


@pytest.mark.parametrize("item", ["", "x", "trial/nothing", "\x00"])
def test_a_number_nobody_asks_for_cannot_be_filed(browse, clerk, org, item):
    address = reverse("web:filed", args=["office", 2020])
    answer = browse(clerk).post(f"{address}?item=x", {"item": item, "value": "1", "stated_on": "2020-12-31"})
    assert answer.status_code == 404


def test_a_day_that_is_none_is_told(browse, clerk, org, case):
    told = browse(clerk).post(
        reverse("web:advance", args=[case.id, "file"]), {"class": "city", "happened_on": "xx", "seen": "1"}
    )
    assert told.status_code == 422
    filed = reverse("web:filed", args=["office", 2020])
    given = {"value": "1", "stated_on": "xx", "source": "名册"}
    assert browse(clerk).post(f"{filed}?item=trial/roll", given).status_code == 422


def test_an_address_that_asks_for_what_cannot_be_is_told_and_no_defect(browse, clerk, org):
    answer = browse(clerk).get(reverse("web:points", args=["office", 2020, "trial", "goals"]))
    assert answer.status_code == 422
    assert "“年度目标”评的是单位" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "full", [OSError(errno.ENOSPC, "No space left on device"), OperationalError("database or disk is full")]
)
def test_a_full_disk_is_told_and_nothing_is_half_saved(browse, clerk, case, monkeypatch, full):
    def keep(*_):
        raise full

    monkeypatch.setattr(evidence_store, "keep", keep)
    paper = {"file": SimpleUploadedFile("a.txt", "来函".encode()), "grade": "official"}
    answer = browse(clerk).post(reverse("web:attach", args=[case.id]), paper)
    assert answer.status_code == 507
    assert "服务器的磁盘满了" in answer.content.decode()
    assert not EvidenceUse.objects.exists()


def test_another_failure_is_a_defect(browse, clerk, case, monkeypatch):
    def keep(*_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(evidence_store, "keep", keep)
    paper = {"file": SimpleUploadedFile("a.txt", "来函".encode()), "grade": "official"}
    with pytest.raises(OSError, match="Input/output"):
        browse(clerk).post(reverse("web:attach", args=[case.id]), paper)
