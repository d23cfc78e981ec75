"""What each page of a large office costs: milliseconds, queries, and how far the process grows for it.

`python -m benchmarks.pages HOME` opens every main page of a home that `benchmarks.big_office` made, as its clerk. Every page
has a process of its own in which nothing was shown before but the definitions are read. `bare` is what the list of a register
costs (a count and fifty rows): the measure of the others.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.big_office import EXAMPLE, build, start

WHO = "clerk"
MIB = 1024  # ru_maxrss is in KiB
BARE = "台账列表（提案）"


def pages() -> dict[str, Callable[[Any], Any]]:
    """Every main page, by what it is called."""
    from jixiao.ledger.models import Period, Record

    year = max(Period.objects.filter(org=EXAMPLE).values_list("year", flat=True))
    one = Record.objects.filter(org=EXAMPLE, kind="cppcc/proposal").order_by("id")[5]
    at = f"/year/{EXAMPLE}/{year}/"
    figure = f"{at}figures/cppcc/proposals_received/"
    addresses = {
        BARE: "/registers/cppcc/proposal/",
        "待办": "/",
        "待办，本单位的": "/?scope=org",
        "催办": "/reminders/",
        "台账目录": "/registers/",
        "台账列表，搜索": "/registers/cppcc/proposal/?q=停车",
        "台账列表，筛选和排序": "/registers/cppcc/proposal/?state=handling&order=-received_on",
        "台账列表，有提示的": "/registers/cppcc/proposal/?hints=1",
        "台账列表（企业问题）": "/registers/base/problem/",
        "记录": f"/records/{one.pk}/",
        "年度": at,
        "年度提示": f"{at}advice/",
        "数据": figure,
        "得分": f"{at}scores/",
        "报告预览": f"/reports/{EXAMPLE}/{year}/",
        "绩效周期": f"/cycle/{EXAMPLE}/{year}/",
        "佐证": f"{at}evidence/",
        "佐证 .zip": f"{at}evidence.zip",
        "全局查找": "/search/?q=停车",
        "导出 .xlsx": "/registers/base/problem/export.xlsx",
        "导出 .csv": "/registers/base/problem.csv",
        "汇总": "/desk/",
    }
    return {name: _get(address) for name, address in addresses.items()}


def _get(address: str) -> Callable[[Any], Any]:
    def act(client: Any) -> Any:
        answer = client.get(address)
        parts = answer.streaming_content if answer.streaming else [answer.content]
        return answer.status_code, sum(map(len, parts))

    return act


def measure(act: Callable[[Any], Any]) -> dict[str, Any]:
    """Do it once in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            told = _measured(act)
        except BaseException as error:
            told = {"failed": repr(error)[:300]}
        os.write(writing, json.dumps(told).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = json.loads(pipe.read() or "{}")
    os.waitpid(child, 0)
    return dict(told)


def _measured(act: Callable[[Any], Any]) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from jixiao.ledger.models import User

    client = Client()
    client.force_login(User.objects.get(username=WHO), backend="django.contrib.auth.backends.ModelBackend")
    client.get("/rules/")
    before, start_at = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    status, size = act(client)
    cold, grown = time.perf_counter() - start_at, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    start_at = time.perf_counter()
    act(client)
    warm = time.perf_counter() - start_at
    with CaptureQueriesContext(connection) as asked:
        act(client)
    return {
        "status": status, "size": size, "cold": cold, "warm": warm, "queries": len(asked), "grown": grown / MIB,
    }  # fmt: skip


def show(home: Path, only: str = "") -> None:
    """Print a line for each page, with its ratio to the bare list."""
    start(home)
    from django.conf import settings
    from django.db import connection

    from jixiao.ledger.rules import catalogue

    settings.ALLOWED_HOSTS = ["*"]
    catalogue()
    found = pages()
    connection.close()
    bare = 0.0
    for name, act in found.items():
        if only not in name and name != BARE:
            continue
        told = measure(act)
        if "warm" not in told:
            print(f"{name}：没有测成，{told.get('failed')}")
            continue
        bare = bare or told["warm"]
        print(
            f"{name}：{told['status']}，首次 {told['cold'] * 1000:.0f} 毫秒，再次 {told['warm'] * 1000:.0f} 毫秒"
            f"（列表的 {told['warm'] / bare:.1f} 倍），查询 {told['queries']} 次，"
            f"增加内存 {told['grown']:.0f} MB，{told['size'] / 1024:.0f} KB",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, nargs="?", help="big_office 建好的文件夹；不写就现建一个一万条的")
    parser.add_argument("--only", default="", help="只测名称含这些字的页面")
    asked = parser.parse_args()
    if asked.home:
        show(asked.home, asked.only)
        return
    with tempfile.TemporaryDirectory() as folder:
        made = build(Path(folder), 10_000, date.today())
        print(
            f"一个单位，台账记录 {made['records']} 条，佐证文件 {made['files']} 份，每页在单独的进程里打开："
        )
        show(Path(folder), asked.only)


if __name__ == "__main__":
    main()
