"""Everything that is made of last year's report in one go: sorted numbers, draft clauses, and the files they fill."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from jixiao.catalogue import Catalogue
from jixiao.errors import BadInput
from jixiao.ledger.last_year.clauses import Draft, docx, draft_of, overlay
from jixiao.ledger.last_year.sorting import Row, Sort, sort_out
from jixiao.ledger.last_year.workbook import Offered, workbook
from jixiao.reading import Reading
from jixiao.reading.cutoffs import year_of

_YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Made:
    """`files` are named by their paths: the draft, the workbook, the outline as a local pack."""

    rows: tuple[Row, ...]
    draft: Draft
    files: Mapping[str, bytes]

    def count(self, sort: Sort) -> int:
        return sum(row.sort is sort for row in self.rows)


def make(
    reading: Reading,
    catalogue: Catalogue,
    year: int,
    source: str,
    *,
    packs: Collection[str] | None = None,
    remembered: Mapping[str, str] | None = None,
    org: str = "",
    org_title: str = "",
    offered: Offered | None = None,
) -> Made:
    """Sort the numbers of a report and draft the next. Raises BadInput for what is no report or a year not after it."""
    about = year_of(reading.document.text)
    if year not in _YEARS:
        raise BadInput(f"草稿年度 {year} 不像年份，应写成 2021 这样")
    if about is not None and year <= about:
        raise BadInput(f"这份报告是 {about} 年度的，草稿年度应在它之后，如 {about + 1}")
    if not reading.statements:
        raise BadInput(f"{source}：没有读到带单位的数据，不像是一份报告；请确认选对了文件")
    rows = sort_out(reading, catalogue, packs, remembered)
    draft = draft_of(reading, rows, year)
    titles = {home.id: home.title for row in rows for home in row.homes}
    used = {home.id.removeprefix("filed.").partition("/")[0] for row in rows for home in row.homes}
    required = [name for name in catalogue.packs if name in (used if packs is None else packs)]
    files = {
        f"{year}年度报告草稿.docx": docx(draft, titles, org_title),
        f"{year}年度待填表.xlsx": workbook(rows, catalogue, year, org=org, offered=offered),
    }
    files |= {
        name: text.encode()
        for name, text in overlay(draft, required or list(catalogue.packs), source).items()
    }
    return Made(tuple(rows), draft, files)
