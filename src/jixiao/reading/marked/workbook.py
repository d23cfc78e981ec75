"""A checked document as a workbook: one sheet of findings, one of every figure, each with its place."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from jixiao.reading.checks.tally import WORDS
from jixiao.reading.marked.checked import Checked, Finding
from jixiao.reading.marked.marks import WORDS as STATES
from jixiao.reading.marked.marks import Marks
from jixiao.reading.marked.words import KINDS, QUALIFIERS, ROLES, TYPES, named
from jixiao.values import RATIO, Statement, decimal_text

LONGEST_CELL = 32_000
MOST_ROWS = 1_000_000
_MADE = datetime(2000, 1, 1)  # the same document gives the same bytes
_FINDINGS = ("序号", "结论", "意见", "位置", "涉及原文", "说明", "算式", "原文数", "读法", "类型", "标识")
_FIGURES = (
    *(
        "序号",
        "位置",
        "起",
        "止",
        "原文",
        "数值",
        "上限",
        "单位",
        "约数词",
        "种类",
        "作用",
        "核对",
        "前文",
        "后文",
    ),
)
_WIDTHS = {
    "说明": 46,
    "算式": 40,
    "读法": 46,
    "涉及原文": 30,
    "位置": 18,
    "前文": 26,
    "后文": 26,
    "意见": 22,
    "标识": 19,
}


def workbook(checked: Checked) -> bytes:
    """The .xlsx; every cell of words is text, so that no spreadsheet runs it as a formula."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "constant_memory": False}) as book:
        book.set_properties({"title": checked.name, "created": _MADE})
        _sheet(book, "核查结果", _FINDINGS, _finding_rows(checked))
        _sheet(book, "全部数据", _FIGURES, _figure_rows(checked))
    return stream.getvalue()


def table(titles: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> bytes:
    """One sheet of rows as a workbook."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": name, "created": _MADE})
        _sheet(book, name, titles, rows)
    return stream.getvalue()


def _sheet(book: object, name: str, titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    sheet = book.add_worksheet(name)  # type: ignore[attr-defined]
    bold = book.add_format({"bold": True, "bottom": 1})  # type: ignore[attr-defined]
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})  # type: ignore[attr-defined]
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, bold)
        sheet.set_column(column, column, _WIDTHS.get(title, 10), wrapped)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(rows, 1):
        if last > MOST_ROWS:
            break
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(last, column, value)
            elif value:
                sheet.write_string(last, column, str(value)[:LONGEST_CELL])
    sheet.autofilter(0, 0, max(last, 1), len(titles) - 1)


def _finding_rows(checked: Checked) -> Iterable[Sequence[object]]:
    document = checked.reading.document
    for number, one in enumerate(checked.findings, 1):
        outcome = one.outcome
        labels = dict.fromkeys(document.place(*span).label for span in outcome.spans)
        words = ["".join(document.text[start:end].split()) for start, end in outcome.spans]
        yield (
            *(number, WORDS[outcome.verdict], _opinion(one), "；".join(labels), "；".join(words)),
            *(outcome.message, outcome.computed, outcome.stated, outcome.reading),
            *(named(TYPES, outcome.type), one.fingerprint),
        )


def _opinion(one: Finding) -> str:
    return one.opinion.words if one.opinion else ""


def _figure_rows(checked: Checked) -> Iterable[Sequence[object]]:
    marks = Marks(checked)
    for number, one in enumerate(checked.reading.statements, 1):
        state = STATES[marks.at((one.place.start, one.place.end)).state]
        yield (number, *_figure(one, state))


def _figure(one: Statement, state: str) -> Sequence[object]:
    quantity, place = one.quantity, one.place
    unit = "1 为 100%" if quantity.unit == RATIO else quantity.unit
    high = "" if quantity.high is None else decimal_text(quantity.high)
    return (
        *(place.label, place.start, place.end, one.text, decimal_text(quantity.value), high, unit),
        *(named(QUALIFIERS, quantity.qualifier), named(KINDS, one.kind), named(ROLES, one.role)),
        *(state, one.before, one.after),
    )
