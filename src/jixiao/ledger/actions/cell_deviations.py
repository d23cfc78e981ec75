"""State a bound cell of a form otherwise than the ledger or the form gives it: as with figures, two persons and a reason.

A form that is frozen stays as it is, and what people fill in themselves is simply filled in.
"""

from __future__ import annotations

from django.db import transaction

from jixiao.catalogue.forms import CellSpec
from jixiao.errors import BadInput, FieldErrors, NotFound
from jixiao.forms.cells import Content, shown, typed
from jixiao.forms.fill import Filled
from jixiao.forms.line_rules import titled
from jixiao.ledger import clock, filling, permissions
from jixiao.ledger.actions import deviations, opening
from jixiao.ledger.models import FigureDeviation, Record
from jixiao.ledger.rules import catalogue as rules


@transaction.atomic
def state(
    *,
    by: permissions.Actor,
    record: Record | str,
    field: str,
    cell: str,
    value: str,
    reason: str,
    ordered_by: str,
) -> FigureDeviation:
    """Enter what a bound cell (block.row.column) is to say instead.

    Raises NotFound, NotAllowed, BadInput, FieldErrors (`value`, `reason`, `ordered_by`).
    """
    row = _open(by, record, field, "file")
    filled = filling.filled_form(row, field, as_ledger=True)
    content, unit, places = _bound(filled, cell)
    errors: dict[str, str] = {}
    try:
        given = typed(value, unit, places=places)
        if not given.is_number:
            errors["value"] = "请写一个数"
        elif given.value == content.value and content.is_number:
            errors["value"] = f"本来就是{shown(content, unit)}，不必另写"
    except ValueError as unreadable:
        errors["value"] = str(unreadable)
    errors |= deviations.unexplained(value, reason, ordered_by, errors)
    if errors:
        raise FieldErrors(errors)
    return deviations.keep(
        by, row.org, filled.year, filling.cell_name(row, field, cell), value=value.strip(),
        ledger_text=shown(content, unit), reason=reason.strip(), ordered_by=ordered_by.strip(),
        entered_by=by.username, entered_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def approve(
    *, by: permissions.Actor, record: Record | str, field: str, cell: str, seen: int
) -> FigureDeviation:
    """Approve version `seen`. Raises NotAllowed for who entered it, BadInput where nothing waits or the form is frozen."""
    row = _open(by, record, field, "issue")
    year = filling.filled_form(row, field).year
    return deviations.approve(
        by=by, org=row.org, year=year, figure=filling.cell_name(row, field, cell), seen=seen
    )


@transaction.atomic
def withdraw(
    *, by: permissions.Actor, record: Record | str, field: str, cell: str, reason: str
) -> FigureDeviation:
    """Go back to what the ledger or the form gives. Raises BadInput where it was never left."""
    row = _open(by, record, field, "file")
    year = filling.filled_form(row, field).year
    return deviations.withdraw(
        by=by, org=row.org, year=year, figure=filling.cell_name(row, field, cell), reason=reason
    )


def cell_title(filled: Filled, cell: str) -> str:
    """A cell by its form, row and column. Raises NotFound where the form has no such cell."""
    block, key, column = _parts(filled, cell)
    grid = filled.grid(block)
    line = grid.line(key)
    return f"{filled.form.title}·{titled(grid, line, column)}" if line else filled.form.title


def _open(by: permissions.Actor, record: Record | str, field: str, right: str) -> Record:
    row = opening.open_record(record, by)
    permissions.require(by, right, org=row.org_id)
    opening.check_alive(row)
    kind = rules().kind(row.kind)
    filling.form_of(kind, field, rules())
    state = kind.states.get(row.state or "")
    if state and {"*", field} & set(state.freezes):
        raise BadInput(f"“{state.title}”之后这张表不能再改；确需改动的先办理退回")
    return row


def _parts(filled: Filled, cell: str) -> tuple[str, str, str]:
    block, _, rest = cell.partition(".")
    key, _, column = rest.rpartition(".")
    known = any(
        grid.block.id == block and not grid.block.list and grid.line(key) and column in grid.block.columns
        for grid in filled.grids
    )
    if not known:
        raise NotFound("表里没有这个格；表样可能已改，请回到表中重新选")
    return block, key, column


def _bound(filled: Filled, cell: str) -> tuple[Content, str | None, int]:
    block, key, column = _parts(filled, cell)
    grid = filled.grid(block)
    line = grid.line(key)
    assert line is not None
    definition = grid.block.columns[column]
    spec: CellSpec = grid.block.cell(line.definition, column) if line.definition else definition.cell
    if spec.is_entered or spec.closed or definition.text:
        raise BadInput("这个格由人填写或不用填；要改的直接在表中改")
    if spec.fixed is not None:
        raise BadInput("这是表样规定的数，不能另写；本地规定不同的，请启用本地的表样")
    return line.cells[column], grid.unit(line, column), definition.decimals
