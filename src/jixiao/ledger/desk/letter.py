"""The return opinion of a package as an official letter: its words from the pack, a row for each place that was chosen."""

from __future__ import annotations

from jixiao.catalogue.desks import Desk
from jixiao.ledger import clock
from jixiao.ledger.models import DeskDecision
from jixiao.reports.context import date_words
from jixiao.reports.document import Block, Column, Document, Paragraph, Row, Table
from jixiao.reports.titles import break_title

COLUMNS = (Column("序号", 1), Column("所在位置", 3), Column("问题", 3), Column("请怎样改", 5))


def letter(decision: DeskDecision, desk: Desk) -> Document:
    """The letter about one decision to return."""
    package = decision.submission
    department = package.expected.title if package.expected else package.file_name
    bureau = package.bureau

    def words(text: str) -> str:
        slots = {"department": department, "year": str(package.year), "days": str(desk.letter.days)}
        for name, value in slots.items():
            text = text.replace("{" + name + "}", value)
        return text

    blocks: list[Block] = [
        Paragraph((f"{department}：",), "to", flush=True),
        Paragraph((words(desk.letter.lead),), "lead"),
    ]
    if decision.rows:
        rows = tuple(
            Row(((str(number),), (one["where"] or "—",), (one["title"],), (_told(one),)))
            for number, one in enumerate(decision.rows, 1)
        )
        blocks.append(Table("", "", COLUMNS, rows, "rows"))
    if decision.reason:
        blocks.append(Paragraph((f"另：{decision.reason}",), "more"))
    blocks.append(Paragraph((words(desk.letter.close),), "close"))
    day = decision.decided_at.astimezone().date() if decision.decided_at else clock.today()
    return Document(
        title_lines=break_title([words(desk.letter.heading)]),
        org=bureau.title,
        year=package.year,
        as_of=day,
        date_text=date_words(day),
        marks=("示例数据",) if bureau.is_example else (),
        blocks=tuple(blocks),
        attachments=(),
        clauses=(),
    )


def _told(one: dict[str, str]) -> str:
    return f"{one['reason']}（{one['computed']}）" if one["computed"] else one["reason"]
