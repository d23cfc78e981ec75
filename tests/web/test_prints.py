"""Official papers of a record: its facts in their places, blanks where nothing is known, nothing before its time."""

# ruff: noqa: F811

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.urls import reverse
from tests.cycle import (  # noqa: F401 - fixtures
    _under_the_finance_pack,
    department,
    finance,
    goal_rows,
    make_goal,
    office,
    take,
)
from tests.ledger.conftest import TODAY, make_person

from jixiao.catalogue import load
from jixiao.ledger.actions import orgs, people, records
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries.prints import BLANK, paper

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def returned(office, finance, department):
    goal = take(make_goal(finance, office, goal_rows()), finance, "submit")
    records.create(
        by=department, org=office, kind="goal_opinion", parent=goal,
        values={"place": "产出指标·数量指标", "opinion": "目标值偏低", "given_on": TODAY.isoformat()},
    )  # fmt: skip
    return take(goal, department, "return_by_department", note="见意见")


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_a_letter_holds_the_opinions_row_by_row(client, finance, returned) -> None:
    client.force_login(finance, backend=BACKEND)
    address = reverse("web:print_docx", args=[returned.id, "finance", "return_opinion"])
    told = words_of(client.get(address).content)
    for words in (
        "关于退回修改2020年度绩效目标的意见",
        "示例局：",
        "目标值偏低",
        "产出指标·数量指标",
        "2021年3月1日",
    ):
        assert words in told
    assert address in client.get(reverse("web:record", args=[returned.id])).content.decode()
    assert client.get(address.replace(".docx", ".pdf")).content[:4] == b"%PDF"


def test_what_is_not_known_prints_as_a_blank_and_is_named(office, finance) -> None:
    row = records.create(
        by=finance, org=office, kind="rectification",
        values={"issue": "佐证不全", "year": 2020, "issued_on": TODAY.isoformat(), "days": "30"},
    )  # fmt: skip
    printed = paper(finance, row.id, "finance/rectification_notice")
    assert printed.blanks == ("出自", "责任科室或职务", "印发单位")


def test_a_letter_of_the_bureau_is_signed_by_the_office_its_people_come_from(
    finance, office, returned
) -> None:
    def sits_at_a_desk(id, title):
        bureau = orgs.create(by=SYSTEM, id=id, title=title, valid_from=date(2015, 1, 1))
        orgs.bind_pack(by=SYSTEM, org=bureau, pack="finance", from_on=bureau.valid_from)
        own = make_person(f"{id}-reviewer", bureau, "bureau_reviewer")
        people.join(by=SYSTEM, user=own, org=office, role="bureau_reviewer", from_on=date(2015, 1, 1))

    def signed():
        return paper(finance, returned.id, "finance/return_opinion").document.org

    assert signed() == BLANK, "nobody but the office itself"
    sits_at_a_desk("treasury", "示例区财政局")
    assert signed() == "示例区财政局"
    sits_at_a_desk("other", "示例市财政局")
    assert signed() == BLANK, "two could be meant"


def test_nothing_is_printed_before_its_time(client, finance, office) -> None:
    client.force_login(finance, backend=BACKEND)
    goal = make_goal(finance, office, goal_rows())
    answer = client.get(reverse("web:print_docx", args=[goal.id, "finance", "return_opinion"]), follow=True)
    assert "现在还不能印" in answer.content.decode()


def test_every_print_of_the_packs_names_its_source() -> None:
    found = load().prints
    assert {
        "cppcc/proposal_form",
        "cppcc/assignment_notice",
        "cppcc/reply_letter",
        "cppcc/opinion_form",
    } <= set(found)
    assert all(one.source for one in found.values())


def test_the_office_a_letter_goes_to_stands_at_the_left_edge(client, finance, returned) -> None:
    client.force_login(finance, backend=BACKEND)
    address = reverse("web:print_docx", args=[returned.id, "finance", "return_opinion"])
    made = docx.Document(io.BytesIO(client.get(address).content))
    (to,) = [one for one in made.paragraphs if one.text == f"{returned.org.title}："]
    assert to.style.name == "Addressee"
    assert to.style.paragraph_format.first_line_indent is None
