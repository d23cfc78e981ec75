"""`jixiao compare`: a document held against the figures of a year, or several documents against each other."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jixiao.cli.documents import Paths
from jixiao.cli.options import Until

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.ledger.queries.comparing import Held
    from jixiao.reading import Reading
    from jixiao.reading.agreement import Line
    from jixiao.reading.crossing import Crossing, Told

Read = list[tuple[Path, "Reading"]]
MOST_NAMES = 20
FORMATS = ("text", "jsonl")
FormatOption = Annotated[str, typer.Option("--format", help="text 供人阅读，jsonl 每行一个 JSON 对象")]


def compare(
    files: Paths,
    org: Annotated[str, typer.Option(help="单位编号；不写则只把几份文件互相核对")] = "",
    period: Annotated[str, typer.Option(help="年度，如 2020；与 --org 同时写")] = "",
    as_of: Until = None,
    format: FormatOption = "text",
) -> int:
    """把文件中的数据与台账对照，或把几份文件互相核对。有不一致返回 1，有文件读不了返回 2。"""
    from jixiao.cli.documents import files_of
    from jixiao.cli.options import day
    from jixiao.errors import BadInput

    if format not in FORMATS:
        raise BadInput(f"没有格式“{format}”，可用：{'、'.join(FORMATS)}")
    as_lines, until = format == "jsonl", day(as_of)
    if bool(org) != bool(period):
        raise BadInput("--org 和 --period 要一起写，如 --org demo-cppcc --period 2020；都不写则只互相核对")
    paths = files_of(files)
    if not org and len(paths) < 2:
        raise BadInput("只有一份文件：与台账对照请写 --org 和 --period，互相核对请给出两份以上的文件")
    read = [(path, reading) for path in paths if (reading := _read(path)) is not None]
    broken = _against_ledger(read, org, period, until, as_lines=as_lines) if org else 0
    broken += _crossed(read, until, as_lines=as_lines) if len(read) > 1 else 0
    return 2 if len(read) < len(paths) else int(broken > 0)


def _read(path: Path) -> Reading | None:
    """Read a file; where it cannot be read, say so on standard error."""
    from jixiao.errors import BadInput
    from jixiao.reading import read

    try:
        return read(path)
    except BadInput as wrong:
        print(wrong, file=sys.stderr)
        return None


def _against_ledger(read: Read, org: str, period: str, until: Any, *, as_lines: bool) -> int:
    from jixiao.cli import django_setup

    django_setup.ready()
    from jixiao.ledger import queries
    from jixiao.ledger.permissions import SYSTEM
    from jixiao.ledger.queries.comparing import figures_told
    from jixiao.reading.agreement import Group

    figures = figures_told(SYSTEM, org, queries.year_named(SYSTEM, org, period), until)
    broken = 0
    for path, reading in read:
        held = figures.hold(reading)
        broken += sum(line.group is Group.DIFFERS for line in held.lines)
        if as_lines:
            for line in held.lines:
                print(json.dumps(row(path, line), ensure_ascii=False))
        else:
            _tell(path, held)
    return broken


def row(path: Path, line: Line) -> dict[str, object]:
    """A line for programs: `span` is null for a figure that the document does not mention."""
    statement = line.match.statement if line.match else None
    return {
        "file": str(path),
        "group": str(line.group),
        "span": [statement.place.start, statement.place.end] if statement else None,
        "text": "".join(statement.text.split()) if statement else "",
        "words": line.match.phrase.words if line.match else "",
        "place": statement.place.label if statement else "",
        "figures": [{"id": one.id, "title": one.title, "text": one.operand.text} for one in line.known],
        "by_person": bool(line.match and line.match.by_person),
        "reason": line.reason,
    }


def _tell(path: Path, held: Held) -> None:
    from jixiao.reading.agreement import TITLES, Group

    grouped = {group: [line for line in held.lines if line.group is group] for group in Group}
    counts = "，".join(f"{TITLES[group]} {len(lines)}" for group, lines in grouped.items())
    print(f"{path} 与{held.org.title} {held.year}年度台账（截至 {held.as_of}）：{counts}")
    if held.others:
        print(f"  △ 文件写的是{'、'.join(held.others)}，没有提到{held.org.title}；请确认选对了文件")
    for group in (Group.DIFFERS, Group.UNSURE, Group.ONLY_DOCUMENT):
        for line in grouped[group]:
            _tell_line(TITLES[group], line)
    if unsaid := grouped[Group.ONLY_LEDGER]:
        names = "、".join(line.known[0].title for line in unsaid[:MOST_NAMES])
        more = f" 等 {len(unsaid)} 项，全部列出请加 --format jsonl" if len(unsaid) > MOST_NAMES else ""
        print(f"  【{TITLES[Group.ONLY_LEDGER]}】{names}{more}")


def _tell_line(title: str, line: Line) -> None:
    if line.match is None:
        return
    statement = line.match.statement
    print(f"  【{title}】{statement.place.label}　{line.match.phrase.words}　文件为{_plain(statement.text)}")
    for one in line.known:
        print(f"      {one.title}：台账为{one.operand.text}")
    print(f"      {line.reason}")


def _crossed(read: Sequence[tuple[Path, Reading]], until: Any, *, as_lines: bool) -> int:
    from jixiao.reading.checks.tally import WORDS
    from jixiao.reading.crossing import cross
    from jixiao.values import Verdict

    found = cross([reading for _, reading in read], [until] * len(read) if until else ())
    if as_lines:
        for one in found:
            print(json.dumps(crossing_row(read, one), ensure_ascii=False))
    else:
        print(f"{len(read)} 份文件互相核对：{len(found)} 处说的是同一件事")
        for one in found:
            if one.verdict is not Verdict.KEPT:
                print(f"  【{WORDS[one.verdict]}】{one.message}")
                for told in (one.one, one.other):
                    place = told.phrase.statement.place.label
                    print(f"      {read[told.file][0]}　{place}　{told.text}{_until(told)}")
    return sum(one.verdict is Verdict.BROKEN for one in found)


def crossing_row(read: Sequence[tuple[Path, Reading]], one: Crossing) -> dict[str, object]:
    """What two documents say of one fact, for programs."""
    places = []
    for told in (one.one, one.other):
        place = told.phrase.statement.place
        cutoff = told.cutoff.isoformat() if told.cutoff else None
        places.append(
            {
                "file": str(read[told.file][0]),
                "span": [place.start, place.end],
                "text": told.text,
                "until": cutoff,
            }
        )
    return {
        "type": "repeat",
        "verdict": str(one.verdict),
        "words": one.one.words,
        "places": places,
        "computed": one.computed,
        "message": one.message,
    }


def _until(told: Told) -> str:
    return f"（截至 {told.cutoff}）" if told.cutoff else ""


def _plain(text: str) -> str:
    return "".join(text.split())
