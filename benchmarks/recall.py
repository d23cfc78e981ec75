"""Which planted errors does the reader find, by class and by size? How often does it cry wolf? How well does it read?

The figures of made-up reports are synthetic and printed as such, beside those of the labelled files, which
were read while the rules were written. A missed goal is printed as missed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from benchmarks.generation.measure import Count, false_flags, planted, quantities, tables_of
from benchmarks.labelled import NOTE, SHARED, Labelled, labelled
from jixiao.reading import read
from jixiao.reading.checks import Outcome, examine
from jixiao.reading.quantities import find
from jixiao.values import Verdict

FORMS = ("txt", "txt", "docx", "html", "xlsx")
RECALL, SCORE = 0.95, 0.99


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--first", type=int, default=50_000, help="first seed")
    given = parser.parse_args(arguments)
    seeds = range(given.first, given.first + given.reports)
    print(f"【合成数据】随机生成的报告 {given.reports} 份（非真实报告；种子 {seeds[0]}–{seeds[-1]}）")
    _planted(seeds)
    _clean(seeds)
    _quantities(seeds)
    _labelled()


def _planted(seeds: range) -> None:
    by_class, by_size, near = tables_of(planted(seeds, 1, FORMS))
    for title, counts in (("按类别", by_class), ("按大小", by_size)):
        print(f"  植入错误的检出（{title}，检出/植入）")
        for name, count in sorted(counts.items()):
            print(f"    {name:<20}{count.found:>5} / {count.planted:<5}{_share(count):>7.1%}")
    whole = Count(sum(one.planted for one in by_class.values()), sum(one.found for one in by_class.values()))
    print(f"  合计 {whole.found} / {whole.planted}，{_goal(_share(whole), RECALL)}")
    print(f"  末位之差（属舍入，不应报警）：{near.planted} 处，误报 {near.found} 处")


def _clean(seeds: range) -> None:
    flags = list(false_flags(seeds, FORMS))
    print(f"  无错报告 {len(seeds)} 份，误报 {len(flags)} 处，目标 0{'' if not flags else '，未达到'}")
    for seed, form, words in flags[:5]:
        print(f"    种子 {seed} {form} {words}")


def _quantities(seeds: range) -> None:
    reading = quantities(seeds)
    print(
        f"  数据识别 F1（位置、数值与单位）：{_goal(reading.score, SCORE)}，应识别 {reading.right + reading.missing} 处"
    )


def _labelled() -> None:
    files = labelled()
    if not files:
        print(f"【标注文件】未找到 {SHARED / 'reading'}，本项未测")
        return
    print(f"【标注文件】{len(files)} 份（{NOTE}）")
    figures = [_figures(one) for one in files]
    right, wrong, missing = (sum(one[place] for one in figures) for place in range(3))
    print(
        f"  数据识别 F1：{2 * right / (2 * right + wrong + missing):.4f}（{right} 对，{wrong} 多或错，{missing} 漏）"
    )
    found, flags = 0, 0
    for one in files:
        outcomes = examine(read(one.text.encode(), f"{one.name}.txt"))
        found += sum(any(_agrees(label, outcome) for outcome in outcomes) for label in one.relations)
        flags += sum(
            outcome.verdict is Verdict.BROKEN and not any(_agrees(label, outcome) for label in one.relations)
            for outcome in outcomes
        )
    print(
        f"  标注关系 {sum(len(one.relations) for one in files)} 条，核出且判断相同 {found} 条，标注之外报错 {flags} 处"
    )


def _figures(file: Labelled) -> tuple[int, int, int]:
    """Right, too many or wrong, missing; arguable labels count neither way."""
    wanted = {(one["start"], one["end"]): one for one in file.figures if not one.get("optional")}
    arguable = [(one["start"], one["end"]) for one in file.figures if one.get("optional")]
    right = wrong = 0
    for mention in find(file.text):
        label = wanted.get((mention.start, mention.end))
        if label is None:
            wrong += not any(mention.start < end and start < mention.end for start, end in arguable)
            continue
        near = abs(float(mention.quantity.value) - label["value"]) <= 1e-9 * max(1.0, abs(label["value"]))
        same = near and label["unit"] in ("", mention.quantity.unit)
        right, wrong = right + same, wrong + (not same)
    return right, wrong, len(wanted) - right


def _agrees(label: dict[str, object], one: Outcome) -> bool:
    """The same judgement of the same places; of a list, its count and a place that shares text."""
    spans = [tuple(span) for span in label["spans"]]  # type: ignore[attr-defined]
    if (one.verdict is Verdict.KEPT) != label["holds"]:
        return False
    if label["type"] == "list" and one.type == "list":
        (start, end), (first, last) = spans[1], one.spans[1]
        return one.spans[0] == spans[0] and start < last and first < end
    return set(one.spans) == set(spans)


def _share(count: Count) -> float:
    return count.found / max(1, count.planted)


def _goal(reached: float, goal: float) -> str:
    return f"{reached:.2%}，目标 {goal:.0%}{'' if reached >= goal else '，未达到'}"


if __name__ == "__main__":
    main(sys.argv[1:])
