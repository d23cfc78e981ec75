"""Steps move a case, going back cuts the way, and dates alone give the same standing again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.lifecycle import Standing, begin, from_dates, options, take
from jixiao.errors import BadInput, StepNotLegal

KIND = Kind.model_validate(
    {
        "pack": "office",
        "id": "letter",
        "title": "来信",
        "source": [{"title": "示例办法"}],
        "shape": "case",
        "about": "office",
        "unit": "件",
        "label": "title",
        "fields": {
            "title": {"type": "text", "title": "标题"},
            "signed": {"type": "boolean", "title": "已签发"},
        },
        "states": {
            "open": {"title": "已收"},
            "asked": {"title": "待补正"},
            "handled": {"title": "承办中"},
            "answered": {"title": "已答复"},
            "closed": {"title": "已办结"},
        },
        "steps": {
            "ask": {
                "title": "要求补正",
                "from": ["open", "handled"],
                "to": "asked",
                "roles": ["office/clerk"],
            },
            "resume": {"title": "恢复", "from": ["asked"], "to": "open", "roles": ["office/clerk"]},
            "assign": {
                "title": "交办",
                "from": ["open", "asked"],
                "to": "handled",
                "roles": ["office/clerk"],
            },
            "remark": {"title": "批注", "from": ["handled"], "roles": ["office/clerk"]},
            "answer": {
                "title": "答复",
                "from": ["handled"],
                "to": "answered",
                "roles": ["office/leader"],
                "when": {"signed": True},
                "because": "复函还没有签发",
            },
            "redo": {"title": "退回重办", "from": ["answered"], "to": "handled", "roles": ["office/leader"]},
            "close": {"title": "办结", "from": ["answered"], "to": "closed", "roles": ["office/leader"]},
        },
    }
)
DAY = date(2020, 1, 1)


class View:
    def __init__(self, **values: Any) -> None:
        self.values = values

    def value(self, column: str) -> Any:
        return self.values.get(column)

    def relatives(self, relative: str) -> Iterable[View]:
        return ()

    def parent(self) -> None:
        return None


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def walked(*steps: tuple[str, int]) -> Standing:
    standing = begin(KIND, DAY)
    for step, on in steps:
        standing = take(KIND, standing, step, day(on))
    return standing


def test_a_case_goes_forward() -> None:
    assert walked(("assign", 1), ("answer", 5), ("close", 9)) == Standing(
        "closed", (("open", DAY), ("handled", day(1)), ("answered", day(5)), ("closed", day(9)))
    )


def test_going_back_cuts_the_way_and_keeps_the_first_day() -> None:
    assert walked(("assign", 1), ("answer", 5), ("redo", 7)) == walked(("assign", 1))


def test_a_step_without_target_leaves_the_case_where_it_is() -> None:
    assert walked(("assign", 1), ("remark", 3)) == walked(("assign", 1))


def test_a_step_not_legal_now_says_why() -> None:
    with pytest.raises(StepNotLegal, match="当前环节是“已收”，此步骤从“已答复”开始"):
        take(KIND, begin(KIND, DAY), "close", DAY)
    with pytest.raises(StepNotLegal, match=r"2019年12月31日早于进入“已收”的2020年1月1日"):
        take(KIND, begin(KIND, DAY), "assign", day(-1))
    with pytest.raises(StepNotLegal, match="没有名为“fly”的步骤"):
        take(KIND, begin(KIND, DAY), "fly", DAY)


def test_options_come_in_file_order_with_reasons() -> None:
    standing = walked(("assign", 1))
    titles = {"office/leader": "领导"}
    found = {one.step: one for one in options(KIND, standing, View(), {"office/clerk"}, titles)}
    assert list(found) == list(KIND.steps)
    assert [name for name, one in found.items() if one.legal] == ["ask", "remark"]
    assert found["answer"].reasons == ("须由领导办理", "复函还没有签发")
    signed = {one.step: one for one in options(KIND, standing, View(signed=True), {"office/leader"})}
    assert signed["answer"].legal


def test_a_kind_without_states_has_no_standing() -> None:
    plain = KIND.model_copy(update={"states": {}, "steps": {}})
    assert begin(plain, DAY) == from_dates(plain, {}) == Standing(None, ())


def test_dates_are_put_in_the_order_the_steps_allow() -> None:
    found = from_dates(KIND, {"answered": DAY, "handled": DAY, "open": DAY})
    assert [state for state, _ in found.path] == ["open", "handled", "answered"]


def test_states_in_between_may_be_unknown() -> None:
    assert from_dates(KIND, {"open": DAY, "closed": day(9)}).path == (("open", DAY), ("closed", day(9)))


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ({"handled": DAY}, "没有填进入“已收”的日期"),
        ({"open": day(3), "handled": day(1)}, "“承办中”的日期早于“已收”"),
        ({"open": DAY, "closed": day(1), "answered": day(2)}, "“已办结”之后不能到“已答复”"),
        ({"open": DAY, "gone": DAY}, "没有环节“gone”"),
    ],
)
def test_dates_that_no_steps_allow_are_told(dates: dict[str, date], told: str) -> None:
    with pytest.raises(BadInput, match=told):
        from_dates(KIND, dates)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3)), max_size=12))
def test_every_walk_keeps_its_promises(choices: list[tuple[int, int]]) -> None:
    standing, on = begin(KIND, DAY), DAY
    for pick, later in choices:
        steps = [name for name, spec in KIND.steps.items() if standing.state in spec.from_]
        if not steps:
            break
        step, on = steps[pick % len(steps)], on + timedelta(days=later)
        before, standing = standing, take(KIND, standing, step, on)
        target = KIND.steps[step].to or before.state
        assert standing.state == target == standing.path[-1][0]
        visited = [state for state, _ in before.path]
        if target in visited:
            assert standing.path == before.path[: visited.index(target) + 1]
        else:
            assert standing.path == (*before.path, (target, on))
        days = [entered for _, entered in standing.path]
        assert days == sorted(days)
    assert len({state for state, _ in standing.path}) == len(standing.path)
    assert from_dates(KIND, dict(standing.path)) == standing
