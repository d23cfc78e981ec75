"""Hand-overs of an org: who, when, what; and the list to be signed, as a document."""

from __future__ import annotations

from datetime import date
from typing import Any

from jixiao.errors import NotFound
from jixiao.ledger import permissions
from jixiao.ledger.actions.opening import open_org
from jixiao.ledger.models import OfficeAct, Org, User
from jixiao.ledger.permissions import Actor
from jixiao.reports.context import date_words
from jixiao.reports.document import Block, Column, Document, Heading, Paragraph, Row, Table
from jixiao.reports.titles import break_title

EXAMPLE = "示例数据"
GONE = "没有找到这次交接，或者您无权查看"


def handovers(user: Actor, org: Org | str) -> list[OfficeAct]:
    """Those of the org that the user may see, latest first: all for who manages it, else one's own."""
    place = open_org(org, user)
    found = OfficeAct.objects.filter(org=place, act="handed").select_related("org")
    return [one for one in found if _may_see(user, one)]


def handover(user: Actor, id: str) -> OfficeAct:
    """Raises NotFound for a stranger's."""
    found = OfficeAct.objects.filter(pk=id, act="handed").select_related("org").first()
    if found is None or not _may_see(user, found):
        raise NotFound(GONE)
    return found


def candidates(user: Actor, org: Org | str) -> list[User]:
    """Who may take over: the active people of the org, and for who manages it those of all orgs they manage."""
    place = open_org(org, user)
    orgs = {place.pk}
    if permissions.can(user, "manage", org=place.pk):
        orgs |= permissions.orgs_where(user, "manage")
    found = User.objects.filter(is_active=True, memberships__org__in=orgs).distinct()
    return list(found.order_by("display_name", "username"))


def document(act: OfficeAct) -> Document:
    """The list of what was handed over, with lines to sign on."""
    facts = act.facts
    on = date.fromisoformat(facts["on"])
    blocks: list[Block] = [
        Paragraph(
            (
                f"{facts['giver_name']}在{act.org.title}的“{'”“'.join(facts['roles'])}”工作，"
                f"自{date_words(on)}起移交{facts['taker_name']}。移交时的事项列明如下。",
            ),
            "opening",
        )
    ]
    if act.reason:
        blocks.append(Paragraph((f"说明：{act.reason}",), "note"))
    parts: list[tuple[str, tuple[tuple[str, str], ...], list[dict[str, Any]], str]] = [
        (
            "待办事项",
            (("类型", "kind"), ("编号", "number"), ("名称", "title"), ("状态", "state"), ("期限", "due")),
            [{**one, "title": _called(one)} for one in facts["tasks"]],
            "没有待办事项。",
        ),
        (
            "未登记的草稿",
            (("类型", "kind"), ("名称", "title"), ("保存日期", "saved_on")),
            facts["drafts"],
            "没有草稿。",
        ),
        (
            "经手登记的台账",
            (("类型", "kind"), ("数量", "count"), ("单位", "unit")),
            facts["records"],
            "没有经手登记的记录。",
        ),
    ]
    for number, (title, columns, lines, none) in zip("一二三", parts, strict=True):
        blocks.append(Heading(1, f"{number}、", (title,), title))
        blocks.append(_table(title, columns, lines) if lines else Paragraph((none,), title))
    unfinished = [*facts["imports"], *([f"粘贴登记 {facts['pastes']} 份"] if facts["pastes"] else [])]
    if unfinished:
        blocks.append(Paragraph((f"没有做完的导入：{'、'.join(unfinished)}。",), "unfinished"))
    blocks.append(Heading(1, "四、", ("签字",), "signing"))
    signing = tuple(Row(((who,), ("",), ("　　年　　月　　日",))) for who in ("移交人", "接收人", "监交人"))
    blocks.append(
        Table("", "", (Column("身份", 1), Column("签字", 2), Column("日期", 2)), signing, "signing")
    )
    return Document(
        title_lines=break_title([f"{act.org.title}工作交接清单"]),
        org=act.org.title,
        year=on.year,
        as_of=on,
        date_text=date_words(on),
        marks=(EXAMPLE,) if act.org.is_example else (),
        blocks=tuple(blocks),
        attachments=(),
        clauses=(),
    )


def _called(task: dict[str, Any]) -> str:
    """What a task is about; one that lies below a case by that case too."""
    return f"{task['title']}（{task['of']}）" if task.get("of") else str(task["title"])


def _table(title: str, columns: tuple[tuple[str, str], ...], lines: list[dict[str, Any]]) -> Table:
    rows = tuple(Row(tuple((str(line[name] or "—"),) for _, name in columns)) for line in lines)
    widths = tuple(Column(head, 3 if name == "title" else 1) for head, name in columns)
    return Table("", "", widths, rows, title)


def _may_see(user: Actor, act: OfficeAct) -> bool:
    if permissions.can(user, "manage", org=act.org_id):
        return True
    return getattr(user, "username", "") in (act.facts["giver"], act.facts["taker"])
