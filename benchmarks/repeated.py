"""Which questions the pages of a large office put to the database again and again, and from where.

`python -m benchmarks.repeated HOME --only 年度` opens every page that `benchmarks.pages` knows and lists its statements
by how often each was asked, with the places that asked and the time all of them took.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.big_office import start

SOURCE = str(Path(__file__).parent.parent / "src" / "jixiao")
_LITERAL = re.compile(r"'(?:[^']|'')*'|\b\d+\b")
_MARKS = re.compile(r"(?:%s|X)(?:, ?(?:%s|X))+")


@dataclass
class Asked:
    """One statement without its values: how often it was asked, how long that took, and where it came from."""

    times: int = 0
    seconds: float = 0.0
    places: Counter[str] = field(default_factory=Counter)


class Listener:
    """Counts statements by shape while it wraps a connection."""

    def __init__(self, depth: int = 3) -> None:
        self.found: dict[str, Asked] = {}
        self._depth = depth

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            asked = self.found.setdefault(shape(sql), Asked())
            asked.times += 1
            asked.seconds += time.perf_counter() - begun
            asked.places[_place(self._depth)] += 1

    @property
    def total(self) -> int:
        return sum(one.times for one in self.found.values())


def shape(sql: str) -> str:
    """A statement without its values, so that the same question about another record reads the same."""
    return _MARKS.sub("…", _LITERAL.sub("X", sql))


def _place(depth: int) -> str:
    """The nearest lines of the project above the statement, the innermost first."""
    frame, found = sys._getframe(2), list[str]()
    while frame is not None and len(found) < depth:
        name = frame.f_code.co_filename
        if name.startswith(SOURCE):
            found.append(f"{name[len(SOURCE) + 1 :]}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back  # type: ignore[assignment]
    return " < ".join(found)


def show(home: Path, only: str, most: int, depth: int) -> None:
    """Print each page's statements, the most repeated first."""
    start(home)
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from benchmarks.pages import WHO, pages
    from jixiao.ledger.models import User

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(User.objects.get(username=WHO), backend="django.contrib.auth.backends.ModelBackend")
    for name, act in pages().items():
        if only not in name:
            continue
        act(client)
        listener = Listener(depth)
        with connection.execute_wrapper(listener):
            act(client)
        seconds = sum(one.seconds for one in listener.found.values())
        print(
            f"\n{name}：查询 {listener.total} 次，{len(listener.found)} 种，数据库 {seconds * 1000:.0f} 毫秒"
        )
        for sql, asked in sorted(listener.found.items(), key=lambda one: -one[1].times)[:most]:
            print(f"  {asked.times} 次，{asked.seconds * 1000:.0f} 毫秒  {sql[:160]}")
            for place, times in asked.places.most_common(3):
                print(f"      {times}  {place}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--only", default="", help="只看名称含这些字的页面")
    parser.add_argument("--most", type=int, default=15)
    parser.add_argument("--depth", type=int, default=3)
    asked = parser.parse_args()
    show(asked.home, asked.only, asked.most, asked.depth)


if __name__ == "__main__":
    main()
