"""`jixiao read`: every quantity a document states. Needs no ledger."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jixiao.cli.documents import INTERRUPTED, FormatOption, JobsOption, OutOption, Paths, SecondsOption

if TYPE_CHECKING:
    from jixiao.reading.bounded import Done

ContextOption = Annotated[
    bool, typer.Option("--context", help="jsonl 再写出每处数据的角色、位置、所在分句、标题和时间")
]


def read(
    files: Paths,
    format: FormatOption = "text",
    out: OutOption = None,
    context: ContextOption = False,
    jobs: JobsOption = 0,
    seconds: SecondsOption = 60,
) -> int:
    """列出文件中的每一处数据：位置、数值、单位、约数词和种类。有文件读不了时返回 2。"""
    from jixiao.cli.documents import files_of, form_of, go_through, pages_of, size_of, write_page
    from jixiao.reading.bounded import Task
    from jixiao.reading.marked.answers import read_answer

    chosen = files_of(files)
    form = form_of(format, chosen, out)
    pages = pages_of(chosen, out) if out else {}
    unread: list[str] = []

    def take(done: Done[Any]) -> None:
        path = chosen[done.index]
        if done.refusal:
            unread.append(done.refusal)
            print(done.refusal, file=sys.stderr)
        elif out:
            write_page(pages[path], done.result.content)
            print(f"{path}：识别 {done.result.stated} 处数据　{pages[path]}")
        else:
            sys.stdout.write(done.result.content.decode())

    tasks = [Task(str(path), read_answer, (str(path), str(path), form, context)) for path in chosen]
    if go_through(tasks, size_of(chosen), jobs, seconds, take):
        print("已中断，以上是读完的部分", file=sys.stderr)
        return INTERRUPTED
    return 2 if unread else 0
