"""Example records out of CSV files: one file per kind, one row per record, children under their parents.

Columns: `key`, `parent`, field ids, `<state>_on`, link roles (keys joined by ;), `number`, `evidence`
(grade:title, a third part is the document number; several joined by ;). Empty means absent. A reference holds
the target's key. Where a day of installation is given, `today-12` and `today+5` are days reckoned from it and `{year}` is
its year.
"""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from jixiao.catalogue import Catalogue
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.errors import BadInput, NotFound
from jixiao.ledger.actions.opening import in_packs
from jixiao.ledger.actions.records import Paper, Past

NAMESPACE = uuid.UUID("6a9b1c8e-4f0d-5d0e-9a43-2f6f3f0f8f11")
PLAIN = ("key", "parent", "number", "evidence")
RECKONED = re.compile(r"today(?P<days>[+-]\d{1,4})?")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    kind: Kind
    key: str
    parent: str
    cells: Mapping[str, str]
    place: str


@dataclass(slots=True)
class Tables:
    org: str
    catalogue: Catalogue
    packs: Collection[str]  # of the org: short names of files mean kinds of these
    source: str
    today: date | None = None  # the day others are reckoned from
    source_system: str = ""
    rows: list[Row] = field(default_factory=list)
    _children: dict[tuple[str, str], list[Row]] = field(default_factory=dict)

    def read(self, folder: Path) -> None:
        """Read every table of a folder, beside those read before. Raises BadInput, naming file and line."""
        new = [row for path in sorted(folder.glob("*.csv")) for row in self._rows(path, self._kind(path))]
        self.rows += new
        keys = {(row.kind.full_id, row.key) for row in self.rows}
        self._check_keys(keys, new)
        for row in new:
            if row.kind.parent:
                if (row.kind.parent, row.parent) not in keys:
                    raise BadInput(f"{row.place}parent 所写的“{row.parent}”不在上级表中")
                self._children.setdefault((row.kind.parent, row.parent), []).append(row)

    def _check_keys(self, keys: set[tuple[str, str]], rows: Sequence[Row]) -> None:
        """Raises BadInput for a reference or a link to a key that no table has."""
        for row in rows:
            fields = {name: spec.to for name, spec in row.kind.fields.items() if spec.type is FieldType.REF}
            for column, to in {**fields, **{role: spec.to for role, spec in row.kind.links.items()}}.items():
                cell = row.cells.get(column, "")
                for key in [cell] if column in fields and cell else _several(cell):
                    if (to, key) not in keys:
                        table = f"{str(to).rsplit('/', 1)[-1]}.csv"
                        raise BadInput(f"{row.place}{column} 所写的“{key}”不在 {table} 中")

    def pasts(self, after: int = 0) -> list[Past]:
        """The root records with their children, in the order of files and lines, without the first rows."""
        return [self._past(row) for row in self.rows[after:] if row.kind.parent is None]

    def id_of(self, kind: str, key: str) -> str:
        return str(uuid.uuid5(NAMESPACE, f"{self.org}/{kind}/{key}"))

    def _kind(self, path: Path) -> Kind:
        """The kind a file is named after: `<kind>.csv`, or `<pack>.<kind>.csv` where several packs have it."""
        name = path.stem.replace(".", "/")
        try:
            return in_packs(self.packs, self.catalogue.kinds, name) or self.catalogue.kind(name)
        except NotFound as error:
            raise BadInput(
                f"{path.name}：{error}（文件名应为“事项类型.csv”或“规则包.事项类型.csv”）"
            ) from None

    def _rows(self, path: Path, kind: Kind) -> Iterator[Row]:
        known = {*PLAIN, *kind.fields, *kind.links, *(f"{state}_on" for state in kind.states)}
        seen: set[str] = set()
        with io.StringIO(_text(path), newline="") as file:
            reader = csv.DictReader(file)
            _refuse_repeated(path.name, reader.fieldnames or ())
            for line, cells in enumerate(reader, start=2):
                place = f"{path.name} 第{line}行："
                given = {
                    str(name): self._reckoned(text or "") for name, text in cells.items() if name is not None
                }
                unknown = [name for name in given if name not in known]
                if unknown or None in cells:
                    raise BadInput(f"{place}没有“{'、'.join(unknown) or '表头以外的'}”这一列")
                key = given.get("key", "")
                if not key or key in seen:
                    raise BadInput(f"{place}key {'重复' if key else '没有填'}")
                seen.add(key)
                yield Row(kind, key, given.get("parent", ""), given, place)

    def _reckoned(self, text: str) -> str:
        """A cell with the days and the year that follow from the day of installation."""
        cell = text.strip()
        return cell if self.today is None else reckoned(cell, self.today)

    def _past(self, row: Row) -> Past:
        kind, cells = row.kind, row.cells
        return Past(
            kind=kind.full_id,
            id=self.id_of(kind.full_id, row.key),
            values=self._values(row),
            path={state: cells[f"{state}_on"] for state in kind.states if cells.get(f"{state}_on")},
            number=cells.get("number") or None,
            links=[
                (role, self.id_of(spec.to, key))
                for role, spec in kind.links.items()
                for key in _several(cells.get(role, ""))
            ],
            evidence=[_paper(row.place, text) for text in _several(cells.get("evidence", ""))],
            children=[self._past(child) for child in self._children.get((kind.full_id, row.key), [])],
            source=self.source,
            source_system=self.source_system,
            place=row.place,
        )

    def _values(self, row: Row) -> dict[str, str]:
        values = {}
        for name, spec in row.kind.fields.items():
            if text := row.cells.get(name, ""):
                is_reference = spec.type is FieldType.REF and spec.to
                values[name] = self.id_of(spec.to, text) if is_reference and spec.to else text
        return values


def reckoned(text: str, today: date) -> str:
    """`today-12` as that day, {year} as this year; other words as they are."""
    if match := RECKONED.fullmatch(text):
        return (today + timedelta(days=int(match["days"] or 0))).isoformat()
    return text.replace("{year}", str(today.year))


def _refuse_repeated(file: str, names: Sequence[str]) -> None:
    repeated = sorted({name for name in names if list(names).count(name) > 1})
    if repeated:
        raise BadInput(f"{file} 第1行：列“{'、'.join(repeated)}”写了两次")


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path.name} 不是 UTF-8 编码；请在表格软件里另存为“CSV UTF-8（逗号分隔）”") from None


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.replace("；", ";").split(";") if part.strip()]


def _paper(place: str, text: str) -> Paper:
    grade, *rest = (part.strip() for part in text.split(":"))
    if not rest or len(rest) > 2:
        raise BadInput(f"{place}evidence 应写“等级:名称”或“等级:名称:文号”，写成了“{text}”")
    return Paper(grade=grade, title=rest[0], document_number=rest[1] if len(rest) > 1 else "")
