"""Which record each row of a file is: by its id, by a key of the writer's own, by number, by a unique value, else by what
it says. The same row is the same record, however often the file comes.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Sequence

from django.db import connection

from jixiao import sheets
from jixiao.catalogue import Catalogue
from jixiao.catalogue.kinds import FieldType, Kind
from jixiao.ledger import permissions
from jixiao.ledger.examples.tables import NAMESPACE
from jixiao.ledger.imports.names import Names, is_id
from jixiao.ledger.imports.staged_file import Line, Part, lines_of
from jixiao.ledger.models import Import, Record
from jixiao.ledger.queries.workbooks import Called
from jixiao.sheets.columns import EVIDENCE, ID, OUTSIDE, PARENT, SEEN, SOURCE

ASIDE = {ID, SEEN, EVIDENCE, SOURCE, OUTSIDE}


class Index:
    """The rows of a file as records among those the ledger has. Reads the whole file once, its keys alone."""

    def __init__(
        self,
        staged: Import,
        parts: Sequence[Part],
        book: sheets.Book,
        by: permissions.Actor,
        catalogue: Catalogue,
    ) -> None:
        self.org, self.catalogue = staged.org_id, catalogue
        self.called = Called(by, staged.org_id, catalogue)
        self.book = book
        self.kinds: dict[str, str] = {}  # id of a record of the file → its kind
        self.ids: dict[int, str] = {}  # place → id
        self.first: dict[str, int] = {}  # id → the place where it stands first
        self.values: dict[tuple[str, str, str], int] = {}  # (kind, unique field, text) → first place
        self._there: dict[str, tuple[dict[str, str], dict[tuple[str, str], str]]] = {}
        seen: Counter[str] = Counter()
        self.present = {
            part.kind.full_id: {column.id for column in part.matching.columns.values()} for part in parts
        }
        for line in lines_of(parts):
            self._add(line, seen)

    def _add(self, line: Line, seen: Counter[str]) -> None:
        kind = line.kind
        id_ = self._id(line, seen)
        self.ids[line.place] = id_
        self.first.setdefault(id_, line.place)
        self.kinds[id_] = kind.full_id
        names = self.called.of(f"kind:{kind.full_id}")
        own = line.cells.get(ID, "")
        number = line.cells.get(kind.number.field, "") if kind.number else ""
        label = "" if names.has(id_) else line.cells.get(kind.label, "")
        names.add(id_, *([own] if own and not is_id(own) else []), number, " ".join(label.split())[:200])
        for name, spec in kind.fields.items():
            if spec.unique and (text := line.cells.get(name, "")):
                self.values.setdefault((kind.full_id, name, text), line.place)

    def _id(self, line: Line, seen: Counter[str]) -> str:
        kind, key = line.kind, line.cells.get(ID, "")
        if key:
            return key.lower() if is_id(key) else self._named(f"{kind.full_id}/{key}")
        numbers, unique = self._known(kind)
        if kind.number and (number := line.cells.get(kind.number.field, "")):
            return numbers.get(number) or self._named(f"{kind.full_id}/number/{number}")
        for name, spec in kind.fields.items():
            if spec.unique and (text := line.cells.get(name, "")):
                return unique.get((name, text)) or self._named(f"{kind.full_id}/{name}/{text}")
        said = json.dumps(
            {name: text for name, text in line.cells.items() if name not in ASIDE}, sort_keys=True
        )
        content = hashlib.sha256(f"{kind.full_id} {said}".encode()).hexdigest()
        seen[content] += 1
        return self._named(f"{kind.full_id}/row/{content}/{seen[content]}")

    def _named(self, key: str) -> str:
        """Keys make the ids that example records get: the same everywhere."""
        return str(uuid.uuid5(NAMESPACE, f"{self.org}/{key}"))

    def _known(self, kind: Kind) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
        """The records the ledger has by number, and by (unique field, value as it is typed)."""
        if kind.full_id not in self._there:
            rows = Record.objects.filter(kind=kind.full_id, org_id=self.org, voided=False)
            numbers = dict(rows.exclude(number="").values_list("number", "id")) if kind.number else {}
            unique: dict[tuple[str, str], str] = {}
            for name, spec in kind.fields.items():
                if spec.unique and spec.type in (FieldType.TEXT, FieldType.SERIAL):
                    with connection.cursor() as cursor:
                        sql = f'SELECT "{name}", "id" FROM "{kind.table}" WHERE "org" = %s AND "{name}" IS NOT NULL'
                        cursor.execute(sql, [self.org])
                        unique |= {(name, value): id_ for value, id_ in cursor.fetchall()}
            self._there[kind.full_id] = numbers, unique
        return self._there[kind.full_id]

    def find(self, list_name: str, text: str) -> str:
        """The id a text points to: as the file's own lists say, else by name. Raises ValueError."""
        names: Names = self.called.of(list_name)
        offered = self.book.ids.get(list_name, {}).get(text, "")
        return offered if offered and names.has(offered) else names.find(text)

    def parent_of(self, line: Line) -> str:
        """The id of the record above a row. Raises ValueError."""
        text = line.cells.get(PARENT, "")
        if not text:
            raise ValueError(f"请填写所属的{self.catalogue.kind(line.kind.parent or '').title}，写编号或名称")
        return self.find(f"kind:{line.kind.parent}", text)
