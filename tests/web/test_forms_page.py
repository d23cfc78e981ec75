"""The page of an official form: a draft takes anything and says what is wrong; workbooks go out and come back."""

# ruff: noqa: F811

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.cycle import (  # noqa: F401 - fixtures
    _under_the_finance_pack,
    approved,
    bureau,
    department,
    finance,
    goal_rows,
    make_goal,
    office,
    take,
)
from tests.ledger.conftest import make_person
from tests.ledger.test_cycle_desk import file_budget, make_evaluation

from jixiao.forms import write_xlsx
from jixiao.forms.fill import fill
from jixiao.ledger import filling
from jixiao.ledger.models import Record
from jixiao.ledger.rules import catalogue

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def goal(finance, office):
    return make_goal(finance, office, goal_rows())


@pytest.fixture
def desk(client, finance):
    client.force_login(finance, backend=BACKEND)
    return client


def address(goal, name="form"):
    return reverse(f"web:{name}", args=[goal.id, "form"])


def test_the_grid_shows_what_is_there_and_says_nothing_is_wrong(desk, goal) -> None:
    page = desk.get(address(goal)).content.decode()
    assert 'name="indicators.1.target"' in page
    assert "≥20件" in page
    assert "没有不一致" in page
    assert 'class="total"' in page
    assert "90.00" in page


def test_a_report_can_link_to_every_cell(desk, goal) -> None:
    page = desk.get(address(goal)).content.decode()
    for place in ("money.total.amount", "indicators.1.target", "indicators.total.points"):
        assert f'<td id="{place}"' in page


def test_a_draft_keeps_what_is_wrong_and_tells_it(desk, goal) -> None:
    answer = desk.post(
        address(goal), {"indicators.1.level1": "产出指标", "indicators.1.points": "很多", "do": "save"}
    )
    assert answer.status_code == 302
    page = desk.get(address(goal)).content.decode()
    assert "应为数字" in page
    assert "很多" in page
    (row,) = Record.objects.get(pk=goal.pk).data["form"]["lists"]["indicators"]
    assert row | {"id": ""} == {"level1": "产出指标", "points": "很多", "id": ""}


def test_a_row_stays_the_same_row_whatever_it_is_called(desk, goal) -> None:
    before = [line.id for line in filling.filled_form(goal, "form").grid("indicators").lines][:-1]
    row = {name: text for name, text in goal_rows()[1].items() if name != "level3"}
    sent = {f"indicators.2.{name}": text for name, text in row.items()} | {
        "indicators.2.level3": "改名后的指标"
    }
    for n in (1, 3, 4):
        sent |= {f"indicators.{n}.{name}": text for name, text in goal_rows()[n - 1].items()}
    assert desk.post(address(goal), {**sent, "do": "save"}).status_code == 302
    goal = Record.objects.get(pk=goal.pk)
    after = filling.filled_form(goal, "form").grid("indicators").lines
    assert after[1].cells["level3"].words == "改名后的指标"
    assert [line.id for line in after][:-1] == before
    assert len(set(before)) == 4
    lost = {key: text for key, text in sent.items() if not key.startswith("indicators.1.")}
    assert desk.post(address(goal), {**lost, "do": "save"}).status_code == 302
    left = filling.filled_form(Record.objects.get(pk=goal.pk), "form").grid("indicators").lines
    assert [line.id for line in left][:-1] == before[1:]


def test_more_rows_lose_nothing_that_was_typed(desk, goal) -> None:
    page = desk.post(
        address(goal), {"indicators.9.level3": "还没有保存的", "do": "more", "more": "6"}
    ).content.decode()
    assert "还没有保存的" in page
    assert 'name="indicators.12.level3"' in page


def test_a_workbook_goes_out_and_comes_back(desk, goal) -> None:
    out = desk.get(address(goal, "form_xlsx"))
    assert out.status_code == 200
    form = catalogue().form("goal_declaration")
    filled = fill(form, org="dept", year=2020, lists={"indicators": goal_rows(target="≥99%")})
    file = SimpleUploadedFile("表.xlsx", write_xlsx.write(filled, "示例局"))
    answer = desk.post(address(goal, "form_upload"), {"file": file, "seen": goal.version})
    assert answer.status_code == 302
    rows = Record.objects.get(pk=goal.pk).data["form"]["lists"]["indicators"]
    assert {row["target"] for row in rows} == {"≥99%"}
    assert desk.get(address(goal, "form_docx")).content[:2] == b"PK"


def test_what_is_no_form_is_refused_in_words(desk, goal) -> None:
    answer = desk.post(
        address(goal, "form_upload"), {"file": SimpleUploadedFile("a.xlsx", b"x"), "seen": goal.version}
    )
    assert answer.status_code == 422
    assert "不是可以读的 Excel 文件" in answer.content.decode()


def test_an_approved_goal_has_no_boxes(desk, approved) -> None:
    page = desk.get(address(approved)).content.decode()
    assert "<textarea" not in page
    assert desk.post(address(approved), {"do": "save"}).status_code == 403


def test_a_strangers_form_is_not_there(client, goal, django_user_model) -> None:
    client.force_login(django_user_model.objects.create(username="else"), backend=BACKEND)
    assert client.get(address(goal)).status_code == 404


def test_another_number_for_a_bound_cell_is_entered_and_approved_on_pages(
    desk, client, office, approved
) -> None:
    chief = make_person("chief", office, "finance_clerk")
    file_budget(office, chief)
    row = make_evaluation(chief, office, approved)
    here = address(row)
    there = f"{here}otherwise/money.total.score/"
    assert there in desk.get(here).content.decode()
    assert desk.get(f"{here}otherwise/money.nothing.score/").status_code == 404
    assert desk.post(there, {"value": "9.5", "reason": "", "ordered_by": "局长"}).status_code == 422
    sent = {"value": "9.5", "reason": "财政局核定", "ordered_by": "局长"}
    assert desk.post(there, sent).status_code == 302
    page = desk.get(here).content.decode()
    assert "待批准" in page
    assert f"{there}approve/" not in page, "nobody approves what they entered"
    head = make_person("head", office, "department_head")
    client.force_login(head, backend=BACKEND)
    assert f"{there}approve/" in client.get(here).content.decode()
    assert client.post(f"{there}approve/", {"seen": "1"}).status_code == 302
    page = client.get(here).content.decode()
    assert "经批准不取台账数" in page
    assert "财政局核定；局长提出；示例finance录入，示例head批准" in page
