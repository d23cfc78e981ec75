"""Ours against jionlp, cn2an and Recognizers-Text: speed as ratios of one run, and how well each reads.

The peers are installed into a throw-away environment, which is removed again; what cannot be installed is
printed as such. What each gives is mapped kindly: an overlap counts as the same place, a percentage that ends
in 百分点 as points, numbers right before 年 月 日 are forgiven. Recognizers-Text
knows no measure words such as 件, so it gets the value there and not the unit. jionlp extracts money only, so it is also held
against money alone; cn2an extracts nothing and is given each numeral cut out.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median

from benchmarks.generation.layouts import typeset
from benchmarks.generation.reports import report
from benchmarks.labelled import NOTE, SHARED, labelled
from benchmarks.number_forms import FORMS
from jixiao.reading import read
from jixiao.reading.checks import examine
from jixiao.reading.quantities import Mention, find

PACKAGES = {"recognizers": ["recognizers-text-suite", "emoji<2"], "jionlp": ["jionlp"], "cn2an": ["cn2an"]}
RUNNER = Path(__file__).with_name("peer_runner.py")
_ROUNDS = 5
_BARE = re.compile(r"\d+(?:[.,]\d+)*(?:[万亿]?元|%|[件个家户人项次])?")
_NUMERAL = re.compile(r"[零一二两三四五六七八九十百千万亿点]+")

Found = tuple[int, int, float, str]  # start, end, value, unit


@dataclass(frozen=True, slots=True)
class Truth:
    """A labelled figure. `unit` "" takes any; arguable ones count neither way."""

    start: int
    end: int
    value: float
    unit: str
    kind: str
    is_arguable: bool


@dataclass(frozen=True, slots=True)
class Corpus:
    title: str
    texts: list[str]
    truths: list[list[Truth]]


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--environment", type=Path, help="keep or reuse the peers' environment here")
    given = parser.parse_args(arguments)
    corpora = list(_corpora(given.reports))
    print("【同类对比】速度为同一次运行中每秒字数之比（本程序识别＝1，越大越快）；数值、数值与单位均为F1")
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        place = given.environment or Path(folder) / "environment"
        installed = {name: _install(place, name) for name in PACKAGES}
        for corpus in corpora:
            _compare(corpus, Path(folder), place, [name for name, ready in installed.items() if ready])
    _forms()


def _corpora(reports: int) -> Iterator[Corpus]:
    pages = [typeset(report(seed)) for seed in range(70_000, 70_000 + reports)]
    truths = [
        [
            Truth(
                one.start,
                one.end,
                float(one.amount.value),
                one.amount.base,
                one.amount.kind,
                not one.amount.is_label,
            )
            for one in page.labels
        ]
        for page in pages
    ]
    yield Corpus(f"合成报告 {reports} 份", [page.text for page in pages], truths)
    files = labelled()
    if not files:
        print(f"  标注文件缺失：{SHARED / 'reading'}，只比较合成报告")
        return
    known = [
        [
            Truth(
                one["start"],
                one["end"],
                one.get("value", 0),
                one.get("unit", ""),
                one.get("kind", ""),
                bool(one.get("optional")),
            )
            for one in file.figures
        ]
        for file in files
    ]
    yield Corpus(f"标注文件 {len(files)} 份（{NOTE}）", [file.text for file in files], known)


def _install(place: Path, name: str) -> bool:
    """Into the environment, which is made where it is missing; the reason is printed where that fails."""
    python = place / "bin" / "python"
    if not python.exists():
        made = subprocess.run(
            [sys.executable, "-m", "venv", place], capture_output=True, text=True, check=False
        )
        if made.returncode:
            print(f"  未能建立同类软件的环境：{made.stderr.strip().splitlines()[-1:]}")
            return False
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES[name]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reasons = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        print(f"  未能安装 {name}：{(reasons or ['原因不明'])[-1]}")
    return not done.returncode


def _compare(corpus: Corpus, folder: Path, place: Path, peers: list[str]) -> None:
    size = sum(map(len, corpus.texts))
    print(f"  {corpus.title}，{size} 字")
    ours = [[_as_found(one) for one in find(text)] for text in corpus.texts]
    seconds = _timed(lambda text: [_as_found(one) for one in find(text)], corpus.texts)
    both = _timed(lambda text: examine(read(text.encode(), "report.txt")), corpus.texts)
    bare = _timed(lambda text: _BARE.findall(text), corpus.texts)
    _print("本程序（识别）", "1.00", _scores(corpus.truths, ours))
    print(f"    本程序（识别并核对）      速度 {seconds / both:.2f}")
    print(f"    一条正则表达式（只找数字）  速度 {seconds / bare:.2f}")
    for name in peers:
        _peer(name, corpus, folder, place, seconds)


def _peer(name: str, corpus: Corpus, folder: Path, place: Path, ours: float) -> None:
    numerals = list(_numerals(corpus)) if name == "cn2an" else []
    source, target = folder / "texts.json", folder / "found.json"
    source.write_text(json.dumps({"texts": corpus.texts, "numerals": [text for text, _ in numerals]}))
    command = [place / "bin" / "python", RUNNER, name, source, target]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"    {name} 未能运行：{done.stderr.strip().splitlines()[-1:]}")
        return
    result = json.loads(target.read_text(encoding="utf-8"))
    speed = f"{ours / result['seconds']:.4f}"
    if name == "cn2an":
        right = sum(
            got is not None and _same(got, value)
            for got, (_, value) in zip(result["numerals"], numerals, strict=True)
        )
        print(
            f"    {name:<22}速度 {speed}  代为切出的中文数字 {len(numerals)} 个，读对 {right} 个（自身不作抽取）"
        )
        return
    found = [[tuple(one) for one in some] for some in result["found"]]
    _print(name, speed, _scores(corpus.truths, found))
    if name == "jionlp":
        money = [[one for one in some if one.kind == "money"] for some in corpus.truths]
        _print(f"{name}（只看金额）", speed, _scores(money, found))
    if result["failed"]:
        print(f"    {name} 在 {result['failed']} 份文本上出错")


def _print(name: str, speed: str, scores: tuple[float, float]) -> None:
    print(f"    {name:<20}速度 {speed}  数值 {scores[0]:.4f}  数值与单位 {scores[1]:.4f}")


def _timed(work: Callable[[str], object], texts: list[str]) -> float:
    """The median of a few rounds: ours is short, and a busy machine disturbs it."""
    rounds = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        for text in texts:
            work(text)
        rounds.append(time.perf_counter() - begun)
    return median(rounds)


def _as_found(mention: Mention) -> Found:
    return mention.start, mention.end, float(mention.quantity.value), mention.quantity.unit


def _scores(truths: list[list[Truth]], found: list[list[Found]]) -> tuple[float, float]:
    """F1 of the value, and of value and unit together; an overlap is the same place."""
    right = [0, 0]
    wanted = given = 0
    for labels, some in zip(truths, found, strict=True):
        wanted += sum(not one.is_arguable for one in labels)
        taken: set[int] = set()
        for start, end, value, unit in some:
            at = [place for place, one in enumerate(labels) if start < one.end and one.start < end]
            if any(labels[place].is_arguable for place in at):
                continue
            given += 1
            for place in at:
                label = labels[place]
                if place not in taken and _same(value, label.value):
                    taken.add(place)
                    right[0] += 1
                    right[1] += label.unit in ("", unit)
                    break
    return tuple(2 * one / max(1, wanted + given) for one in right)  # type: ignore[return-value]


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))


def _numerals(corpus: Corpus) -> Iterator[tuple[str, float]]:
    """Chinese numerals of the labels with what they are worth, without units and shares."""
    for text, labels in zip(corpus.texts, corpus.truths, strict=True):
        for one in labels:
            match = _NUMERAL.match(text[one.start : one.end])
            if match and not one.is_arguable and one.unit != "ratio":
                yield match[0], one.value


def _forms() -> None:
    """Forms that peers support, as our reader reads them."""
    right, wrong = 0, []
    for form in FORMS:
        if not form.we:
            got = [(one.quantity.value, one.quantity.unit) for one in find(f"共计{form.text}。")]
            same = any(_equal(value, form.says[0]) and unit == form.says[1] for value, unit in got)
            right += same
            wrong += [] if same else [form.text]
    meant = sum(bool(form.we) for form in FORMS)
    print(
        f"  同类支持的写法 {len(FORMS)} 种：读法相同 {right} 种，有意不同 {meant} 种，读错或未读 {len(wrong)} 种"
    )
    if wrong:
        print(f"    {'、'.join(wrong)}")


def _equal(value: Decimal, says: str) -> bool:
    return abs(Fraction(value) - Fraction(says)) <= Fraction(1, 10**6)


if __name__ == "__main__":
    main(sys.argv[1:])
