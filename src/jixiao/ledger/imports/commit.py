"""Take the judged rows into the ledger in one transaction: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction

from jixiao.catalogue.kinds import FieldType
from jixiao.errors import BadInput
from jixiao.ledger import clock, permissions
from jixiao.ledger.actions import links, records
from jixiao.ledger.actions.records import Correction, Paper, Past
from jixiao.ledger.imports import progress
from jixiao.ledger.imports.parts import in_parts
from jixiao.ledger.models import Import, ImportRow, Record
from jixiao.ledger.rules import catalogue as rules

Outcome = ImportRow.Outcome
READ = 2000
AT_ONCE = 2000  # cases held in memory at a time, within the one transaction
UNREAD = ("cells", "changes", "problems", "warnings")  # not needed to record a row


@dataclass(slots=True)
class _Tree:
    """New records under one another. `tops` are (row, children …) as they will be back-filled."""

    rows: dict[str, ImportRow] = field(default_factory=dict)
    below: dict[str, list[str]] = field(default_factory=dict)  # parent id → ids in order
    tops: list[str] = field(default_factory=list)


@transaction.atomic
def run(staged: Import, by: permissions.Actor) -> dict[str, int]:
    """Record everything; gives the counts. Raises what recording raises, and Cancelled; then nothing is recorded."""
    locked = Import.objects.select_for_update().get(pk=staged.pk)
    if locked.state != Import.State.COMMITTING:
        return dict(locked.told.get("counts", {}))
    tree = _tree(locked)
    changed = list(_changed(locked))
    total = len(tree.rows) + len(changed)
    source = f"导入“{locked.file_name}”"
    progress.tell(locked.pk, 0, total)

    def told(done: int) -> None:
        progress.tell(locked.pk, done, total)

    if tree.rows:
        _record_new(locked, by, tree, source, told)
    if changed:
        corrections = [_correction(row) for row in changed]
        records.correct_all(
            by=by, org=locked.org_id, corrections=corrections, note=source,
            progress=lambda done: told(len(tree.rows) + done),
        )  # fmt: skip
        for row in changed:
            for role, targets in row.meant.get("new_links", {}).items():
                for target in targets:
                    links.link(by=by, record=row.record, role=role, target=target, note=source)
    counts = {"new": len(tree.rows), "changed": len(changed)}
    locked.state, locked.runner, locked.touched_at = Import.State.DONE, "", clock.now()
    locked.told = {**locked.told, "counts": counts}
    locked.message = ""
    locked.save(update_fields=["state", "runner", "told", "message", "touched_at"])
    return counts


def _record_new(locked: Import, by: permissions.Actor, tree: _Tree, source: str, told) -> None:
    if permissions.can(by, "backfill", org=locked.org_id):
        done = 0
        for cases in in_parts(_cases(tree, source), len(tree.rows) if _is_woven(tree) else AT_ONCE):
            made = sum(map(_size, cases))
            records.backfill_all(
                by=by, org=locked.org_id, cases=cases, progress=lambda now, before=done: told(before + now)
            )
            done += made
        return
    parents = list(tree.tops)
    while parents:
        name = parents.pop(0)
        row = tree.rows[name]
        records.create(
            by=by, org=locked.org_id, kind=row.kind, values=row.meant["values"], note=source, id=name,
            parent=row.meant["parent"] or None,
        )  # fmt: skip
        parents += tree.below.get(name, [])


def _is_woven(tree: _Tree) -> bool:
    """Whether some new record points to another that is not below or above it: then all must come at once."""
    catalogue = rules()
    for row in tree.rows.values():
        fields = catalogue.kind(row.kind).fields
        targets = {one for several in row.meant["links"].values() for one in several}
        targets |= {text for name, text in row.meant["values"].items() if fields[name].type is FieldType.REF}
        if not targets.isdisjoint(tree.rows):
            return True
    return False


def _size(past: Past) -> int:
    return 1 + sum(map(_size, past.children))


def _tree(locked: Import) -> _Tree:
    tree = _Tree()
    for row in _rows(locked, Outcome.NEW):
        tree.rows[row.record] = row
    for name, row in list(tree.rows.items()):
        parent = row.meant["parent"]
        if parent in tree.rows:
            tree.below.setdefault(parent, []).append(name)
        else:
            tree.tops.append(name)
    return tree


def _cases(tree: _Tree, source: str) -> Iterator[Past]:
    """New records with what is below them; those below a record of the ledger hang on a stand-in of it."""
    outer = {tree.rows[name].meant["parent"] for name in tree.tops} - {""}
    kinds = {row.id: row.kind for row in Record.objects.only("id", "kind").in_bulk(list(outer)).values()}
    under: dict[str, list[Past]] = {}
    for name in tree.tops:
        parent = tree.rows[name].meant["parent"]
        past = _past(tree, name, source)
        if not parent:
            yield past
        elif parent in kinds:
            under.setdefault(parent, []).append(past)
        # else the record above was among the wrong ones that were left out: so is this one
    for parent, pasts in under.items():
        yield Past(kind=kinds[parent], values={}, id=parent, children=pasts)


def _past(tree: _Tree, name: str, source: str) -> Past:
    row = tree.rows[name]
    meant = row.meant
    return Past(
        kind=row.kind,
        id=name,
        values=meant["values"],
        path=meant["path"],
        links=[(role, target) for role, targets in meant["links"].items() for target in targets],
        evidence=[
            Paper(grade=grade, title=title, document_number=number)
            for grade, title, number in meant["papers"]
        ],
        children=[_past(tree, child, source) for child in tree.below.get(name, [])],
        source=source,
        source_system=meant["source"],
        outside_number=meant["outside"],
        place=place_of(row),
    )


def _changed(locked: Import) -> Iterator[ImportRow]:
    yield from _rows(locked, Outcome.CHANGED)
    for row in _rows(locked, Outcome.CONFLICT):
        if not row.keep:
            raise BadInput(f"{place_of(row)}两边都改过，还没有选定以哪边为准；请先在检查结果里选定")
        if row.keep == "file":
            yield row


def _correction(row: ImportRow) -> Correction:
    origin = row.meant.get("origin", {})
    return Correction(
        record=row.record,
        version=row.meant["version"],
        values=row.meant["given"],
        path=row.meant["moved"],
        source_system=origin.get("source"),
        outside_number=origin.get("outside"),
        place=place_of(row),
    )


def _rows(locked: Import, outcome: str) -> Iterator[ImportRow]:
    rows = ImportRow.objects.filter(staged=locked, outcome=outcome).defer(*UNREAD)
    return rows.order_by("place").iterator(READ)


def place_of(row: ImportRow) -> str:
    """Where a row stands in its file, said in front of what is wrong with it."""
    return f"“{rules().kind(row.kind).title}”第 {row.number} 行："
