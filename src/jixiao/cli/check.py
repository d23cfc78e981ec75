"""`jixiao check`: what in a document does not add up. Needs no ledger."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jixiao.cli.documents import INTERRUPTED, FormatOption, JobsOption, OutOption, Paths, SecondsOption

if TYPE_CHECKING:
    from jixiao.cli.check_course import Course
    from jixiao.reading.marked import Opinion

SummaryOption = Annotated[Path | None, typer.Option("--summary", help="另写一张汇总表：.csv 或 .xlsx")]
VerdictsOption = Annotated[
    Path | None, typer.Option("--verdicts", help="人工意见文件（.jsonl）：误报、可接受的不再计入，仍然列出")
]
SayOption = Annotated[
    list[str] | None,
    typer.Option(
        "--say", help="对一条结果提出意见并写入意见文件：标识=错误|误报|可接受[：附注]", show_default=False
    ),
]


def check(
    files: Paths,
    format: FormatOption = "text",
    out: OutOption = None,
    summary: SummaryOption = None,
    verdicts: VerdictsOption = None,
    say: SayOption = None,
    jobs: JobsOption = 0,
    seconds: SecondsOption = 60,
) -> int:
    """核对文件中的数据是否前后一致：合计、占比、增减、比率、清单等。发现不一致返回 1，有文件读不了返回 2。"""
    from jixiao.cli import check_summary, check_verdicts
    from jixiao.cli.check_course import Course
    from jixiao.cli.documents import files_of, form_of, go_through, pages_of, size_of
    from jixiao.reading.bounded import Task
    from jixiao.reading.marked.answers import check_answer

    chosen = files_of(files)
    form = form_of(format, chosen, out)
    check_summary.require_form(summary)
    said = check_verdicts.said(verdicts, say or [])
    opinions = check_verdicts.known(verdicts, said)
    course = Course(chosen, form, pages_of(chosen, out) if out else {})
    tasks = [Task(str(path), check_answer, (str(path), str(path), form, opinions)) for path in chosen]
    is_interrupted = go_through(tasks, size_of(chosen), jobs, seconds, course.take)
    if out or (form == "text" and len(chosen) > 1):
        check_summary.show(course)
    if summary:
        check_summary.write(course, summary)
    if is_interrupted:
        print("已中断，以上是核对完的部分", file=sys.stderr)
        return INTERRUPTED
    missing = _keep(verdicts, said, course)
    return 2 if missing else course.code


def _keep(verdicts: Path | None, said: dict[str, Opinion], course: Course) -> bool:
    """Write what was said. True where some of it is about no finding of these files."""
    from jixiao.cli import check_verdicts

    told = {mark: message for one in course.answers.values() for mark, message in one.told.items()}
    return check_verdicts.keep(verdicts, said, told) if verdicts else False
