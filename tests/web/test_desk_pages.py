"""The pages of the bureau's desk: taking in, drilling down, returning with a letter, reviewing; and who may not."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.cycle import _under_the_finance_pack  # noqa: F401 - fixture
from tests.ledger.conftest import make_person
from tests.packages import YEAR, Made, make, pack, title_of

from jixiao.ledger.actions import desk, desk_packages, orgs
from jixiao.ledger.models import DeskDecision, Expected, Submission
from jixiao.ledger.permissions import SYSTEM

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def bureau():
    made = orgs.create(by=SYSTEM, id="bureau", title="示例财政局", valid_from=datetime.date(2015, 1, 1))
    orgs.bind_pack(by=SYSTEM, org=made, pack="finance", from_on=made.valid_from)
    return made


@pytest.fixture
def reviewer(bureau):
    return make_person("reviewer", bureau, "bureau_reviewer")


@pytest.fixture
def page(client, reviewer, bureau):
    """The reviewer's browser on a desk that expects six departments."""
    titles = [title_of(number) for number in range(1, 7)]
    desk.expect(by=reviewer, bureau=bureau, year=YEAR, titles=titles)
    client.force_login(reviewer, backend=BACKEND)
    return client


HERE = f"/desk/bureau/{YEAR}/"


def hand_in(page, *made):
    files = [
        SimpleUploadedFile(name.replace("/", "_"), content) for one in made for name, content in one.files
    ]
    return page.post(HERE, {"do": "take", "files": files}, follow=True).content.decode()


def of(number):
    return reverse(
        "web:desk_department", args=["bureau", YEAR, Expected.objects.get(title=title_of(number)).pk]
    )


def test_several_packages_at_once_are_taken_and_counted(page) -> None:
    told = hand_in(page, *make(1), *make(2, "no_report"), *make(3, "other_year"))
    assert "收下 2 份" in told
    assert "2/6" in told
    assert "请让单位换成2020年度的" in told
    only = page.get(HERE, {"only": "defect:缺少自评报告"}).content.decode()
    assert title_of(2) in only.split('id="departments"')[1].split('id="sample"')[0]
    assert title_of(1) not in only.split('id="departments"')[1].split('id="sample"')[0]


def test_every_chart_has_a_table_with_its_numbers(page) -> None:
    told = hand_in(page, *make(1), *make(2, "no_report"), *make(5, "total"))
    charts = re.findall(r'<svg[^>]*aria-label="([^"]+)".*?</svg></div>\s*<table>(.*?)</table>', told, re.S)
    assert len(charts) >= 4
    for label, table in charts:
        for pair in label.split("：", 1)[1].split("，"):
            words, number = pair.rsplit(" ", 1)
            assert re.search(rf"{re.escape(words)}</th><td class=\"n\">(<a[^>]*>)?{number}<", table), pair
    assert "<script" not in told


def test_a_package_nobody_knows_is_asked_and_claimed(page) -> None:
    (made,) = make(1)
    told = page.post(
        HERE,
        {"do": "take", "files": [SimpleUploadedFile(f"{title_of(2)}.zip", made.files[0][1])]},
        follow=True,
    )
    assert "请指明是哪个单位的" in told.content.decode()
    page.post(
        HERE,
        {
            "do": "claim",
            "submission": Submission.objects.get().pk,
            "expected": Expected.objects.get(title=title_of(1)).pk,
        },
    )
    assert "第1版" in page.get(of(1)).content.decode()


def test_a_return_prints_a_letter_with_the_rows_chosen(page) -> None:
    hand_in(page, *make(5, "total"))
    shown = page.get(of(5)).content.decode()
    assert "与上年不同" not in shown
    row = Submission.objects.get()
    assert page.post(of(5), {"do": "return", "submission": row.pk}).status_code == 422
    page.post(of(5), {"do": "return", "submission": row.pk, "rows": ["1"], "reason": "请连同附件重报"})
    decision = DeskDecision.objects.get()
    from jixiao.reading import read

    content = page.get(reverse("web:desk_letter", args=[decision.pk, "docx"])).content
    text = read(content, "letter.docx").document.text
    for words in (title_of(5), "年度资金总额等于按支出性质分的两项之和", "请连同附件重报", "10个工作日"):
        assert words in text
    assert "已退回" in page.get(HERE).content.decode()


def test_forms_stand_beside_last_year_and_leaves_beside_peers(page, reviewer, bureau) -> None:
    titles = [title_of(number) for number in range(1, 7)]
    desk.expect(by=reviewer, bureau=bureau, year=YEAR - 1, titles=titles)
    desk.expect(by=reviewer, bureau=bureau, year=YEAR + 1, titles=titles)
    (this,) = make(1, year=YEAR + 1)
    (before,) = make(1)
    desk_packages.take(by=reviewer, bureau=bureau, year=YEAR, files=before.files)
    changed = [
        file for number in (1, 2, 3, 4) for one in make(number, "clean", YEAR + 1) for file in one.files
    ]
    desk_packages.take(by=reviewer, bureau=bureau, year=YEAR + 1, files=changed)
    assert this.unit == title_of(1)
    row = Expected.objects.get(title=title_of(1), year=YEAR + 1)
    shown = page.get(reverse("web:desk_department", args=["bureau", YEAR + 1, row.pk])).content.decode()
    assert "（3家）" in shown
    assert "上年" in shown


def test_a_sample_is_drawn_alike_by_everybody(page) -> None:
    hand_in(page, *make(1), *make(2), *make(4), *make(5))
    drawn = [page.get(HERE, {"seed": "2021-03", "count": "2"}).content.decode() for _ in range(2)]
    parts = [one.split('id="sample"')[1].split('id="take"')[0] for one in drawn]
    assert parts[0].count("/departments/") == 2
    assert re.findall(r"示例第\d+局", parts[0]) == re.findall(r"示例第\d+局", parts[1])


def test_strangers_and_clerks_have_no_desk(client, page, bureau) -> None:
    hand_in(page, *make(1))
    row = Submission.objects.get()
    addresses = [HERE, of(1), reverse("web:desk_file", args=[row.pk, row.files[0]["raw"]])]
    elsewhere = orgs.create(by=SYSTEM, id="away", title="另一局", valid_from=datetime.date(2015, 1, 1))
    for person, status in (
        (make_person("clerk", bureau, "finance_clerk"), 403),
        (make_person("stranger", elsewhere, "finance_clerk"), 404),
    ):
        client.force_login(person, backend=BACKEND)
        assert [client.get(address).status_code for address in addresses] == [status] * 3


def test_the_file_given_back_is_the_file_that_came(page) -> None:
    (made,) = make(1)
    hand_in(page, made)
    row = Submission.objects.get()
    answer = page.get(reverse("web:desk_file", args=[row.pk, row.files[0]["raw"]]))
    assert answer.content == made.files[0][1]


def test_a_sample_is_tried_and_then_kept(page) -> None:
    hand_in(page, *make(1), *make(2), *make(3))
    tried = page.get(HERE, {"seed": "2021-03-05", "count": "2"}).content.decode()
    assert "就按这次抽样，记下" in tried
    assert "记下的抽样" not in tried
    kept = page.post(
        HERE, {"do": "draw", "seed": "2021-03-05", "count": "2", "draw_reason": "现场抽查"}, follow=True
    ).content.decode()
    assert "已抽出 2 个单位" in kept
    assert "从已报的 3 个单位中抽出 2 个" in kept
    assert "现场抽查" in kept
    assert page.post(HERE, {"do": "draw", "seed": "", "count": "2"}).status_code == 422


def test_a_new_version_is_held_against_what_the_last_was_returned_for(page) -> None:
    first, second = make(4, "twice")
    hand_in(page, first)
    row = Submission.objects.get()
    page.post(of(4), {"do": "return", "submission": row.pk, "rows": [one["id"] for one in row.findings]})
    assert "上次退回的各处" not in page.get(of(4)).content.decode()
    hand_in(page, second)
    told = page.get(of(4)).content.decode().split('id="answers"')[1].split("</section>")[0]
    assert "已不见" in told
    assert "得分低于分值应写原因" in told
    with zipfile.ZipFile(io.BytesIO(first.files[0][1])) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    again = pack([*parts, ("说明.txt", b"once more")])
    hand_in(page, Made(first.unit, [(first.files[0][0], again)]))
    assert "还在" in page.get(of(4)).content.decode().split('id="answers"')[1].split("</section>")[0]


def test_the_first_page_of_a_reviewer_leads_to_the_desk(page):
    first = page.get("/").content.decode()
    assert f'<a class="btn" href="{HERE}">去看各单位的报送</a>' in first
