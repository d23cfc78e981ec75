"""Random small worlds and random indicators over them, for the property tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from tests.spec.world import Row, World, indicator

from jixiao.catalogue.indicators import Indicator
from jixiao.values import Period

FIRST = date(2020, 1, 20)
LENGTH = 40  # few enough days that rows meet on one, and that as_of cuts through the rows


def _days(first: int, last: int) -> st.SearchStrategy[date]:
    return st.integers(first, last).map(lambda number: FIRST + timedelta(number))


def _mostly(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, values, values, values, st.none())


days = _days(0, LENGTH)
as_ofs = st.one_of(_days(LENGTH // 2, LENGTH), _days(LENGTH // 2, LENGTH), days)
maybe_day = _mostly(days)
orgs = st.sampled_from(["o", "o", "o", "o", "p"])
classes = st.sampled_from(["a", "b", "c'd"])
qualifiers = st.sampled_from(["exact", "exact", "exact", "over", "approx"])


def _row(**columns: Any) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries({"org": orgs, **columns})


_matter = _row(
    opened_on=st.one_of(days, days, maybe_day),
    **{"class": _mostly(classes)},
    key=_mostly(st.booleans()),
    size=_mostly(st.integers(-3, 9)),
    mark=_mostly(st.integers(0, 20)),
    amount=_mostly(st.integers(-50, 50)),
    pictures=_mostly(st.integers(0, 50)),
    pictures_qualifier=qualifiers,
    filed_on=maybe_day,
    replied_on=maybe_day,
    closed_on=maybe_day,
    reply_due_on=maybe_day,
)
_handling = _row(parent=st.integers(0, 5), office=_mostly(classes), given_on=maybe_day, done_on=maybe_day)
_remark = _row(parent=st.integers(0, 4), **{"class": _mostly(classes)})
_subject = _row(name=_mostly(classes), begun_on=maybe_day, ended_on=maybe_day)
_link = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["test/matter.about", "test/matter.merged"]),
        "source": st.integers(0, 5),
        "target": st.integers(0, 5),
        "linked_on": maybe_day,
    }
)
_filed = _row(
    item=st.sampled_from(["test/roll", "test/staff", "test/budget", "test/spare", "test/matter"]),
    from_on=maybe_day,
    to_on=maybe_day,
    stated_on=days,
    value=st.integers(-1, 5),
    qualifier=qualifiers,
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    found = World()
    for kind, letter, rows, above in (
        ("test/matter", "m", draw(st.lists(_matter, min_size=3, max_size=7)), ""),
        ("test/handling", "h", draw(st.lists(_handling, min_size=2, max_size=6)), "m"),
        ("test/remark", "r", draw(st.lists(_remark, min_size=1, max_size=4)), "h"),
        ("test/subject", "s", draw(st.lists(_subject, min_size=1, max_size=4)), ""),
    ):
        found.rows[kind] = []
        for place, row in enumerate(rows):
            parent = {"parent_id": f"{above}{row.pop('parent')}"} if above else {}
            found.rows[kind].append(
                {"id": f"{letter}{place}", "root_id": f"{letter}{place}", **parent, **row}
            )
    for place, link in enumerate(draw(st.lists(_link, min_size=2, max_size=8))):
        letter = "s" if link["role"].endswith("about") else "m"
        source, target = link.pop("source"), link.pop("target")
        ends = {"source_id": f"m{source}", "target_id": f"{letter}{target}"}
        found.links.append({"id": f"l{place}", "org": "o", **link, **ends})
    found.filed = [
        {"id": f"f{place}", **row} for place, row in enumerate(draw(st.lists(_filed, min_size=2, max_size=6)))
    ]
    return found


COLUMNS: dict[str, dict[str, list[str]]] = {
    "matter": {
        "date": ["opened_on", "filed_on", "replied_on", "closed_on", "reply_due_on"],
        "text": ["class"],
        "boolean": ["key"],
        "integer": ["size", "pictures"],
        "decimal": ["mark", "amount"],
    },
    "handling": {"date": ["given_on", "done_on"], "text": ["office"]},
    "remark": {"text": ["class"]},
    "subject": {"date": ["begun_on", "ended_on"], "text": ["name"]},
}
RELATIVES = {
    "matter": [
        ("has", "test/handling", "handling"),
        ("has", "about", "subject"),
        ("has", "merged", "matter"),
    ],
    "handling": [("has", "test/remark", "remark"), ("parent", "", "matter")],
    "remark": [("parent", "", "handling")],
    "subject": [],
}


@st.composite
def conditions(draw: st.DrawFn, kind: str = "matter", depth: int = 2) -> dict[str, Any] | str:
    """A condition as a pack would write it."""
    choices = ["compare"] * 3 + ["all"]
    if depth:
        choices += ["any", "not", "and"] + (["relative"] * 3 if RELATIVES[kind] else [])
    match draw(st.sampled_from(choices)):
        case "any":
            return {"any": draw(st.lists(conditions(kind, depth - 1), min_size=1, max_size=3))}
        case "not":
            return {"not": draw(conditions(kind, depth - 1))}
        case "and":
            first, second = draw(conditions(kind, depth - 1)), draw(conditions(kind, depth - 1))
            return {"not": {"any": [{"not": first}, {"not": second}]}}
        case "relative":
            word, relative, other = draw(st.sampled_from(RELATIVES[kind]))
            inner = draw(conditions(other, depth - 1))
            if word == "parent":
                return {"parent": inner}
            return {draw(st.sampled_from(["has", "each"])): {relative: inner}}
        case "all":
            return "all"
    return draw(_comparison(kind))


@st.composite
def _comparison(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    columns = COLUMNS[kind]
    type = draw(st.sampled_from(sorted(columns)))
    column = draw(st.sampled_from(columns[type]))
    values: dict[str, st.SearchStrategy[Any]] = {
        "date": days,
        "text": classes,
        "boolean": st.booleans(),
        "integer": st.integers(-3, 50),
        "decimal": st.integers(-50, 50),
    }
    value = values[type]
    words = ["equals", "list", "not", "present"] + (
        ["between"] if type in ("date", "integer", "decimal") else []
    )
    words += ["not_after"] if type == "date" and len(columns["date"]) > 1 else []
    words += ["reached"] if kind == "matter" else []
    match draw(st.sampled_from(words)):
        case "equals":
            return {column: draw(value)}
        case "list":
            return {column: draw(st.lists(value, min_size=1, max_size=3))}
        case "not":
            return {column: {"not": draw(value)}}
        case "present":
            return {column: {"present": draw(st.booleans())}}
        case "not_after":
            return {column: {"not_after": draw(st.sampled_from(columns["date"]))}}
        case "reached":
            return {"reached": draw(st.sampled_from(["filed", "replied", "closed"]))}
    low, high = draw(st.none() | value), draw(st.none() | value)
    return {column: {"between": [low, high]}}


TIMES = {
    "matter": [
        "dated: opened_on",
        "dated: closed_on",
        "until: filed_on",
        "latest: opened_on",
        "latest: replied_on",
    ],
    "handling": ["dated: given_on", "until: done_on", "latest: given_on"],
    "remark": [],
    "subject": ["until: begun_on", "dated: begun_on"],
}
ALIVE = {
    "matter": ("filed_on", "closed_on"),
    "handling": ("given_on", "done_on"),
    "subject": ("begun_on", "ended_on"),
}
KEYS = {
    "matter": ["class", "size", "about", "merged", "id", "filed_on"],
    "handling": ["office", "parent_id"],
    "remark": ["class", "parent_id"],
    "subject": ["name"],
}


@st.composite
def rows(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": f"test/{kind}"}
    word = draw(st.sampled_from(["none", "alive", *TIMES[kind]]))
    if word == "alive" and kind in ALIVE:
        found["alive"] = dict(zip(("from", "to"), ALIVE[kind], strict=True))
    elif ":" in word:
        name, column = word.split(": ")
        found[name] = column
    return found


@st.composite
def indicators(draw: st.DrawFn, id: str = "asked") -> Indicator:
    kind = draw(st.sampled_from(["matter", "matter", "matter", "handling", "remark", "subject"]))
    words: dict[str, Any] = {"rows": draw(rows(kind)), "where": draw(conditions(kind, 1))}
    measure = draw(
        st.sampled_from(["count", "over", "distinct", "per", "filed"] + ["sum"] * (kind == "matter"))
    )
    match measure:
        case "count":
            words["count"] = draw(conditions(kind))
        case "over":
            words |= {"count": draw(conditions(kind)), "over": draw(conditions(kind, 1))}
        case "distinct":
            words["distinct"] = draw(st.sampled_from(KEYS[kind]))
        case "sum":
            words["sum"] = draw(st.sampled_from(["size", "mark", "amount", "pictures"]))
        case "per":
            per = draw(st.sampled_from([{"indicator": "test/other"}, {"filed": "test/roll"}]))
            words |= {"count": draw(conditions(kind, 1)), "per": per}
        case "filed":
            words = {"filed": draw(st.sampled_from(["test/staff", ["test/budget", "-test/spare"]]))}
            words["unit"] = "元" if isinstance(words["filed"], list) else "人"
    return indicator(words, id)


@st.composite
def denominators(draw: st.DrawFn) -> Indicator:
    """What a `per` divides by: plain counts and sums, sometimes on another basis."""
    words: dict[str, Any] = {
        "rows": draw(rows("matter")),
        "basis": draw(st.sampled_from(["calendar_year", "plenary"])),
    }
    words |= draw(
        st.sampled_from([{"count": "all"}, {"sum": "size"}, {"sum": "pictures"}, {"distinct": "class"}])
    )
    return indicator(words, "other")


periods = st.builds(
    lambda first, length: Period("calendar_year", "2020", first, first + timedelta(length), 2020),
    _days(-5, LENGTH // 3),
    st.integers(LENGTH // 4, LENGTH * 2),
)
