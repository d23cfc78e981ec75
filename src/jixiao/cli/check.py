"""`jixiao check`: what in a document does not add up. Needs no ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.cli.read import Face, FaceOption, Paths, face, read_or_tell

if TYPE_CHECKING:
    from jixiao.reading import Reading
    from jixiao.reading.checks import Outcome


def check(files: Paths, format: FaceOption = "text") -> int:
    """核对文件中的数据是否前后一致：合计、占比、增减、比率、清单等。发现不一致返回 1，有文件读不了返回 2。"""
    from jixiao.cli.documents import files_of
    from jixiao.reading.checks import examine
    from jixiao.reading.checks.tally import broken, checked, row

    chosen = face(format)
    counts: list[tuple[str, int, int, int]] = []
    unread: list[str] = []
    for path in files_of(files):
        reading = read_or_tell(path)
        if reading is None:
            unread.append(str(path))
            continue
        outcomes = examine(reading)
        if chosen is Face.JSONL:
            for one in outcomes:
                print(json.dumps(row(str(path), one), ensure_ascii=False))
        else:
            _tell(path, reading, outcomes)
        counts.append((str(path), len(reading.statements), checked(outcomes), broken(outcomes)))
    if chosen is Face.TEXT and len(counts) + len(unread) > 1:
        _summary(counts, unread)
    return 2 if unread else int(any(found for _, _, _, found in counts))


def _tell(path: Path, reading: Reading, outcomes: list[Outcome]) -> None:
    from jixiao.reading.checks.tally import WORDS, broken, checked

    print(
        f"{path}：识别 {len(reading.statements)} 处数据，核对 {checked(outcomes)} 处，"
        f"发现 {broken(outcomes)} 处不一致"
    )
    for one in outcomes:
        if one.verdict == "kept":
            continue
        start, end = min(one.spans)
        label = reading.document.place(start, end).label
        print(f"  【{WORDS[one.verdict]}】{label}　{one.message}")
        if one.computed:
            print(f"      算式：{one.computed}" + (f"；原文：{one.stated}" if one.stated else ""))
        if one.reading:
            print(f"      读法：{one.reading}")


def _summary(counts: list[tuple[str, int, int, int]], unread: list[str]) -> None:
    print()
    print(f"共 {len(counts) + len(unread)} 个文件")
    for name, stated, held, found in counts:
        print(f"  {name}　数据 {stated}　核对 {held}　不一致 {found}")
    for name in unread:
        print(f"  {name}　读不了，原因见上")
    total = [sum(column) for column in zip(*(row[1:] for row in counts), strict=True)] or [0, 0, 0]
    print(f"合计：数据 {total[0]}　核对 {total[1]}　不一致 {total[2]}　读不了 {len(unread)}")
