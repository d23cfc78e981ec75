"""An acknowledged write survives a killed process, and what was not acknowledged is whole or not there at all."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.processes import environment, run_in

ORG, KIND = "demo-cppcc", "cppcc/lecture"
KILLS = int(os.environ.get("JIXIAO_KILLS", "200"))
WRITER = Path(__file__).with_name("writer.py")

pytestmark = pytest.mark.soak


def killed_after(home: Path, seconds: float) -> list[str]:
    """Run the writer, kill it that long after its first acknowledged write; what it acknowledged."""
    writing = [sys.executable, str(WRITER), ORG, KIND]
    with subprocess.Popen(writing, env=environment(home), stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        assert first, "the writer said nothing"
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read()
    lines = (first + rest).decode("ascii")
    return [line for line in lines.split("\n")[:-1] if line]


def test_no_acknowledged_write_is_lost(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert run_in(home, "demo", "--no-serve", "--out", str(tmp_path / "out")).returncode == 0
    seed = random.randrange(2**32)
    print(f"seed {seed}, {KILLS} kills")
    draw = random.Random(seed)
    acknowledged: list[str] = []
    for _ in range(KILLS):
        acknowledged += killed_after(home, draw.uniform(0, 0.25))
    with sqlite3.connect(home / "db.sqlite3") as database:
        kept = {row[0] for row in database.execute("SELECT id FROM ledger_record")}
        projected = {row[0] for row in database.execute("SELECT id FROM p_cppcc_lecture")}
    assert set(acknowledged) <= kept
    assert set(acknowledged) <= projected
    assert run_in(home, "audit", "--org", ORG).returncode == 0
