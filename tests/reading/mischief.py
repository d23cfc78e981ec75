"""What a document can do to the process that reads it, as functions a process of its own can find."""

from __future__ import annotations

import os
import time

from jixiao.errors import BadInput


def double(number: int) -> int:
    return 2 * number


def hang() -> None:
    while True:
        pass


def sleep_through_alarms() -> None:
    """A library that does not come back to Python: no alarm gets through."""
    import signal

    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    time.sleep(600)


def devour() -> int:
    return len(bytearray(700 * 1024 * 1024))


def die() -> None:
    os._exit(9)


def fail() -> None:
    raise ValueError("kaputt")


def refuse() -> None:
    raise BadInput("坏.txt：文件是空的")
