"""The program as a process of its own, with a home of its own and none of the suite's settings."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

_DROP_FROM_BOUNDS, _PASS_OVER_MODES = 24, 1  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE of Linux
OURS = ("JIXIAO_", "DJANGO_", "PYTEST_", "COV_")


def environment(home: Path) -> dict[str, str]:
    """This process's environment without what the suite set, and with the home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "JIXIAO_HOME": str(home)}


def lay_down_root() -> None:
    """Before a program begins: even root is then refused what the mode of a folder refuses. Raises OSError, AttributeError
    where the system knows no such thing.
    """
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(_DROP_FROM_BOUNDS, _PASS_OVER_MODES, 0, 0, 0):
        raise OSError("root may not lay down its rights here")


def run_in(
    home: Path, *arguments: str, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `jixiao` with these arguments in that home, `before` in the new process first."""
    return subprocess.run(
        [sys.executable, "-m", "jixiao.cli.main", *arguments],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=before,
    )
