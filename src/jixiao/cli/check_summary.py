"""The table at the end of `jixiao check`: a row for each file, on the screen or as .csv or .xlsx."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jixiao.cli.check_course import Course

TITLES = ("文件", "结果", "数据", "核对", "不一致", "舍入", "已有意见", "说明")
NAME = "核查汇总"
MOST_SHOWN = 30  # files, each on a line of the screen


def require_form(path: Path | None) -> None:
    """Raises BadInput for a table of another form, before any work is done."""
    from jixiao.errors import BadInput

    if path is not None and path.suffix.lower() not in (".csv", ".xlsx"):
        raise BadInput(f"{path}：汇总表只能写成 .csv 或 .xlsx")


def show(course: Course) -> None:
    """Print the counts of each file and of all together; of many files only those that need a look."""
    print()
    print(f"共 {len(course.files)} 个文件")
    is_long, passed = len(course.files) > MOST_SHOWN, 0
    for path in course.files:
        if one := course.answers.get(path):
            if is_long and not one.broken and path not in course.pages:
                passed += 1
                continue
            dismissed = f"　已有意见 {one.dismissed}" if one.dismissed else ""
            page = f"　{course.pages[path]}" if path in course.pages else ""
            print(f"  {path}　数据 {one.stated}　核对 {one.checked}　不一致 {one.broken}{dismissed}{page}")
        elif path in course.refusals:
            print(f"  {path}　读不了，原因见上")
    if passed:
        print(f"  其余 {passed} 个文件没有发现不一致；要逐个列出，请加 --summary 汇总.xlsx")
    done = course.answers.values()
    stated, checked, broken = (
        sum(getattr(one, name) for one in done) for name in ("stated", "checked", "broken")
    )
    left = len(course.files) - len(course.answers) - len(course.refusals)
    undone = f"　没有核对 {left}" if left else ""
    print(f"合计：数据 {stated}　核对 {checked}　不一致 {broken}　读不了 {len(course.refusals)}{undone}")


def write(course: Course, path: Path) -> None:
    """Write the table. Raises BadInput where the system refuses."""
    from jixiao.cli.documents import write_page

    if path.suffix.lower() == ".xlsx":
        from jixiao.reading.marked.workbook import table

        content = table(TITLES, _rows(course), NAME)
    else:
        content = _csv(course)
    write_page(path, content)


def _csv(course: Course) -> bytes:
    """For spreadsheets: with a byte-order mark, and no cell that one would run as a formula."""
    import csv
    import io

    from jixiao.formulas import harmless

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(TITLES)
    for row in _rows(course):
        writer.writerow([harmless(one) for one in row])
    return text.getvalue().encode("utf-8-sig", "replace")


def _rows(course: Course) -> Iterator[tuple[str | int, ...]]:
    for path in course.files:
        if one := course.answers.get(path):
            outcome = "有不一致" if one.broken else "未发现不一致"
            counts = (one.stated, one.checked, one.broken, one.rounding, one.dismissed)
            yield (str(path), outcome, *counts, "")
        elif path in course.refusals:
            yield (str(path), "读不了", "", "", "", "", "", course.refusals[path])
        else:
            yield (str(path), "没有核对", "", "", "", "", "", "中断前没有轮到")
