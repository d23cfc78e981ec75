"""What a row would do to the ledger: a new record, a change, nothing, a conflict, or something that is wrong.

Judges by the very checks that recording makes, so that what passes here is taken at the commit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models.fields.json import KeyTextTransform

from jixiao import sheets
from jixiao.catalogue import guard, lifecycle
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger import checking, evidence_store, fold, permissions
from jixiao.ledger.actions.records.create import check, first_day
from jixiao.ledger.imports import at_once
from jixiao.ledger.imports.index import Index
from jixiao.ledger.imports.rights import Rights
from jixiao.ledger.imports.staged_file import Line
from jixiao.ledger.models import Import, ImportRow, Record
from jixiao.ledger.one_reading import reading
from jixiao.ledger.queries.workbooks import links_of
from jixiao.sheets.columns import ID, OUTSIDE, PARENT, SEEN, SOURCE, Column, Sort
from jixiao.sheets.rows import TOO_LONG

Outcome = ImportRow.Outcome
_MARKED = re.compile(r"(秘密|机密|绝密)\s*[★☆*]|^\s*[\[【(（]?(秘密|机密|绝密)[\]】)）]?\s*$")
FORMULA = "这一格是公式，算出的数可能没有保存；请复制后“选择性粘贴”为数值"


class Judge:
    """Judges the rows of one import for one person."""

    def __init__(self, staged: Import, by: permissions.Actor, index: Index) -> None:
        self.staged, self.by, self.index = staged, by, index
        self.catalogue = index.catalogue
        self.org = staged.org
        self.rights = Rights(by, self.org.pk)
        self._alike: dict[str, set[tuple[str, str | None]]] = {}
        self._columns: dict[str, dict[str, Column]] = {}

    def judge(self, lines: Sequence[Line]) -> list[ImportRow]:
        """The rows of a part of the file."""
        ids = [self.index.ids[line.place] for line in lines]
        there = Record.objects.in_bulk(ids)
        with reading():  # what many rows name is looked up once
            return [self._row(line, id_, there.get(id_)) for line, id_ in zip(lines, ids, strict=True)]

    def _row(self, line: Line, id_: str, there: Record | None) -> ImportRow:
        row = ImportRow(
            staged=self.staged, place=line.place, kind=line.kind.full_id, number=line.number,
            cells=dict(line.cells), record=id_, outcome=Outcome.WRONG,
        )  # fmt: skip
        columns = self.columns_of(line.kind)
        read = sheets.read_row(dict(enumerate(columns.values())), _in_order(columns, line), self.catalogue)
        row.problems = read.problems | dict.fromkeys(line.formulas, FORMULA)
        for name, text in line.cells.items():
            if name != SEEN and _MARKED.search(text):
                row.problems[name] = f"带有密级字样，已拒绝。{evidence_store.NOTICE}"
        if self.index.first[id_] != line.place:
            row.problems[ID] = (
                f"与前面的一行是同一条记录（{line.cells.get(ID) or '编号或唯一项相同'}）；请合为一行"
            )
        row.meant = self._meant(line, read, row.problems)
        if not row.problems:
            try:
                self._compare(row, line, read, there)
            except FieldErrors as error:
                row.problems = self._placed(line.kind, error.errors)
            except (BadInput, ValueError) as error:
                row.problems = {ID: str(error)}
        elif there is None:
            also = at_once.wrong_besides(line.kind, self.org, row, self.catalogue)
            row.problems |= {**self._placed(line.kind, also), **row.problems}
        if row.problems:
            row.outcome = Outcome.WRONG
        row.warnings = [*row.warnings, *_personal(line)]
        return row

    def columns_of(self, kind: Kind) -> dict[str, Column]:
        if kind.full_id not in self._columns:
            columns = sheets.columns_of(kind, self.catalogue)
            self._columns[kind.full_id] = {column.id: column for column in columns}
        return self._columns[kind.full_id]

    def _meant(self, line: Line, read: sheets.RowRead, problems: dict[str, str]) -> dict[str, Any]:
        """What the cells come to, ready for recording: values as texts, names as ids."""
        kind, values = line.kind, {}
        for name, spec in kind.fields.items():
            text = line.cells.get(name, "")
            if text and spec.type in (FieldType.REF, FieldType.ORG):
                text = self._found(name, self.columns_of(kind)[name].choices, text, problems)
            if text and text != TOO_LONG:
                values[name] = text
        links = {}
        for role, texts in read.links.items():
            column = f"link.{role}"
            found = [self._found(column, f"kind:{kind.links[role].to}", text, problems) for text in texts]
            if found:
                links[role] = [one for one in found if one]
            if len(found) > 1 and not kind.links[role].many:
                problems[column] = f"“{kind.links[role].title}”只能有一个"
        parent = ""
        if kind.parent:
            try:
                parent = self.index.parent_of(line)
            except ValueError as error:
                problems[PARENT] = str(error)
        return {
            "values": values,
            "path": self._path(line, read),
            "links": links,
            "papers": [list(paper) for paper in read.papers],
            "source": line.cells.get(SOURCE, ""),
            "outside": line.cells.get(OUTSIDE, ""),
            "parent": parent,
        }

    def _found(self, column: str, list_name: str, text: str, problems: dict[str, str]) -> str:
        try:
            return self.index.find(list_name, text)
        except ValueError as error:
            problems[column] = str(error)
            return ""

    def _path(self, line: Line, read: sheets.RowRead) -> dict[str, str]:
        """The days of the states. A day that is a field of its own counts where nothing else is said."""
        path = dict(read.path)
        if not line.cells.get(SEEN):
            for state in line.kind.states:
                if state not in path and isinstance(read.values.get(f"{state}_on"), str):
                    path[state] = read.values[f"{state}_on"]
        return path

    def _compare(self, row: ImportRow, line: Line, read: sheets.RowRead, there: Record | None) -> None:
        kind = line.kind
        data = checking.clean(kind, row.meant["values"], catalogue=self.catalogue)
        self._check_parent(row, kind, there)
        self._check_links(row, kind)
        self._check_repeated(line)
        if there is None:
            self._check_new(row, kind, data)
            row.outcome = Outcome.NEW
            return
        if (there.org_id, there.kind) != (self.org.pk, kind.full_id):
            raise BadInput("这个记录编号属于别的单位或别的事项；请清空“记录编号”一格，作为新记录导入")
        if there.voided:
            raise BadInput("这条记录在本系统已经作废；请先恢复，或删去这一行")
        self._against(row, line, read, there, data)

    def _check_new(self, row: ImportRow, kind: Kind, data: Mapping[str, Any]) -> None:
        facts: fold.Facts = {name: value for name, value in data.items() if value is not None}
        on = first_day(kind, facts)
        path = {state: date.fromisoformat(day) for state, day in row.meant["path"].items()}
        if kind.initial:
            stand = lifecycle.from_dates(kind, path or {kind.initial: on})
            facts[fold.PATH] = [[state, day.isoformat()] for state, day in stand.path]
            on = stand.path[0][1]
        if not self.rights.allow("backfill", kind):
            self.rights.require("create", kind)
            if set(path) - {kind.initial}:
                raise FieldErrors(
                    {
                        f"{state}_on": self.rights.refused("backfill", kind)
                        for state in path
                        if state != kind.initial
                    }
                )
        check(kind, self.org, facts, self.catalogue, on, self.by, self.index.kinds)
        if self._is_alike(kind, data):
            row.warnings = ["与已有的一条同名同日，可能重复；确属两件的可以照常导入"]

    def _against(
        self, row: ImportRow, line: Line, read: sheets.RowRead, there: Record, data: Mapping[str, Any]
    ) -> None:
        """Compare with the record that is there. An empty cell of an exported row clears, of any other leaves."""
        kind, is_exported = line.kind, bool(read.seen)
        given = dict(data)
        if is_exported:
            given |= {name: None for name in kind.fields if self._is_cleared(line, name, given)}
        before = {name: there.data.get(name) for name in given}
        changes = fold.difference(before, given)
        path_before = dict(there.path)
        path = dict(row.meant["path"]) if is_exported else path_before | row.meant["path"]
        if not path or not any(
            self.columns_of(kind)[id_].sort is Sort.DAY for id_ in self.index.present[kind.full_id]
        ):
            path = path_before
        moved = path != path_before and bool(kind.states)
        if moved:
            stand = lifecycle.from_dates(
                kind, {state: date.fromisoformat(day) for state, day in path.items()}
            )
            path = {state: day.isoformat() for state, day in stand.path}
        origin = {"source": there.source_system, "outside": there.outside_number}
        changed_origin = {
            name: row.meant[name] for name in origin if row.meant[name] and row.meant[name] != origin[name]
        }
        linked = links_of(kind, there)
        new_links = {
            role: [one for one in targets if one not in linked.get(role, [])]
            for role, targets in row.meant["links"].items()
        }
        row.meant |= {
            "given": {name: row.meant["values"].get(name) for name in changes},
            "moved": path if moved else {},
        }
        row.meant |= {
            "version": there.version,
            "origin": changed_origin,
            "new_links": {role: ids for role, ids in new_links.items() if ids},
        }
        row.changes = self._shown(kind, changes, path_before, path if moved else path_before, there)
        if not (changes or moved or changed_origin or row.meant["new_links"]):
            row.outcome = Outcome.SAME
            return
        self.rights.require("edit", kind)
        if moved and not self.rights.allow("backfill", kind):
            wrong = [state for state in {*path, *path_before} if path.get(state) != path_before.get(state)]
            raise FieldErrors({f"{state}_on": self.rights.refused("backfill", kind) for state in wrong})
        self._check_changed(kind, there, changes, path if moved else {})
        is_stale = is_exported and read.seen != sheets.fingerprint(there.data, path_before)
        row.outcome = Outcome.CONFLICT if is_stale else Outcome.CHANGED

    def _is_cleared(self, line: Line, name: str, given: Mapping[str, Any]) -> bool:
        """Whether an exported row came back with this field empty; what no cell could hold is no emptiness."""
        return (
            name in self.index.present[line.kind.full_id] and name not in given and not line.cells.get(name)
        )

    def _check_changed(
        self, kind: Kind, there: Record, changes: Mapping[str, Any], path: Mapping[str, str]
    ) -> None:
        if kind.number and kind.number.field in changes and there.number:
            raise FieldErrors({kind.number.field: f"编号由系统连续编排，不能改写；原来是 {there.number}"})
        data = {**there.data, **{name: new for name, (_, new) in changes.items()}}
        data = {name: value for name, value in data.items() if value is not None}
        checking.check_required(kind, data)
        checking.check_days(kind, self.org, data, list(path.items()))
        now = {name: data.get(name) for name in changes}
        checking.check_references(
            kind, now, by=self.by, org=self.org.pk, catalogue=self.catalogue, known=self.index.kinds
        )
        checking.check_unique(kind, self.org.pk, now, there.id)

    def _check_parent(self, row: ImportRow, kind: Kind, there: Record | None) -> None:
        if not kind.parent:
            return
        parent = row.meant["parent"]
        if there is not None and there.parent_id != parent:
            raise FieldErrors({PARENT: "已登记的记录不能改挂到另一条之下；请作废后重新登记"})
        found = self.index.kinds.get(parent) or checking.reachable_kind(parent, by=self.by, org=self.org.pk)
        if found != kind.parent:
            raise FieldErrors(
                {PARENT: f"没有找到所属的{self.catalogue.kind(kind.parent).title}；请先登记、先导入"}
            )

    def _check_links(self, row: ImportRow, kind: Kind) -> None:
        for role, targets in row.meant["links"].items():
            for target in targets:
                found = self.index.kinds.get(target) or checking.reachable_kind(
                    target, by=self.by, org=self.org.pk
                )
                if found != kind.links[role].to or target == row.record:
                    title = self.catalogue.kind(kind.links[role].to).title
                    raise FieldErrors({f"link.{role}": f"应指向另一条已登记的“{title}”记录"})

    def _check_repeated(self, line: Line) -> None:
        for name, spec in line.kind.fields.items():
            text = line.cells.get(name, "")
            if spec.unique and text and self.index.values[line.kind.full_id, name, text] != line.place:
                raise FieldErrors({name: f"“{text}”在这份文件里出现了两次；请核对是否重复"})

    def _is_alike(self, kind: Kind, data: Mapping[str, Any]) -> bool:
        if kind.full_id not in self._alike:
            rows = Record.objects.filter(kind=kind.full_id, org=self.org, voided=False)
            day = KeyTextTransform(kind.date, "data") if kind.date else None
            pairs = (
                rows.values_list("label", day)
                if day
                else ((label, None) for label in rows.values_list("label", flat=True))
            )
            self._alike[kind.full_id] = set(pairs)
        return (data.get(kind.label), data.get(kind.date) if kind.date else None) in self._alike[kind.full_id]

    def _shown(
        self,
        kind: Kind,
        changes: Mapping[str, Any],
        before: Mapping[str, str],
        after: Mapping[str, str],
        there: Record,
    ) -> dict[str, list[str]]:
        """The changes by column id as a person reads them: what stands here, what the file says."""
        from jixiao.catalogue.fields import show

        found = {
            name: [show(kind.fields[name], old, self.catalogue), show(kind.fields[name], new, self.catalogue)]
            for name, (old, new) in changes.items()
        }
        for column in self.columns_of(kind).values():
            if column.sort is Sort.DAY and before.get(column.name) != after.get(column.name):
                found[column.id] = [before.get(column.name, ""), after.get(column.name, "")]
        return found

    def _placed(self, kind: Kind, errors: Mapping[str, str]) -> dict[str, str]:
        """Messages by column; what speaks of no column stands with the first one."""
        columns = self.columns_of(kind)
        days = {f"{column.name}_on": column.id for column in columns.values() if column.sort is Sort.DAY}
        found: dict[str, str] = {}
        for name, message in errors.items():
            known = name if name in columns else days.get(name, kind.date or kind.label)
            spec = columns[known].spec if known in columns else None
            found[known] = message.removeprefix(f"{spec.title}：") if spec else message
        return found


def _personal(line: Line) -> list[str]:
    """What in free text looks like somebody's number."""
    written = {
        name: spec.title
        for name, spec in line.kind.fields.items()
        if spec.type in (FieldType.TEXT, FieldType.LONG_TEXT) and name in line.cells
    }
    return [
        f"“{title}”：{told}" for name, title in written.items() for told in guard.remarks(line.cells[name])
    ]


def _in_order(columns: Mapping[str, Column], line: Line) -> list[str]:
    return [line.cells.get(id_, "") for id_ in columns]
