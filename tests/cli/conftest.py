"""The command line as its user meets it: a process of its own, a home of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.processes import run_in

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The suite's database with the tables of the packaged rules."""
    from jixiao.ledger import projection, rules

    with django_db_blocker.unblock():
        projection.ensure(rules.catalogue())


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A home with the demonstration, the folder of its reports, and what was printed."""
    folder = tmp_path_factory.mktemp("demo")
    done = run_in(folder / "home", "demo", "--no-serve", "--out", str(folder / "out"))
    assert done.returncode == 0, done.stderr
    return folder / "home", folder / "out", done.stdout


@pytest.fixture(scope="session")
def jixiao(demo: tuple[Path, Path, str]) -> Run:
    """Run a command on the demonstration."""
    return lambda *arguments: run_in(demo[0], *arguments)


@pytest.fixture
def jixiao_in() -> Run:
    """Run a command in a given home."""
    return run_in
