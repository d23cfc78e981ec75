"""Points of one subject from its records, clause by clause, each line citing the clause and the records.

Order of effects: matching rows → once or once per value → co-author split → highest of a group → cap
of the clause → limits over clauses → floor and ceiling. The lines always add up to the total.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from jixiao.catalogue.clauses import Clause, Highest, PointsLeaf, Split, Wanted
from jixiao.errors import BadInput
from jixiao.evaluation.answers import Record, Records
from jixiao.values import decimal_text, round_half_up


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the tally. `clause` is its legal text reference, empty for a limit, the base or the
    floor.
    """

    id: str
    title: str
    clause: str
    points: Decimal
    records: tuple[str, ...]
    working: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What a subject earned. `unscored` are records no clause speaks of: done, and not counted."""

    subject: str
    total: Decimal
    lines: tuple[Line, ...]
    unscored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Award:
    """Points for one record, or for several that count once together."""

    clause: Clause
    records: tuple[Record, ...]
    points: Fraction
    kept: bool = True


def tally(rules: PointsLeaf, subject: Records, places: int = 2) -> Tally:
    """Add up what the records of one subject earn under the rules; each clause is rounded once, half-up."""
    awards = [award for clause in rules.clauses for award in _awards(clause, subject)]
    for group in rules.highest_of:
        awards = _keep_highest(awards, group)
    lines = [
        _line(clause, [award for award in awards if award.clause is clause], places)
        for clause in rules.clauses
    ]
    lines = [line for line in lines if line.records]
    if rules.base:
        lines.insert(
            0, _adjustment("base_points", "基础分", rules.base, f"基础分{decimal_text(rules.base)}分")
        )
    for limit in rules.limits:
        titles = "、".join(clause.title for clause in rules.clauses if clause.id in limit.clauses)
        earned = _total(line for line in lines if line.id in limit.clauses)
        lines += _cut(f"{titles}合计上限", earned, None, limit.cap)
    lines += _cut("总分上下限", _total(lines), rules.floor, rules.ceiling)
    return Tally(subject.subject, _total(lines), tuple(lines), _unscored(subject, awards))


def _awards(clause: Clause, subject: Records) -> list[_Award]:
    """Every award of a clause, in the order of the rows."""
    shares = [(row, _share(clause.split, row, subject.subject)) for row in subject.rows.get(clause.rows, ())]
    rows = [(row, share) for row, share in shares if share and _matches(clause, row)]
    found = []
    for place, group in enumerate(_counted_once(clause.per, rows)):
        points = _each(clause, place, group) * max(share for _, share in group)
        sign = -1 if clause.minus is not None else 1
        found.append(_Award(clause, tuple(row for row, _ in group), sign * points))
    return found


def _each(clause: Clause, place: int, group: Shared) -> Fraction:
    """The full points of one award, before authors share it: the most that one of its records is worth."""
    if clause.worth is not None:
        return max(_worth(row.get(clause.worth), clause) for row, _ in group)
    first = clause.first if place == 0 else None
    return Fraction(first if first is not None else clause.add or clause.minus or Decimal(0))


def _worth(found: object, clause: Clause) -> Fraction:
    if isinstance(found, bool) or not isinstance(found, int | Decimal | Fraction):
        raise BadInput(f"“{clause.title}”按字段 {clause.worth} 给分，其中却写着“{found}”，应为数字")
    return Fraction(found)


def _matches(clause: Clause, row: Record) -> bool:
    if clause.worth is not None and row.get(clause.worth) is None:
        return False
    return all(_equals(row.get(field), wanted) for field, wanted in clause.when.items())


def _equals(found: object, wanted: Wanted) -> bool:
    if isinstance(found, tuple):
        return any(_equals(one, wanted) for one in found)
    return found in wanted if isinstance(wanted, tuple) else found == wanted


def _share(split: Split | None, row: Record, subject: str) -> Fraction:
    """The subject's part of what a row earns; 0 where it is not among the authors."""
    authors = row.get(split.authors) if split else None
    if split is None or not isinstance(authors, Sequence) or isinstance(authors, str) or not authors:
        return Fraction(1)
    authors = authors[: split.most]
    if subject not in authors:
        return Fraction(0)
    if len(authors) == 1:
        return Fraction(1)
    if authors[0] == subject:
        return split.first
    return split.others if split.others is not None else (1 - split.first) / (len(authors) - 1)


Shared = list[tuple[Record, Fraction]]


def _counted_once(per: str, rows: Shared) -> list[Shared]:
    """Group rows that count once together. A row without the field counts by itself."""
    if per == "event":
        return [[row] for row in rows]
    if per == "once":
        return [rows] if rows else []
    groups: dict[object, Shared] = {}
    for place, (row, share) in enumerate(rows):
        value = row.get(per)
        groups.setdefault(("row", place) if value is None else ("value", value), []).append((row, share))
    return list(groups.values())


def _keep_highest(awards: list[_Award], group: Highest) -> list[_Award]:
    """Strike all but the highest award of each value of `by`; the first of equals stays."""
    best: dict[object, _Award] = {}
    for award in awards:
        if award.kept and award.clause.id in group.clauses:
            key = award.records[0].get(group.by) if group.by else None
            if key not in best or award.points > best[key].points:
                best[key] = award
    winners = {id(award) for award in best.values()}
    return [
        replace(award, kept=award.kept and id(award) in winners)
        if award.clause.id in group.clauses
        else award
        for award in awards
    ]


def _line(clause: Clause, awards: list[_Award], places: int) -> Line:
    kept = [award for award in awards if award.kept]
    earned = sum((award.points for award in kept), Fraction(0))
    working = " + ".join(decimal_text(award.points) for award in kept) or "0"
    struck = len(awards) - len(kept)
    if struck:
        working += f"（另有{struck}项与同一事项的更高分重复，不计）"
    if clause.cap is not None and abs(earned) > clause.cap:
        earned = Fraction(clause.cap) if earned > 0 else -Fraction(clause.cap)
        working += f"，以{decimal_text(clause.cap)}分为限"
    records = tuple(dict.fromkeys(_record_id(row) for award in awards for row in award.records))
    points = round_half_up(earned, places)
    return Line(
        clause.id, clause.title, clause.clause, points, records, f"{working} = {decimal_text(points)}分"
    )


def _cut(title: str, earned: Decimal, low: Decimal | None, high: Decimal | None) -> list[Line]:
    """The adjusting line where `earned` leaves [low, high], so that lines still add up to the total."""
    bound = high if high is not None and earned > high else low if low is not None and earned < low else None
    if bound is None:
        return []
    working = f"各条合计{decimal_text(earned)}分，按{decimal_text(bound)}分计"
    return [_adjustment("limit", title, bound - earned, working)]


def _adjustment(id: str, title: str, points: Decimal, working: str) -> Line:
    return Line(id, title, "", points, (), working)


def _total(lines: Iterable[Line]) -> Decimal:
    return sum((line.points for line in lines), Decimal(0))


def _record_id(row: Record) -> str:
    if "id" not in row:
        raise BadInput("计分用的台账记录缺少编号（id），无法注明依据")
    return str(row["id"])


def _unscored(subject: Records, awards: list[_Award]) -> tuple[str, ...]:
    counted = {_record_id(row) for award in awards for row in award.records}
    every = dict.fromkeys(_record_id(row) for rows in subject.rows.values() for row in rows)
    return tuple(record for record in every if record not in counted)
