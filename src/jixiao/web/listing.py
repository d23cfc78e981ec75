"""A register as a list: which columns, which filters, how sorted, the same for page, CSV and JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from jixiao.catalogue import Catalogue
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.ledger import carrying, deadlines
from jixiao.ledger.queries.names import RecordRow
from jixiao.web import words
from jixiao.web.entries import Entry, Options, day, entry_of

PAGE = 50
MOST_COLUMNS = 4
MOST_FILTERS = 2
NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.STATED)
STATE, NUMBER, LABEL = "state", "number", "label"


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    url: str = ""
    tone: str = ""
    is_number: bool = False
    is_later: bool = False
    is_short: bool = False


def columns_of(kind: Kind) -> list[str]:
    """The fields worth a column: the date, then the first that are neither the name nor long."""
    names = [name for name, spec in kind.fields.items() if spec.is_projected]
    numbered = kind.number.field if kind.number else ""
    names = [name for name in names if name not in (kind.label, numbered, kind.date)]
    return ([kind.date] if kind.date else []) + names[: MOST_COLUMNS - bool(kind.date)]


def filters_of(kind: Kind, options: Options, asked: Mapping[str, str]) -> list[Entry]:
    """Boxes for the state, the codes and the span of the kind's date."""
    found = []
    if kind.states:
        offered = [(name, spec.title) for name, spec in kind.states.items()]
        found.append(Entry(STATE, "状态", "select", offered=offered))
    codes = [(name, spec) for name, spec in kind.fields.items() if spec.type is FieldType.CODE]
    for name, spec in codes[:MOST_FILTERS]:
        entry = entry_of(name, spec, options, required=False)
        entry.widget, entry.hint = "select", ""
        found.append(entry)
    if kind.date:
        title = kind.fields[kind.date].title
        found += [Entry("from", f"{title}，自", "date"), Entry("to", "至", "date")]
    for entry in found:
        entry.empty = "全部"
        entry.raw = asked.get(entry.name, "")
        if entry.widget == "date":
            entry.raw = day(entry.raw)
    return found


def head(kind: Kind) -> list[tuple[str, str]]:
    """(name, title) of each column of the page, in order."""
    pairs = [(NUMBER, "编号")] if kind.number else []
    pairs.append((LABEL, kind.fields[kind.label].title))
    pairs += [(name, kind.fields[name].title) for name in columns_of(kind)]
    return pairs + ([(STATE, "状态")] if kind.states else [])


def cells(kind: Kind, row: RecordRow, url: str, catalogue: Catalogue, names: words.Names) -> list[Cell]:
    """One record as a line."""
    found = [Cell(row.number or "—", is_short=True, is_later=True)] if kind.number else []
    found.append(Cell(row.label, url=url))
    for place, name in enumerate(columns_of(kind)):
        spec = kind.fields[name]
        text = words.field(kind, name, row.data.get(name), catalogue, names)
        is_number = spec.type in NUMBERS
        is_short = spec.type in (FieldType.DATE, FieldType.CODE)
        found.append(Cell(text or "—", is_number=is_number, is_later=place > 0, is_short=is_short))
    if kind.states:
        found.append(state_cell(kind, row))
    return found


def state_cell(kind: Kind, row: RecordRow) -> Cell:
    """The state, louder where a deadline is near or past."""
    if row.voided:
        return Cell("已作废", tone="bad", is_short=True)
    late, soon = due_words(kind, row)
    title = words.state(kind, row.state)
    if carrying.is_waiting_since_last_year(kind, row):
        title = f"{title}，上年结转"
    if late or soon:
        return Cell(f"{title}，{late or soon}", tone="bad" if late else "warn", is_short=True)
    return Cell(title, tone="ok" if is_done(kind, row) else "plain", is_short=True)


def is_done(kind: Kind, row: RecordRow) -> bool:
    return row.state in kind.states and kind.states[row.state].type == "done"


def due_words(kind: Kind, row: RecordRow) -> tuple[str, str]:
    """(how late, how near) the nearest open deadline is; empty where neither."""
    open_ones = [due for due in deadlines.stored(kind, row.dues, row.state) if not due.is_met]
    if not open_ones:
        return "", ""
    left = min(due.days_left() for due in open_ones)
    if left < 0:
        return f"逾期 {-left} 天", ""
    return "", f"还剩 {left} 天" if left <= 7 else ""


def sorted_links(
    head_pairs: Sequence[tuple[str, str]], order: str, query: Mapping[str, str], kind: Kind
) -> list[dict[str, Any]]:
    """Column heads with the address that sorts by them."""
    later = set(columns_of(kind)[1:]) | {NUMBER}
    found = []
    for name, title in head_pairs:
        descending = order == f"-{name}"
        sorted_now = "descending" if descending else "ascending" if order == name else ""
        turned = name if descending or order != name else f"-{name}"
        found.append(
            {
                "title": title,
                "url": "?" + urlencode({**query, "order": turned}),
                "sorted": sorted_now,
                "is_number": name in kind.fields and kind.fields[name].type in NUMBERS,
                "is_later": name in later,
            }
        )
    return found


def flat(kind: Kind, row: RecordRow, catalogue: Catalogue, names: words.Names) -> dict[str, str]:
    """Every field of a record by its title, for CSV and JSON."""
    found = {"编号": row.number} if kind.number else {}
    for name, spec in kind.fields.items():
        found[spec.title] = words.field(kind, name, row.data.get(name), catalogue, names)
    if kind.states:
        found["状态"] = words.state(kind, row.state)
        found |= {f"{kind.states[state].title}日期": on for state, on in row.path if state in kind.states}
    return found


def flat_head(kind: Kind) -> list[str]:
    """The titles of `flat` for all records alike."""
    titles = ["编号"] if kind.number else []
    titles += [spec.title for spec in kind.fields.values()]
    if kind.states:
        titles += ["状态", *(f"{state.title}日期" for state in kind.states.values())]
    return titles
