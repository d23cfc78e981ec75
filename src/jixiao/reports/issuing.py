"""Makes the record of issue of a document: every figure, definition, record and clause under one root."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from jixiao.reports.document import Document, Placed, Section, placed, plain_text, sections
from jixiao.reports.issue_record import (
    FORMAT,
    ClauseEntry,
    DeviationEntry,
    FigureEntry,
    IssueRecord,
    PlacedEntry,
    RecordEntry,
)
from jixiao.reports.leaves import leaves_of, root_of, sm3
from jixiao.reports.text_changes import unmarked
from jixiao.values import Figure, decimal_text

Normal = Callable[[str], str]


def manifest(
    document: Document,
    *,
    org: str,
    outline: str,
    normal: Normal,
    figures: Mapping[str, Figure],
    behind: Mapping[str, Sequence[str]],
    records: Mapping[str, RecordEntry],
    packs: Mapping[str, str],
    deviations: Mapping[str, DeviationEntry] | None = None,
) -> IssueRecord:
    """Make the record of issue of a document.

    `normal` is the normal form of text that verification will use too; it must treat characters one by one.
    `figures` are all computed figures by id, `behind` the ids of the records behind each of them (and behind
    filed values, under filed.<id>), `records` the digest and label of each record, `packs` their versions,
    `deviations` the figures placed otherwise than `figures` has them.
    """
    marks = [normal(mark) for mark in document.marks]

    def without(text: str) -> str:
        return unmarked(normal(text), marks)

    record = IssueRecord(
        format=FORMAT,
        org=org,
        outline=outline,
        title=document.title,
        year=document.year,
        as_of=document.as_of.isoformat(),
        date_text=document.date_text,
        marks=marks,
        text=sm3(without(plain_text(document)).encode()),
        packs=dict(packs),
        placed=[_placed(one) for one in placed(document)],
        figures={name: _figure(one, behind.get(name, ())) for name, one in figures.items()},
        records={name: {"digest": one["digest"], "label": one["label"]} for name, one in records.items()},
        clauses=[_clause(section, without) for section in sections(document)],
        leaves={},
        root="",
    )
    if deviations:
        record["deviations"] = dict(deviations)
    record["leaves"] = leaves_of(record)
    record["root"] = root_of(record["leaves"])
    return record


def root(record: IssueRecord) -> str:
    """The SM3 root of what the record says, whatever root it carries."""
    return root_of(leaves_of(record))


def _placed(one: Placed) -> PlacedEntry:
    quantity = one.quantity
    return PlacedEntry(
        key=one.key,
        figures=list(one.figures),
        label=one.label,
        text=one.text,
        value="" if quantity is None else decimal_text(quantity.value),
        unit="" if quantity is None else quantity.unit,
        qualifier="" if quantity is None else quantity.qualifier.value,
    )


def _figure(figure: Figure, records: Sequence[str]) -> FigureEntry:
    return FigureEntry(
        title=figure.title,
        status=figure.status.value,
        exact="" if figure.exact is None else str(figure.exact),
        top="" if figure.top is None else str(figure.top),
        bottom="" if figure.bottom is None else str(figure.bottom),
        period=figure.period.text,
        definition=figure.definition,
        records=sorted(records),
    )


def _clause(section: Section, normal: Normal) -> ClauseEntry:
    parts = [
        ("", normal(run)) if isinstance(run, str) else (run.key, normal(run.text)) for run in section.runs
    ]
    whole = normal(section.text)
    if "".join(text for _, text in parts) != whole:  # a mark or a joined character across two parts
        parts = [("", whole)]
    return {"id": section.id, "label": section.label, "repeats": section.repeats, "parts": parts}
