"""Homes with the demonstration offices in them, and a server before one: for the journeys and the pictures of the docs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def furnish(home: Path) -> None:
    """Fill an empty home with every office the journeys visit."""
    subprocess.run(_command("furnish"), cwd=ROOT, env=_environment(home), check=True)


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address of a server before that home, for as long as it is needed."""
    with subprocess.Popen(
        _command("serve"), cwd=ROOT, env=_environment(home), stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        try:
            assert port.isdigit(), "the demonstration office did not start"
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _command(act: str) -> list[str]:
    return [sys.executable, "-m", "tests.journeys.server", act]


def _environment(home: Path) -> dict[str, str]:
    path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    inherited = {name: value for name, value in os.environ.items() if name != "JIXIAO_DATABASE"}
    return inherited | {"JIXIAO_HOME": str(home), "PYTHONPATH": path}
