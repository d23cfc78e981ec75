"""The report in the browser: figures are links, words may change, what is issued can be checked by anybody."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.ledger.conftest import day, make_case

from jixiao.ledger import queries
from jixiao.ledger.actions import filed, records, reports, scores
from jixiao.ledger.models import Issue

REPORT = "/reports/office/2020"
MONEY = f"{REPORT}/clauses/money/"


@pytest.fixture
def case(clerk, org):
    """The one case of a year that may be issued."""
    case = make_case(clerk, org, title="路灯不亮", amount="10万元")
    case = records.advance(
        by=clerk, record=case, step="file", values={"class": "city"}, happened_on=day("2020-03-05"), seen=1
    )
    period = queries.periods_for(clerk, org).get(year=2020)
    filed.file(
        by=clerk,
        org=org,
        item="budget",
        value="73万",
        stated_on=day("2020-01-02"),
        period=period,
        source="批复",
    )
    scores.note(by=clerk, org=org, scheme="goals", year=2020, leaf="quality", reason="没有紧急来件")
    return case


def upload(name, content):
    return SimpleUploadedFile(name, content)


def test_each_figure_is_a_link_to_its_working(browse, clerk, case):
    page = browse(clerk).get(f"{REPORT}/").content.decode()
    assert re.search(r'<a class="placed" href="/year/office/2020/figures/trial/cases/"[^>]*>1件</a>', page)
    assert re.search(
        r'<a class="placed filed" href="/year/office/2020/filed/\?item=trial/budget"[^>]*>73万元</a>', page
    )


def test_a_rewriting_keeps_the_slots_and_what_was_typed(browse, clerk, case):
    client = browse(clerk)
    wrong = {"text": "预算{filed.budget}，另有说明。", "reason": "更顺"}
    answer = client.post(MONEY, wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "缺少数据位" in page
    assert "另有说明。</textarea>" in page
    right = {"text": "预算{filed.budget}，其中协调{coordinated}。", "reason": "更顺"}
    assert client.post(MONEY, right).status_code == 302
    page = client.get(f"{REPORT}/").content.decode()
    assert "其中协调<a" in page
    assert "已改写" in page
    assert client.post(MONEY, {"do": "restore", "text": "", "reason": ""}).status_code == 302
    assert "协调资金<a" in client.get(f"{REPORT}/").content.decode()
    assert "第 2 版" in client.get(MONEY).content.decode()


def test_who_may_not_rewrite_or_issue_is_told(browse, clerk, head, case):
    assert browse(head).get(MONEY).status_code == 403
    answer = browse(clerk).post(f"{REPORT}/issue/", {})
    assert answer.status_code == 403
    assert not queries.issues(clerk, "office").exists()


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("html", b"<!DOCTYPE"), ("pdf", b"%PDF")])
def test_the_preview_is_there_as_files(browse, clerk, case, form, begins):
    answer = browse(clerk).get(f"{REPORT}/download.{form}")
    assert answer.content[:9].upper().startswith(begins.upper())
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_figures_in_an_edited_docx_are_brought_up_to_date(browse, clerk, org, case):
    client = browse(clerk)
    edited = client.get(f"{REPORT}/download.docx").content
    make_case(clerk, org, title="井盖松动", amount="5万元")
    answer = client.post(f"{REPORT}/refresh/", {"file": upload("改过.docx", edited)})
    page = answer.content.decode()
    assert "10万元" in page
    assert "15万元" in page
    original = page.split('name="original" value="')[1].split('"')[0]
    fresh = client.post(f"{REPORT}/refresh/download/", {"original": original}).content
    document = zipfile.ZipFile(io.BytesIO(fresh)).read("word/document.xml").decode()
    assert "15万元" in document
    assert "10万元" not in document


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a file", b"%PDF-1.7", "文字".encode()])
def test_what_is_no_docx_is_refused_in_words(browse, clerk, case, content):
    answer = browse(clerk).post(f"{REPORT}/refresh/", {"file": upload("坏的.docx", content)})
    assert answer.status_code == 422
    assert "还不能更新" in answer.content.decode()


def test_a_broken_hand_over_is_asked_for_again(browse, clerk, case):
    answer = browse(clerk).post(f"{REPORT}/refresh/download/", {"original": "not base64!"})
    assert answer["Location"] == f"{REPORT}/refresh/"


def test_lost_points_without_reason_stand_against_issuing(browse, clerk, head, org, case):
    make_case(clerk, org, title="井盖松动")
    client = browse(head)
    assert "失分没有写明原因" in client.get(f"{REPORT}/issue/").content.decode()
    answer = client.post(f"{REPORT}/issue/", {})
    assert answer.status_code == 409
    assert not queries.issues(head, "office").exists()


def test_issuing_twice_makes_one_record_of_issue(browse, head, case):
    client = browse(head)
    first, second = (client.post(f"{REPORT}/issue/", {})["Location"] for _ in range(2))
    assert first == second
    page = client.get(first).content.decode()
    assert "之后有变动 0 项" in page


def test_an_issued_report_shows_what_changed_since(browse, clerk, head, case):
    client = browse(head)
    where = client.post(f"{REPORT}/issue/", {})["Location"]
    records.edit(by=clerk, record=case.id, values={"amount": "12万元"}, seen=case.version)
    page = client.get(where).content.decode()
    assert '<span class="tag warn">之后有变动</span>' in page
    assert "12万元" in page


def test_a_strangers_issue_is_not_there(browse, head, stranger, case):
    where = browse(head).post(f"{REPORT}/issue/", {})["Location"]
    client = browse(stranger)
    assert client.get(where).status_code == 404
    assert client.get(f"{where}download.docx").status_code == 404


class TestVerifying:
    """Anybody may ask; the answer is one of four."""

    @pytest.fixture
    def made(self, head, org, case):
        return reports.issue(by=head, org=org, year=2020)

    def ask(self, client, content, name="报告.html"):
        answer = client.post("/verify/", {"file": upload(name, content)})
        return answer.status_code, answer.content.decode()

    @pytest.mark.parametrize("form", ["docx", "html", "pdf"])
    def test_intact(self, client, head, made, form):
        status, page = self.ask(client, queries.issued_file(head, made.root, form), f"报告.{form}")
        assert status == 200
        assert '<span class="tag ok">一致</span> 与定稿一致' in page

    def test_one_digit_altered(self, client, head, made):
        content = queries.issued_file(head, made.root, "html").replace(
            ">10万元<".encode(), ">11万元<".encode()
        )
        _, page = self.ask(client, content)
        assert '<span class="tag bad">数字被改</span>' in page
        assert "签发时“10万元”，文件里“110000元”" in page

    def test_words_changed(self, client, head, made):
        content = queries.issued_file(head, made.root, "html").replace(
            "沟通<data".encode(), "联系<data".encode()
        )
        _, page = self.ask(client, content)
        assert '<span class="tag warn">文字有改动</span>' in page

    def test_records_changed_are_named_to_the_office_alone(self, client, clerk, browse, head, made, case):
        content = queries.issued_file(head, made.root, "html")
        records.edit(by=clerk, record=case.id, values={"title": "路灯换新"}, seen=case.version)
        _, page = self.ask(client, content)
        assert "签发后有 1 条记录变动" in page
        assert "路灯" not in page
        _, page = self.ask(browse(clerk), content)
        assert "路灯" in page

    @pytest.mark.parametrize("form", ["docx", "html", "pdf"])
    def test_a_file_issued_elsewhere_is_only_found_consistent(self, client, head, made, form):
        content = queries.issued_file(head, made.root, form)
        Issue.objects.all().delete()  # as in another office's ledger, which never issued it
        status, page = self.ask(client, content, f"报告.{form}")
        assert status == 200
        assert '<span class="tag none">自洽，未与签发库核对</span></h2>' in page
        assert "<dt>签发</dt>" not in page
        assert made.root in page

    def test_a_forgery_of_a_file_issued_elsewhere_is_found_out(self, client, head, made):
        content = queries.issued_file(head, made.root, "html").replace(
            ">10万元<".encode(), ">11万元<".encode()
        )
        Issue.objects.all().delete()
        _, page = self.ask(client, content)
        assert '<span class="tag bad">数字被改</span>' in page

    @pytest.mark.parametrize("content", [b"", b"<html><body>plain</body></html>", b"PK\x03\x04"])
    def test_what_cannot_be_checked_is_said_to_be(self, client, org, content):
        status, page = self.ask(client, content)
        assert status == 422
        assert "还不能核查" in page

    def test_nothing_handed_in(self, client, org):
        answer = client.post("/verify/", {})
        assert "请选择要核查的文件" in answer.content.decode()
