"""A record's form, filled: figures and filed values of its year, what was typed, rows copied from what was approved.

Stands below actions and queries, which both need it: steps may ask a form to be sound. The year is the record's field
`year`; a form without one is filled from entries alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import connection

from jixiao.catalogue import Catalogue
from jixiao.catalogue.form_values import ROW_ID
from jixiao.catalogue.forms import Form
from jixiao.catalogue.kinds import AddedCells, CopiedCells, CopiedRows, FieldSpec, FieldType, Kind
from jixiao.errors import BadInput, NotFound
from jixiao.evaluation.grading import grade_of
from jixiao.forms.cells import factor
from jixiao.forms.check import check
from jixiao.forms.fill import TOTAL, Filled, fill, naming, row_ids
from jixiao.forms.gaps import gaps
from jixiao.ledger import clock, projection
from jixiao.ledger.models import FigureDeviation, FiledValue, Record
from jixiao.ledger.queries.orgs import last_day, spans
from jixiao.ledger.rules import catalogue as rules
from jixiao.values import Figure, Period, Qualifier, Quantity, Verdict, decimal_text, round_half_up

YEAR = "year"
MOST_NAMED = 6
Rows = Sequence[Mapping[str, str]]


def form_of(kind: Kind, field: str, catalogue: Catalogue) -> tuple[FieldSpec, Form]:
    """The field and its form. Raises NotFound where the kind has no such form."""
    spec = kind.fields.get(field)
    if spec is None or spec.type is not FieldType.FORM or not spec.form:
        raise NotFound(f"“{kind.title}”没有这张表")
    return spec, catalogue.form(spec.form)


def year_of(row: Record, data: Mapping[str, Any]) -> int:
    """The reporting year a form is of; that of today where the record names none."""
    found = data.get(YEAR)
    return int(found) if isinstance(found, int) else clock.today().year


def filled_form(
    row: Record, field: str, data: Mapping[str, Any] | None = None, *, as_ledger: bool = False
) -> Filled:
    """The form as it stands, with `data` in place of what the record holds, `as_ledger` without what was approved in the
    place of bound numbers. Raises NotFound.
    """
    catalogue = rules()
    kind = catalogue.kind(row.kind)
    held = row.data if data is None else data
    spec, form = form_of(kind, field, catalogue)
    year = year_of(row, held)
    stored = held.get(field) or {}
    lists: dict[str, Rows] = {**stored.get("lists", {})}
    for copied in spec.copies:
        lists[copied.list] = merged(lists.get(copied.list, ()), approved_rows(held, copied), copied.columns)
    begun = {cell: text for one in spec.begins_with for cell, text in _begun(held, one).items()}
    return fill(
        form,
        org=row.org_id,
        year=year,
        figures=figures_of(row.org_id, form.figures, year, catalogue),
        filed=_filed(row.org_id, form, year, catalogue),
        entries=begun | stored.get("entries", {}),
        lists=lists,
        stated={} if as_ledger else {cell: one.value for cell, one in deviating(row, field, year).items()},
    )


def cell_name(row: Record, field: str, cell: str = "") -> str:
    """What a cell of a record's own form is known by, outside the form."""
    return f"form.{row.pk}.{field}.{cell}"


def deviating(row: Record, field: str, year: int) -> dict[str, FigureDeviation]:
    """The approved versions in force for cells of the form, by cell."""
    own = cell_name(row, field)
    versions = FigureDeviation.objects.filter(org=row.org_id, year=year, figure__startswith=own)
    latest = {one.figure: one for one in versions.exclude(approved_by="").order_by("version")}
    return {name.removeprefix(own): one for name, one in latest.items() if one.value}


def approved_rows(data: Mapping[str, Any], copied: CopiedRows) -> Rows:
    """The rows of the record pointed to, as it stands, with their ids; none where nothing is pointed to yet."""
    source = _pointed_to(data, copied.record)
    if source is None:
        return ()
    catalogue = rules()
    _, form = form_of(catalogue.kind(source.kind), copied.form_field, catalogue)
    block = next((one for one in form.blocks if one.list == copied.list), None)
    rows: Rows = (source.data.get(copied.form_field) or {}).get("lists", {}).get(copied.list, ())
    if block is None:
        return rows
    return [{**row, ROW_ID: id} for row, id in zip(rows, row_ids(block, rows), strict=True)]


def _begun(data: Mapping[str, Any], copied: CopiedCells) -> dict[str, str]:
    """What the cells begin with: the entries of the record pointed to, as it stands; its blanks begin nothing."""
    source = _pointed_to(data, copied.record)
    entries = (source.data.get(copied.form_field) or {}).get("entries", {}) if source else {}
    return {own: entries[theirs] for own, theirs in copied.cells.items() if entries.get(theirs)}


def _pointed_to(data: Mapping[str, Any], field: str) -> Record | None:
    target = data.get(field)
    return Record.objects.filter(pk=target, voided=False).first() if target else None


def merged(own: Rows, approved: Rows, columns: Sequence[str]) -> Rows:
    """The approved rows in their order, each with what this form adds to the row of that id (to the row in that place
    where no ids were kept); rows of one's own only where none are approved.
    """
    if not approved:
        return own
    by_id = {row[ROW_ID]: row for row in own if row.get(ROW_ID)}
    found = []
    for place, theirs in enumerate(approved):
        beside = own[place] if place < len(own) and not own[place].get(ROW_ID) else {}
        mine = by_id.get(theirs.get(ROW_ID, ""), beside)
        kept = {name: text for name, text in mine.items() if name not in (*columns, ROW_ID)}
        copied = {name: theirs[name] for name in (*columns, ROW_ID) if name in theirs}
        found.append({**kept, **copied})
    return found


def unsound(row: Record, kind: Kind, fields: Sequence[str], data: Mapping[str, Any]) -> list[str]:
    """What must be put right in these forms before a step is taken: one line each, with its place."""
    told = []
    for field in fields:
        filled = filled_form(row, field, data)
        if not filled.form.is_of(filled.year):
            told.append(f"{filled.form.title}不是{filled.year}年度的表，请换用该年度的样式")
        told += _required(filled)
        for finding in check(filled):
            if finding.verdict is Verdict.BROKEN:
                worked = f"（{finding.computed}）" if finding.computed else ""
                told.append(f"{finding.title}：{finding.reason}{worked}")
        told += _unexplained(filled, kind, field, data)
    return told


def _unexplained(filled: Filled, kind: Kind, form: str, data: Mapping[str, Any]) -> list[str]:
    """Points lost outside the form's own rows of reasons, and the field in which to say why."""
    told = []
    for name, spec in kind.fields.items():
        if spec.explains is not None and spec.explains.form == form and not data.get(name):
            points, score = filled.cell(spec.explains.points), filled.cell(spec.explains.score)
            if points.is_number and score.is_number and score.value < points.value:
                lost = decimal_text(round_half_up(points.value - score.value, 2))
                told.append(
                    f"{filled.form.title}：失{lost}分而没有写原因，请在“{kind.fields[name].title}”中写明"
                )
    return told


def computed(row: Record, kind: Kind, names: Sequence[str], data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that a step works out from the record's forms, in their stored form; None where a cell is empty."""
    found: dict[str, Any] = {}
    for name in names:
        spec = kind.fields[name]
        if spec.adds is not None:
            total = added(row, spec.adds, data)
            stored = None if total is None else decimal_text(round_half_up(total, spec.places))
            found[name] = stored if spec.type is FieldType.DECIMAL or stored is None else int(Decimal(stored))
        elif spec.graded is not None:
            number = {**data, **found}.get(spec.graded.of)
            bands = [(band.at_least, band.code) for band in spec.graded.bands]
            found[name] = None if number in (None, "") else grade_of(Decimal(str(number)), bands)
    return found


def added(row: Record, adds: AddedCells, data: Mapping[str, Any] | None = None) -> Fraction | None:
    """The sum of a form's cells; None where one of them holds no number."""
    filled = filled_form(row, adds.form, data)
    cells = [filled.cell(address) for address in adds.cells]
    return sum((cell.value for cell in cells), Fraction(0)) if all(cell.is_number for cell in cells) else None


def uncomputed(row: Record, kind: Kind, names: Sequence[str], found: Mapping[str, Any]) -> list[str]:
    """What could not be worked out, and which cells are still blank; `found` is what the record would hold."""
    told = []
    for name in names:
        spec = kind.fields[name]
        if found.get(name) is None and spec.adds is not None:
            title, filled = kind.fields[spec.adds.form].title, filled_form(row, spec.adds.form, found)
            blank = [one for cell in spec.adds.cells for one in gaps(filled, cell)]
            named = f"还空着{'、'.join(blank[:MOST_NAMED])}{'等' if blank[MOST_NAMED:] else ''}；没有这一项的写“—”"
            told.append(
                f"{spec.title}还算不出：{title}{named if blank else '没有填全，请补填预算数、执行数和逐项得分'}"
            )
    return told


def _required(filled: Filled) -> list[str]:
    told = []
    for grid in filled.grids:
        for number, line in enumerate(grid.lines, start=1):
            for name, column in grid.block.columns.items():
                blank = line.cells[name].state.value == "blank" and not line.cells[name].origin
                if column.required and blank and line.key != TOTAL:
                    told.append(
                        f"{grid.block.caption or filled.form.title}第{number}行：请填写{column.title}"
                    )
        if grid.block.list and all(line.key == TOTAL for line in grid.lines):
            told.append(f"{grid.block.caption or filled.form.title}：一行也没有，请逐项填写")
    return told


def figures_of(org: str, names: Iterable[str], year: int, catalogue: Catalogue) -> dict[str, Figure]:
    """The figures of these indicators for the year, as far as its periods are set."""
    names = list(names)
    if not names:
        return {}
    from jixiao.indicators import (  # compiles queries: only forms that place figures pay for it
        Request,
        figures,
    )

    known = spans(org)
    try:
        as_of = last_day(known, year, clock.today())
    except (NotFound, BadInput):
        return {}

    def period(_: str, basis: str, asked: int) -> Period | None:
        found: Period | None = known.get((basis, asked))
        return found

    asked = [
        Request(name, org, span, _day(as_of, span))
        for name in names
        if (span := known.get((catalogue.indicator(name).basis, year))) is not None
    ]
    computed = figures(catalogue, asked, projection.engine(connection), period)
    return {figure.indicator: figure for figure in computed}


def _day(as_of: date, span: Period) -> date:
    return min(as_of, span.to_on) if span.basis == "as_of" else as_of


def _filed(org: str, form: Form, year: int, catalogue: Catalogue) -> dict[str, Quantity | None]:
    """What stands filed for the year, item by item."""
    standing = FiledValue.objects.filter(org=org, year=year, item__in=form.filed, superseded_by=None)
    found: dict[str, Quantity | None] = dict.fromkeys(form.filed)
    for value in standing:
        item = catalogue.filed_item(value.item)
        size = 100 if item.unit == "元" else 10**item.places
        found[value.item] = Quantity(Decimal(value.value) / size, item.unit, Qualifier(value.qualifier))
    return found


def as_texts(filled: Filled) -> dict[str, Any]:
    """A form that was read from a file, as the entries a record keeps: typed cells only, lists row by row."""
    entries: dict[str, str] = {}
    lists: dict[str, list[dict[str, str]]] = {}
    for grid in filled.grids:
        for line in grid.lines:
            texts = {name: _typed(grid.unit(line, name), content) for name, content in line.cells.items()}
            if grid.block.list:
                if line.key != TOTAL:
                    lists.setdefault(grid.block.list, []).append(
                        {name: text for name, text in texts.items() if text}
                    )
                continue
            for name, text in texts.items():
                spec = (
                    grid.block.cell(line.definition, name)
                    if line.definition
                    else grid.block.columns[name].cell
                )
                if text and spec.is_entered:
                    entries[f"{grid.block.id}.{line.key}.{name}"] = text
            if line.definition and line.definition.repeat and line.title != line.definition.title:
                entries[f"{grid.block.id}.{line.key}.title"] = line.title
    return {"entries": entries, "lists": lists}


def with_ids(stored: Mapping[str, Any], current: Filled) -> dict[str, Any]:
    """The entries, their rows known by the ids of the rows that bear the same names now."""
    lists = {name: [dict(row) for row in rows] for name, rows in stored["lists"].items()}
    for grid in current.grids:
        names = naming(grid.block)
        ids = {tuple(line.cells[name].words for name in names): line.id for line in grid.lines if line.id}
        for row in lists.get(grid.block.list or "", ()):
            if found := ids.get(tuple(row.get(name, "") for name in names)):
                row[ROW_ID] = found
    return {**stored, "lists": lists}


def _typed(unit: str | None, content: Any) -> str:
    if content.state.value == "words":
        return str(content.words)
    if content.state.value == "not_applicable":
        return "—"
    return decimal_text(content.value / factor(unit)) if content.is_number else ""
