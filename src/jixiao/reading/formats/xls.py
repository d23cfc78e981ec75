"""Old binary spreadsheets (.xls, .et): values and merged cells, without number formats.

A share shows as the number it is stored as (0.951), because its format is not read.
"""

from __future__ import annotations

import io

from jixiao.errors import BadInput
from jixiao.reading.bounded import apart
from jixiao.reading.document import Document, Writer
from jixiao.reading.formats.number_formats import shown
from jixiao.reading.formats.sheets import Sheet, write
from jixiao.reading.tables import MOST_CELLS


def read(data: bytes, name: str) -> Document:
    """Raises BadInput for what is no such sheet; read apart, as damaged ones may end the library."""
    return apart(read_here, data, name)


def read_here(data: bytes, name: str) -> Document:
    """The same in this process."""
    import python_calamine

    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
        writer = Writer()
        tables = cells = 0
        for title in workbook.sheet_names:
            sheet = _sheet(workbook.get_sheet_by_name(title))
            cells += sum(map(len, sheet.rows.values()))
            if cells > MOST_CELLS:
                raise BadInput(f"{name}：单元格过多，请只留下要核对的工作表后再试")
            tables = write(writer, sheet, tables)
    except python_calamine.PasswordError:
        raise BadInput(f"{name}：文件加了密码，请去掉密码后再试") from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise BadInput(f"{name}：文件不完整或已损坏，请另存为 .xlsx 后再试") from None
    if not writer.length:
        raise BadInput(f"{name}：工作表里没有内容，请确认选对了文件")
    return writer.document(name, "xlsx")


def _sheet(found: object) -> Sheet:
    from python_calamine import CalamineSheet

    assert isinstance(found, CalamineSheet)
    sheet = Sheet(found.name)
    top, left = found.start or (0, 0)
    for row, values in enumerate(found.to_python(skip_empty_area=True), start=top + 1):
        texts = {
            column: text for column, value in enumerate(values, left + 1) if (text := _text(value)).strip()
        }
        if texts:
            sheet.rows[row] = texts
    for (first, column), (last, end) in found.merged_cell_ranges or ():
        sheet.merged[first + 1, column + 1] = (last - first + 1, end - column + 1)
    return sheet


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return shown(repr(value), "") if isinstance(value, int | float) else str(value)
