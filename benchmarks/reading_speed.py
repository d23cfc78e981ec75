"""How fast are texts read and checked, is the time linear, how long do two hundred pages take?

The texts are made up and dense with figures; the labelled ones, thinner, stand beside them where they are.
Times depend on the machine: the doubling ratio and the ratio to a bare regular expression are what counts.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from itertools import pairwise
from time import process_time

from benchmarks.generation.files import docx, pdf
from benchmarks.generation.layouts import typeset
from benchmarks.generation.model import Report
from benchmarks.generation.reports import report
from benchmarks.labelled import labelled
from jixiao.reading import read
from jixiao.reading.checks import examine

PAGE = 560  # characters on a page of an official document
PAGES = 200
SIZES = (1_250_000, 2_500_000, 5_000_000, 10_000_000)  # bytes
RATE, DOUBLING, DOCX, PDF = 2.0, 2.1, 1.0, 3.0
_BARE = re.compile(r"\d+(?:[.,]\d+)*")


def main() -> None:
    print("【读取并核对的速度】时间随机器而变，以比值为准")
    made_up, others = (
        "".join(typeset(report(seed)).text for seed in seeds)
        for seeds in (range(900, 1500), range(3000, 3600))
    )
    _rate("合成报告", made_up, others)
    files = labelled()
    if files:
        once = "".join(file.text for file in files)
        _rate("标注文件（重复至同样长）", once * max(1, len(made_up) // len(once)))
    _doublings(once if files else made_up)
    whole = _long(PAGE * PAGES)
    for form, make, goal in (("docx", docx, DOCX), ("pdf", pdf, PDF)):
        data = make(whole)
        seconds = _spent(lambda data=data, form=form: examine(read(data, f"report.{form}")))  # type: ignore[misc]
        print(f"  {PAGES} 页 .{form}：{seconds:.2f} 秒{_met(seconds <= goal, f'≤ {goal:.0f} 秒')}")


def _rate(title: str, text: str, more: str = "") -> None:
    """`more` is what makes the text about twice as long: the same once more would tell every fact again."""
    data, longer = text.encode(), (text + (more or text)).encode()
    seconds = min(_spent(lambda: examine(read(data, "report.txt"))) for _ in range(3))
    twice = min(_spent(lambda: examine(read(longer, "report.txt"))) for _ in range(3))
    doubling = 2 * (twice / len(longer)) / (seconds / len(data))
    bare = min(_spent(lambda: _BARE.findall(text)) for _ in range(3))
    rate = len(data) / 1e6 / seconds
    print(f"  {title}：{rate:.2f} MB/秒{_met(rate >= RATE, f'≥ {RATE:.0f} MB/秒')}", end="；")
    print(f"加倍后用时 {doubling:.2f} 倍{_met(doubling <= DOUBLING, f'≤ {DOUBLING}')}", end="；")
    print(f"一条正则表达式只找数字，用时为其 {bare / seconds:.4f}")


def _doublings(text: str) -> None:
    """Up to ten megabytes, each text twice as long as the one before."""
    once = text.encode()
    times = []
    for size in SIZES:
        data = once * max(1, size // len(once))
        spent = [_spent(lambda data=data: examine(read(data, "report.txt"))) for _ in range(2)]  # type: ignore[misc]
        times.append(min(spent) / len(data))
    ratios = [2 * after / before for before, after in pairwise(times)]
    told = "、".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"  由 {SIZES[0] / 1e6:g} MB 逐次加倍至 {SIZES[-1] / 1e6:g} MB，用时各为 {told} 倍", end="")
    print(_met(max(ratios) <= DOUBLING, f"≤ {DOUBLING}"))


def _long(size: int) -> Report:
    """One report of about so many characters, pieces of many seeds end to end."""
    pieces, order, length, seed = [], [], 0, 2000
    while length < size:
        one = report(seed, tables=seed % 3 == 0)
        order += [(piece + len(pieces), block) for piece, block in one.order]
        pieces += one.pieces
        length += len(typeset(one).text)
        seed += 1
    return Report("示例长篇报告", pieces, order)


def _spent(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun


def _met(is_met: bool, goal: str) -> str:
    return f"（目标 {goal}）" if is_met else f"（目标 {goal}，未达到）"


if __name__ == "__main__":
    main(*sys.argv[1:])
