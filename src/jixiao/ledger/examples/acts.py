"""What the people of an example org did, one act after another, through the same commands as the pages: `living/acts.yaml`.

    - {by: finance, day: 2020-01-10, create: performance_goal, key: goal, values: {…}}      # under: KEY for a child
    - {by: finance, day: 2020-01-15, step: submit, record: goal, note: …, values: {…}}
    - {by: finance, edit: opinion, values: {…}}
    - {by: finance, attach: goal, grade: official, title: …, number: …, file: name.pdf, lines: [… the words of the paper]}

A text `@goal` is the id of that record, `kind:key` names one of the tables; days may be `today-12`. A record made by acts
is left alone when the example is installed again, with everything that was done to it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jixiao.catalogue.dates import read_date
from jixiao.errors import BadInput, JixiaoError
from jixiao.ledger.actions import evidence, records
from jixiao.ledger.actions.opening import in_packs
from jixiao.ledger.examples.papers import made_up
from jixiao.ledger.examples.tables import NAMESPACE, Tables, reckoned
from jixiao.ledger.models import EvidenceUse, Org, Record, User

Act = Mapping[str, Any]
KNOWN = frozenset(
    ("by", "day", "create", "key", "under", "step", "record", "edit", "values", "note",
     "attach", "grade", "title", "number", "file", "lines")
)  # fmt: skip


@dataclass(slots=True)
class Acting:
    """The acts of one org; `tables` know its registers and packs."""

    org: Org
    tables: Tables
    today: date
    made: int = 0
    _kinds: dict[str, str] = field(default_factory=dict)
    _old: set[str] = field(default_factory=set)

    def take_all(self, acts: Sequence[Act]) -> int:
        """Take every act that was not taken before; gives how many records were made. Raises BadInput with its number."""
        for number, act in enumerate(acts, start=1):
            try:
                self._take(act)
            except KeyError as error:
                raise BadInput(f"第{number}项缺少 {error.args[0]}") from error
            except (JixiaoError, ValueError) as error:
                reasons = "；".join(getattr(error, "reasons", ()))
                raise BadInput(f"第{number}项：{error}{'：' if reasons else ''}{reasons}") from error
        return self.made

    def _take(self, act: Act) -> None:
        if unknown := [str(name) for name in act if name not in KNOWN]:
            raise BadInput(f"不认得 {'、'.join(unknown)}；可写：{'、'.join(sorted(KNOWN))}")
        by = User.objects.get(username=act["by"])
        values = self._read(act.get("values", {}))
        on = read_date(self._read(act["day"])) if "day" in act else None
        if "create" in act:
            self._create(act, by, values, on)
            return
        row = self._record(act["record"] if "step" in act else act.get("edit") or act["attach"])
        if "attach" in act:
            self._attach(act, by, row)
        elif row.pk in self._old:
            return
        elif "step" in act:
            records.advance(
                by=by, record=row, step=act["step"], seen=row.version, values=values, happened_on=on,
                note=act.get("note", ""),
            )  # fmt: skip
        else:
            records.edit(by=by, record=row, values=values, seen=row.version)

    def _create(self, act: Act, by: User, values: Mapping[str, Any], on: date | None) -> None:
        kind = in_packs(self.tables.packs, self.tables.catalogue.kinds, act["create"])
        if kind is None:
            raise BadInput(f"没有事项类型“{act['create']}”")
        self._kinds[act["key"]] = kind.full_id
        id = self._id(act["key"])
        if Record.objects.filter(pk=id).exists():
            self._old.add(id)
            return
        parent = self._id(act["under"]) if "under" in act else None
        row = records.create(
            by=by, org=self.org, kind=kind.full_id, values=values, happened_on=on, parent=parent, id=id
        )
        records.set_origin(
            by=by, record=row, source_system=self.tables.source_system, outside_number="", seen=row.version
        )
        self.made += 1

    def _attach(self, act: Act, by: User, row: Record) -> None:
        if EvidenceUse.objects.filter(record=row, title=act["title"], file_name=act["file"]).exists():
            return
        lines = [self._read(line) for line in act["lines"]]
        evidence.attach(
            by=by, record=row, grade=act["grade"], title=act["title"], document_number=act.get("number", ""),
            file=made_up(self.org, act["title"], lines, self.org.notice), name=act["file"],
        )  # fmt: skip

    def _record(self, named: str) -> Record:
        kind, _, key = named.rpartition(":")
        if not kind:
            return Record.objects.get(pk=self._id(key))
        found = in_packs(self.tables.packs, self.tables.catalogue.kinds, kind)
        if found is None:
            raise BadInput(f"没有事项类型“{kind}”")
        return Record.objects.get(pk=self.tables.id_of(found.full_id, key))

    def _id(self, key: str) -> str:
        if key not in self._kinds:
            raise BadInput(f"“{key}”还没有登记；登记的那一项要写在前面")
        return str(uuid.uuid5(NAMESPACE, f"{self.org.pk}/acts/{key}"))

    def _read(self, value: Any) -> Any:
        """Texts with ids in the place of keys and days in the place of reckoned ones, lists and tables through."""
        if isinstance(value, Mapping):
            return {name: self._read(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self._read(one) for one in value]
        if isinstance(value, str):
            return self._id(value[1:]) if value.startswith("@") else reckoned(value, self.today)
        return value if value is None or isinstance(value, bool) else str(value)
