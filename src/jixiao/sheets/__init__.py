"""Registers as workbooks: the template of a kind is its export, and both are what an import reads.

The format, for whoever writes such a file by other means. One sheet for the kind, named by its title, and one for
each child kind below it. Row 1 holds titles, row 2 (hidden) the ids of the columns, records follow from row 3;
where row 2 holds no ids the columns are known by their titles and records follow the heading, which is looked for in the
first rows; totals and signatures below are left out. A row is one record:

- a field's id: the value as people type it, or a date or number cell; money in 元; codes by title; yes as 是;
- `<state>_on`: the day the case entered the state (`state.<state>` where a field bears that name already);
- `link.<role>`: the records it is joined to, parted by ；
- `_parent` (child kinds): the record above; `_evidence`: 等级:名称:文号, parted by ；
- `_source`, `_outside`: the system it came from and its number there;
- `_id`: the record's id, or any key of the writer's own (the same key is the same record, always); may be empty;
- `_seen`: what the record looked like when it was exported, by which an import knows that somebody changed it since;
- `_problems`: what was wrong with the row, in a workbook that was given back; never read.

Records are pointed to by id, by a writer's own key, by number or by name. Hidden sheets: 选项 (what drop-downs offer, names
beside ids) and `_jixiao` (format, org, the kind of each sheet). Both may be missing.
"""

from jixiao.sheets.columns import Column, Sort, columns_of, sheet_title
from jixiao.sheets.heading import under_heading
from jixiao.sheets.match import Matching, match
from jixiao.sheets.read import Book, Table, open_book
from jixiao.sheets.rows import RowRead, cells_of, fingerprint, read_row
from jixiao.sheets.write import Choices, Marked, Page, write

__all__ = [
    "Book",
    "Choices",
    "Column",
    "Marked",
    "Matching",
    "Page",
    "RowRead",
    "Sort",
    "Table",
    "cells_of",
    "columns_of",
    "fingerprint",
    "match",
    "open_book",
    "read_row",
    "sheet_title",
    "under_heading",
    "write",
]
