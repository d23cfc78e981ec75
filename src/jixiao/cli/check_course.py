"""How far `jixiao check` has come: what each file gave, kept as counts, and the code the command ends with."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jixiao.cli.documents import write_page
from jixiao.reading.bounded import Done
from jixiao.reading.marked.answers import Answer


@dataclass(slots=True)
class Course:
    """What has come of the files so far, in their order: counts, or why a file could not be read."""

    files: list[Path]
    form: str
    pages: dict[Path, Path]
    answers: dict[Path, Answer] = field(default_factory=dict)
    refusals: dict[Path, str] = field(default_factory=dict)

    def take(self, done: Done[Any]) -> None:
        path = self.files[done.index]
        if done.refusal:
            self.refusals[path] = done.refusal
            print(done.refusal, file=sys.stderr)
            return
        self.answers[path] = replace(done.result, content=b"")  # of a thousand files only the counts are kept
        if path in self.pages:
            write_page(self.pages[path], done.result.content)
        else:
            sys.stdout.write(done.result.content.decode())

    @property
    def code(self) -> int:
        return 2 if self.refusals else int(any(one.broken for one in self.answers.values()))
