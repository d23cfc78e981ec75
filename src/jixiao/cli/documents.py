"""The documents a command was given, and how it goes through them: in order, in several processes, to the end.

A folder stands for its files. What is printed does not depend on the order given or on the number of processes.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from jixiao.reading.bounded import Done, Task

# Also what the reader may refuse: a file that stands in the folder is told of, not passed over.
DOCUMENTS = frozenset(
    {".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".docx", ".doc", ".wps", ".rtf", ".pdf", ".ofd"}
    | {".xlsx", ".xlsm", ".xls", ".et"}
)
FORMATS = ("text", "jsonl", "html")
FEW_FILES, FEW_BYTES = 8, 1_000_000  # less than this is done sooner than processes are started
EVERY = 0.2  # seconds between two states of the line of progress
SETTLED = 2.0  # seconds after which one can tell how long the rest will take
INTERRUPTED = 130

Paths = Annotated[list[Path], typer.Argument(help="要读的文件或文件夹", show_default=False)]
FormatOption = Annotated[
    str, typer.Option("--format", help="text 供人阅读，jsonl 每行一个 JSON 对象，html 标出每处数据的网页")
]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="网页写到这个文件夹，每个文件一页；只有一个文件时可不写")
]
JobsOption = Annotated[int, typer.Option("--jobs", min=0, help="同时用几个进程；0 为处理器个数")]
SecondsOption = Annotated[float, typer.Option("--seconds", min=0.1, help="每个文件最多用几秒")]


def files_of(given: Sequence[Path]) -> list[Path]:
    """Every file to read, once, sorted by name. Raises BadInput for a folder that holds none."""
    from jixiao.errors import BadInput

    found: set[Path] = set()
    for path in given:
        if not path.is_dir():
            found.add(path)
            continue
        inside = set(_inside(path))
        if not inside:
            raise BadInput(f"{path}：文件夹里没有文档（.docx、.xlsx、.pdf、.html、.txt）")
        found |= inside
    return sorted(found, key=str)


def _inside(folder: Path) -> Iterator[Path]:
    """Documents, leaving out hidden ones and the lock files of office programs."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if Path(name).suffix.lower() in DOCUMENTS and not name.startswith((".", "~$")):
                yield Path(parent, name)


def form_of(text: str, files: Sequence[Path], out: Path | None) -> str:
    """The format asked for. Raises BadInput for an unknown one, or pages that have nowhere to go."""
    from jixiao.errors import BadInput

    if text not in FORMATS:
        raise BadInput(f"没有格式“{text}”，可用：{'、'.join(FORMATS)}")
    if out is not None and text != "html":
        raise BadInput("--out 只和 --format html 一起用：网页每个文件一页，其余格式请用 > 写到文件")
    if text == "html" and out is None and len(files) > 1:
        raise BadInput(f"有 {len(files)} 个文件，请用 --out 指定放网页的文件夹")
    return text


def pages_of(files: Sequence[Path], out: Path) -> dict[Path, Path]:
    """Where the page of each file goes: under its own name, with a number where two are alike."""
    taken: set[str] = set()
    found: dict[Path, Path] = {}
    for path in files:
        name, number = f"{path.name}.html", 1
        while name.lower() in taken:
            number += 1
            name = f"{path.name}-{number}.html"
        taken.add(name.lower())
        found[path] = out / name
    return found


def write_page(path: Path, content: bytes) -> None:
    """Write a page. Raises BadInput where the system refuses."""
    from jixiao.cli.mistakes import why
    from jixiao.errors import BadInput

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as refused:
        raise BadInput(f"{path}：写不了（{why(refused)}）") from None


def go_through(
    tasks: Sequence[Task[Any]], sizes: int, jobs: int, seconds: float, take: Callable[[Done[Any]], None]
) -> bool:
    """Do every task and take the results in the order of the tasks. True where it was interrupted: what was done by
    then has been taken.
    """
    from jixiao.reading import bounded

    jobs = min(jobs or bounded.processors(), len(tasks))
    is_small = len(tasks) == 1 or (len(tasks) <= FEW_FILES and sizes <= FEW_BYTES)
    progress = _Progress(len(tasks))
    ready: dict[int, Done[Any]] = {}
    following = 0
    done = bounded.here(tasks, seconds) if is_small else bounded.several(tasks, jobs=jobs, seconds=seconds)
    with closing(done):  # whatever happens, no process stays behind
        try:
            for one in done:
                ready[one.index] = one
                while following in ready:
                    progress.clear()
                    take(ready.pop(following))
                    following += 1
                progress.tell(one)
        except KeyboardInterrupt:
            done.close()
            progress.clear()
            for index in sorted(ready):
                take(ready[index])
            return True
    progress.clear()
    return False


def size_of(files: Sequence[Path]) -> int:
    """Bytes of all the files that are there."""
    return sum(path.stat().st_size for path in files if path.is_file())


class _Progress:
    """A line on a terminal that rewrites itself; nothing where the errors go to a file."""

    def __init__(self, total: int) -> None:
        self.total, self.count, self.broken, self.unread = total, 0, 0, 0
        self.began = self.last = time.monotonic()
        self.is_shown = total > 1 and sys.stderr.isatty()
        self.is_standing = False

    def tell(self, done: Done[Any]) -> None:
        self.count += 1
        self.unread += bool(done.refusal)
        self.broken += getattr(done.result, "broken", 0)
        now = time.monotonic()
        if not self.is_shown or (now - self.last < EVERY and self.count < self.total):
            return
        self.last = now
        words = f"已读 {self.count}/{self.total}，不一致 {self.broken}，读不了 {self.unread}{self._left(now)}（Ctrl+C 停止）"
        print(f"\r{words}\x1b[K", end="", file=sys.stderr, flush=True)
        self.is_standing = True

    def _left(self, now: float) -> str:
        """How long it will take, once enough is done to tell: the first files wait for processes to come up."""
        if self.count < FEW_FILES or now - self.began < SETTLED:
            return ""
        return f"，约剩 {round((now - self.began) / self.count * (self.total - self.count))} 秒"

    def clear(self) -> None:
        if self.is_standing:
            self.is_standing = False
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
