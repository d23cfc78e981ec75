"""Entries: the boxes of a form, made from a kind's field specs, and the way back from posted text to values.

An entry keeps what was typed whatever happens, so that no error ever costs anybody their work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jixiao.catalogue import fields
from jixiao.catalogue.dates import read_date
from jixiao.catalogue.kinds import FieldSpec, FieldType, Kind

LONGEST_SELECT = 200
FEW = 4

DAYS = "如 2020-03-05 或 2020年3月5日"
HINTS = {
    FieldType.DATE: DAYS,
    FieldType.MONEY: "单位元，也可写 73万元",
    FieldType.STATED: "可写 300、30余、约300、300以上",
    FieldType.SERIAL: "只用本单位的流水号，不写姓名、证件号码",
}
WIDGETS = {
    FieldType.LONG_TEXT: "lines",
    FieldType.DATE: "date",
    FieldType.INTEGER: "figure",
    FieldType.DECIMAL: "figure",
    FieldType.MONEY: "figure",
    FieldType.STATED: "figure",
    FieldType.BOOLEAN: "choices",
}

Options = Callable[[FieldSpec], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    title: str
    is_chosen: bool


@dataclass(slots=True)
class Entry:
    """One box: what it asks, what stands in it, what is wrong with that."""

    name: str
    title: str
    widget: str = "line"
    raw: str = ""
    hint: str = ""
    error: str = ""
    required: bool = False
    unit: str = ""
    accept: str = ""
    offered: Sequence[tuple[str, str]] = ()
    spec: FieldSpec | None = None
    empty: str = "（未选）"
    is_later: bool = False  # asked again when the step comes that needs it
    is_whole_line: bool = False

    @property
    def anchor(self) -> str:
        return f"f-{self.name}"

    @property
    def described_by(self) -> str:
        parts = [("hint", self.hint), ("error", self.error)]
        return " ".join(f"{self.anchor}-{part}" for part, text in parts if text)

    @property
    def options(self) -> list[Choice]:
        return [Choice(value, title, value == self.raw) for value, title in self.offered]


@dataclass(frozen=True, slots=True)
class ErrorItem:
    text: str
    anchor: str = ""


@dataclass(slots=True)
class Errors:
    """The summary on top of a page: what could not be done, and what to put right, each a link to its box."""

    title: str
    items: list[ErrorItem] = field(default_factory=list)

    def __bool__(self) -> bool:
        return True


def entry_of(name: str, spec: FieldSpec, options: Options, *, required: bool | None = None) -> Entry:
    """The empty box for one field; many choices become a line with suggestions."""
    offered = options(spec) if spec.type in (FieldType.CODE, FieldType.REF, FieldType.ORG) else ()
    widget = WIDGETS.get(spec.type, "line")
    if spec.type is FieldType.BOOLEAN:
        offered = (("true", "是"), ("false", "否"))
    elif offered and spec.type is FieldType.CODE and len(offered) <= FEW and spec.required:
        widget = "choices"
    elif offered and len(offered) <= LONGEST_SELECT:
        widget = "select"
    return Entry(
        name=name,
        title=spec.title,
        widget=widget,
        hint=spec.hint or HINTS.get(spec.type, ""),
        required=spec.required if required is None else required,
        unit="元" if spec.type is FieldType.MONEY else spec.unit,
        offered=offered,
        spec=spec,
        is_whole_line=widget == "lines",
    )


def entries_of(kind: Kind, options: Options) -> list[Entry]:
    """The boxes of a kind in file order; a number the program gives has none, what steps ask for comes later."""
    numbered = kind.number.field if kind.number else ""
    onward = [step for step in kind.steps.values() if step.to is None or step.to != kind.initial]
    asked = {name for step in onward for name in (*step.needs, *step.takes)}
    found = []
    for name, spec in kind.fields.items():
        if name != numbered and spec.type is not FieldType.FORM and not spec.is_computed:
            entry = entry_of(name, spec, options)
            entry.is_later = name in asked and not spec.required
            entry.is_whole_line = entry.is_whole_line or name == kind.label
            found.append(entry)
    return found


def fill(entries: Iterable[Entry], stored: Mapping[str, object], catalogue: object) -> None:
    """Put stored values into the boxes, written so that they read back as themselves."""
    for entry in entries:
        entry.raw = typed(entry.spec, stored.get(entry.name), catalogue)


def typed(spec: FieldSpec | None, stored: object, catalogue: object) -> str:
    """A stored value as one would type it."""
    if stored is None or stored == "":
        return ""
    if spec is None or spec.type in (FieldType.CODE, FieldType.REF, FieldType.ORG, FieldType.DATE):
        return str(stored)
    if spec.type is FieldType.BOOLEAN:
        return "true" if stored else "false"
    return fields.show(spec, stored, catalogue)


def refill(entries: Iterable[Entry], post: Mapping[str, str]) -> None:
    """Put what was posted into the boxes as it was typed; a day in the one form that date boxes can show."""
    for entry in entries:
        entry.raw = post.get(entry.name, "").strip()
        if entry.widget == "date":
            entry.raw = day(entry.raw) or entry.raw


def day(typed: str) -> str:
    """The day meant, as 2020-03-05; empty where none can be read."""
    try:
        return read_date(typed).isoformat()
    except ValueError:
        return ""


def values(entries: Iterable[Entry]) -> dict[str, object]:
    """What the boxes hold, for the ledger to read; what it could not read leaves its message on the entry."""
    found: dict[str, object] = {}
    for entry in entries:
        entry.error = ""
        if not entry.raw:
            found[entry.name] = None
            if entry.required:
                entry.error = f"请{'选择' if entry.offered else '填写'}{entry.title}"
            continue
        try:
            found[entry.name] = read(entry)
        except ValueError as wrong:
            entry.error = str(wrong)
    return found


def read(entry: Entry) -> str:
    """What one box holds, a choice by its value. Raises ValueError with the message for the person.

    It stays as it was typed: the ledger reads it, and what is read twice is another amount.
    """
    raw = _chosen(entry) if entry.offered else entry.raw
    if entry.spec is not None:
        fields.parse(entry.spec, raw)
    elif entry.widget == "date":
        read_date(raw)
    return raw


def _chosen(entry: Entry) -> str:
    """The value meant by a suggestion's title or by the value itself."""
    for value, title in entry.offered:
        if entry.raw in (value, title):
            return value
    raise ValueError(f"没有找到“{entry.raw}”，请从列出的{entry.title}中选择")


def summary(title: str, entries: Iterable[Entry], others: Mapping[str, str] | None = None) -> Errors | None:
    """Collect the entries' errors for the top of the page; `others` maps field ids without a box to messages."""
    known = {entry.name: entry for entry in entries}
    loose: list[ErrorItem] = []
    for name, message in (others or {}).items():
        if name in known:
            known[name].error = known[name].error or message
        else:
            loose.append(ErrorItem(message))
    items = [ErrorItem(entry.error, entry.anchor) for entry in known.values() if entry.error] + loose
    if not items:
        return None
    return Errors(f"{title}，有 {len(items)} 处要改", items)
