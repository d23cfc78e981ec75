"""The bureau's desk and the performance year over REST: what the pages do, under the same permissions."""

# ruff: noqa: F811

from __future__ import annotations

import datetime
import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.api.conftest import MODEL_BACKEND, ROOT
from tests.cycle import (  # noqa: F401 - fixtures
    _under_the_finance_pack,
    approved,
    bureau,
    department,
    finance,
    office,
)
from tests.ledger.conftest import make_person
from tests.ledger.test_cycle_report import evaluated, region  # noqa: F401 - fixtures
from tests.packages import YEAR, make, title_of

from jixiao.ledger.actions import orgs
from jixiao.ledger.models import Event
from jixiao.ledger.permissions import SYSTEM

HERE = f"/desk/county/{YEAR}"


@pytest.fixture
def county():
    made = orgs.create(by=SYSTEM, id="county", title="示例县财政局", valid_from=datetime.date(2015, 1, 1))
    orgs.bind_pack(by=SYSTEM, org=made, pack="finance", from_on=made.valid_from)
    return made


@pytest.fixture
def reviewer(county):
    return make_person("reviewer", county, "bureau_reviewer")


@pytest.fixture
def hand_in(client, reviewer):
    def do(*made):
        client.force_login(reviewer, backend=MODEL_BACKEND)
        files = [
            SimpleUploadedFile(name.replace("/", "_"), content) for one in made for name, content in one.files
        ]
        answer = client.post(f"{ROOT}{HERE}/packages", {"files": files, "received_on": "2021-02-20"})
        return answer.status_code, answer.json()

    return do


@pytest.fixture
def listed(ask, reviewer):
    status, told = ask(
        reviewer, "post", f"{HERE}/expected",
        {"titles": [title_of(n) for n in range(1, 7)], "due_on": "2021年2月25日"},
    )  # fmt: skip
    assert status == 200
    return {one["title"]: one["id"] for one in told}


def test_packages_are_taken_reviewed_returned_and_sampled(ask, reviewer, hand_in, listed) -> None:
    status, taken = hand_in(*make(1), *make(2, "no_report"), *make(3, "other_year"))
    assert status == 201
    assert [one["state"] for one in taken] == ["已报", "已报", "未收下"]
    assert "2019年度" in taken[2]["trouble"]
    assert [one["is_late"] for one in taken[:2]] == [False, False]
    assert not hand_in(*make(1))[1][0]["is_new"]
    _, view = ask(reviewer, "get", HERE)
    assert [(one["title"], one["count"]) for one in view["states"][:2]] == [("未报", 4), ("已报", 2)]
    (missing,) = [one for one in view["defects"] if one["title"] == "缺少自评报告"]
    assert missing["departments"] == [listed[title_of(2)]]
    _, one = ask(reviewer, "get", f"/desk/departments/{listed[title_of(2)]}")
    assert one["chosen"]["id"] == taken[1]["id"]
    finding = one["findings"][0]["id"]
    status, returned = ask(reviewer, "post", f"/desk/packages/{taken[1]['id']}/return", {"rows": [finding]})
    assert (status, returned["state"], len(returned["rows"])) == (201, "已退回", 1)
    status, told = ask(reviewer, "post", f"/desk/packages/{taken[0]['id']}/review", {"score": "70"})
    assert (status, list(told["errors"])) == (422, ["reason"])
    status, reviewed = ask(
        reviewer, "post", f"/desk/packages/{taken[0]['id']}/review", {"score": "70", "reason": "佐证不足"}
    )
    assert (status, reviewed["grade"]) == (201, "中")
    status, drawn = ask(reviewer, "post", f"{HERE}/samples", {"seed": "2021-03-05", "count": 1})
    assert (status, len(drawn["drawn"]), len(drawn["among"])) == (201, 1, 2)
    assert ask(reviewer, "get", f"{HERE}/samples")[1] == [drawn]
    kept = set(
        Event.objects.filter(chain="county", act__in=("decided", "drawn")).values_list("record", flat=True)
    )
    assert kept == {returned["id"], reviewed["id"], drawn["id"]}


def test_letters_files_and_public_pages_come_as_files(ask, client, reviewer, hand_in, listed) -> None:
    _, (taken,) = hand_in(*make(2, "no_report"))
    _, made = ask(reviewer, "post", f"/desk/packages/{taken['id']}/return", {"reason": "请补报告"})
    letter = client.get(f"{ROOT}/desk/decisions/{made['id']}/letter")
    assert zipfile.is_zipfile(io.BytesIO(letter.content))
    _, one = ask(reviewer, "get", f"/desk/departments/{listed[title_of(2)]}")
    raw = next(file["raw"] for file in one["files"] if file["raw"])
    assert (
        client.get(f"{ROOT}/desk/packages/{taken['id']}/files/{raw}").content
        == make(2, "no_report")[0].files[0][1]
    )
    pages = zipfile.ZipFile(io.BytesIO(client.get(f"{ROOT}{HERE}/public.zip").content))
    assert "index.html" in pages.namelist()
    assert ask(reviewer, "post", f"{HERE}/published", {"where": "门户网站"}) == (200, {"marked": 0})


@pytest.mark.parametrize(
    ("method", "where", "body"),
    [
        ("get", HERE, None),
        ("post", f"{HERE}/expected", {"titles": ["示例局"]}),
        ("get", f"{HERE}/samples", None),
        ("post", f"{HERE}/samples", {"seed": "1", "count": 1}),
        ("get", f"{HERE}/public.zip", None),
        ("post", f"{HERE}/published", {"where": "网站"}),
    ],
)
def test_only_who_sits_at_the_desk_may(ask, county, office, finance, method, where, body) -> None:
    assert ask(None, method, where, body)[0] == 401
    assert ask(finance, method, where, body)[0] == 404
    clerk = make_person("county_clerk", county, "finance_clerk")
    assert ask(clerk, method, where, body)[0] == 403


def test_a_package_of_another_bureau_is_not_there(ask, county, hand_in, listed, finance, reviewer) -> None:
    _, (taken,) = hand_in(*make(1))
    for act, body in (
        ("return", {"reason": "不对"}),
        ("review", {"score": "90"}),
        ("claim", {"expected": "1"}),
    ):
        assert ask(finance, "post", f"/desk/packages/{taken['id']}/{act}", body)[0] == 404
    assert ask(finance, "get", f"/desk/departments/{listed[title_of(1)]}")[0] == 404
    assert ask(reviewer, "post", f"/desk/packages/{taken['id']}/claim", {"expected": "1"})[0] == 409


def test_the_year_tells_where_everything_stands(ask, evaluated, office, finance) -> None:
    status, (told,) = ask(finance, "get", "/cycle/dept/2020")
    assert status == 200
    parts = {one["id"]: one for one in told["parts"]}
    (standing,) = parts["self_evaluation"]["standings"]
    assert (standing["record"], standing["score"], standing["grade"]) == (evaluated.pk, "98.95", "优")
    assert [one["field"] for one in standing["forms"]]
    assert parts["rectification"]["beginnings"]


def test_the_self_check_and_the_package(ask, client, evaluated, office, finance) -> None:
    _, sheet = ask(finance, "get", "/cycle/dept/2020/presubmit")
    assert "owners" in {one["rule"] for line in sheet["lines"] for one in line["faults"]}
    paper = SimpleUploadedFile("自评报告.txt", "2020年度自评报告\n电话13800001234。\n".encode())
    told = client.post(f"{ROOT}/presubmit/dept", {"file": paper}).json()
    assert [one["rule"] for one in told["publication"]] == ["person_numbers"]
    _, view = ask(finance, "get", "/cycle/dept/2020/package")
    assert [one["evidence"] for one in view["ways"]] == ["open", "all", "none"]
    answer = client.get(f"{ROOT}/cycle/dept/2020/package.zip", {"evidence": "none"})
    files = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    assert json.loads(files.read("package.json"))["org"]["id"] == "dept"
    assert ask(finance, "get", "/cycle/dept/2020/package.zip", evidence="x")[0] == 422


def test_the_document_describes_them(ask, finance) -> None:
    _, document = ask(finance, "get", "/openapi.json")
    paths = {path.removeprefix(ROOT): sorted(set(one)) for path, one in document["paths"].items()}
    assert paths["/desk/{org}/{year}/packages"] == ["post"]
    assert paths["/desk/{org}/{year}/samples"] == ["get", "post"]
    assert (
        "application/zip"
        in document["paths"][f"{ROOT}/cycle/{{org}}/{{year}}/package.zip"]["get"]["responses"]["200"][
            "content"
        ]
    )
