"""docs/reference/command-line.md: the help of every command, as the command line itself prints it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts.reference.markdown import page as whole

WIDTH = 100


def page() -> str:
    """Every command with its `--help`, groups before their members."""
    from typer.main import get_command

    from jixiao.cli.main import app

    parts = [f"## {path}\n\n```text\n{text}\n```" for path, text in _helps(get_command(app), "jixiao", None)]
    return whole(
        "# Command line",
        "Exit codes: 0 done, 1 done with findings, 2 input that cannot be taken. "
        "Commands read `$JIXIAO_HOME` (default `./home`).",
        *parts,
    )


def _helps(command: Any, name: str, parent: Any) -> Iterator[tuple[str, str]]:
    context = command.context_class(
        command, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH, color=False
    )
    lines = (line.rstrip() for line in command.get_help(context).splitlines())
    yield context.command_path, "\n".join(lines).strip("\n")
    for below, inner in getattr(command, "commands", {}).items():
        yield from _helps(inner, below, context)
