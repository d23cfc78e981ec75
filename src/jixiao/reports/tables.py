"""The tables an outline may ask for: figures by theme, scores, filed values, relations, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from jixiao.catalogue.outlines import TableSpec
from jixiao.errors import BadInput
from jixiao.reports.context import Context, Filed, Piece, ScoreRow, ScoreSheet, date_words
from jixiao.reports.document import Block, Column, Paragraph, Row, Run, Runs, Table
from jixiao.reports.placing import FILED, NOT_REPORTED, Filler, Value, value_of
from jixiao.reports.printable import one_line, printable
from jixiao.values import Figure, Status, Verdict, decimal_text

VERDICTS = {
    Verdict.KEPT: "相符",
    Verdict.BROKEN: "不符",
    Verdict.ROUNDING: "舍入差异",
    Verdict.NOT_APPLICABLE: "不适用",
}
Item = TypeVar("Item")
_NOTHING = Row((("无",),), group=True)


def build(spec: TableSpec, clause: str, filler: Filler) -> Table:
    """The table a clause asks for, filled; a table without rows says 无."""
    columns, rows = _BUILDERS[spec.of](spec, clause, filler)
    cleaned = tuple(Row(tuple(_clean(cell) for cell in row.cells), row.group) for row in rows)
    return Table(spec.caption, spec.unit, columns, cleaned or (_NOTHING,), clause)


def form_tables(spec: TableSpec, clause: str, filler: Filler) -> list[Block]:
    """The grids of the forms a clause asks for, one table each; a form nobody filled says so."""
    found = filler.context.forms.get(f"{spec.part}.{spec.field}", ())
    if not found:
        silent = Row(((NOT_REPORTED,),), group=True)
        return [Table(spec.caption, spec.unit, (Column("内容", 1),), (silent,), clause)]
    blocks: list[Block] = []
    for number, grid in enumerate(found):
        name = f"{clause}_{number}" if number else clause
        columns = tuple(
            Column(one_line(title) or "项目", 3 if not numeric else 2, "right" if numeric else "left")
            for title, numeric in zip(grid.columns, grid.numeric, strict=True)
        )
        rows = tuple(Row(tuple(_cell(piece, clause, filler) for piece in row)) for row in grid.rows)
        blocks.append(Table(one_line(grid.caption), grid.unit, columns, rows or (_NOTHING,), name))
        if grid.note:
            blocks.append(Paragraph((printable(grid.note),), f"{name}_note"))
    return blocks


def _cell(piece: Piece, clause: str, filler: Filler) -> Runs:
    if isinstance(piece, str):
        return (one_line(piece),) if piece else ()
    return filler.stated(clause, (piece,))


def _clean(cell: Runs) -> Runs:
    return tuple(one_line(run) if isinstance(run, str) else run for run in cell)


Built = tuple[tuple[Column, ...], list[Row]]


def _figures(spec: TableSpec, clause: str, filler: Filler) -> Built:
    columns = (
        Column("指标", 9), Column("数据", 4, "right"), Column("口径期间", 6), Column("记录数", 3, "right"),
    )  # fmt: skip
    rows: list[Row] = []
    for title, figures in _by_theme(spec, filler.context):
        rows.append(Row(((title,),), group=True))
        rows += [_figure_row(figure, clause, filler) for figure in figures]
    return columns, rows


def _figure_row(figure: Figure, clause: str, filler: Filler) -> Row:
    value = value_of(filler.context, figure.indicator)
    placed = filler.place(clause, f"table:{figure.indicator}", value)
    records = str(figure.records) if figure.status is not Status.NOT_REPORTED else "—"
    return Row(((figure.title,), (placed,), (figure.period.label,), (records,)))


def _missing(spec: TableSpec, clause: str, filler: Filler) -> Built:
    columns = (Column("指标或填报项", 9), Column("口径期间", 7), Column("情况", 5))
    rows = [
        Row(((figure.title,), (figure.period.label,), (figure.text,)))
        for _, figures in _by_theme(spec, filler.context)
        for figure in figures
        if figure.status is not Status.REPORTED
    ]
    rows += [
        Row(((filed.title,), (f"{filler.context.year}年度",), (NOT_REPORTED,)))
        for _, filed in _chosen(spec, filler.context.filed.items())
        if filed.quantity is None
    ]
    return columns, rows


def _filed(spec: TableSpec, clause: str, filler: Filler) -> Built:
    columns = (Column("填报项", 8), Column("填报数", 5, "right"), Column("填报日期", 5), Column("来源", 7))
    rows = []
    for full_id, filed in _chosen(spec, filler.context.filed.items()):
        text = NOT_REPORTED if filed.quantity is None else filed.quantity.text
        value = Value(FILED + full_id, filed.title, filed.quantity, text)
        placed = filler.place(clause, f"table:{FILED}{full_id}", value)
        rows.append(Row(((filed.title,), (placed,), (_stated(filed),), (_source(filed),))))
    return columns, rows


def _stated(filed: Filed) -> str:
    return "—" if filed.stated_on is None else date_words(filed.stated_on)


def _source(filed: Filed) -> str:
    return (filed.source or "—") + ("（示例，虚构）" if filed.invented else "")


def _relations(spec: TableSpec, clause: str, filler: Filler) -> Built:
    columns = (Column("勾稽关系", 7), Column("结论", 3, "center"), Column("说明", 11))
    rows = [
        Row(((finding.title,), (VERDICTS[finding.verdict],), (finding.reason or "—",)))
        for finding in filler.context.findings
    ]
    return columns, rows


def _scores(spec: TableSpec, clause: str, filler: Filler) -> Built:
    columns = (
        Column("指标", 6), Column("目标", 4), Column("完成", 4), Column("分值", 3, "right"),
        Column("得分", 3, "right"), Column("扣分原因", 6),
    )  # fmt: skip
    sheet = sheet_of(spec, filler.context)
    rows: list[Row] = []
    above: tuple[str, ...] = ()
    for one in sheet.rows:
        if one.path != above:  # a part without parts, after one that has them, stands under its own title
            rows.append(Row((("—".join(one.path) or one.score.title,),), group=True))
            above = one.path
        rows.append(_score_row(one))
    total = f"合计（等级：{sheet.grade}）" if sheet.grade else "合计"
    rows.append(Row(_cells(total, "", "", sheet.points_text, sheet.earned_text, "")))
    return columns, rows


def _score_row(one: ScoreRow) -> Row:
    score = one.score
    earned = NOT_REPORTED if score.earned is None else decimal_text(score.earned)
    reason = "；".join(words for words in (score.reason, *score.flags) if words)
    return Row(_cells(score.title, one.target, one.actual, decimal_text(score.points), earned, reason))


def _cells(*texts: str) -> tuple[Runs, ...]:
    cells: list[tuple[Run, ...]] = [(text,) if text else () for text in texts]
    return tuple(cells)


def sheet_of(spec: TableSpec, context: Context) -> ScoreSheet:
    """The score sheet a table shows: the one it names, else the only one. Raises BadInput."""
    if spec.scheme is None and len(context.scores) == 1:
        return next(iter(context.scores.values()))
    sheet = context.scores.get(spec.scheme or "")
    if sheet is None:
        raise BadInput(f"表“{spec.caption}”所用的评价方案没有评分结果；请在提纲中以 scheme 指明已启用的方案")
    return sheet


def _by_theme(spec: TableSpec, context: Context) -> list[tuple[str, list[Figure]]]:
    figures = _chosen(spec, context.figures.items())
    wanted = spec.themes
    known = [(theme, title) for theme, title in context.themes if not wanted or _named(theme, wanted)]
    groups = [
        (title, [figure for full_id, figure in figures if context.theme_of.get(full_id) == theme])
        for theme, title in known
    ]
    if not spec.themes:
        named = {theme for theme, _ in context.themes}
        groups.append(("其他", [figure for one, figure in figures if context.theme_of.get(one) not in named]))
    return [(title, found) for title, found in groups if found]


def _named(theme: str, wanted: tuple[str, ...]) -> bool:
    return theme in wanted or theme.rpartition("/")[2] in wanted


def _chosen(spec: TableSpec, items: Iterable[tuple[str, Item]]) -> list[tuple[str, Item]]:
    """All items, or those the table names, in the order it names them."""
    everything = dict(items)
    if not spec.items:
        return list(everything.items())
    return [(name, everything[name]) for name in spec.items if name in everything]


_BUILDERS = {
    "figures": _figures,
    "scores": _scores,
    "filed": _filed,
    "relations": _relations,
    "missing": _missing,
}
