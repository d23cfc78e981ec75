"""An example office grown large: its own records again and again, each copy on other days of one year.

`python -m benchmarks.big_office HOME --records 10000` fills an empty folder. The same number makes the same office. What
would have happened after the last day has not: such steps are not taken yet, so that cases are open as in any office.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

EXAMPLE = "demo-cppcc"
FILES = 2_000  # records with a scan of their own behind them
SCAN = 40_000  # bytes of one
BATCH = 2_000
NAMESPACE = uuid.UUID("0d0f6a51-6f5c-5c8e-9a5b-3f6d1c1b7a10")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def build(home: Path, records: int, until: date) -> dict[str, int]:
    """Fill the home and give how many records it holds, and how many files. `until` is the last day of the office's year."""
    start(home)
    from django.core.management import call_command

    from jixiao.ledger import examples
    from jixiao.ledger.actions import orgs
    from jixiao.ledger.actions.records import backfill_all
    from jixiao.ledger.models import Record
    from jixiao.ledger.permissions import SYSTEM

    call_command("migrate", verbosity=0)
    org = examples.install(EXAMPLE).org
    for basis in ("calendar_year", "plenary", "event", "as_of"):
        orgs.set_period(
            by=SYSTEM, org=org, basis=basis, label=f"{until.year}年度{basis}", year=until.year,
            from_on=date(until.year, 1, 1), to_on=until,
        )  # fmt: skip
    wanted = records - Record.objects.count()
    for part in _parts(_copies(org, wanted, until)):
        backfill_all(by=SYSTEM, org=org, cases=part)
    return {"records": Record.objects.count(), "files": _attach(org)}


def start(home: Path) -> None:
    """Django over this home."""
    os.environ["JIXIAO_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.config.settings")
    import django

    django.setup()


def _copies(org: Any, wanted: int, until: date) -> Iterator[Any]:
    """Copies of the example's families until there are as many records as wanted."""
    from jixiao.ledger import examples
    from jixiao.ledger.actions.opening import bound_packs
    from jixiao.ledger.examples.tables import Tables
    from jixiao.ledger.rules import catalogue

    tables = Tables(org.pk, catalogue(), bound_packs(org.pk, catalogue()), "示例数据")
    tables.read(examples.folder_of(org.pk) / "records")
    pasts = [past for past in tables.pasts() if catalogue().kind(past.kind).parent is None]
    chance, turn = random.Random(1), 0
    while wanted > 0:
        turn += 1
        for past in pasts:
            copy = _Copier(catalogue(), turn, until, chance).of(past)
            if copy is None:
                continue
            wanted -= _size(copy)
            yield copy
            if wanted <= 0:
                return


class _Copier:
    """One family again: new ids and names, all its days moved alike."""

    def __init__(self, catalogue: Any, turn: int, until: date, chance: random.Random) -> None:
        self._catalogue, self._turn, self._until = catalogue, turn, until
        self._place = chance.random()

    def of(self, past: Any) -> Any:
        days = sorted(_days(past))
        if days and days[0].year == 2020:
            first = date(self._until.year, 1, 1) + (self._until - date(self._until.year, 1, 1)) * self._place
            self._shift = first - days[0]
        else:
            self._shift = timedelta(0)
        return self._copy(past)

    def _copy(self, past: Any) -> Any:
        kind = self._catalogue.kind(past.kind)
        values = {name: self._value(kind, name, text) for name, text in past.values.items()}
        path = {state: self._moved(day) for state, day in past.path.items()}
        path = {state: day for state, day in path.items() if day <= self._until.isoformat()}
        if (past.path and not path) or (
            kind.date and str(values.get(kind.date, "")) > self._until.isoformat()
        ):
            return None
        children = [copy for child in past.children if (copy := self._copy(child)) is not None]
        return replace(
            past, id=self._id(past.id), values=values, path=path, children=children, links=[],
            number=f"{past.number}-{self._turn}" if past.number else None,
        )  # fmt: skip

    def _value(self, kind: Any, name: str, text: str) -> str:
        spec = kind.fields[name]
        if spec.type == "date":
            return self._moved(text)
        if spec.unique or (kind.number and kind.number.field == name):
            return f"{text}-{self._turn}"
        return f"{text}（{self._turn}）" if name == kind.label and spec.type == "text" else text

    def _moved(self, day: str) -> str:
        return (date.fromisoformat(day) + self._shift).isoformat() if _DAY.fullmatch(day) else day

    def _id(self, id: str) -> str:
        return str(uuid.uuid5(NAMESPACE, f"{self._turn}/{id}"))


def _days(past: Any) -> Iterator[date]:
    for text in (*past.path.values(), *past.values.values()):
        if _DAY.fullmatch(str(text)):
            yield date.fromisoformat(text)


def _size(past: Any) -> int:
    return 1 + sum(map(_size, past.children))


def _parts(copies: Iterator[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for copy in copies:
        part.append(copy)
        if len(part) >= BATCH:
            yield part
            part = []
    if part:
        yield part


def _attach(org: Any) -> int:
    """A scan behind every so many records, each with bytes of its own."""
    from jixiao.ledger.actions import evidence
    from jixiao.ledger.models import Record
    from jixiao.ledger.permissions import SYSTEM

    ids = list(
        Record.objects.filter(org=org, parent=None).order_by("id").values_list("id", flat=True)[:FILES]
    )
    chance = random.Random(1)
    for number, id in enumerate(ids):
        scan = b"%PDF-1.4\n" + chance.randbytes(SCAN)
        evidence.attach(
            by=SYSTEM,
            record=id,
            grade="internal",
            title=f"扫描件{number}",
            file=scan,
            name=f"扫描件{number}.pdf",
        )
    return len(ids)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--until", type=date.fromisoformat, default=date.today())
    asked = parser.parse_args()
    made = build(asked.home, asked.records, asked.until)
    print(f"{asked.home}：台账记录 {made['records']} 条，佐证文件 {made['files']} 份")


if __name__ == "__main__":
    main()
