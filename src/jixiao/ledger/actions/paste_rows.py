"""Divide a pasted row into several, or join rows again, before they are confirmed. Every row keeps its key for good: a page
that still shows a row from before can change nothing in what has taken its place.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from jixiao.catalogue.kinds import FieldType
from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger.actions import pastes
from jixiao.ledger.models import Paste, User
from jixiao.ledger.pasting import Proposal
from jixiao.ledger.pasting.propose import MOST_LINES
from jixiao.ledger.rules import catalogue as rules

Row = dict[str, Any]
GONE = "这一行已经分过或并过了；请按下面现在的样子接着改"
CHOSEN = (FieldType.CODE, FieldType.BOOLEAN)  # what is true of each part when it was chosen for the whole
ENDS = "，,。.；;、：:！!？?"


@transaction.atomic
def divide(*, by: User, paste: Paste | str, key: int, text: str) -> Paste:
    """A row for each line of `text`, read anew; what was chosen from lists for the row goes with each.

    Raises NotFound, BadInput, FieldErrors (`<key>.parts`).
    """
    row = pastes.own(by, paste)
    place = _place(row, key)
    texts = [line.strip() for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    try:
        pastes.check(text)
    except FieldErrors as wrong:
        raise FieldErrors({f"{key}.parts": wrong.errors["text"]}) from wrong
    if len(texts) < 2:
        raise FieldErrors({f"{key}.parts": "还是一行；请在要断开的地方换行，每行写一件事，再按“分成几行”"})
    if len(row.lines) + len(texts) - 1 > MOST_LINES:
        raise FieldErrors({f"{key}.parts": f"分开以后超过 {MOST_LINES} 行；请先登记一部分"})
    old = row.lines[place]
    whole = old.get("whole") or old["text"]
    reader = pastes.reader(by, row.org, row.usual, _day(row, old, "until"))
    made = reader.divided(old["number"], whole, texts, _day(row, old, "said_on"))
    return _replace(row, place, place + 1, [_like(one, old) for one in made])


@transaction.atomic
def join(*, by: User, paste: Paste | str, key: int) -> Paste:
    """Put a row to the one above it: one text, what was put right above kept. Raises NotFound, BadInput."""
    row = pastes.own(by, paste)
    place = _place(row, key)
    if place == 0:
        raise BadInput("上面没有行可以并；请在下面那一行按“并到上一行”")
    above, below = row.lines[place - 1], row.lines[place]
    between = "" if above["text"].endswith(tuple(ENDS)) else "，"
    made = _whole(by, row, above, f"{above['text']}{between}{below['text']}")
    kept = _kept(above if above["kind"] else below, made["kind"])
    made["values"] |= kept
    return _replace(row, place - 1, place + 1, [made])


@transaction.atomic
def restore(*, by: User, paste: Paste | str, key: int) -> Paste:
    """Make the line whole again of which the row is a part. Raises NotFound, BadInput."""
    row = pastes.own(by, paste)
    place = _place(row, key)
    first = last = place
    number, whole = row.lines[place]["number"], row.lines[place].get("whole")
    if not whole:
        raise BadInput("这一行没有分过，不用合回")

    def belongs(at: int) -> bool:
        return 0 <= at < len(row.lines) and (row.lines[at]["number"], row.lines[at].get("whole")) == (
            number,
            whole,
        )

    while belongs(first - 1):
        first -= 1
    while belongs(last + 1):
        last += 1
    made = _whole(by, row, row.lines[first], whole)
    return _replace(row, first, last + 1, [made])


def _whole(by: User, row: Paste, like: Row, text: str) -> Row:
    """One row of the text; of the kind that `like` has been given."""
    reader = pastes.reader(by, row.org, row.usual, _day(row, like, "until"))
    [made] = reader.divided(like["number"], text, [text], _day(row, like, "said_on"))
    return _like(made, like)


def _like(made: Proposal, old: Row) -> Row:
    """A new row; where it does not tell its kind it is of the old one's, and keeps what was chosen for that."""
    found = asdict(made)
    if not found["kind"] and old["kind"]:
        found["kind"] = old["kind"]
        kind = rules().kind(old["kind"])
        if kind.date and old["values"].get(kind.date):
            found["values"][kind.date] = old["values"][kind.date]
        found["values"][kind.label] = made.text[:100]
    chosen = _chosen(old) if found["kind"] == old["kind"] else {}
    found["values"] = chosen | found["values"]
    return found


def _chosen(old: Row) -> dict[str, str]:
    fields = rules().kind(old["kind"]).fields if old["kind"] else {}
    return {
        name: text for name, text in old["values"].items() if name in fields and fields[name].type in CHOSEN
    }


def _kept(above: Row, kind: str) -> dict[str, str]:
    """What a person has put into the row that stays: all but its name and long text, which the joined text gives."""
    if not kind or above["kind"] != kind:
        return {}
    spec = rules().kind(kind)
    return {
        name: text
        for name, text in above["values"].items()
        if name in spec.fields and name != spec.label and spec.fields[name].type is not FieldType.LONG_TEXT
    }


def _place(row: Paste, key: int) -> int:
    if row.is_done:
        raise BadInput("这次粘贴已经登记，不能再分行或并行")
    for place, line in enumerate(row.lines):
        if line["key"] == key:
            return place
    raise BadInput(GONE)


def _replace(row: Paste, begin: int, end: int, made: list[Row]) -> Paste:
    free = pastes.next_key(row)
    row.lines[begin:end] = [{**one, "key": free + number} for number, one in enumerate(made)]
    return pastes.save(row)


def _day(row: Paste, line: Row, name: str) -> date:
    """How the days of the line were read; rows from before that was kept are read as of when they were saved."""
    told = line.get(name)
    return date.fromisoformat(told) if told else row.saved_at.date()
