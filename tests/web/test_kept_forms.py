"""An official form keeps itself while its grid is filled in: cells and added rows come back, what others saved is compared
and never written over, and what is saved, frozen or somebody else's leaves no draft.
"""

# ruff: noqa: F811

from __future__ import annotations

from dataclasses import replace

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
from tests.ledger.test_cycle_desk import make_evaluation

from jixiao.ledger import filling
from jixiao.ledger.actions import records
from jixiao.ledger.models import Draft, Record
from jixiao.ledger.queries import forms as queries
from jixiao.web import form_grid, form_typed

BACKEND = "django.contrib.auth.backends.ModelBackend"
NAMES = ("level1", "level2", "level3", "target", "points")


@pytest.fixture
def goal(finance, office):
    return make_goal(finance, office, goal_rows())


@pytest.fixture
def desk(client, finance):
    client.force_login(finance, backend=BACKEND)
    return client


def address(row, field="form"):
    return reverse("web:form", args=[row.id, field])


def page_of(client, row, field="form"):
    return client.get(address(row, field)).content.decode()


def hidden(page, name):
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def boxes_of(user, row, field="form"):
    """What the page's boxes hold before anybody types."""
    parts = form_grid.parts(queries.form(user, row.id, field))
    return {box.name: box.text for part in parts for line in part.rows for box in line.cells if box.name}


def sent(user, row, **changed):
    """What the browser sends from an untouched page but for some boxes (`__` for a dot)."""
    typed = {name.replace("__", "."): text for name, text in changed.items()}
    return boxes_of(user, row) | {"seen": row.version} | typed


def save_as_another(office, row, rows):
    other = make_person("other", office, "finance_clerk")
    form = {**Record.objects.get(pk=row.pk).data["form"], "lists": {"indicators": rows}}
    records.edit(by=other, record=row.id, values={"form": form}, seen=row.version)


def rows_of(row):
    return Record.objects.get(pk=row.pk).data["form"]["lists"]["indicators"]


def test_typed_cells_come_back_and_are_told_where_tasks_are(desk, finance, goal) -> None:
    assert "data-keep" in page_of(desk, goal)
    first = desk.post(
        address(goal), sent(finance, goal, indicators__2__target="≥77%") | {"do": "keep"}
    ).json()
    assert "再打开这张表时接着填" in first["told"]
    given = sent(finance, goal, indicators__2__target="≥78%", indicators__1__level3="")
    again = desk.post(address(goal), given | {"do": "keep", "draft": first["draft"]}).json()
    assert again["draft"] == first["draft"]
    assert Record.objects.get(pk=goal.pk).version == goal.version
    back = page_of(desk, goal)
    assert "已放回表里" in back
    assert "≥78%" in back
    assert goal_rows()[0]["level3"] not in back.split('name="indicators.1.level3"')[1].split("</textarea>")[0]
    assert address(goal) in desk.get("/").content.decode()


def test_saving_clears_the_draft_once_and_a_late_keeping_leaves_none(desk, finance, goal) -> None:
    page = page_of(desk, goal)
    given = sent(finance, goal, indicators__1__target="≥77%") | {"form_id": hidden(page, "form_id")}
    desk.post(address(goal), given | {"do": "keep"})
    for _ in range(2):
        assert desk.post(address(goal), given | {"do": "save"}).status_code == 302
    assert desk.post(address(goal), given | {"do": "keep"}).json() == {"draft": "", "told": ""}
    assert not Draft.objects.exists()
    assert Record.objects.get(pk=goal.pk).version == goal.version + 1
    assert "已放回表里" not in page_of(desk, goal)


def test_buttons_do_it_without_a_script(desk, finance, goal) -> None:
    given = sent(finance, goal, indicators__1__target="≥77%")
    told = desk.post(address(goal), given | {"do": "draft"}, follow=True).content.decode()
    assert "草稿已保存" in told
    page = page_of(desk, goal)
    assert "≥77%" in page
    assert "丢弃草稿" in page
    desk.post(address(goal), {"do": "discard"})
    assert not Draft.objects.exists()
    assert "≥77%" not in page_of(desk, goal)


def test_added_rows_of_a_list_survive(desk, finance, goal) -> None:
    given = sent(finance, goal, indicators__6__level3="新的一行") | {"do": "more"}
    page = desk.post(address(goal), given).content.decode()
    assert "新的一行" in page
    assert 'name="indicators.10.level3"' in page
    assert Draft.objects.count() == 1, "asking for rows keeps what was typed"
    back = page_of(desk, goal)
    assert "新的一行" in back
    assert hidden(back, "seen") == str(goal.version)


def test_asking_for_rows_alone_is_no_draft(desk, finance, goal) -> None:
    desk.post(address(goal), sent(finance, goal) | {"do": "more"})
    assert not Draft.objects.exists()


def test_further_copies_of_a_row_survive(desk, finance, office, approved) -> None:
    row = make_evaluation(finance, office, approved)
    here = address(row, "base_form")
    page = desk.post(here, {"do": "copy:money.business", "form_id": "a", "seen": row.version})
    assert 'name="money.business#2.budget"' in page.content.decode()
    given = {"money.business#2.title": "示例专项", "money.business#2.budget": "12", "seen": row.version}
    page = desk.post(here, given | {"do": "copy:money.business"}).content.decode()
    assert 'name="money.business#3.budget"' in page
    assert 'value="示例专项"' in page
    back = page_of(desk, row, "base_form")
    assert 'name="money.business#2.budget" value="12"' in back
    assert desk.post(here, given | {"do": "save"}).status_code == 302
    assert not Draft.objects.exists()
    stored = Record.objects.get(pk=row.pk).data["base_form"]["entries"]
    assert stored["money.business#2.title"] == "示例专项"
    assert desk.post(here, {"do": "copy:nothing.here"}).status_code == 200


def test_each_form_of_a_record_has_its_own_draft(desk, finance, office, approved) -> None:
    row = make_evaluation(finance, office, approved)
    desk.post(address(row, "base_form"), {"money.office.budget": "7.77", "do": "keep", "seen": row.version})
    assert "已放回表里" not in page_of(desk, row)
    assert 'value="7.77"' in page_of(desk, row, "base_form")


def test_what_others_saved_is_compared_and_what_both_wrote_is_kept(desk, finance, office, goal) -> None:
    given = sent(finance, goal, indicators__1__target="≥71%")
    desk.post(address(goal), given | {"do": "keep"})
    theirs = rows_of(goal)
    theirs = [{**theirs[0], "target": "≥61%"}, {**theirs[1], "target": "≥62%"}, *theirs[2:]]
    save_as_another(office, goal, theirs)
    back = page_of(desk, goal)
    assert hidden(back, "seen") == str(goal.version), "the draft stays against the version it was typed for"
    answer = desk.post(address(goal), given | {"do": "save"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "别人刚改过的地方" in page
    assert form_typed.TAKEN in page
    assert rows_of(goal)[0]["target"] == "≥61%", "nothing was written over"
    assert Draft.objects.exists()
    now = Record.objects.get(pk=goal.pk)
    assert hidden(page, "seen") == str(now.version)
    merged = given | {"indicators.2.target": "≥62%", "seen": now.version, "do": "save"}
    assert desk.post(address(goal), merged).status_code == 302
    assert [row["target"] for row in rows_of(goal)][:2] == ["≥71%", "≥62%"]
    assert not Draft.objects.exists()


def test_asking_for_rows_does_not_make_an_old_page_a_new_one(desk, finance, office, goal) -> None:
    given = sent(finance, goal, indicators__1__target="≥71%")
    save_as_another(office, goal, [{**row, "target": "≥61%"} for row in rows_of(goal)])
    page = desk.post(address(goal), given | {"do": "more"}).content.decode()
    assert hidden(page, "seen") == str(goal.version)


def test_a_row_taken_away_by_others_moves_the_rest_with_what_was_typed(finance, office, goal) -> None:
    rows = [
        {**row, "id": line.id}
        for row, line in zip(
            goal_rows(), filling.filled_form(goal, "form").grid("indicators").lines, strict=False
        )
    ]
    typed = sent(finance, goal, indicators__4__target="≥74%", indicators__5__level3="我加的一行")
    typed = form_typed.cells(queries.form(finance, goal.id, "form"), typed)
    save_as_another(office, goal, [rows[0], *rows[2:], {"level3": "别人加的一行"}])
    now = queries.form(finance, goal.id, "form")
    before = replace(now, filled=filling.filled_form(goal, "form"))
    told, merged = form_typed.compared(before, now, typed)
    assert merged["indicators.2.level3"] == rows[2]["level3"]
    assert merged["indicators.3.target"] == "≥74%"
    assert merged["indicators.4.level3"] == "别人加的一行"
    assert merged["indicators.5.level3"] == "我加的一行"
    assert "indicators.6.level3" not in merged
    assert {"title": "原第2行", "theirs": "已删去", "mine": form_typed.TAKEN} in told
    assert [line["theirs"] for line in told] == ["已删去", "别人加的一行"]
    assert told[1]["mine"] == form_typed.ADDED


def test_a_row_typed_into_stays_though_others_took_it_away(finance, office, goal) -> None:
    typed = sent(finance, goal, indicators__2__target="≥72%")
    typed = form_typed.cells(queries.form(finance, goal.id, "form"), typed)
    lines = filling.filled_form(goal, "form").grid("indicators").lines
    rows = [{**row, "id": line.id} for row, line in zip(goal_rows(), lines, strict=False)]
    save_as_another(office, goal, [rows[0], *rows[2:]])
    now = queries.form(finance, goal.id, "form")
    told, merged = form_typed.compared(replace(now, filled=filling.filled_form(goal, "form")), now, typed)
    assert merged["indicators.4.target"] == "≥72%"
    assert merged["indicators.4.level3"] == rows[1]["level3"]
    assert told == [{"title": "原第2行", "theirs": "已删去", "mine": "您改过，放在第4行"}]


def test_a_row_that_both_added_is_one_row(finance, office, goal) -> None:
    names = {"level1": "产出指标", "level2": "数量指标", "level3": "同一行"}
    cells = {f"indicators__6__{name}": text for name, text in names.items()} | {"indicators__6__points": "3"}
    typed = form_typed.cells(queries.form(finance, goal.id, "form"), sent(finance, goal, **cells))
    lines = filling.filled_form(goal, "form").grid("indicators").lines
    rows = [{**row, "id": line.id} for row, line in zip(goal_rows(), lines, strict=False)]
    save_as_another(office, goal, [*rows, names | {"target": "≥5件"}])
    now = queries.form(finance, goal.id, "form")
    told, merged = form_typed.compared(replace(now, filled=filling.filled_form(goal, "form")), now, typed)
    assert merged["indicators.5.points"] == "3"
    assert merged["indicators.5.target"] == "≥5件"
    assert "indicators.6.level3" not in merged
    assert [line["theirs"] for line in told] == ["≥5件"]


def test_a_frozen_form_keeps_nothing_and_lets_an_old_draft_wait(
    desk, finance, department, bureau, goal
) -> None:
    given = sent(finance, goal, indicators__1__target="≥77%")
    desk.post(address(goal), given | {"do": "keep"})
    take(goal, finance, "submit")
    take(goal, department, "pass")
    take(goal, bureau, "review", rank="excellent")
    take(goal, bureau, "approve", approval_number="示财绩〔2020〕1号")
    told = desk.post(address(goal), given | {"indicators.1.target": "≥88%", "do": "keep"}).json()
    assert told["draft"] == ""
    assert "不能改" in told["told"]
    assert Draft.objects.get().data["indicators.1.target"] == "≥77%"
    page = page_of(desk, goal)
    assert "data-keep" not in page
    assert "还留着" in page
    assert "≥77%" not in page
    assert desk.post(address(goal), given | {"do": "save"}).status_code == 403
    desk.post(address(goal), {"do": "discard"})
    assert not Draft.objects.exists()


def test_a_workbook_takes_the_place_of_the_draft_and_a_refused_one_leaves_it(desk, finance, goal) -> None:
    desk.post(address(goal), sent(finance, goal, indicators__1__target="≥77%") | {"do": "keep"})
    there = reverse("web:form_upload", args=[goal.id, "form"])
    out = desk.get(reverse("web:form_xlsx", args=[goal.id, "form"])).content
    refused = desk.post(there, {"file": SimpleUploadedFile("a.xlsx", b"x"), "seen": goal.version})
    assert refused.status_code == 422
    assert "≥77%" in refused.content.decode()
    desk.post(there, {"file": SimpleUploadedFile("a.xlsx", out), "seen": goal.version})
    assert not Draft.objects.exists()
    assert "≥77%" not in page_of(desk, goal)


def test_a_draft_is_its_writers_alone(desk, client, finance, office, goal, django_user_model) -> None:
    given = sent(finance, goal, indicators__1__target="≥77%") | {"do": "keep"}
    desk.post(address(goal), given)
    client.force_login(make_person("colleague", office, "finance_clerk"), backend=BACKEND)
    page = page_of(client, goal)
    assert "≥77%" not in page
    assert "已放回表里" not in page
    client.post(address(goal), given | {"indicators.1.target": "≥66%"})
    assert Draft.objects.get(user=finance).data["indicators.1.target"] == "≥77%"
    client.force_login(django_user_model.objects.create(username="elsewhere"), backend=BACKEND)
    assert client.post(address(goal), given).status_code == 404
    assert Draft.objects.count() == 2
