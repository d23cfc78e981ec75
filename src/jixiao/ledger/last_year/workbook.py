"""The workbook still to fill: the registers that give the numbers, as import templates, and lists of all the rest.

The sheets of kinds are those of `jixiao.sheets`: an import reads them. The lists before them are for people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from jixiao import sheets
from jixiao.catalogue import Catalogue
from jixiao.catalogue.kinds import Kind
from jixiao.ledger.last_year.sorting import FILED, TITLES, Row, Sort
from jixiao.sheets.write import Listing, plain_choices

Offered = Callable[[Sequence[sheets.Column]], sheets.Choices]
INDICATORS, FILED_VALUES, OPEN = "指标与表述", "填报数", "待分类的表述"


def workbook(
    rows: Sequence[Row], catalogue: Catalogue, year: int, *, org: str = "", offered: Offered | None = None
) -> bytes:
    """The workbook as bytes. `offered` gives further drop-downs (records, orgs) for some columns."""
    pages = [sheets.Page(kind, sheets.columns_of(kind, catalogue)) for kind in registers(rows, catalogue)]
    choices: dict[str, Sequence[tuple[str, str]]] = {}
    for page in pages:
        choices |= plain_choices(page.columns, catalogue)
        choices |= offered(page.columns) if offered else {}
    beside = [_indicators(rows, catalogue, year), _filed(rows, catalogue, year), _open(rows)]
    return sheets.write(pages, choices, org=org, beside=[one for one in beside if one.rows])


def registers(rows: Sequence[Row], catalogue: Catalogue) -> list[Kind]:
    """The root kinds that give the numbers, each with the kinds below it, in the order of the report."""
    roots = dict.fromkeys(
        catalogue.root_of(home.kind).full_id for row in rows for home in row.homes if home.kind
    )
    return [kind for root in roots for kind in _family(catalogue.kind(root), catalogue)]


def _family(kind: Kind, catalogue: Catalogue) -> Iterator[Kind]:
    yield kind
    for child in catalogue.children_of(kind.full_id):
        yield from _family(child, catalogue)


def _indicators(rows: Sequence[Row], catalogue: Catalogue, year: int) -> Listing:
    told = []
    for row in rows:
        for home in row.homes:
            if home.id.startswith(FILED):
                continue
            source = catalogue.root_of(home.kind).title if home.kind else "填报数"
            told.append((home.id, home.title, home.unit_shown, TITLES[home.sort], source, *_said(row)))
    heads = ("指标编号", "指标", "单位", "来源", "台账", "上年表述", "上年写法", "位置")
    return Listing(INDICATORS, heads, told, (28, 28, 8, 12, 18, 50, 14, 12))


def _filed(rows: Sequence[Row], catalogue: Catalogue, year: int) -> Listing:
    told: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for home in row.homes:
            for item in home.items:
                spec = catalogue.filed.get(item)
                if spec is not None:
                    words, text, _ = _said(row)
                    told.setdefault(item, (item, spec.title, spec.unit, "", "", "", "", words, text))
    heads = (
        "填报项编号",
        "填报项",
        "单位",
        f"{year}年度数",
        "准确程度",
        "数据日期",
        "来源",
        "上年表述",
        "上年写法",
    )
    return Listing(FILED_VALUES, heads, list(told.values()), (28, 28, 8, 16, 12, 14, 28, 50, 14))


def _open(rows: Sequence[Row]) -> Listing:
    told = []
    for row in rows:
        if row.sort is Sort.OPEN:
            candidates = "；".join(f"{home.title}（{home.id}）" for home in row.candidates)
            told.append((*_said(row), row.reason, candidates, ""))
    heads = ("上年表述", "上年写法", "位置", "为什么没有归类", "可能是", "归入（填指标编号）")
    return Listing(OPEN, heads, told, (50, 14, 12, 32, 40, 28))


def _said(row: Row) -> tuple[str, str, str]:
    statement = row.statement
    return row.phrase.words, "".join(statement.text.split()), statement.place.label
