"""The program as a process of its own, with a home of its own and none of the suite's settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

OURS = ("JIXIAO_", "DJANGO_", "PYTEST_", "COV_")


def environment(home: Path) -> dict[str, str]:
    """This process's environment without what the suite set, and with the home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "JIXIAO_HOME": str(home)}


def run_in(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `jixiao` with these arguments in that home."""
    return subprocess.run(
        [sys.executable, "-m", "jixiao.cli.main", *arguments],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
