"""A document held against figures: what agrees, what differs, what needs a person, what only one side tells.

A difference is told only where words, unit and time leave no doubt; with a doubt an equal number still agrees
and an unequal one is left to a person. Where one place agrees, another place of the same figure in other
words is no difference either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from jixiao.reading.cutoffs import cutoff_of, year_of
from jixiao.reading.fitting import Candidate, Known
from jixiao.reading.matching import Match, matches
from jixiao.reading.read import Reading
from jixiao.relations import RELATIONS, Operand
from jixiao.values import Finding, Quantity, Statement, Verdict

_MINUS = ("-", "－", "−")


class Group(StrEnum):
    DIFFERS = "differs"
    UNSURE = "unsure"
    AGREES = "agrees"
    ONLY_DOCUMENT = "only_document"
    ONLY_LEDGER = "only_ledger"


TITLES = {
    Group.DIFFERS: "不一致",
    Group.UNSURE: "待确认",
    Group.AGREES: "一致",
    Group.ONLY_DOCUMENT: "文件中有而台账无",
    Group.ONLY_LEDGER: "台账有而文件未提",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said: a statement with the figures it is held against, or a figure nobody mentions."""

    group: Group
    match: Match | None
    known: tuple[Known, ...]
    reason: str
    findings: tuple[Finding, ...] = ()


def compare(
    reading: Reading,
    known: Sequence[Known],
    remembered: Mapping[str, str] | None = None,
    until: date | None = None,
    told: Mapping[str, str] | None = None,
) -> list[Line]:
    """Every statement in the order of the text, then the figures that no statement speaks of.

    `until` is the day the document counts up to (default: what its title says); `remembered` and `told` are those of `matches`.
    """
    text = reading.document.text
    about, day = year_of(text), until or cutoff_of(text)
    softened = _softened([_line(match) for match in matches(reading, known, remembered, told)])
    lines = [_up_to(_in_year(line, about), day) for line in softened]
    spoken = {one.id for line in lines if line.group is not Group.ONLY_DOCUMENT for one in line.known}
    unspoken = [
        Line(Group.ONLY_LEDGER, None, (one,), f"台账为{one.operand.text}")
        for one in known
        if one.id not in spoken and one.operand.interval is not None
    ]
    return [*lines, *unspoken]


def _in_year(line: Line, about: int | None) -> Line:
    """Judge nothing where the document is of another year than the figure."""
    if line.group not in (Group.AGREES, Group.DIFFERS) or about is None:
        return line
    other = next((one.period.year for one in line.known if one.period and one.period.year != about), None)
    if other is None:
        return line
    return replace(line, group=Group.UNSURE, reason=f"文件是{about}年的，台账取的是{other}年度，没有比较")


def _up_to(line: Line, day: date | None) -> Line:
    """Call nothing a difference where the document stops before the figure does."""
    if line.group is not Group.DIFFERS or day is None:
        return line
    later = next((one.as_of for one in line.known if one.as_of and one.as_of > day), None)
    if later is None:
        return line
    return replace(line, group=Group.UNSURE, reason=f"文件截至 {day}，台账截至 {later}，数不同不能算不一致")


def _line(match: Match) -> Line:
    if not match.chosen:
        if match.candidates:
            return Line(Group.UNSURE, match, tuple(one.known for one in match.candidates), match.reason)
        return Line(Group.ONLY_DOCUMENT, match, (), match.reason)
    known = tuple(one.known for one in match.chosen)
    silent = [one for one in known if one.operand.interval is None]
    if silent:
        names = "、".join(f"“{one.title}”" for one in silent)
        return Line(Group.ONLY_DOCUMENT, match, known, f"对应{names}，台账{silent[0].operand.text}")
    findings = tuple(_held(match, one) for one in match.chosen)
    if all(one.verdict in (Verdict.KEPT, Verdict.ROUNDING) for one in findings):
        if not match.by_person and (vague := [one for one in known if _says_more(match, one)]):
            reason = f"台账只有约数{vague[0].operand.text}，文件写得更细，两数相容而不能证实"
            return Line(Group.UNSURE, match, known, reason, findings)
        return Line(Group.AGREES, match, known, match.reason, findings)
    doubts = [doubt for one in match.chosen for doubt in one.doubts]
    if doubts and not match.by_person:
        return Line(Group.UNSURE, match, known, f"数不同，但{'，'.join(dict.fromkeys(doubts))}", findings)
    return Line(Group.DIFFERS, match, known, match.reason, findings)


def _held(match: Match, candidate: Candidate) -> Finding:
    stated = Operand.from_quantity("", "文件", _signed(match.statement))
    counted = replace(candidate.known.operand, title="台账", unit=stated.unit)
    return RELATIONS["repeat"](places=(stated, counted))


def _signed(statement: Statement) -> Quantity:
    """The quantity with the minus sign right before it: quantities are read as sizes."""
    before = statement.before.rstrip()
    if before[-1:] in _MINUS and not before[-2:-1].isdecimal():
        return replace(statement.quantity, value=-statement.quantity.value)
    return statement.quantity


def _says_more(match: Match, known: Known) -> bool:
    """True when a document is more exact than a figure that exists as an approximation only."""
    stated, counted = match.statement.quantity.interval, known.operand.known
    if counted.is_point or counted.low is None or counted.high is None:
        return False
    low, high = stated.low, stated.high
    return (low is not None and low > counted.low) or (high is not None and high < counted.high)


def _softened(lines: Sequence[Line]) -> list[Line]:
    """Leave a difference to a person where the same figure agrees elsewhere in other words, or is told twice
    with two numbers that both differ.
    """
    agreeing: dict[str, set[str]] = {}
    differing: dict[str, set[object]] = {}
    for line in lines:
        if line.match is None:
            continue
        for one in line.known:
            if line.group is Group.AGREES:
                agreeing.setdefault(one.id, set()).add(line.match.phrase.fingerprint)
            elif line.group is Group.DIFFERS:
                differing.setdefault(one.id, set()).add(line.match.statement.quantity.value)
    return [_soft(line, agreeing, differing) for line in lines]


def _soft(line: Line, agreeing: Mapping[str, set[str]], differing: Mapping[str, set[object]]) -> Line:
    if line.group is not Group.DIFFERS or line.match is None or line.match.by_person:
        return line
    others = {words for one in line.known for words in agreeing.get(one.id, ())}
    if others and line.match.phrase.fingerprint not in others:
        return replace(
            line, group=Group.UNSURE, reason="同一指标在文件另一处与台账一致，此处也许说的是别的事"
        )
    if any(len(differing.get(one.id, ())) > 1 for one in line.known):
        return replace(
            line, group=Group.UNSURE, reason="文件几处用相近的话说了不同的数，请认定哪一处是这个指标"
        )
    return line
