"""What a year's page shows first and what it folds: targets, silence and the report's own order come first."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from tests.ledger.conftest import make_case

from jixiao.ledger import queries
from jixiao.ledger.queries import ThemeFigures
from jixiao.ledger.rules import catalogue
from jixiao.web.gaps import MOST, SHOWN, gaps_of
from jixiao.web.year_lines import FIRST, YearLines


@pytest.fixture
def view(clerk, org):
    make_case(clerk, org)
    return queries.year(clerk, org, 2020)


def lengthened(view, *, ends_with):
    """The year with one theme of many reported figures, and some more at its end."""
    by_id = {figure.indicator: figure for figure in view.figures}
    many = [by_id["trial/cases"]] * (FIRST + 5) + [by_id[name] for name in ends_with]
    return replace(view, themes=(ThemeFigures("main", "主题", "", tuple(many)),))


def test_what_has_a_target_or_is_silent_is_never_folded(view):
    (theme,) = YearLines(
        lengthened(view, ends_with=["trial/filing_rate", "trial/roll"]), catalogue()
    ).themes()
    assert [line["anchor"] for line in theme["lines"][FIRST:]] == ["trial-filing_rate", "trial-roll"]
    assert {line["anchor"] for line in theme["rest"]} == {"trial-cases"}
    assert (theme["count"], len(theme["lines"]) + len(theme["rest"])) == (FIRST + 7, FIRST + 7)


def test_one_or_two_lines_are_not_worth_a_fold(view):
    figures = lengthened(view, ends_with=[]).themes[0].figures[: FIRST + 2]
    short = replace(view, themes=(ThemeFigures("main", "主题", "", figures),))
    (theme,) = YearLines(short, catalogue()).themes()
    assert (len(theme["lines"]), theme["rest"]) == (FIRST + 2, [])


def test_a_theme_says_what_wants_a_look(view):
    (theme,) = YearLines(
        lengthened(view, ends_with=["trial/filing_rate", "trial/roll"]), catalogue()
    ).themes()
    assert [tag["text"] for tag in theme["tags"]] == ["未达目标 1", "未填报 1", "缺佐证 1 条"]


def late(view, days, met=False, kind="trial/case"):
    due_on = view.as_of - timedelta(days=days + 1)
    row = SimpleNamespace(id=str(uuid.uuid4()), number="", label=f"第{days}件")
    row.root = row
    due = SimpleNamespace(title="立案", on=due_on, met_on=due_on + timedelta(days=days) if met else None)
    return SimpleNamespace(record=row, kind=catalogue().kind(kind), due=due)


def group(view, title):
    return next(one for one in gaps_of(view, catalogue()) if one.title == title)


def test_a_few_late_ones_stand_open_the_worst_first(view):
    found = group(replace(view, late=(late(view, 9, met=True), late(view, 2), late(view, 5))), "逾期")
    assert [gap.title for gap in found.few] == ["第5件：立案", "第2件：立案", "第9件：立案"]
    assert [gap.tag for gap in found.few] == ["已晚 6 天，尚未办结", "已晚 3 天，尚未办结", "晚 9 天"]


def test_many_late_ones_are_parted_by_register_the_worst_first(view):
    many = [late(view, days, met=True) for days in range(1, SHOWN + MOST)]
    found = group(replace(view, late=(*many, late(view, 3, kind="trial/talk"))), "逾期")
    assert found.few == []
    assert [part.title for part in found.parts] == [catalogue().kind(name).title for name in ("talk", "case")]
    assert found.parts[0].note == "1 项尚未办结，最久晚 4 天"
    longest = found.parts[1]
    assert (len(longest.shown), longest.more) == (MOST, SHOWN - 1)
    assert longest.shown[0].weight == SHOWN + MOST - 1
    assert longest.url == "/registers/trial/case/"


def test_the_page_has_an_index_and_folds_the_rest(browse, clerk, view, monkeypatch):
    monkeypatch.setattr(
        queries.years, "themes_of", lambda bench: lengthened(view, ends_with=["trial/roll"]).themes
    )
    page = browse(clerk).get("/year/office/2020/").content.decode()
    assert 'id="theme-main"' in page
    assert "<summary>其余 5 项</summary>" in page
    assert page.index('id="trial-roll"') < page.index("<summary>其余")


def test_a_deadline_met_after_the_day_asked_about_was_still_open(view):
    later = late(view, 4, met=True)
    later.due.met_on = view.as_of + timedelta(days=3)
    (gap,) = group(replace(view, late=(later,)), "逾期").few
    assert (gap.is_open, gap.tag) == (True, "已晚 5 天，尚未办结")


def test_nobody_is_told_of_papers_in_a_register_they_may_not_read(view):
    complete = replace(view, without_evidence=())
    figure = next(one for one in view.figures if one.indicator == "trial/cases")
    assert YearLines(complete, catalogue(), {}, {"trial/case"}).line(figure, "")["is_evidenced"]
    assert not YearLines(complete, catalogue(), {}, {"trial/firm"}).line(figure, "")["is_evidenced"]
