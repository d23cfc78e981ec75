"""The shape of a record of issue as it is stored and travels: JSON, checked where it comes from outside."""

from __future__ import annotations

import json
from typing import NotRequired

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from jixiao.errors import BadInput

FORMAT = "jixiao record of issue 1"


class PlacedEntry(TypedDict):
    """A figure where it was printed; value, unit and qualifier are empty where words were placed."""

    key: str
    figures: list[str]
    label: str
    text: str
    value: str
    unit: str
    qualifier: str


class FigureEntry(TypedDict):
    """What was computed: exact value and whole numbers as text, and the records behind it."""

    title: str
    status: str
    exact: str
    top: str
    bottom: str
    period: str
    definition: str
    records: list[str]


class RecordEntry(TypedDict):
    digest: str
    label: str


class ClauseEntry(TypedDict):
    """A section of the text in normal form; a part is (key of the figure or "", text)."""

    id: str
    label: str
    repeats: bool
    parts: list[tuple[str, str]]


class DeviationEntry(TypedDict):
    """A figure that was issued otherwise than the ledger had it: why, who ordered it, who approved it."""

    title: str
    ledger: str
    stated: str
    reason: str
    ordered_by: str
    approved_by: str
    entered_by: str
    approved_at: str


class IssueRecord(TypedDict):
    """`text` is the digest of the whole text in normal form; `marks`, so too, are what pages repeat."""

    format: str
    org: str
    outline: str
    title: str
    year: int
    as_of: str
    date_text: str
    marks: list[str]
    text: str
    packs: dict[str, str]
    placed: list[PlacedEntry]
    figures: dict[str, FigureEntry]
    records: dict[str, RecordEntry]
    clauses: list[ClauseEntry]
    deviations: NotRequired[dict[str, DeviationEntry]]
    leaves: dict[str, str]
    root: str


_SHAPE = TypeAdapter(IssueRecord)


def load(content: bytes) -> IssueRecord:
    """Read a record of issue. Raises BadInput where it is damaged or of another format."""
    try:
        record = _SHAPE.validate_python(json.loads(content))
        dump(record)  # what cannot be spelled cannot be digested
    except (ValidationError, ValueError, RecursionError) as damaged:
        raise BadInput("文件中的定稿存证已损坏，无法核对；请向签发单位索取原件") from damaged
    if record["format"] != FORMAT:
        raise BadInput("文件中的定稿存证由其他版本的程序写成，本程序读不了；请用新版本核对")
    return record


def dump(record: IssueRecord) -> bytes:
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
