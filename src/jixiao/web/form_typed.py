"""What was typed into an official form and is not saved: its boxes, the rows it needs, and how it stands beside what others
saved in the meantime. Nothing here writes; a row of a list stays the same row by its id, wherever it has moved to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jixiao.forms.fill import Grid, naming
from jixiao.ledger import filling
from jixiao.ledger.queries.forms import FormView
from jixiao.web import form_grid

Texts = dict[str, str]
TAKEN = "没有改，已换成左边的"
ADDED = "没有这一行，已照左边加进来"


def cells(view: FormView, sent: Mapping[str, str]) -> dict[str, str]:
    """Of all that was sent, the boxes of this form, empty ones too: what was cleared stays cleared."""
    blocks = {grid.block.id for grid in view.filled.grids}
    return {
        name: text for name, text in sent.items() if name.count(".") == 2 and name.split(".")[0] in blocks
    }


def with_rows(view: FormView, typed: Mapping[str, str]) -> FormView:
    """The form with a row for each copy of a repeated row that was typed; what is in the boxes is not read."""
    copies = {name: "" for name in typed if "#" in name and not name.endswith(".title")}
    if not copies:
        return view
    stored = view.record.data.get(view.field) or {}
    form = {**stored, "entries": {**copies, **stored.get("entries", {})}}
    filled = filling.filled_form(view.record, view.field, {**view.record.data, view.field: form})
    return replace(view, filled=filled)


def is_changed(view: FormView, typed: Mapping[str, str]) -> bool:
    """Whether anything typed differs from what the form holds; a further row counts once something is in it."""
    held = {name: text for name, (_, text) in _boxes(view).items()}
    return any(_plain(text) != _plain(held.get(name, "")) for name, text in typed.items())


def compared(before: FormView, now: FormView, typed: Mapping[str, str]) -> tuple[list[Texts], Texts]:
    """What others changed in the form since `before`, beside what was typed; and what was typed as it goes on from `now`.

    A box this person had not touched takes the other's value; one they had keeps theirs until they send it again.
    """
    held, theirs = _boxes(before), _boxes(now)
    was, mine = {name: text for name, (_, text) in held.items()}, dict(typed)
    told = []
    for old, new in zip(before.filled.grids, now.filled.grids, strict=True):
        if new.block.list:
            gone, was, mine = _moved(old, new, was, mine, {name: text for name, (_, text) in theirs.items()})
            told += gone
    for name in [*theirs, *(name for name in was if name not in theirs)]:
        says, text = theirs.get(name) or (held[name][0], "")
        old_text = was.get(name, "")
        own = mine.get(name, old_text)
        if _plain(text) in (_plain(old_text), _plain(own)):
            continue
        line = {"title": says, "theirs": text, "mine": own}
        if _plain(own) == _plain(old_text):
            line["mine"] = TAKEN if name in mine or name in was else ADDED
            mine[name] = text
        told.append(line)
    return told, mine


def _moved(old: Grid, new: Grid, was: Texts, mine: Texts, theirs: Texts) -> tuple[list[Texts], Texts, Texts]:
    """The rows others took away from a list, and the boxes as they were and as they were typed with its rows where they
    stand now. A row that was taken away stays, after theirs, where something was typed into it; one that both added under
    the same name is one row.
    """
    block = new.block.id
    places = {line.id: line.key for line in new.lines if line.id}
    stays = {line.key: places[line.id] for line in old.lines if line.id in places}
    added = {_named(new, key, theirs): key for key in places.values() if key not in stays.values()}
    goes, free = dict(stays), len(places)
    for key in sorted({_row(name) for name in mine if _is_of(block, name)} - set(stays), key=int):
        own = {name: text for name, text in mine.items() if name.startswith(f"{block}.{key}.")}
        named = _named(new, key, mine)
        if any(named) and named in added:
            goes[key] = added.pop(named)
        elif any(_plain(text) != _plain(was.get(name, "")) for name, text in own.items()):
            free += 1
            goes[key] = str(free)
    gone = [
        {
            "title": f"原第{line.key}行",
            "theirs": "已删去",
            "mine": f"您改过，放在第{goes[line.key]}行" if line.key in goes else TAKEN,
        }
        for line in old.lines
        if line.id and line.id not in places
    ]
    return gone, _renumbered(block, was, stays), _renumbered(block, mine, goes)


def _named(grid: Grid, key: str, texts: Texts) -> tuple[str, ...]:
    """The words that tell a row of a list from another."""
    return tuple(_plain(texts.get(f"{grid.block.id}.{key}.{name}", "")) for name in naming(grid.block))


def _renumbered(block: str, texts: Texts, goes: Texts) -> Texts:
    found = {}
    for name, text in texts.items():
        if not _is_of(block, name):
            found[name] = text
        elif _row(name) in goes:
            found[f"{block}.{goes[_row(name)]}.{name.split('.')[2]}"] = text
    return found


def _is_of(block: str, name: str) -> bool:
    return name.startswith(f"{block}.") and _row(name).isdecimal()


def _row(name: str) -> str:
    return name.split(".")[1]


def _boxes(view: FormView) -> dict[str, tuple[str, str]]:
    """Name → what it is called and what stands in it."""
    found = {}
    for part in form_grid.parts(view, least=0):
        called = f"{part.caption}：" if part.caption else ""
        for row in part.rows:
            for box in (row.title, *row.cells):
                if box.name:
                    found[box.name] = (f"{called}{box.says}", box.text)
    return found


def _plain(text: str) -> str:
    """A text as it is compared: browsers send other ends of line than were stored."""
    return text.replace("\r\n", "\n").strip()
