"""The worked examples of the how-to pages, taken from the pages and put to work: pack, form, list, record, figure."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from jixiao.catalogue import load
from jixiao.indicators import examples

PAGES = Path(__file__).resolve().parents[2] / "docs" / "how-to"
FILE = re.compile(r"^```yaml\n# (\S+\.yaml)\n(.*?)^```$", re.M | re.S)
YEAR = 2020


def pack_of(page: str, folder: Path) -> Path:
    """Write the files that a page shows; each names its place in its first line."""
    found = FILE.findall((PAGES / page).read_text(encoding="utf-8"))
    assert found, f"{page} shows no file"
    for name, text in found:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / found[0][0].split("/")[0]


@pytest.fixture
def working(db, settings, tmp_path):
    """The office under the pack of a page, with a clerk: (catalogue, org, clerk)."""
    from jixiao.ledger import projection, rules
    from jixiao.ledger.actions import orgs, people
    from jixiao.ledger.permissions import SYSTEM

    settings.HOME = tmp_path / "home"
    opened = []

    def under(page: str):
        pack = pack_of(page, tmp_path)
        catalogue = load([], [pack])
        opened.append(rules.working_under(catalogue))
        opened[-1].__enter__()
        projection.ensure(catalogue)
        org = orgs.create(by=SYSTEM, id="office", title="示例办公室", valid_from=date(2015, 1, 1))
        for name in ("base", pack.name):
            orgs.bind_pack(by=SYSTEM, org=org, pack=name, from_on=org.valid_from)
        orgs.set_period(
            by=SYSTEM, org=org, basis="calendar_year", label="2020年度", year=YEAR,
            from_on=date(YEAR, 1, 1), to_on=date(YEAR, 12, 31),
        )  # fmt: skip
        clerk = people.create(
            by=SYSTEM, org=org, username="clerk", display_name="示例经办人", password="示例-only-2020"
        )
        people.join(by=SYSTEM, user=clerk, org=org, role="base/office_clerk", from_on=org.valid_from)
        return catalogue, org, clerk

    yield under
    for one in reversed(opened):
        one.__exit__(None, None, None)


@pytest.mark.parametrize("page", ["add-an-indicator.md", "add-a-kind.md"])
def test_the_examples_in_the_files_hold(page, tmp_path):
    catalogue = load([], [pack_of(page, tmp_path)])
    ran = [one for indicator in catalogue.indicators.values() for one in examples.run(catalogue, indicator)]
    assert ran
    assert [one.problem for one in ran if one.problem] == []


def test_the_new_indicator_is_a_figure_of_the_year(working, client):
    from jixiao.ledger import queries
    from jixiao.ledger.actions import records
    from jixiao.ledger.permissions import SYSTEM

    catalogue, org, clerk = working("add-an-indicator.md")
    for place, final in enumerate(("2020-04-01", "2020-06-30"), 1):
        records.backfill(
            by=SYSTEM, org=org, kind="survey",
            values={
                "title": f"第{place}次调研", "commission": _first_code(catalogue, "survey", "commission"),
                "started_on": "2020-03-02", "ended_on": "2020-03-10", "report_title": "示例调研报告",
            },
            path={"planned": "2020-03-01", "fieldwork": "2020-03-02", "drafted": "2020-03-20", "final": final},
        )  # fmt: skip
    figure = queries.figure(clerk, org, "surveys_reported_in_time", YEAR).figure
    assert (figure.text, figure.top, figure.bottom, figure.records) == ("50%", 1, 2, 2)
    _sign_in(client, clerk)
    page = client.get(f"/year/office/{YEAR}/").content.decode()
    assert "调研报告按期形成率" in page
    assert (
        "50%" in client.get(f"/year/office/{YEAR}/figures/house/surveys_reported_in_time/").content.decode()
    )


def test_the_new_kind_has_form_list_steps_and_figure(working, client):
    from jixiao.ledger import queries
    from jixiao.ledger.actions import records

    catalogue, org, clerk = working("add-a-kind.md")
    kind = catalogue.kind("repair")
    _sign_in(client, clerk)
    form = client.get("/registers/building/repair/new/").content.decode()
    for name in ("title", "reported_on", "place", "cost"):
        assert f'name="{name}"' in form
        assert kind.fields[name].title in form
    assert "会议室" in form

    refused = client.post(
        "/registers/building/repair/new/", _posted(form, title="会议室的灯不亮", place="hall")
    )
    assert refused.status_code == 422
    kept = client.post(
        "/registers/building/repair/new/",
        _posted(form, title="会议室的灯不亮", place="hall", reported_on="2020-03-02"),
    )
    assert kept.status_code == 302

    listed = client.get("/registers/building/repair/").content.decode()
    for title in ("报修内容", "报修日期", "地点", "维修费用", "状态", "会议室的灯不亮", "已报修"):
        assert title in listed
    (row,) = json.loads(client.get("/registers/building/repair.json").content)
    assert (row["报修内容"], row["地点"], row["状态"]) == ("会议室的灯不亮", "会议室", "已报修")

    record = queries.record(clerk, row["id"])
    assert "派工" in client.get(f"/records/{record.id}/").content.decode()
    assert _figure(org, clerk).text == "0件"
    record = records.advance(
        by=clerk, record=record, step="assign", happened_on=date(2020, 3, 3), seen=record.version
    )
    assert record.number == "2020-001"
    records.advance(
        by=clerk,
        record=record,
        step="finish",
        values={"cost": "120"},
        happened_on=date(2020, 3, 4),
        seen=record.version,
    )
    assert (_figure(org, clerk).text, _figure(org, clerk).records) == ("1件", 1)


def _figure(org, user):
    from jixiao.ledger import queries

    return queries.figure(user, org, "repairs_in_time", YEAR).figure


def _first_code(catalogue, kind, field):
    return next(iter(catalogue.code_table(catalogue.kind(kind).fields[field].codes).codes))


def _sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


def _posted(page: str, **values: str) -> dict[str, str]:
    form_id = page.split('name="form_id" value="')[1].split('"')[0]
    return {"do": "save", "form_id": form_id, **values}
