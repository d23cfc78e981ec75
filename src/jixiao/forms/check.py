"""Does a filled form add up? Its sums, rates, awards and totals, then the rules the form states, as findings.

Everything arithmetic goes through `relations`. A cell the program itself computed is not held against itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from jixiao.catalogue.forms import Block, CellSpec, Rule
from jixiao.errors import BadInput, MixedNatures
from jixiao.forms.cells import Content, State, base_unit, factor, shown
from jixiao.forms.fill import STATED, TOTAL, Filled, Grid, Line
from jixiao.forms.level_points import level_points
from jixiao.forms.line_rules import RULES, titled
from jixiao.relations import Operand, examine
from jixiao.values import Finding, Interval, Verdict, round_half_up


def check(filled: Filled) -> list[Finding]:
    """Every finding of one form, in the order of its blocks; `subjects` are cell addresses."""
    found = [_unreadable(address, told) for address, told in filled.problems.items()]
    for grid in filled.grids:
        found += _sums(grid)
        found += _formulas(grid)
        found += [*_totals(grid), *_wholes(grid, filled)]
    for rule in filled.form.rules:
        if rule.rule == "level_points":
            found += level_points(filled, rule)
            continue
        found += (
            RULES[rule.rule](filled.grid(rule.block or ""), rule) if rule.rule else _arithmetic(filled, rule)
        )
    return found


def across(forms: Sequence[Filled]) -> list[Finding]:
    """The same figure or filed value in several forms, or twice in one, is the same number."""
    places: dict[str, list[Operand]] = {}
    for filled in forms:
        for grid in filled.grids:
            for line in grid.lines:
                for column in grid.block.columns:
                    if origin := _bound(grid, line, column):
                        named = f"{filled.form.title}·{titled(grid, line, column)}"
                        places.setdefault(origin, []).append(operand(grid, line, column, named))
    return [
        examine("repeat", {"places": several}, id=f"same:{origin}", title="各表同一数据")
        for origin, several in places.items()
        if len([one for one in several if one.interval is not None]) > 1
    ]


def operand(grid: Grid, line: Line, column: str, title: str = "") -> Operand:
    """A cell as relations compare it."""
    content, unit = line.cells[column], grid.unit(line, column)
    address = f"{grid.block.id}.{line.key}.{column}"
    interval = _interval(content) if content.is_number else None
    return Operand(
        address,
        title or titled(grid, line, column),
        interval,
        shown(content, unit),
        base_unit(unit),
        step=content.step,
    )


def _interval(content: Content) -> Interval:
    half = content.step / 2
    return Interval(content.value - half, content.value + half)


def _bound(grid: Grid, line: Line, column: str) -> str:
    spec = _spec(grid.block, line, column)
    if line.cells[column].origin == STATED:
        return ""  # it differs, and somebody has approved that
    if spec.figure:
        return f"figure:{spec.figure}"
    return f"filed:{spec.filed}" if spec.filed else ""


def _spec(block: Block, line: Line, column: str) -> CellSpec:
    return block.cell(line.definition, column) if line.definition else block.columns[column].cell


def _sums(grid: Grid) -> Iterator[Finding]:
    for line in grid.lines:
        row = line.definition
        if row is None or not row.sum:
            continue
        parts = [one for one in grid.lines if one.key.split("#")[0] in row.sum]
        for column in _numbers(grid.block):
            if line.cells[column].origin == "formula" or not line.cells[column].is_number:
                continue
            told = [one for one in parts if one.cells[column].state is not State.NOT_APPLICABLE]
            if not any(one.cells[column].is_number for one in told):
                continue
            total, several = operand(grid, line, column), [operand(grid, one, column) for one in told]
            if row.partial:
                yield _examined("subset", {"whole": total, "parts": several, "disjoint": True}, total)
            else:
                yield _examined("sum", {"total": total, "parts": several}, total)


def _formulas(grid: Grid) -> Iterator[Finding]:
    for line in grid.lines:
        for column in _numbers(grid.block):
            spec, content = _spec(grid.block, line, column), line.cells[column]
            if content.origin in ("formula", "form", STATED) or not content.is_number:
                continue
            stated = operand(grid, line, column)
            if spec.fixed is not None:
                exact = Fraction(spec.fixed) * factor(grid.unit(line, column))
                prescribed = Operand("", "本表规定的数", Interval.point(exact), f"{spec.fixed}", stated.unit)
                yield _examined("repeat", {"places": [stated, prescribed]}, stated)
            elif spec.rate:
                top, bottom = (operand(grid, line, name) for name in spec.rate)
                yield _examined("rate", {"numerator": top, "denominator": bottom, "rate": stated}, stated)
            elif spec.difference:
                first, second = (operand(grid, line, name) for name in spec.difference)
                yield _examined("sum", {"total": first, "parts": [second, stated]}, stated)
            elif spec.award and (due := _award(grid, line, spec.award, column)):
                yield _examined("repeat", {"places": [stated, due]}, stated)


def _award(grid: Grid, line: Line, names: tuple[str, str], column: str) -> Operand | None:
    share, points = (line.cells[name] for name in names)
    if not (share.is_number and points.is_number):
        return None
    places = grid.block.columns[column].decimals
    half = share.step / 2
    low, high = (
        Fraction(round_half_up(min(points.value, points.value * value), places))
        for value in (share.value - half, share.value + half)
    )
    title = f"按{grid.block.columns[names[0]].title}应得"
    middle = Content(State.NUMBER, min(points.value, points.value * share.value))
    return Operand(
        f"{grid.block.id}.{line.key}.{column}", title, Interval(low, high), shown(middle, "分"), "分"
    )


def _totals(grid: Grid) -> Iterator[Finding]:
    total = grid.line(TOTAL)
    if total is None:
        return
    lines = [line for line in grid.lines if line.key != TOTAL]
    for column, prescribed in grid.block.totals.items():
        stated = operand(grid, total, column)
        if prescribed is not None and stated.interval is not None:
            told = f"{prescribed}{grid.unit(total, column) or ''}"
            due = Operand("", "规定的合计", Interval.point(prescribed), told, stated.unit)
            yield _prescribed(_examined("repeat", {"places": [stated, due]}, stated), stated, due)
        if total.cells[column].origin != "formula" and stated.interval is not None:
            parts = [operand(grid, line, column) for line in lines]
            yield _examined("sum", {"total": stated, "parts": parts}, stated)


def _prescribed(finding: Finding, stated: Operand, due: Operand) -> Finding:
    """The finding in words of its own where the sum is not what the form asks for."""
    if finding.verdict is not Verdict.BROKEN:
        return finding
    return replace(finding, reason=f"各行合计{stated.text}，规定合计{due.text}，请调整各行")


def _wholes(grid: Grid, filled: Filled) -> Iterator[Finding]:
    """The whole of a list is its total and what other blocks add."""
    total, whole = grid.line(TOTAL), grid.whole
    if total is None or whole is None or grid.block.whole is None:
        return
    for column, address in grid.block.whole.adds.items():
        stated = operand(grid, whole, column)
        block, row, other = address.split(".")
        line = filled.grid(block).line(row)
        if line is None or whole.cells[column].origin == "formula" or stated.interval is None:
            continue
        parts = [operand(grid, total, column), operand(filled.grid(block), line, other)]
        yield _examined("sum", {"total": stated, "parts": parts}, stated)


def _numbers(block: Block) -> list[str]:
    return [name for name, column in block.columns.items() if not column.text]


def _entered(block: Block) -> list[str]:
    """The number columns that are neither computed nor struck out."""
    made = (spec for spec in block.columns.items() if not spec[1].text)
    return [
        name
        for name, column in made
        if not (column.cell.rate or column.cell.award or column.cell.difference or column.cell.closed)
    ]


def _examined(relation: str, arguments: Mapping[str, object], told: Operand) -> Finding:
    try:
        return examine(relation, arguments, id=told.name, title=told.title)
    except (BadInput, MixedNatures) as error:
        return Finding(told.name, told.title, Verdict.NOT_APPLICABLE, str(error), subjects=(told.name,))


def _unreadable(address: str, told: str) -> Finding:
    return Finding("entry", f"格 {address}", Verdict.BROKEN, told, subjects=(address,))


# rules of the form itself -----------------------------------------------------------------------------------


def _arithmetic(filled: Filled, rule: Rule) -> list[Finding]:
    found = []
    for wildcard in _wildcards(filled, rule):
        arguments = {name: _resolved(filled, value, wildcard) for name, value in rule.operands.items()}
        if _is_empty(arguments):
            continue
        finding = examine(rule.relation or "", arguments, id=rule.id, title=rule.title)
        found.append(replace(finding, title=f"{rule.title}（{wildcard}）" if wildcard else rule.title))
    return found


def _wildcards(filled: Filled, rule: Rule) -> list[str]:
    """The columns (or rows) a rule with `*` runs over; one empty name where it has none."""
    for value in rule.operands.values():
        for address in value if isinstance(value, tuple) else (value,):
            if isinstance(address, str) and address.endswith(".*"):
                return _entered(filled.form.block(address.split(".")[0]))
    return [""]


def _resolved(filled: Filled, value: object, wildcard: str) -> object:
    if isinstance(value, str):
        several = _operands(filled, value, wildcard)
        return several if ".*." in value else several[0]
    if isinstance(value, tuple):
        return [one for address in value for one in _operands(filled, address, wildcard)]
    return value


def _operands(filled: Filled, address: str, wildcard: str) -> list[Operand]:
    block, row, column = address.split(".")
    grid = filled.grid(block)
    lines = [line for line in grid.lines if line.key != TOTAL] if row == "*" else [grid.line(row)]
    named = wildcard if column == "*" else column
    missing = Operand(address, address, None, "未填报")
    found = [operand(grid, line, named) if line else missing for line in lines]
    return [one for one in found if one.text != "不适用"] or [missing]


def _is_empty(arguments: Mapping[str, object]) -> bool:
    """Nothing of it was filled: nothing to say."""
    operands = [
        one
        for value in arguments.values()
        for one in (value if isinstance(value, list) else [value])
        if isinstance(one, Operand)
    ]
    return all(one.interval is None for one in operands)
