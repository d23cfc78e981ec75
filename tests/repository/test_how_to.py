"""The worked examples of the how-to pages, taken from the pages and put to work: pack, form, list, record, figure."""

from __future__ import annotations

import http.client
import json
import os
import re
import shlex
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.processes import environment, run_in

from jixiao.catalogue import load
from jixiao.indicators import examples

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "how-to"
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
            by=SYSTEM,
            org=org,
            username="clerk",
            display_name="示例经办人",
            password="示例-only-2020",
            is_own=True,
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


def test_a_replaced_rule_counts_from_its_day_and_its_versions_from_theirs(tmp_path):
    pack = pack_of("write-a-pack.md", tmp_path)
    before, then, later = (load([], [pack], day=date(year, 6, 30)) for year in (2020, 2021, 2022))
    old, new, newest = (one.indicator("cppcc/lectures_held") for one in (before, then, later))
    assert old == load(["cppcc"], day=date(2021, 6, 30)).indicator("cppcc/lectures_held")
    assert (new.title, new.print.to, newest.title, newest.print.to) == ("文化讲堂", 1, "文化讲堂", 10)
    assert [one.problem for one in examples.run(then, new)] == [""]
    assert (
        len({one.digest(found) for one, found in zip((before, then, later), (old, new, newest), strict=True)})
        == 3
    )


def test_an_office_is_set_up_as_the_page_says(tmp_path):
    (script,) = re.findall(
        r"^```sh\n(pip install[^`]*?^jixiao serve\n)```$",
        (PAGES / "run-a-server.md").read_text("utf-8"),
        re.M | re.S,
    )
    lines = [line for line in script.splitlines() if line.startswith("jixiao ")]
    assert lines.pop() == "jixiao serve"
    for line in lines:
        asks = " people add " in line
        done = subprocess.run(
            [sys.executable, "-m", "jixiao.cli.main", *shlex.split(line)[1:], *(["--password-stdin"] if asks else [])],
            env=environment(tmp_path / "home"), input="Quiet-harbour-47\n", capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{line}: {done.stderr}"
    asked = ("--org", "our-office", "--format", "json")
    figures = json.loads(run_in(tmp_path / "home", "figures", "--period", str(YEAR), *asked).stdout)
    assert {one["status"] for one in figures} == {"not_reported"}
    people = json.loads(run_in(tmp_path / "home", "people", "list", *asked).stdout)
    assert {one["username"] for one in people} == {"clerk", "leader"}


@pytest.fixture
def behind_a_proxy(tmp_path):
    """What `jixiao serve` serves with HTTPS on, over an empty home: its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JIXIAO_", "DJANGO_"))}
    settings = {"JIXIAO_HOME": str(tmp_path), "JIXIAO_HTTPS": "1", "JIXIAO_HOSTS": "jixiao.example.org"}
    start = (
        f"from jixiao.cli import django_setup, serve; django_setup.start(); serve.run('127.0.0.1', {port})"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", start], env=kept | settings, stdout=subprocess.PIPE, text=True
    )
    try:
        assert str(port) in server.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()


def test_the_proxy_is_believed_about_https(behind_a_proxy):
    def asked(proto):
        connection = http.client.HTTPConnection(behind_a_proxy.removeprefix("http://"))
        connection.request(
            "GET", "/login/", headers={"Host": "jixiao.example.org", "X-Forwarded-Proto": proto}
        )
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, answer.headers.get("Location")

    assert asked("https") == (200, None)
    assert asked("http") == (301, "https://jixiao.example.org/login/")


def test_the_tutorial_uses_the_words_of_the_pages():
    """Every word in bold stands in a template or in the code of the pages."""
    words = set(
        re.findall(r"\*\*(.+?)\*\*", (ROOT / "docs" / "tutorial" / "first-year.zh.md").read_text("utf-8"))
    )
    assert len(words) > 30
    folder = ROOT / "src" / "jixiao" / "web"
    shown = "".join(
        path.read_text("utf-8") for kind in ("html", "py") for path in sorted(folder.rglob(f"*.{kind}"))
    )
    shown = re.sub(r"{%.*?%}|{{.*?}}", "", shown)
    assert sorted(word for word in words if word not in shown) == []


def test_links_of_the_guides_lead_somewhere():
    dead = []
    for page in sorted([*PAGES.glob("*.md"), *(ROOT / "docs" / "tutorial").glob("*.md")]):
        for target in re.findall(r"\]\(([^)\s#]+)", page.read_text("utf-8")):
            if "://" not in target and not (page.parent / target).is_file():
                dead.append(f"{page.name}: {target}")
    assert dead == []


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
