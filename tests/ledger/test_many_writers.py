"""Several processes on one SQLite home: no lost event, no gap, and nothing acknowledged is lost with a killed
process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
START = """
import django; django.setup()
from jixiao.ledger import audit, projection, rules
from jixiao.ledger.models import Event, Record
from jixiao.ledger.permissions import SYSTEM
from tests.ledger.conftest import TRIAL, make_case, make_org
"""
PREPARE = (
    START
    + """
from django.core.management import call_command
call_command("migrate", verbosity=0)
with rules.working_under(TRIAL):
    projection.ensure(TRIAL)
    make_org("office", "示例办公室")
"""
)
WRITE = (
    START
    + """
import sys
with rules.working_under(TRIAL):
    for number in range(int(sys.argv[1])):
        row = make_case(SYSTEM, "office", title=f"{sys.argv[2]}-{number}")
        print(row.pk, flush=True)
"""
)
CHECK = (
    START
    + """
with rules.working_under(TRIAL):
    events = list(Event.objects.filter(chain="office").order_by("sequence").values_list("sequence", flat=True))
    print(events == list(range(1, len(events) + 1)), [str(one.verdict) for one in audit.check("office")])
    print(*Record.objects.values_list("pk", flat=True))
"""
)


@pytest.fixture
def home(tmp_path):
    environment = {**os.environ, "JIXIAO_HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "JIXIAO_DATABASE": ""}
    return environment | {
        "DJANGO_SETTINGS_MODULE": "jixiao.config.settings",
        "JIXIAO_SECRET_KEY": "of a test",
    }


def start(home, program, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments], env=home, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def finish(process):
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return out


def test_writers_queue_and_a_killed_one_loses_nothing_it_acknowledged(home):
    finish(start(home, PREPARE))
    steady, doomed = start(home, WRITE, "25", "a"), start(home, WRITE, "10000", "b")
    acknowledged = [doomed.stdout.readline().strip() for _ in range(10)]
    doomed.kill()
    rest, _ = doomed.communicate()
    acknowledged += [line for line in rest.split("\n")[:-1] if line]
    acknowledged += finish(steady).split()
    verdict, there = finish(start(home, CHECK)).splitlines()
    assert verdict == "True ['kept', 'kept', 'kept', 'kept']"
    assert set(acknowledged) <= set(there.split())
    assert len(acknowledged) >= 35
