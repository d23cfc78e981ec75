"""A package that this program made of an office's records is taken in by the bureau's desk of another ledger, whole."""

# ruff: noqa: F811

from __future__ import annotations

import io
import zipfile

import pytest
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
from tests.packages import pack

from jixiao.ledger.actions import desk, desk_packages, orgs, records
from jixiao.ledger.models import Submission
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries.package import package

YEAR = 2020


@pytest.fixture
def reviewer(office):
    made = orgs.create(by=SYSTEM, id="finance-bureau", title="示例财政局", valid_from=office.valid_from)
    orgs.bind_pack(by=SYSTEM, org=made, pack="finance", from_on=made.valid_from)
    person = make_person("reviewer", made, "bureau_reviewer")
    desk.expect(by=person, bureau=made, year=YEAR, titles=[office.title])
    return person


def packed(made):
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def take(reviewer, content, name="报送包.zip"):
    files = [(name, content)]
    return desk_packages.take(by=reviewer, bureau="finance-bureau", year=YEAR, files=files)[0].submission


def test_a_package_of_ours_is_understood_whole(evaluated, office, finance, reviewer) -> None:
    found = take(reviewer, packed(package(finance, office, YEAR)))
    assert (found.state, found.expected.title) == (Submission.State.REPORTED, office.title)
    assert found.summary["score"] == "98.95"
    assert found.summary["forms"] == ["finance/base_data", "finance/self_evaluation"]
    assert found.summary["has_report"]
    roles = {one["path"]: one["role"] for one in found.files}
    assert roles["2 附表/2 部门整体支出绩效自评表.docx"] == "报表的打印件"
    assert roles["4 自查/报送前自查表.docx"] == "自查表"
    assert [one for one in found.findings if one["level"] == "broken"] == []


def test_a_file_changed_after_packing_is_told(evaluated, office, finance, reviewer) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(package(finance, office, YEAR)))) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    changed = [
        (name, content + b"\n" if name.endswith("佐证目录.csv") else content) for name, content in parts
    ]
    found = take(reviewer, pack(changed))
    assert [one["where"] for one in found.findings if one["code"] == "altered"] == [
        "3 佐证材料/00 佐证目录.csv"
    ]


def test_surveys_travel_with_the_package(evaluated, office, finance, reviewer) -> None:
    records.create(
        by=finance, org=office, kind="satisfaction_survey",
        values={"title": "办理满意度调查", "object": "提案人", "method": "paper", "held_on": "2020-11-05",
                "sent": 20, "back": 18, "valid": 18, "satisfied": 18},
    )  # fmt: skip
    found = take(reviewer, packed(package(finance, office, YEAR)))
    assert found.summary["surveys"] == [
        {
            "title": "办理满意度调查",
            "method": "纸质问卷",
            "sent": 20,
            "back": 18,
            "valid": 18,
            "satisfied": 18,
        }
    ]
