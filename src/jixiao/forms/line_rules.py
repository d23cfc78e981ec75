"""What a form asks of its rows beside arithmetic: reasons, units, what can be measured, parts that stay within their whole.

Each rule is named by the form with its columns; it tells the cell, what is wrong there and what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from jixiao.catalogue.forms import Rule
from jixiao.forms.cells import Content, State, shown
from jixiao.forms.fill import TOTAL, Grid, Line
from jixiao.forms.targets import amount, missed, share
from jixiao.values import Finding, Verdict, decimal_text, round_half_up

_SIGNS = frozenset("≥≤=＝<>＜＞")
_PER_CENT = ("%", "％", "百分比")

_UNDONE = re.compile(
    r"(?<![年度期])(?:尚未|未能|没有|没能|未)(?:全部|全面|全额|按期|按时|如期|及时|足额)?(?:完成|达到|达标|达成|实现|办结|开展|实施|验收)"
)


def titled(grid: Grid, line: Line, column: str) -> str:
    """A cell by the words of its row and column."""
    names = [name for name, spec in grid.block.columns.items() if spec.text and not spec.merge]
    told = (line.cells[name].words for name in names if line.cells[name].words)
    row = line.title.strip() or next(told, f"第{line.key}行")
    return f"{row}·{grid.block.columns[column].title}"


def _reason_when_lost(grid: Grid, rule: Rule) -> list[Finding]:
    """A score below its points needs a reason; one above them cannot be."""
    found = []
    for line in _listed(grid):
        score, points = line.cells[rule.columns["score"]], line.cells[rule.columns["points"]]
        if not (score.is_number and points.is_number):
            continue
        address, title = (
            f"{grid.block.id}.{line.key}.{rule.columns['score']}",
            titled(grid, line, rule.columns["score"]),
        )
        arithmetic = f"{shown(score, '分')} 对 {shown(points, '分')}"
        if score.value > points.value:
            told, verdict = "得分高于分值，请改低得分", Verdict.BROKEN
        elif score.value < points.value and line.cells[rule.columns["reason"]].state is not State.WORDS:
            told, verdict = "得分低于分值而没有写原因，请写明偏差原因与改进措施", Verdict.BROKEN
        else:
            told, verdict = "得分与原因相符", Verdict.KEPT
        found.append(Finding(rule.id, title, verdict, told, computed=arithmetic, subjects=(address,)))
    return found


def _reason_when_far_over(grid: Grid, rule: Rule) -> list[Finding]:
    """An actual value far above its target asks whether the target was set too low."""
    found = []
    for line in _listed(grid):
        target, actual = (leading(line.cells[rule.columns[name]]) for name in ("target", "actual"))
        reason = line.cells[rule.columns["reason"]].state is State.WORDS
        if target is None or actual is None or target <= 0 or reason:
            continue
        if actual > target * (1 + Fraction(rule.limit, 100)):
            address = f"{grid.block.id}.{line.key}.{rule.columns['actual']}"
            told = f"实际完成值超出目标值{rule.limit}%以上而没有说明，请写明原因；目标定低了的，下年调高"
            title = titled(grid, line, rule.columns["actual"])
            found.append(Finding(rule.id, title, Verdict.BROKEN, told, subjects=(address,)))
    return found


def _same_unit(grid: Grid, rule: Rule) -> list[Finding]:
    """Target and actual value are told in one unit."""
    found = []
    for line in _listed(grid):
        units = [_unit_word(line.cells[rule.columns[name]].words) for name in ("target", "actual")]
        if all(units) and units[0] != units[1]:
            address = f"{grid.block.id}.{line.key}.{rule.columns['actual']}"
            told = f"目标值以“{units[0]}”计，实际完成值以“{units[1]}”计，请用同一单位"
            title = titled(grid, line, rule.columns["actual"])
            found.append(Finding(rule.id, title, Verdict.BROKEN, told, subjects=(address,)))
    return found


def _measurable(grid: Grid, rule: Rule) -> list[Finding]:
    """A target says in which direction, how much and of what, unless it is declared to be judged in words."""
    found = []
    for line in _listed(grid):
        target, unit = (line.cells[rule.columns[name]] for name in ("target", "unit"))
        words = target.words.strip()
        if target.state is State.BLANK or "定性" in words:
            continue
        said = amount(words)
        lacking = [
            name
            for name, is_there in (
                ("方向（≥、≤、＝）", words[:1] in _SIGNS or bool(said and said.sign)),
                ("数值", any(character.isdigit() for character in words)),
                (
                    "单位",
                    bool(said.unit if said else words.strip("≥≤=＝<>＜＞ ")) or unit.state is State.WORDS,
                ),
            )
            if not is_there
        ]
        if lacking:
            address = f"{grid.block.id}.{line.key}.{rule.columns['target']}"
            told = f"指标值“{words}”缺{'、'.join(lacking)}；写成 ≥20件、≤5%，难以量化的写“定性：…”"
            title = titled(grid, line, rule.columns["target"])
            found.append(Finding(rule.id, title, Verdict.BROKEN, told, subjects=(address,)))
    return found


def _less_when_missed(grid: Grid, rule: Rule) -> list[Finding]:
    """A result that misses its target, by its number or in so many words, never has all the points."""
    found = []
    for line in _listed(grid):
        target, actual = (line.cells[rule.columns[name]].words for name in ("target", "actual"))
        points, score = (line.cells[rule.columns[name]] for name in ("points", "score"))
        if not (points.is_number and score.is_number and score.value >= points.value > 0):
            continue
        address = f"{grid.block.id}.{line.key}.{rule.columns['score']}"
        title = titled(grid, line, rule.columns["score"])
        reason = line.cells[rule.columns["reason"]].words if "reason" in rule.columns else ""
        if missed(target, actual):
            reached = share(target, actual)
            worth = (
                f"，按完成比例是{decimal_text(round_half_up(points.value * reached, 2))}分" if reached else ""
            )
            told = f"目标{target}，完成{actual}，没有达到，不能得满分{worth}；请改得分并写明原因"
            found.append(Finding(rule.id, title, Verdict.BROKEN, told, subjects=(address,)))
        elif said := _UNDONE.search(actual) or _UNDONE.search(reason):
            told = f"写的是“{said[0]}”，得分却是满分；请改得分，或改正文字"
            found.append(Finding(rule.id, title, Verdict.BROKEN, told, subjects=(address,)))
    return found


def _reason_when_missed(grid: Grid, rule: Rule) -> list[Finding]:
    """A result that misses its target asks for the cause."""
    found = []
    for line in _listed(grid):
        target, actual = (line.cells[rule.columns[name]].words for name in ("target", "actual"))
        if missed(target, actual) and line.cells[rule.columns["reason"]].state is not State.WORDS:
            column = rule.columns["reason"]
            told = f"目标{target}，{grid.block.columns[rule.columns['actual']].title}{actual}，达不到；请写明原因"
            address = f"{grid.block.id}.{line.key}.{column}"
            found.append(
                Finding(rule.id, titled(grid, line, column), Verdict.BROKEN, told, subjects=(address,))
            )
    return found


def _one_of(grid: Grid, rule: Rule) -> list[Finding]:
    """A cell says one of the words the form knows."""
    found = []
    column = rule.columns["said"]
    for line in _listed(grid):
        words = line.cells[column].words.strip()
        if words and words not in rule.words:
            told = f"写成了“{words}”，只能写{'、'.join(rule.words)}之一"
            address = f"{grid.block.id}.{line.key}.{column}"
            found.append(
                Finding(rule.id, titled(grid, line, column), Verdict.BROKEN, told, subjects=(address,))
            )
    return found


def _within(grid: Grid, rule: Rule) -> list[Finding]:
    """A part that its whole is made for never exceeds it, unless the row's `reason` says why."""
    found = []
    for line in _listed(grid):
        part, whole = (line.cells[rule.columns[name]] for name in ("part", "whole"))
        if not (part.is_number and whole.is_number):
            continue
        over = part.value - part.step / 2 > whole.value + whole.step / 2
        reason = rule.columns.get("reason")
        if over and reason and line.cells[reason].state is State.WORDS:
            continue
        units = [grid.unit(line, rule.columns[name]) for name in ("part", "whole")]
        texts = [shown(one, unit) for one, unit in zip((part, whole), units, strict=True)]
        titles = [grid.block.columns[rule.columns[name]].title for name in ("part", "whole")]
        told, verdict = f"{titles[0]}没有超过{titles[1]}", Verdict.KEPT
        if over:
            told, verdict = f"{titles[0]}{texts[0]}超过{titles[1]}{texts[1]}{_mend(rule)}", Verdict.BROKEN
        address = f"{grid.block.id}.{line.key}.{rule.columns['part']}"
        title = titled(grid, line, rule.columns["part"])
        worked = f"{texts[0]} ÷ {texts[1]}{_rate(part.value, whole.value)}"
        found.append(Finding(rule.id, title, verdict, told, computed=worked, subjects=(address,)))
    return found


def _rate(part: Fraction, whole: Fraction) -> str:
    if whole == 0:
        return ""
    return f" = {decimal_text(round_half_up(part / whole * 100, 2))}%"


def _whole_at_most(grid: Grid, rule: Rule) -> list[Finding]:
    """A rate whose name says that its numerator is counted out of its denominator is never above 100 %."""
    found = []
    for line in _listed(grid):
        name = line.cells[rule.columns["name"]].words.strip()
        if not name.endswith(rule.words):
            continue
        unit = line.cells[rule.columns["unit"]].words if "unit" in rule.columns else ""
        for column in (rule.columns[one] for one in ("target", "actual") if one in rule.columns):
            content = line.cells[column]
            number = leading(content)
            if (
                number is not None
                and number > 100
                and any(one in f"{content.words}{unit}" for one in _PER_CENT)
            ):
                address = f"{grid.block.id}.{line.key}.{column}"
                told = f"“{name}”是从总数中算出的比率，不会超过100%，现为{content.words}{_mend(rule)}"
                found.append(
                    Finding(rule.id, titled(grid, line, column), Verdict.BROKEN, told, subjects=(address,))
                )
    return found


def _mend(rule: Rule) -> str:
    return f"；{rule.mend}" if rule.mend else ""


def _listed(grid: Grid) -> list[Line]:
    """The lines but for the sum below a list; a fixed row may be called total as well."""
    return [line for line in grid.lines if not grid.block.list or line.key != TOTAL]


def leading(content: Content) -> Fraction | None:
    """The number a cell begins with, signs of comparison aside: ≥95% → 95."""
    if content.is_number:
        return content.value
    found = amount(content.words)
    return found.number if found else None


def _unit_word(text: str) -> str:
    found = amount(text)
    return found.unit if found else ""


RULES: Mapping[str, Callable[[Grid, Rule], list[Finding]]] = {
    "reason_when_lost": _reason_when_lost,
    "reason_when_far_over": _reason_when_far_over,
    "same_unit": _same_unit,
    "measurable": _measurable,
    "less_when_missed": _less_when_missed,
    "reason_when_missed": _reason_when_missed,
    "one_of": _one_of,
    "within": _within,
    "whole_at_most": _whole_at_most,
}
