"""What a large file costs to import: checking its rows, and taking them into the ledger in one commit.

`python -m benchmarks.imports --rows 10000` imports a made-up list of an office's problems, with units and days of their
steps, into a fresh office, and then the same file again.
"""

from __future__ import annotations

import argparse
import csv
import io
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.big_office import EXAMPLE, start

KIND = "base/problem"
FIRST = date(2019, 1, 1)


def content(rows: int, units: list[str], categories: list[str]) -> bytes:
    """The file: titles of columns as the office's own template has them."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        [
            "外部编号",
            "问题",
            "类别",
            "收集日期",
            "承办单位",
            "办理结果",
            "已收集日期",
            "已交办日期",
            "已受理日期",
        ]
    )
    for number in range(rows):
        found = FIRST + timedelta(days=number % 600)
        writer.writerow(
            [
                f"W{number}", f"示例问题第{number}件", categories[number % len(categories)], found,
                units[number % len(units)], f"已办理{number}", found, found + timedelta(days=2), found + timedelta(days=3),
            ]
        )  # fmt: skip
    return text.getvalue().encode()


def measure(rows: int) -> None:
    """Import twice; print seconds of the clock and of the processor for each step."""
    from django.core.management import call_command

    from jixiao.ledger import examples
    from jixiao.ledger.actions import imports
    from jixiao.ledger.models import Org, Record
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.rules import catalogue

    call_command("migrate", verbosity=0)
    org = examples.install(EXAMPLE).org
    table = catalogue().codes[catalogue().kind(KIND).fields["category"].codes or ""]
    units = list(Org.objects.exclude(pk=org.pk).order_by("id").values_list("title", flat=True)[:20])
    file = content(rows, units, [one.title for one in table.codes.values()])
    for time_ in ("首次", "再次"):
        staged = imports.begin(by=SYSTEM, org=org, content=file, name="问题.csv", kind=KIND)
        staged = _timed(f"{time_}检查", rows, lambda found=staged: imports.check(by=SYSTEM, staged=found))
        if time_ == "首次":
            imports.accept(by=SYSTEM, staged=staged)
            _timed("写入", rows, lambda found=staged: imports.finish(by=SYSTEM, staged=found))
    print(f"台账里这类记录共 {Record.objects.filter(org=org, kind=KIND).count()} 条")


def _timed(what: str, rows: int, act: Callable[[], Any]) -> Any:
    begun, used = time.perf_counter(), time.process_time()
    found = act()
    clock, cpu = time.perf_counter() - begun, time.process_time() - used
    print(
        f"{what} {rows} 行：{clock:.1f} 秒，处理器 {cpu:.1f} 秒，每行 {cpu / rows * 1e6:.0f} 微秒", flush=True
    )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start(Path(folder))
        measure(asked.rows)


if __name__ == "__main__":
    main()
