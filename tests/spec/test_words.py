"""The meaning of every word of the indicator vocabulary, one small case each, on every engine."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.spec.asking import LAST, ask
from tests.spec.world import TestEngine, catalogue, indicator, world, year

from jixiao.indicators import run
from jixiao.values import Status

YEAR = """
id | opened_on  | class | key   | size | filed_on   | replied_on | reply_due_on | closed_on
1  | 2020-01-01 | a     | true  | 3    | 2020-01-05 | 2020-04-04 | 2020-04-05   | 2020-05-01
2  | 2020-06-30 | b     | false | 4    | 2020-07-01 | 2020-10-02 | 2020-10-01   |
3  | 2020-12-31 | a     |       |      |            |            |              |
4  | 2019-12-31 | a     | true  | 9    | 2020-01-02 | 2020-02-01 | 2020-04-01   |
5  |            | a     | true  | 9    |            |            |              |
"""
DATED = "rows: {kind: test/matter, dated: opened_on}\n"


def test_count_of_a_flow(engine: TestEngine) -> None:
    assert ask(engine, world(matter=YEAR), indicator(DATED + "count: all")).top == 3


def test_dated_includes_both_ends_and_stops_at_as_of(engine: TestEngine) -> None:
    figure = ask(engine, world(matter=YEAR), indicator(DATED + "count: all"), as_of=date(2020, 6, 30))
    assert figure.top == 2


def test_dated_by_another_day_stops_at_as_of_too(engine: TestEngine) -> None:
    closed = indicator("rows: {kind: test/matter, dated: closed_on}\ncount: all")
    assert ask(engine, world(matter=YEAR), closed).top == 1
    assert ask(engine, world(matter=YEAR), closed, as_of=date(2020, 4, 30)).top == 0


def test_equals_and_one_of(engine: TestEngine) -> None:
    assert ask(engine, world(matter=YEAR), indicator(DATED + "count: {class: a}")).top == 2
    assert ask(engine, world(matter=YEAR), indicator(DATED + "count: {class: [a, b]}")).top == 3


def test_not_counts_the_absent_too(engine: TestEngine) -> None:
    assert ask(engine, world(matter=YEAR), indicator(DATED + "count: {key: {not: true}}")).top == 2
    assert ask(engine, world(matter=YEAR), indicator(DATED + "count: {key: false}")).top == 1


def test_present(engine: TestEngine) -> None:
    assert ask(engine, world(matter=YEAR), indicator(DATED + "count: {size: {present: true}}")).top == 2
    assert ask(engine, world(matter=YEAR), indicator(DATED + "count: {size: {present: false}}")).top == 1


def test_a_later_date_reads_as_absent(engine: TestEngine) -> None:
    replied = indicator(DATED + "count: {replied_on: {present: true}}")
    assert ask(engine, world(matter=YEAR), replied).top == 2
    assert ask(engine, world(matter=YEAR), replied, as_of=date(2020, 10, 1)).top == 1


def test_reached(engine: TestEngine) -> None:
    assert ask(engine, world(matter=YEAR), indicator(DATED + "count: {reached: closed}")).top == 1
    assert ask(engine, world(matter=YEAR), indicator(DATED + "count: {reached: [filed, closed]}")).top == 2


def test_not_after_reads_the_due_day_as_a_plan(engine: TestEngine) -> None:
    kept = indicator(DATED + "count: {replied_on: {not_after: reply_due_on}}")
    assert ask(engine, world(matter=YEAR), kept).top == 1
    assert ask(engine, world(matter=YEAR), kept, as_of=date(2020, 4, 4)).top == 1
    assert ask(engine, world(matter=YEAR), kept, as_of=date(2020, 4, 3)).top == 0


def test_between_with_open_ends(engine: TestEngine) -> None:
    assert ask(engine, world(matter=YEAR), indicator(DATED + "count: {size: {between: [3, 3]}}")).top == 1
    assert ask(engine, world(matter=YEAR), indicator(DATED + "count: {size: {between: [4, null]}}")).top == 1
    assert ask(engine, world(matter=YEAR), indicator(DATED + "count: {size: {between: [null, 9]}}")).top == 2
    dates = "count: {opened_on: {between: [2020-06-01, 2020-12-31]}}"
    assert ask(engine, world(matter=YEAR), indicator(DATED + dates)).top == 2


def test_any_and_not(engine: TestEngine) -> None:
    either = indicator(DATED + "count: {any: [{key: true}, {class: b}]}")
    assert ask(engine, world(matter=YEAR), either).top == 2
    neither = indicator(DATED + "count: {not: {any: [{key: true}, {class: b}]}}")
    assert ask(engine, world(matter=YEAR), neither).top == 1


def test_where_filters_before_counting(engine: TestEngine) -> None:
    assert (
        ask(engine, world(matter=YEAR), indicator(DATED + "where: {class: a}\ncount: {key: true}")).top == 1
    )


def test_over_is_the_denominator_and_holds_the_numerator(engine: TestEngine) -> None:
    figure = ask(
        engine, world(matter=YEAR), indicator(DATED + "over: {reached: filed}\ncount: {reached: closed}")
    )
    assert (figure.top, figure.bottom, figure.exact, figure.records) == (1, 2, Fraction(1, 2), 2)


def test_a_rate_over_nothing_does_not_exist(engine: TestEngine) -> None:
    figure = ask(engine, world(matter=YEAR), indicator(DATED + "over: {class: z}\ncount: all"))
    assert (figure.status, figure.exact, figure.stated) == (Status.NONE, None, None)


def test_sum_takes_absent_as_nothing(engine: TestEngine) -> None:
    assert ask(engine, world(matter=YEAR), indicator(DATED + "sum: size")).top == 7
    assert ask(engine, world(matter=YEAR), indicator(DATED + "where: {class: z}\nsum: size")).top == 0


def test_money_is_summed_in_fen_and_decimals_in_their_places(engine: TestEngine) -> None:
    rows = """
    id | opened_on  | amount   | mark
    1  | 2020-01-01 | 73000000 | 905
    2  | 2020-01-01 | 1        | 804
    """
    money = ask(engine, world(matter=rows), indicator(DATED + "sum: amount\nunit: 元"))
    assert (money.top, money.exact) == (73000001, Fraction(73000001, 100))
    marks = ask(engine, world(matter=rows), indicator(DATED + "sum: mark\nunit: 分"))
    assert (marks.top, marks.exact) == (1709, Fraction(1709, 10))


def test_conditions_compare_stored_amounts(engine: TestEngine) -> None:
    """The catalogue has turned 元 into 分 and decimals into whole numbers when a condition gets here."""
    rows = """
    id | opened_on  | amount   | mark
    1  | 2020-01-01 | 73000000 | 905
    2  | 2020-01-01 | 72999999 | 904
    """
    rich = indicator(DATED + "count: {amount: {between: [73000000, null]}}")
    assert ask(engine, world(matter=rows), rich).top == 1
    assert ask(engine, world(matter=rows), indicator(DATED + "count: {mark: 904}")).top == 1


def test_a_sum_of_stated_numbers_keeps_their_qualifier(engine: TestEngine) -> None:
    rows = """
    id | opened_on  | pictures | pictures_qualifier
    1  | 2020-01-01 | 300      | over
    2  | 2020-01-01 | 20       | exact
    """
    figure = ask(engine, world(matter=rows), indicator(DATED + "sum: pictures\nunit: 幅"))
    assert (figure.top, figure.exact, figure.text) == (320, None, "320幅以上")
    second = indicator(DATED + "where: {pictures_qualifier: exact}\nsum: pictures\nunit: 幅")
    assert ask(engine, world(matter=rows), second).text == "20幅"


def test_distinct_values_of_a_field(engine: TestEngine) -> None:
    figure = ask(engine, world(matter=YEAR), indicator(DATED + "distinct: class"))
    assert (figure.top, figure.records) == (2, 3)
    assert ask(engine, world(matter=YEAR), indicator(DATED + "where: {key: true}\ndistinct: class")).top == 1
    assert ask(engine, world(matter=YEAR), indicator(DATED + "distinct: size")).records == 2
    assert ask(engine, world(matter=YEAR), indicator(DATED + "distinct: id")).top == 3


def test_until_is_cumulative(engine: TestEngine) -> None:
    ever = indicator("rows: {kind: test/matter, until: filed_on}\ncount: all")
    assert ask(engine, world(matter=YEAR), ever).top == 3
    assert ask(engine, world(matter=YEAR), ever, as_of=date(2020, 1, 4)).top == 1


SUBJECTS = """
id | name | begun_on   | ended_on
s  | 甲   | 2018-01-01 | 2020-06-30
t  | 乙   | 2019-01-01 |
u  | 丙   | 2020-12-01 |
v  | 丁   |            |
"""


def test_alive_is_begun_and_not_ended(engine: TestEngine) -> None:
    stock = indicator("rows: {kind: test/subject, alive: {from: begun_on, to: ended_on}}\ncount: all")
    assert ask(engine, world(subject=SUBJECTS), stock).top == 2
    assert ask(engine, world(subject=SUBJECTS), stock, as_of=date(2020, 6, 29)).top == 2
    assert ask(engine, world(subject=SUBJECTS), stock, as_of=date(2020, 6, 30)).top == 1


def test_without_a_time_word_every_existing_row_counts(engine: TestEngine) -> None:
    assert ask(engine, world(subject=SUBJECTS), indicator("rows: {kind: test/subject}\ncount: all")).top == 4
    assert ask(engine, world(matter=YEAR), indicator("rows: {kind: test/matter}\ncount: all")).top == 4


def test_latest_is_the_last_day_of_each_org(engine: TestEngine) -> None:
    rows = """
    id | opened_on  | size | org
    1  | 2020-03-31 | 5    | o
    2  | 2020-06-30 | 6    | o
    3  | 2020-06-30 | 7    | o
    4  | 2021-03-31 | 8    | o
    5  | 2020-09-30 | 9    | p
    """
    stock = indicator("rows: {kind: test/matter, latest: opened_on}\nsum: size")
    assert ask(engine, world(matter=rows), stock).top == 13
    assert ask(engine, world(matter=rows), stock, as_of=date(2020, 6, 29)).top == 5


def test_each_org_has_its_own_latest_day(engine: TestEngine) -> None:
    rows = """
    id | opened_on  | size | org
    1  | 2020-06-30 | 6    | o
    2  | 2020-09-30 | 9    | p
    3  | 2020-06-30 | 2    | p
    """
    stock = indicator("rows: {kind: test/matter, latest: opened_on}\nsum: size")
    engine.fill(world(matter=rows))
    found = run.by_org(catalogue(stock), ["test/asked"], year(2020), LAST, engine)
    assert {org: figure.top for (_, org), figure in found.items()} == {"o": 6, "p": 9}


HANDLINGS = """
id | parent_id | office | given_on   | done_on
h1 | 1         | x      | 2020-01-10 | 2020-03-01
h2 | 1         | y      | 2020-01-10 |
h3 | 2         | x      | 2020-07-10 | 2020-08-01
h4 | 4         | x      | 2021-01-10 | 2021-02-01
"""


def test_has_and_each_speak_of_children_that_exist(engine: TestEngine) -> None:
    found = world(matter=YEAR, handling=HANDLINGS)
    done = "test/handling: {done_on: {present: true}}"
    assert ask(engine, found, indicator(DATED + f"count: {{has: {{{done}}}}}")).top == 2
    assert ask(engine, found, indicator(DATED + f"count: {{each: {{{done}}}}}")).top == 2
    assert ask(engine, found, indicator(DATED + "count: {has: test/handling}")).top == 2
    early = {"as_of": date(2020, 7, 9)}
    assert ask(engine, found, indicator(DATED + "count: {has: test/handling}"), **early).top == 1  # type: ignore[arg-type]


def test_not_has(engine: TestEngine) -> None:
    found = world(matter=YEAR, handling=HANDLINGS)
    assert ask(engine, found, indicator(DATED + "count: {not: {has: test/handling}}")).top == 1


def test_parent(engine: TestEngine) -> None:
    found = world(matter=YEAR, handling=HANDLINGS)
    rows = "rows: {kind: test/handling, dated: given_on}\n"
    assert ask(engine, found, indicator(rows + "count: {parent: {class: a}}\nunit: 件次")).top == 2
    assert ask(engine, found, indicator(rows + "distinct: parent_id")).top == 2


def test_grandchildren_and_the_way_up(engine: TestEngine) -> None:
    found = world(
        matter=YEAR, handling=HANDLINGS, remark="id | parent_id | class\nr1 | h1 | good\nr2 | h3 | bad"
    )
    down = indicator(DATED + "count: {has: {test/handling: {has: {test/remark: {class: good}}}}}")
    assert ask(engine, found, down).top == 1
    up = indicator("rows: {kind: test/remark}\ncount: {parent: {parent: {key: true}}}")
    assert ask(engine, found, up).top == 1


LINKS = """
role              | source_id | target_id | linked_on
test/matter.about | 1         | s         | 2020-02-01
test/matter.about | 1         | t         |
test/matter.about | 2         | t         | 2020-08-01
test/matter.merged | 3        | 2         |
test/matter.merged | 2        | 1         |
"""


def test_links_by_role_and_day(engine: TestEngine) -> None:
    found = world(LINKS, matter=YEAR, subject=SUBJECTS)
    assert ask(engine, found, indicator(DATED + "distinct: about\nunit: 家")).top == 2
    assert ask(engine, found, indicator(DATED + "distinct: about\nunit: 家")).records == 2
    early = ask(engine, found, indicator(DATED + "distinct: about\nunit: 家"), as_of=date(2020, 1, 31))
    assert (early.top, early.records) == (1, 1)
    assert ask(engine, found, indicator(DATED + "count: {has: {about: {name: 甲}}}")).top == 1
    assert (
        ask(engine, found, indicator(DATED + "count: {has: {merged: {has: {merged: {key: true}}}}}")).top == 1
    )


def test_a_link_to_what_is_not_there_yet_does_not_count(engine: TestEngine) -> None:
    found = world(LINKS, matter=YEAR)
    figure = ask(engine, found, indicator(DATED + "distinct: merged"), as_of=date(2020, 6, 29))
    assert figure.top == 0


FILED = """
item        | from_on    | to_on      | stated_on  | value | qualifier
test/roll   | 2020-01-01 | 2020-12-31 | 2020-09-01 | 160   | exact
test/roll   | 2020-01-01 | 2020-12-31 | 2020-03-01 | 150   | exact
test/roll   | 2019-01-01 | 2019-12-31 | 2020-12-01 | 999   | exact
test/staff  |            |            | 2019-05-01 | 12    | exact
test/budget | 2020-01-01 | 2020-12-31 | 2020-02-01 | 1000  | exact
test/spare  | 2020-01-01 | 2020-12-31 | 2020-02-01 | 250   | exact
test/gift   | 2020-01-01 | 2020-12-31 | 2020-02-01 | 500   | approx
test/area   | 2020-01-01 | 2020-12-31 | 2020-02-01 | 15    | exact
test/volume | 2020-01-01 | 2020-12-31 | 2020-02-01 | 125   | exact
"""


def test_filed_takes_what_was_last_stated_for_the_period(engine: TestEngine) -> None:
    found = world(filed=FILED)
    roll = indicator("filed: test/roll\nunit: 人")
    assert ask(engine, found, roll).top == 160
    assert ask(engine, found, roll, as_of=date(2020, 8, 31)).top == 150
    assert ask(engine, found, roll, as_of=date(2020, 2, 28)).status is Status.NOT_REPORTED
    assert ask(engine, found, indicator("filed: test/staff\nunit: 人")).top == 12


def test_filed_values_add_and_subtract(engine: TestEngine) -> None:
    found = world(filed=FILED)
    spent = ask(engine, found, indicator("filed: [test/budget, -test/spare]\nunit: 元"))
    assert (spent.top, spent.exact, spent.records) == (750, Fraction(15, 2), 2)
    mixed = ask(engine, found, indicator("filed: [test/area, test/volume]\nunit: 平方米"))
    assert (mixed.top, mixed.exact) == (275, Fraction(11, 4))


def test_a_filed_approximation_has_no_exact_value_and_is_no_denominator(engine: TestEngine) -> None:
    found = world(filed=FILED, matter=YEAR)
    figure = ask(engine, found, indicator("filed: test/gift\nunit: 元"))
    assert (figure.top, figure.exact, figure.text) == (500, None, "约5元")
    assert ask(engine, found, indicator(DATED + "count: all\nper: {filed: test/gift}")).status is Status.NONE


def test_per_filed(engine: TestEngine) -> None:
    figure = ask(
        engine, world(filed=FILED, matter=YEAR), indicator(DATED + "count: all\nper: {filed: test/roll}")
    )
    assert (figure.top, figure.bottom, figure.records) == (3, 160, 4)
    silent = ask(engine, world(matter=YEAR), indicator(DATED + "count: all\nper: {filed: test/roll}"))
    assert silent.status is Status.NOT_REPORTED


def test_per_indicator_takes_its_numerator_over_its_own_period(engine: TestEngine) -> None:
    other = indicator(DATED + "over: all\ncount: {reached: filed}\nbasis: plenary", "other")
    asked = indicator(DATED + "count: {reached: closed}\nper: {indicator: test/other}")
    figure = ask(engine, world(matter=YEAR), asked, other)
    assert (figure.top, figure.bottom, figure.records) == (1, 1, 2)


def test_nobody_reported_is_not_zero(engine: TestEngine) -> None:
    asked = indicator(DATED + "count: all")
    assert ask(engine, world(), asked).status is Status.NOT_REPORTED
    assert ask(engine, world(matter=YEAR), asked, as_of=date(2019, 1, 1)).status is Status.NOT_REPORTED
    other = "id | opened_on | org\n1 | 2020-01-01 | p"
    assert ask(engine, world(matter=other), asked).status is Status.NOT_REPORTED


def test_an_open_register_without_a_match_is_zero(engine: TestEngine) -> None:
    figure = ask(engine, world(matter=YEAR), indicator(DATED + "count: {class: z}"))
    assert (figure.status, figure.top, figure.text) == (Status.REPORTED, 0, "0件")
    rows = "rows: {kind: test/handling, dated: given_on}\n"
    assert ask(engine, world(matter=YEAR), indicator(rows + "count: all")).top == 0


def test_rows_in_the_period_speak_for_a_register_begun_before(engine: TestEngine) -> None:
    found = world(
        matter="id | opened_on\n1 | 2019-05-01",
        handling="id | parent_id | given_on\nh | 1 | 2020-01-10",
    )
    rows = "rows: {kind: test/handling, dated: given_on}\n"
    assert ask(engine, found, indicator(rows + "count: all")).top == 1
    assert ask(engine, found, indicator(rows + "count: {office: z}")).top == 0
    assert ask(engine, found, indicator(DATED + "count: all")).status is Status.NOT_REPORTED


def test_a_nil_return_is_zero(engine: TestEngine) -> None:
    nil = "item | from_on | to_on | stated_on | value\ntest/matter | 2020-01-01 | 2020-12-31 | 2020-12-20 | 0"
    asked = indicator(DATED + "count: all")
    assert ask(engine, world(filed=nil), asked).top == 0
    assert ask(engine, world(filed=nil), asked, as_of=date(2020, 12, 19)).status is Status.NOT_REPORTED
    half = nil.replace("2020-12-31", "2020-06-30")
    assert ask(engine, world(filed=half), asked).status is Status.NOT_REPORTED


def test_text_that_looks_like_sql_is_only_text(engine: TestEngine) -> None:
    rows = "id | opened_on | class\n1 | 2020-01-01 | a'b\n2 | 2020-01-01 | 50%\n3 | 2020-01-01 | c\\d"
    for word in ("a'b", "50%", "c\\d"):
        asked = indicator({"rows": {"kind": "test/matter", "dated": "opened_on"}, "count": {"class": word}})
        assert ask(engine, world(matter=rows), asked).top == 1
