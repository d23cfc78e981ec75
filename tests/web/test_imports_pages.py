"""Bringing a file in from the pages: what it would do is shown before anything is done."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jixiao.ledger.models import Event, Import, Record

BEGIN = reverse("web:import_begin")


def upload(client, text, name="来件.csv", **more):
    content = text if isinstance(text, bytes) else text.encode("gb18030")
    return client.post(
        BEGIN, {"file": SimpleUploadedFile(name, content), "kind": "trial/case", **more}, follow=True
    )


def act(client, what, **posted):
    staged = Import.objects.latest("begun_at")
    return client.post(reverse("web:import_act", args=[staged.pk, what]), posted, follow=True)


def test_a_file_is_checked_shown_and_taken(browse, clerk):
    client = browse(clerk)
    page = upload(client, "标题,收到日期\n路灯,2020-03-02\n井盖,2020-03-03\n").content.decode()
    assert "导入 2 条" in page
    assert not Record.objects.exists()
    done = act(client, "accept").content.decode()
    assert "新增 2 条" in done
    assert Record.objects.count() == 2


def test_accepting_twice_records_once(browse, clerk):
    client = browse(clerk)
    upload(client, "标题,收到日期\n路灯,2020-03-02\n")
    act(client, "accept")
    again = act(client, "accept")
    assert again.status_code == 200
    assert Event.objects.filter(chain="office").count() == 1


def test_wrong_cells_are_shown_and_given_back(browse, clerk):
    client = browse(clerk)
    page = upload(client, "标题,收到日期,涉及金额\n路灯,去年春天,很多\n").content.decode()
    for word in ("去年春天", "不是日期", "很多", "第 2 行", "下载标注后的文件"):
        assert word in page
    staged = Import.objects.get()
    file = client.get(reverse("web:import_marked", args=[staged.pk]))
    assert file.content.startswith(b"PK")
    again = client.post(BEGIN, {"file": SimpleUploadedFile("标注.xlsx", file.content)}, follow=True)
    assert "去年春天" in again.content.decode()


def test_unknown_headings_are_asked_for(browse, clerk):
    client = browse(clerk)
    page = upload(client, "来信题目,收到日期,宗教信仰\n路灯,2020-03-02,无\n").content.decode()
    assert "有的列名认不出" in page
    assert "宗教信仰" in page
    assert "已整列舍去" in page
    page = act(client, "headings", heading="来信题目", column="title").content.decode()
    assert "导入 1 条" in page


def test_a_wrong_file_is_refused_on_its_page(browse, clerk):
    client = browse(clerk)
    page = upload(client, b"%PDF-1.7", "来件.pdf")
    assert page.status_code == 422
    assert "不是表格文件" in page.content.decode()
    page = upload(client, "标题\n甲\n", "机密来件.csv")
    assert "密级" in page.content.decode()


def test_giving_up_leaves_nothing(browse, clerk):
    client = browse(clerk)
    upload(client, "标题,收到日期\n路灯,2020-03-02\n")
    page = act(client, "cancel").content.decode()
    assert "已取消导入" in page
    assert Import.objects.get().state == Import.State.CANCELLED
    assert not Record.objects.exists()


def test_another_persons_import_is_not_there(browse, clerk, head, stranger):
    upload(browse(clerk), "标题,收到日期\n路灯,2020-03-02\n")
    url = reverse("web:import", args=[Import.objects.get().pk])
    for other in (head, stranger):
        assert browse(other).get(url).status_code == 404
        assert browse(other).post(f"{url}cancel/").status_code == 404
    assert Import.objects.get().state == Import.State.READY


@pytest.mark.parametrize("form", ["export", "template"])
def test_the_workbook_of_a_register(browse, clerk, head, stranger, case, form):
    url = reverse(f"web:{form}", args=["trial", "case"])
    file = browse(clerk).get(url)
    assert file.content.startswith(b"PK")
    assert file["Content-Disposition"].startswith("attachment")
    assert browse(clerk).get("/imports/nowhere/").status_code == 404


def test_an_export_keeps_the_filters(browse, clerk, case):
    client = browse(clerk)
    url = reverse("web:export", args=["trial", "case"])
    from jixiao import sheets

    def rows(query):
        return sheets.open_book(client.get(f"{url}?q={query}").content, "x.xlsx").tables[0].rows

    assert len(rows("路灯")) == 1
    assert rows("没有") == []


def test_progress_is_shown_and_can_be_taken_up(browse, clerk, monkeypatch):
    from jixiao.ledger.imports import runner

    monkeypatch.setattr(runner, "go_on", lambda *_: None)
    client = browse(clerk)
    page = upload(client, "标题,收到日期\n路灯,2020-03-02\n").content.decode()
    assert "接着做" in page
    monkeypatch.undo()
    assert "导入 1 条" in act(client, "go-on").content.decode()


def test_where_somebody_works_the_page_refreshes(browse, clerk, monkeypatch):
    from jixiao.ledger import clock
    from jixiao.ledger.imports import runner

    monkeypatch.setattr(runner, "go_on", lambda *_: None)
    client = browse(clerk)
    upload(client, "标题,收到日期\n路灯,2020-03-02\n")
    Import.objects.update(runner="x", touched_at=clock.now())
    page = client.get(reverse("web:import", args=[Import.objects.get().pk])).content.decode()
    assert 'http-equiv="refresh"' in page
    assert "接着做" not in page


def test_what_waits_to_be_confirmed_stands_on_the_first_page(browse, clerk):
    client = browse(clerk)
    upload(client, "标题,收到日期\n路灯,2020-03-02\n")
    client.post(reverse("web:paste"), {"text": "3月5日来件反映路灯", "on": "2020-04-01"})
    page = client.get("/").content.decode()
    assert "导入“来件.csv”" in page
    assert "粘贴的 1 行" in page
    act(client, "accept")
    assert "导入“来件.csv”" not in client.get("/").content.decode()


def test_a_wrong_word_is_put_right_once_for_all_rows(browse, clerk):
    client = browse(clerk)
    text = "来件台账\n标题,收到日期,类别\n路灯,2020-03-02,城市类\n井盖,2020-03-03,城市类\n合计,2,\n"
    page = upload(client, text).content.decode()
    assert "列名读自第 2 行；第 1、5 行是标题、合计或签字" in page
    assert "类别“城市类”（2 行）改为" in page
    assert "<option selected>城市</option>" in page
    asked = {"kind": "trial/case", "column": "class", "text": "城市类"}
    assert "还没有选定" in act(client, "wordings", **asked, meant="").content.decode()
    assert "导入 2 条" in act(client, "wordings", **asked, meant="城市").content.decode()
    act(client, "accept")
    assert {row.data["class"] for row in Record.objects.all()} == {"city"}
