"""The public folder: self-contained, every percentage with what is missing, nothing secret or personal in it."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from decimal import Decimal

import pytest
from tests.cycle import _under_the_finance_pack  # noqa: F401 - fixture
from tests.ledger.conftest import make_person
from tests.packages import YEAR, base_data, foreign, leaves, make, pack, report, self_evaluation, title_of
from tests.packages import docx as written

from jixiao.errors import BadInput
from jixiao.forms.write_xlsx import write
from jixiao.ledger.actions import desk, desk_decisions, desk_packages, orgs
from jixiao.ledger.desk import public_files
from jixiao.ledger.desk.tallies import behind, surveys_told, working
from jixiao.ledger.models import Submission
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries.desk import overview
from jixiao.ledger.queries.desk_public import published


@pytest.fixture
def bureau():
    made = orgs.create(by=SYSTEM, id="bureau", title="示例财政局", valid_from=datetime.date(2015, 1, 1))
    orgs.bind_pack(by=SYSTEM, org=made, pack="finance", from_on=made.valid_from)
    return made


@pytest.fixture
def reviewer(bureau):
    return make_person("reviewer", bureau, "bureau_reviewer")


@pytest.fixture
def district(reviewer, bureau):
    """Twenty expected, eighteen came and were reviewed, two sent nothing."""
    titles = [title_of(number) for number in range(1, 21)]
    desk.expect(by=reviewer, bureau=bureau, year=YEAR, titles=titles)
    files = [file for number in range(1, 19) for one in make(number) for file in one.files]
    for one in desk_packages.take(by=reviewer, bureau=bureau, year=YEAR, files=files):
        row = one.submission
        desk_decisions.review(by=reviewer, submission=row.pk, score=row.summary["score"])
    return bureau


def files(reviewer, bureau):
    return {
        path: content.decode()
        for path, content in public_files.files_of(published(reviewer, bureau, YEAR)).items()
    }


def test_a_citizen_sees_what_a_percentage_is_of_and_who_is_missing(reviewer, district) -> None:
    found = files(reviewer, district)
    assert '<a href="figures.html#good">100%</a>' in found["index.html"]
    behind = found["figures.html"].split('id="good"')[1].split("</section>")[0]
    assert "18 ÷ 18 = 100%" in behind
    assert f"{title_of(19)}、{title_of(20)}" in behind
    reported = found["figures.html"].split('id="reported"')[1].split("</section>")[0]
    assert "18 ÷ 20 = 90%" in reported
    assert f"缺 2 个：{title_of(19)}、{title_of(20)}" in reported


def test_everything_is_relative_and_there_is_no_script(reviewer, district) -> None:
    found = files(reviewer, district)
    for path, text in found.items():
        if not path.endswith(".html"):
            continue
        assert "<script" not in text
        assert " on" + "click" not in text
        folder = path.rsplit("/", 1)[0] + "/" if "/" in path else ""
        for link in re.findall(r'href="([^"]+)"', text):
            target, _, anchor = link.partition("#")
            whole = (folder + target).replace("departments/../", "") if target else path
            assert whole in found, (path, link)
            assert not anchor or f'id="{anchor}"' in found[whole], (path, link)
        assert not re.search(r'(src|href)="(https?:)?/', text)


def test_json_and_csv_say_the_same_as_the_pages(reviewer, district) -> None:
    found = files(reviewer, district)
    data = json.loads(found["data.json"])
    rows = list(csv.DictReader(io.StringIO(found["departments.csv"].removeprefix("\ufeff"))))
    assert [row["单位"] for row in rows] == [one["title"] for one in data["departments"]]
    assert [row["得分"] for row in rows] == [one["score"] or "" for one in data["departments"]]
    assert sum(one["page"] is not None for one in data["departments"]) == 18


def test_a_secret_department_is_counted_and_nowhere_named(reviewer, district) -> None:
    desk.expect(by=reviewer, bureau=district, year=YEAR, titles=[title_of(7)], secret=[title_of(7)])
    found = files(reviewer, district)
    assert not [path for path, text in found.items() if title_of(7) in text]
    assert json.loads(found["data.json"])["figures"][0]["numerator"] == 18
    assert "另有 1 个单位因涉密不公开" in found["index.html"]


def odd_package(bureau, reviewer, rows, posts):
    unit = title_of(1)
    desk.expect(by=reviewer, bureau=bureau, year=YEAR, titles=[unit])
    filled = self_evaluation(unit, 100, Decimal(95), rows, {}, YEAR)
    base = base_data(unit, posts, {"money.procurement.budget": "5", "money.procurement.final": "4.5"}, YEAR)
    content = pack(
        [
            ("自评表.xlsx", write(filled, unit)),
            ("基础数据表.xlsx", write(base, unit)),
            ("报告.docx", written(unit, report(unit, 100, Decimal(95), filled, YEAR), YEAR)),
        ]
    )
    row = desk_packages.take(by=reviewer, bureau=bureau, year=YEAR, files=[(f"{unit}.zip", content)])[
        0
    ].submission
    desk_decisions.review(by=reviewer, submission=row.pk, score=row.summary["score"])


def test_personal_data_secret_rows_and_few_persons_stay_inside(reviewer, bureau) -> None:
    rows = leaves(1)
    rows[1]["reason"] = "请联系经办人 13800138000 核实"
    rows[2]["level3"] = "某涉密事项完成数"
    odd_package(bureau, reviewer, rows, -26)
    year = published(reviewer, bureau, YEAR)
    text = "".join(content.decode() for content in public_files.files_of(year).values())
    assert "13800138000" not in text
    assert any("手机号码" in told and "办结质量达标率" in told for told in year.withheld)
    assert "某涉密事项" not in text
    assert "因涉密不公开，已计入合计" in text
    page = public_files.files_of(year)["departments/001.html"].decode()
    assert page.count("少于5") == 2
    assert "50.00%" not in page


def test_what_is_not_reviewed_is_told_by_its_state_alone(reviewer, bureau) -> None:
    desk.expect(by=reviewer, bureau=bureau, year=YEAR, titles=[title_of(1)])
    desk_packages.take(by=reviewer, bureau=bureau, year=YEAR, files=make(1)[0].files)
    (one,) = published(reviewer, bureau, YEAR).departments
    assert (one.state, one.score, one.page) == ("已报", "", "")
    (one,) = published(reviewer, bureau, YEAR, with_unreviewed=True).departments
    assert one.score
    assert not one.is_reviewed


def test_publishing_marks_reviewed_packages_and_spares_strangers_folders(
    reviewer, district, tmp_path
) -> None:
    made = public_files.files_of(published(reviewer, district, YEAR))
    out = tmp_path / "out"
    public_files.write(out, made)
    public_files.write(out, made)
    assert {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} == set(made)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "kept.txt").write_text("x")
    with pytest.raises(BadInput, match="空文件夹"):
        public_files.write(tmp_path / "mine", made)
    assert desk_decisions.mark_published(by=reviewer, bureau=district, year=YEAR, where="out") == 18
    assert {one.state for one in Submission.objects.all()} == {Submission.State.PUBLISHED}
    assert "已公开" in {row.state for row in overview(reviewer, district, YEAR).rows}


def test_the_overview_reads_the_district_in_few_questions(
    reviewer, district, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(30):
        view = overview(reviewer, district, YEAR)
    assert len(view.rows) == 20


def test_a_satisfaction_rate_leads_to_its_forms_and_what_did_not_come_back(reviewer, bureau) -> None:
    desk.expect(by=reviewer, bureau=bureau, year=YEAR, titles=[title_of(1), title_of(3), title_of(6)])
    told = "群众满意率100%，发放问卷20份，收回18份，有效18份，满意18份，当面征询。"
    for number, line in ((3, told), (6, told.replace("满意18份", "满意4份"))):
        (made,) = make(number, "stranger")
        rows = leaves(number)
        rows[3] |= {"actual": "100%"}
        money, spent = 100 + number, Decimal(90)
        filled = self_evaluation(made.unit, money, spent, rows, {}, YEAR)
        parts = dict(made.files)
        parts[f"{made.unit}/附件2 自评表.xlsx"] = foreign(filled, made.unit)
        text = [*report(made.unit, money, spent, filled, YEAR), line]
        parts[f"{made.unit}/自评报告.docx"] = written(made.unit, text, YEAR)
        (outcome,) = desk_packages.take(by=reviewer, bureau=bureau, year=YEAR, files=list(parts.items()))
        row = outcome.submission
        desk_decisions.review(by=reviewer, submission=row.pk, score=row.summary["score"])
    found = files(reviewer, bureau)
    page = found["departments/002.html"]
    assert '<a href="#s-4">100%</a>' in page
    told = page.split('id="s-4"')[1].split("</li>")[0]
    assert "有效 18 份中满意 18 份：18 ÷ 18；发出 20 份，2 份没有收回" in told
    assert 'href="#s-4"' not in found["departments/003.html"], "4 of 18 is no 100 %"
    assert "合计" in page


def test_surveys_that_contradict_themselves_are_not_told() -> None:
    sound = {"title": "调查", "method": "问卷", "sent": 20, "back": 18, "valid": 18, "satisfied": 18}
    assert surveys_told(
        [sound, sound | {"valid": 19}, sound | {"valid": 0, "satisfied": 0}, {"title": "空"}], ()
    ) == [sound]
    assert behind("群众满意率", "100%", [sound]) == sound
    assert behind("群众满意率", "≥100%", [sound]) == sound
    assert behind("群众满意率", "96.5%", [sound]) is None
    assert behind("办复率", "100%", [sound]) is None
    assert "18" not in working(sound | {"valid": 3, "satisfied": 3}, 5)


def test_names_and_instructions_stay_inside_like_numbers(reviewer, bureau) -> None:
    desk.expect(by=reviewer, bureau=bureau, year=YEAR, titles=[title_of(1)])
    (made,) = make(1, "stranger")
    rows = leaves(1)
    rows[1] |= {"reason": "一件由局长王示例带队督办，跨年办理"}
    rows[2] |= {"reason": "按领导批示另行办理"}
    rows[3] |= {"reason": "受访群众外出，下年补访"}
    filled = self_evaluation(made.unit, 101, Decimal(90), rows, {}, YEAR)
    files_in = dict(made.files) | {f"{made.unit}/附件2 自评表.xlsx": foreign(filled, made.unit)}
    (outcome,) = desk_packages.take(by=reviewer, bureau=bureau, year=YEAR, files=list(files_in.items()))
    row = outcome.submission
    desk_decisions.review(by=reviewer, submission=row.pk, score=row.summary["score"] or "90", reason="核定")
    year = published(reviewer, bureau, YEAR)
    page = public_files.files_of(year)["departments/001.html"].decode()
    assert "王示例" not in page
    assert "领导批示" not in page
    assert "受访群众外出" in page
    assert any("人名" in told for told in year.withheld)
    assert any("内部批示" in told for told in year.withheld)
