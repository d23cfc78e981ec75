"""An office's scores beside last year's, and beside its district's once the bureau has made them public."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

import pytest
from tests.cycle import _under_the_finance_pack  # noqa: F401 - fixture
from tests.ledger.conftest import make_person
from tests.packages import YEAR, make, title_of

from jixiao.evaluation.assessment import Assessment, Marked
from jixiao.ledger.actions import desk, desk_decisions, desk_packages, orgs
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries.desk_shared import shared_with
from jixiao.web.compared import beside_last_year, in_district


def sheet(earned, *, scheme="finance/goal_table", open_points="0", parts=("产出指标", "效益指标")):
    tree = tuple(
        Marked(
            f"n{place}", title, Decimal(50), Decimal(earned) / len(parts), Decimal(open_points) / len(parts)
        )
        for place, title in enumerate(parts)
    )
    return Assessment(
        scheme=scheme, title="目标表", total=Decimal(100), earned=Decimal(earned), open=Decimal(open_points),
        grade=None, tree=tree, unexplained=(), working="",
    )  # fmt: skip


def test_every_part_stands_beside_last_year_in_chart_and_table() -> None:
    told = beside_last_year(sheet("90"), sheet("80"))
    assert [(one.label, one.now_text, one.before_text) for one in told["lines"]] == [
        ("产出指标", "45/50", "40/50"), ("效益指标", "45/50", "40/50"), ("总分", "90/100", "80/100"),
    ]  # fmt: skip
    assert "总分 本年90/100 上年80/100" in told["svg"]


def test_what_was_not_filled_is_no_zero_and_another_scheme_is_compared_by_its_total_alone() -> None:
    assert beside_last_year(sheet("90"), None) is None
    assert beside_last_year(sheet("90"), sheet("0", open_points="100")) is None
    silent = beside_last_year(sheet("0", open_points="100"), sheet("80"))
    assert {one.now_text for one in silent["lines"]} == {"未填报"}
    other = beside_last_year(sheet("90"), sheet("80", scheme="hunan/common_2018"))
    assert [one.label for one in other["lines"]] == ["总分"]
    assert "不能相比" in other["note"]


@pytest.fixture
def district():
    """A bureau of seven departments, all reviewed; the first is an org of the ledger, the seventh is secret."""
    since = datetime.date(2015, 1, 1)
    bureau = orgs.create(by=SYSTEM, id="bureau", title="示例财政局", valid_from=since)
    office = orgs.create(by=SYSTEM, id="dept", title=title_of(1), valid_from=since)
    orgs.bind_pack(by=SYSTEM, org=bureau, pack="finance", from_on=since)
    reviewer = make_person("reviewer", bureau, "bureau_reviewer")
    titles = [title_of(n) for n in range(1, 8)]
    desk.expect(by=reviewer, bureau=bureau, year=YEAR, titles=titles, secret=[title_of(7)])
    files = [file for n in range(1, 8) for one in make(n, "clean") for file in one.files]
    for place, one in enumerate(desk_packages.take(by=reviewer, bureau=bureau, year=YEAR, files=files)):
        desk_decisions.review(
            by=reviewer, submission=one.submission.pk, score=str(99 - place * 4), reason="按佐证核定"
        )
    return bureau, office, reviewer


def test_nothing_is_shared_before_the_bureau_has_published(district) -> None:
    bureau, office, reviewer = district
    clerk = make_person("clerk", office, "finance_clerk")
    assert shared_with(clerk, office, YEAR) == []
    desk_decisions.mark_published(by=reviewer, bureau=bureau, year=YEAR, where="门户网站")
    (found,) = shared_with(clerk, office, YEAR)
    told = in_district(found)
    assert (told["score"], told["count"], told["median"]) == ("99", 6, "89")
    assert [(one["title"], one["count"]) for one in told["bands"] if one["is_own"]] == [("95—100", 2)]
    assert sum(one["count"] for one in told["bands"]) == 6, "the secret one is left out"
    assert title_of(2) not in str(told)


def test_the_page_shows_the_district_with_its_table(district, client) -> None:
    bureau, office, reviewer = district
    orgs.bind_pack(by=SYSTEM, org=office, pack="finance", from_on=office.valid_from)
    for year in (YEAR - 1, YEAR):
        orgs.set_period(
            by=SYSTEM, org=office, basis="calendar_year", label=f"{year}年度", year=year,
            from_on=datetime.date(year, 1, 1), to_on=datetime.date(year, 12, 31),
        )  # fmt: skip
    desk_decisions.mark_published(by=reviewer, bureau=bureau, year=YEAR, where="门户网站")
    client.force_login(
        make_person("clerk", office, "finance_clerk"), backend="django.contrib.auth.backends.ModelBackend"
    )
    page = client.get(f"/year/dept/{YEAR}/scores/").content.decode()
    assert "本单位在这里" in page
    (label, table) = re.search(
        r'<svg[^>]*aria-label="得分分布：([^"]+)".*?</div>\s*<table>(.*?)</table>', page, re.S
    ).groups()
    for pair in label.split("，"):
        words, number = pair.rsplit(" ", 1)
        assert re.search(rf"{words}.*?<td class=\"n\">{number}<", table, re.S)


def test_fewer_than_five_are_told_without_a_distribution(district) -> None:
    bureau, office, reviewer = district
    desk_decisions.mark_published(by=reviewer, bureau=bureau, year=YEAR, where="网站")
    desk.expect(by=reviewer, bureau=bureau, year=YEAR, secret=[title_of(n) for n in range(3, 8)])
    (found,) = shared_with(SYSTEM, office, YEAR)
    assert (found.count, found.bands, found.median) == (2, [], None)
