"""Whether a file is still the issued report: intact, text changed, figure altered, or records changed since.

Without the ledger only the file's agreement with itself can be told: 自洽，未与签发库核对.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from jixiao.reports.issue_record import IssueRecord, PlacedEntry
from jixiao.reports.leaves import leaves_of, root_of, sm3
from jixiao.reports.text_changes import Comparison, Difference, unmarked
from jixiao.values import Qualifier, Quantity, decimal_text

DISCLAIMER = "核对只证明文件与定稿是否相同，不是电子签名，不能代替公章或签名。"
Kind = Literal["figure", "text", "record", "manifest"]


class Outcome(StrEnum):
    INTACT = "intact"
    TEXT_CHANGED = "text_changed"
    FIGURE_ALTERED = "figure_altered"
    RECORDS_CHANGED = "records_changed"
    CONSISTENT_ONLY = "consistent_only"


TITLES = {
    Outcome.INTACT: "与定稿一致",
    Outcome.TEXT_CHANGED: "文字有改动",
    Outcome.FIGURE_ALTERED: "数据被改动",
    Outcome.RECORDS_CHANGED: "文件与定稿一致，但台账记录在定稿后有变动",
    Outcome.CONSISTENT_ONLY: "自洽，未与签发库核对",
}


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A figure as a reader found it in the file, under the key it was marked with."""

    key: str
    value: Decimal
    unit: str
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class Detail:
    """One difference: what was issued and what was found. An empty `found` is something that is gone."""

    kind: Kind
    key: str
    label: str
    issued: str
    found: str


@dataclass(frozen=True, slots=True)
class Verification:
    outcome: Outcome
    details: tuple[Detail, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        return TITLES[self.outcome]


def verify(
    carried: IssueRecord,
    read: Sequence[ReadFigure],
    text: str,
    *,
    issued: IssueRecord | None = None,
    current: Mapping[str, str] | None = None,
) -> Verification:
    """Compare what was read in a file with the record of issue.

    `carried` travelled in the file; `issued`, the ledger's own, is believed instead where it is given. `text`
    was read from the file and is in the normal form the record was made with. `read` may hold several figures
    under a key; those without key are not compared, since the text already tells them. `current` maps the
    records that stand behind the figures today to their digests.
    """
    believed = issued or carried
    details = [*_carried(carried, issued), *_figures(believed, read), *_text(believed, text)]
    details = list({(one.kind, one.key): one for one in reversed(details)}.values())[::-1]
    notes = [*_deviations(believed), DISCLAIMER]
    if issued is not None and current is not None:
        details += _records(issued, current)
    elif issued is not None:
        notes.insert(0, "没有核对台账记录在定稿后是否变动。")
    kinds = {one.kind for one in details}
    return Verification(_outcome(kinds, issued is not None), tuple(details), tuple(notes))


def _deviations(record: IssueRecord) -> list[str]:
    """What was issued otherwise than the ledger had it, so that it is never silent."""
    return [
        f"“{one['title']}”签发时不取台账数：台账为{one['ledger']}，报告写作{one['stated']}；理由：{one['reason']}；"
        f"{one['ordered_by']}提出，{one['approved_by']}批准。"
        for one in record.get("deviations", {}).values()
    ]


def _outcome(kinds: set[Kind], against_ledger: bool) -> Outcome:
    if "figure" in kinds:
        return Outcome.FIGURE_ALTERED
    if kinds & {"text", "manifest"}:
        return Outcome.TEXT_CHANGED
    if not against_ledger:
        return Outcome.CONSISTENT_ONLY
    return Outcome.RECORDS_CHANGED if "record" in kinds else Outcome.INTACT


def _carried(carried: IssueRecord, issued: IssueRecord | None) -> list[Detail]:
    """What in the carried record was tampered with: against the ledger's, else against its own leaves."""
    now = leaves_of(carried)
    then = issued["leaves"] if issued else carried["leaves"]
    changed = sorted(name for name in {*now, *then} if now.get(name) != then.get(name))
    if not changed and root_of(now) != (issued or carried)["root"]:
        changed = ["root"]
    labels = {one["key"]: one["label"] for one in carried["placed"]}
    return [_tampered(name, labels) for name in changed]


def _tampered(name: str, labels: Mapping[str, str]) -> Detail:
    kind, _, rest = name.partition("/")
    if kind in ("placed", "figure"):
        return Detail("figure", rest, labels.get(rest, rest), "", "随文件携带的存证中，这项数据被改动")
    return Detail("manifest", name, "随文件携带的存证", "", f"存证中的“{_PLACES.get(kind, kind)}”被改动")


_PLACES = {
    "head": "报告信息",
    "pack": "规则包版本",
    "definition": "指标定义",
    "record": "台账记录",
    "deviation": "不取台账数的说明",
    "clause": "条款文字",
    "root": "根值",
}


def _figures(record: IssueRecord, read: Sequence[ReadFigure]) -> list[Detail]:
    found: list[Detail] = []
    placed = {one["key"]: one for one in record["placed"]}
    for one in read:
        entry = placed.get(one.key)
        if entry is not None and not _same(entry, one):
            told = Quantity(one.value, one.unit, one.qualifier).text
            found.append(Detail("figure", one.key, entry["label"], entry["text"], told))
    return found


def _same(entry: PlacedEntry, read: ReadFigure) -> bool:
    """Words in place of a number (未填报, names) are compared as text only."""
    return not entry["value"] or (entry["value"], entry["unit"], entry["qualifier"]) == (
        decimal_text(read.value),
        read.unit,
        read.qualifier.value,
    )


def _text(record: IssueRecord, text: str) -> list[Detail]:
    found = unmarked(text, record["marks"])
    if sm3(found.encode()) == record["text"]:
        return []
    comparison = Comparison(record["clauses"], found)
    labels = {one["key"]: one["label"] for one in record["placed"]}
    figures = [_told("figure", one, labels.get(one.span.id, "")) for one in comparison.changed_figures()]
    return [*figures, *(_told("text", one, one.span.label) for one in comparison.changed_clauses())]


def _told(kind: Kind, one: Difference, label: str) -> Detail:
    return Detail(kind, one.span.id, label or one.span.label, one.issued, one.found)


def _records(record: IssueRecord, current: Mapping[str, str]) -> list[Detail]:
    found: list[Detail] = []
    for name, entry in record["records"].items():
        if name not in current:
            found.append(Detail("record", name, entry["label"], "已计入", "现已不计入或已作废"))
        elif current[name] != entry["digest"]:
            found.append(Detail("record", name, entry["label"], "定稿时的内容", "内容已修改"))
    added = [name for name in current if name not in record["records"]]
    return [*found, *(Detail("record", name, name, "", "定稿后新计入") for name in added)]
