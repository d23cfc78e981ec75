"""Has anything been changed behind the ledger's back? Walks an org's chain and holds every row against its
events.

Promises to name the first event that does not follow, each record, filed value or word of a report that is
not what its events say, and whatever beside them (projection, links, papers, files) is not what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from jixiao.ledger import (
    arrangements,
    audit_people,
    chain,
    drift,
    drift_days,
    drift_desk,
    fold,
    journal,
    memberships,
)
from jixiao.ledger.actions import desk_decisions, deviations, office_acts, opinions, reports, scores
from jixiao.ledger.actions.filed import facts_of as filed_facts
from jixiao.ledger.models import (
    ChainHead,
    ClauseEdit,
    DeskDecision,
    Event,
    FigureDeviation,
    FiledValue,
    FindingOpinion,
    Issue,
    LeafNote,
    OfficeAct,
    Record,
)
from jixiao.ledger.rules import catalogue as rules
from jixiao.reports import seal
from jixiao.values import Finding, Verdict

BATCH = 1000
CHAIN, ROWS, BESIDE, FILES = "ledger/chain", "ledger/rows", "ledger/beside", "ledger/files"
PEOPLE, ORGS = "ledger/people", "ledger/orgs"
TITLES = {
    CHAIN: "流转记录首尾相接",
    ROWS: "台账与流转记录一致",
    BESIDE: "投影、关联和佐证与台账一致",
    FILES: "佐证和定稿文件没有变动",
    PEOPLE: "任职和账号与流转记录一致",
    ORGS: "单位、规则包和期间与流转记录一致",
}


def check(org: str) -> list[Finding]:
    """One finding per thing that is wrong, the chain's first; a kept one for each part where nothing is."""
    broken_chain = _first_break(org)
    wrong = {
        CHAIN: [broken_chain] if broken_chain else [],
        ROWS: list(_wrong_rows(org)),
        FILES: [*drift.files(org), *drift_desk.files(org)],
    }
    told = {subject for subject, _ in wrong[ROWS]}  # what is wrong in itself is told once
    beside = [*drift.attachments(org), *drift.derived(org, rules())]
    beside += [*drift_days.due_days(org, rules()), *drift_days.papers(org), *drift_desk.packages(org)]
    wrong[BESIDE] = [one for one in beside if one[0] not in told]
    return [
        finding
        for part in (CHAIN, ROWS, BESIDE, FILES)
        for finding in [_broken(part, *one) for one in wrong[part]] or [_kept(part, org)]
    ]


def check_people() -> list[Finding]:
    """The same of roles and accounts, whose chain is one for all orgs."""
    return _told(memberships.CHAIN, PEOPLE, audit_people.wrong_people())


def check_orgs() -> list[Finding]:
    """The same of the orgs themselves, their packs and their reporting periods."""
    return _told(arrangements.CHAIN, ORGS, arrangements.wrong())


def _told(name: str, part: str, wrong: Iterable[tuple[str, str]]) -> list[Finding]:
    broken_chain = _first_break(name)
    found = [_broken(CHAIN, *broken_chain)] if broken_chain else []
    found += [_broken(part, *one) for one in wrong]
    return found or [_kept(part, name)]


def _first_break(org: str) -> tuple[str, str] | None:
    """(event id, reason) of the first event that does not follow from the one before."""
    previous, sequence = chain.START, 0
    for event in Event.objects.filter(chain=org).order_by("sequence").iterator(BATCH):
        sequence += 1
        if event.sequence != sequence:
            return event.id, f"第 {sequence} 条流转记录缺失，其后是{_named(event)}"
        if event.previous != previous:
            return event.id, f"{_named(event)}没有接上前一条"
        if chain.event_hash(event) != event.hash:
            return event.id, f"{_named(event)}的内容与登记时不一致"
        previous = event.hash
    head = ChainHead.objects.filter(chain=org).first()
    if head is None and sequence:
        return "", f"链头缺失：有 {sequence} 条流转记录，却没有记下末尾是哪一条，末尾可能少了"
    if head and head.sequence != sequence:
        return "", f"末尾缺失：应有 {head.sequence} 条流转记录，只有 {sequence} 条"
    if head and head.hash != previous:
        return "", f"链头与最后一条流转记录（第 {sequence} 条）不一致"
    return None


def _wrong_rows(org: str) -> Iterator[tuple[str, str]]:
    """(record id, reason) of every row that is not the fold of its events."""
    rows = Record.objects.filter(org_id=org).in_bulk()
    filed = FiledValue.objects.filter(org_id=org).in_bulk()
    issued = {reports.event_record(one.root): one for one in Issue.objects.filter(org_id=org)}
    said = _said(org)
    for record, events in _by_record(org):
        if record in rows:
            reason = _wrong_row(rows.pop(record), events)
        elif record in filed:
            reason = _wrong_value(filed.pop(record), events[-1])
        elif record in issued:
            reason = _wrong_issue(issued.pop(record), events[-1])
        elif record in said:
            reason = _wrong_words(said.pop(record), events[-1])
        else:
            reason = f"有流转记录却没有这条台账（{_named(events[0])}）"
        if reason:
            yield record, reason
    for record, row in [*rows.items(), *filed.items(), *issued.items(), *said.items()]:
        yield record, f"“{row}”没有任何流转记录"


Words = ClauseEdit | LeafNote | FindingOpinion | FigureDeviation | OfficeAct | DeskDecision


def _said(org: str) -> dict[str, Words]:
    """The words people put to reports, scores and findings, acts on the office and decisions at its desk, by the ids the
    chain knows.
    """
    edits = {reports.edit_record(one): one for one in ClauseEdit.objects.filter(org_id=org)}
    notes = {scores.event_record(one): one for one in LeafNote.objects.filter(org_id=org)}
    said = {opinions.event_record(one): one for one in FindingOpinion.objects.filter(org_id=org)}
    stated = {deviations.event_record(one): one for one in FigureDeviation.objects.filter(org_id=org)}
    acts = {one.pk: one for one in OfficeAct.objects.filter(org_id=org)}
    decided = DeskDecision.objects.filter(submission__bureau_id=org).select_related("submission__expected")
    return {**edits, **notes, **said, **stated, **acts, **{one.pk: one for one in decided}}


def _by_record(org: str) -> Iterator[tuple[str, list[Event]]]:
    events: list[Event] = []
    for event in Event.objects.filter(chain=org).order_by("record", "version").iterator(BATCH):
        if events and events[0].record != event.record:
            yield events[0].record, events
            events = []
        events.append(event)
    if events:
        yield events[0].record, events


def _wrong_row(row: Record, events: list[Event]) -> str:
    facts: fold.Facts = {}
    for event in events:
        try:
            facts = fold.apply(facts, event.changes)
        except fold.Conflict as conflict:
            return f"“{row.label}”的{_named(event)}与此前的 {conflict.fact} 不符"
        if fold.Folded(facts, event.version).digest != event.digest:
            return f"“{row.label}”在{_named(event)}之后的摘要不符"
    theirs = journal.facts_of(row)
    wrong = sorted(name for name in {*facts, *theirs} if facts.get(name) != theirs.get(name))
    if wrong:
        return f"“{row.label}”的 {'、'.join(wrong)} 与流转记录不一致"
    if (row.version, row.digest) != (len(events), events[-1].digest):
        return f"“{row.label}”的版本或摘要与流转记录不一致"
    return ""


def _wrong_value(value: FiledValue, event: Event) -> str:
    if chain.digest(filed_facts(value)) != event.digest or not _signed(event, value.filed_by, value.filed_at):
        return f"填报数 {value.item}（{value.label}）与流转记录不一致"
    return ""


def _wrong_issue(issue: Issue, event: Event) -> str:
    is_same = (
        seal.root(issue.manifest) == issue.root
        and chain.digest(reports.facts_of(issue)) == event.digest
        and _signed(event, issue.issued_by, issue.issued_at)
    )
    return "" if is_same else f"{issue.year} 年的定稿存证与签发时不一致"


def _wrong_words(words: Words, event: Event) -> str:
    if isinstance(words, ClauseEdit):
        facts, signed = reports.edit_facts(words), (words.edited_by, words.edited_at)
    elif isinstance(words, FindingOpinion):
        facts, signed = opinions.facts_of(words), (words.said_by, words.said_at)
    elif isinstance(words, FigureDeviation):
        facts, signed = deviations.facts_of(words), (words.stated_by, words.stated_at)
    elif isinstance(words, OfficeAct):
        facts, signed = office_acts.facts_of(words), (words.done_by, words.done_at)
    elif isinstance(words, DeskDecision):
        facts, signed = desk_decisions.facts_of(words), (words.decided_by, words.decided_at)
    else:
        facts, signed = scores.facts_of(words), (words.noted_by, words.noted_at)
    is_same = chain.digest(facts) == event.digest and _signed(event, *signed)
    return "" if is_same else f"{words}与流转记录不一致"


def _signed(event: Event, by: str, at: datetime) -> bool:
    """Whether a row says the same as its event of who did it, and when."""
    return (by, at) == (event.by, event.entered_at)


def _named(event: Event) -> str:
    act, entered = Event.Act(event.act).label, f"{event.entered_at:%Y-%m-%d %H:%M}"
    return f"第 {event.sequence} 条流转记录（{act}，{event.by}，{entered}）"


def _kept(relation: str, org: str) -> Finding:
    count = Event.objects.filter(chain=org).count()
    return Finding(relation, TITLES[relation], Verdict.KEPT, f"共 {count} 条流转记录，核对无误")


def _broken(relation: str, subject: str, reason: str) -> Finding:
    return Finding(relation, TITLES[relation], Verdict.BROKEN, reason, subjects=(subject,))
