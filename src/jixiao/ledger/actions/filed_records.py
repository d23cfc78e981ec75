"""File what a record counted: each filed item that says it is taken from such records, with the record as its source."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.registers import FiledItem
from jixiao.errors import BadInput
from jixiao.ledger import permissions
from jixiao.ledger.actions import opening
from jixiao.ledger.actions.filed import file
from jixiao.ledger.models import EvidenceUse, FiledValue, Period, Record
from jixiao.ledger.rules import catalogue as rules


def items_of(record: Record) -> list[FiledItem]:
    """The filed items of the org's packs that are taken from records of this kind."""
    catalogue = rules()
    packs = opening.bound_packs(record.org_id, catalogue)
    return [
        item
        for item in catalogue.filed.values()
        if item.pack in packs and item.taken_from is not None and item.taken_from.kind == record.kind
    ]


@transaction.atomic
def file_record(*, by: permissions.Actor, record: Record | str) -> list[FiledValue]:
    """File them for the reporting year the record's day falls into.

    Raises NotFound, NotAllowed, and BadInput without the raw sheet, without a year, for a voided record, or for one whose
    counts contradict each other.
    """
    from jixiao.ledger.queries import advice

    row = opening.open_record(record, by)
    opening.check_alive(row)
    kind = rules().kind(row.kind)
    items = items_of(row)
    if not items:
        raise BadInput(f"本单位的规则包没有取自“{kind.title}”的填报项；请启用带这些填报项的规则包")
    papers = list(
        EvidenceUse.objects.filter(record=row).order_by("added_at", "id").values_list("title", flat=True)
    )
    if not papers:
        raise BadInput("还没有附原始表；请先在佐证材料里附上原始问卷或汇总表，再作为填报数")
    wrong = [one for found in advice.of_rows([row]) for one in found.advice]
    if wrong:
        told = "；".join(f"{one.title}：{one.told}" if one.says_more else one.title for one in wrong)
        raise BadInput(f"份数前后不合，不能作为填报数。{told}。{wrong[0].mend}，改好记录再填报")
    day = date.fromisoformat(str(row.data.get(kind.date or "")))
    source = (
        f"{kind.title}“{row.label}”（{day.isoformat()}{_sample(row, kind)}），原始表：{'、'.join(papers)}"
    )
    made = []
    for item in items:
        field = item.taken_from.field if item.taken_from else ""
        value = row.data.get(field)
        if value is None:
            raise BadInput(f"{kind.fields[field].title}还没有填，不能作为填报数")
        made.append(
            file(
                by=by,
                org=row.org_id,
                item=item.full_id,
                value=str(value),
                stated_on=day,
                period=_period(row, item, day),
                source=source[:300],
            )
        )
    return made


def _sample(row: Record, kind: Kind) -> str:
    """How a survey was made, how many forms went out and came back, for the source; empty for other records."""
    parts = [part for cycle in rules().cycles.values() for part in cycle.parts]
    survey = next((part.survey for part in parts if part.kind == row.kind and part.survey), None)
    if survey is None:
        return ""
    table = kind.fields[survey.method].codes
    codes = rules().code_table(table).codes if table else {}
    code = str(row.data.get(survey.method) or "")
    method = codes[code].title if code in codes else code
    counted = [("发出", row.data.get(survey.sent)), ("收回", row.data.get(survey.back))]
    return "，".join(["", method, *(f"{word}{count}份" for word, count in counted if count is not None)])


def _period(row: Record, item: FiledItem, day: date) -> Period:
    found = Period.objects.filter(org=row.org_id, basis=item.basis, from_on__lte=day, to_on__gte=day).first()
    if found is None:
        raise BadInput(f"{day} 不在已设置的年度内，不能作为“{item.title}”填报；请先设置这一年度")
    return found
