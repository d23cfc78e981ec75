"""Turn pasted rows into records: proposed, put right by a person, recorded all at once. Confirming twice records once."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from typing import Any

from django.db import transaction

from jixiao.catalogue.kinds import Kind
from jixiao.errors import BadInput, FieldErrors, NotFound
from jixiao.ledger import checking, clock, evidence_store, permissions
from jixiao.ledger.actions import opening, records
from jixiao.ledger.models import Org, Paste, Record, User
from jixiao.ledger.pasting import Reader
from jixiao.ledger.pasting.propose import MOST_LINES
from jixiao.ledger.queries.orgs import kinds_for
from jixiao.ledger.rules import catalogue as rules

LONGEST = 60_000


def may_paste(user: User, org: Org) -> list[Kind]:
    """The kinds of which this person may record something from a line: none that lie below others."""
    roots = [kind for kind in kinds_for(user, org) if kind.parent is None]
    if permissions.can(user, "backfill", org=org.pk):
        return roots
    return permissions.among(user, "create", roots, org=org.pk)


@transaction.atomic
def begin(*, by: User, org: Org | str, text: str, on: date, usual: str = "") -> Paste:
    """Read a pasted text as seen from the day `on`; `usual` is the kind of lines that do not tell.

    Raises NotFound, FieldErrors (`text`) for what may not be kept.
    """
    place = opening.open_org(org, by)
    check(text)
    usual = usual if usual in {kind.full_id for kind in may_paste(by, place)} else ""
    found = reader(by, place, usual, on).lines(text)
    if not found:
        raise FieldErrors({"text": "没有读到内容；请粘贴聊天记录或表格中的若干行"})
    paste = Paste(id=str(uuid.uuid4()), user=by, org=place, usual=usual, saved_at=clock.now())
    paste.lines = [{**asdict(one), "key": key} for key, one in enumerate(found)]
    paste.save(force_insert=True)
    return paste


def reader(by: User, org: Org, usual: str, on: date) -> Reader:
    """What reads lines for this person in the org: the kinds, orgs and records they may name."""
    below = [kind for kind in kinds_for(by, org) if kind.parent]
    return Reader(
        on=on,
        kinds=[*may_paste(by, org), *below],
        catalogue=rules(),
        orgs={one: pk for pk, *titles in _orgs() for one in titles if one},
        records=cache(lambda kind: _records(by, org, kind)),
        usual=usual,
    )


def _records(by: User, org: Org, kind: str) -> dict[str, str]:
    """The records of a kind that this person may read, by a name that only one of them bears."""
    if not permissions.can(by, "read", org=org.pk, kind=kind):
        return {}
    pairs = list(Record.objects.filter(kind=kind, org=org, voided=False).values_list("label", "id"))
    often = Counter(label for label, _ in pairs)
    return {label: id_ for label, id_ in pairs if often[label] == 1}


def _orgs() -> Sequence[tuple[str, ...]]:
    return list(Org.objects.values_list("id", "title", "short_title"))


def check(text: str) -> None:
    """Raises FieldErrors (`text`) for what is too long, marked as secret, or cannot be shown."""
    if len(text) > LONGEST:
        raise FieldErrors({"text": f"文字超过 {LONGEST // 10_000} 万字；请分几次粘贴"})
    lines = text.replace("\r\n", "\n").split("\n")
    if sum(bool(line.strip()) for line in lines) > MOST_LINES:
        raise FieldErrors({"text": f"超过 {MOST_LINES} 行；请分几次粘贴，或存成表格后导入"})
    for number, line in enumerate(lines, 1):
        if evidence_store.is_marked(line):
            told = f"第 {number} 行带有密级字样，没有保存。{evidence_store.NOTICE}；请删去后再粘贴"
            raise FieldErrors({"text": told})
        if checking.is_unprintable(line.replace("\u200b", "").replace("\ufeff", "")):
            raise FieldErrors({"text": f"第 {number} 行{checking.UNPRINTABLE}"})


@transaction.atomic
def keep(*, by: User, paste: Paste | str, lines: Mapping[int, Mapping[str, Any]]) -> Paste:
    """Keep what was put right: by the key of a row its `kind` ("" leaves it out) and `values` as typed.

    A row that has been divided or joined since is not there any more, and nothing is kept for it.
    """
    row = own(by, paste)
    if row.is_done:
        return row
    for line in row.lines:
        if given := lines.get(line["key"]):
            values = {str(name): str(text) for name, text in given["values"].items() if str(text).strip()}
            line |= {"kind": str(given["kind"]), "values": values}
    return save(row)


def save(row: Paste) -> Paste:
    """Write the rows down as they are now."""
    row.saved_at = clock.now()
    row.save()
    return row


def next_key(row: Paste) -> int:
    """A key that no row of the paste has ever had: those that went came before those that took their place."""
    return max((line["key"] for line in row.lines), default=-1) + 1


@transaction.atomic
def confirm(*, by: User, paste: Paste | str) -> Paste:
    """Record every line that has a kind, all or none; lines without one stay listed.

    Raises NotFound, NotAllowed, BadInput, FieldErrors (`<key>.<field>`, `<key>` for a whole row).
    """
    row = own(by, paste)
    if row.is_done:
        return row
    errors: dict[str, str] = {}
    allowed = {kind.full_id: kind for kind in may_paste(by, row.org)}
    adopted = [line for line in row.lines if line["kind"]]
    if not adopted:
        raise BadInput("没有一行选了事项类型；请为要登记的行选定，其余的留为“不采用”")
    for line in adopted:
        key = line["key"]
        if line["kind"] not in allowed:
            errors[str(key)] = "您不能登记这类事项；请换一类，或选“不采用”"
            continue
        try:
            with transaction.atomic():
                line["record"] = _record(by, row, line, allowed[line["kind"]])
        except FieldErrors as error:
            errors |= {f"{key}.{name}": text for name, text in error.errors.items()}
        except (BadInput, ValueError) as error:
            errors[str(key)] = str(error)
    if errors:
        raise FieldErrors(errors)
    row.is_done = True
    return save(row)


def _record(by: User, row: Paste, line: Mapping[str, Any], kind: Kind) -> str:
    # the key in this paste makes the id: sent twice it is one record
    id_ = str(uuid.uuid5(uuid.UUID(row.pk), str(line["key"])))
    values = {name: text for name, text in line["values"].items() if name in kind.fields}
    checking.check_required(kind, checking.clean(kind, values, catalogue=rules()))
    if permissions.can(by, "backfill", org=row.org_id):
        made = records.backfill(
            by=by, org=row.org, kind=kind.full_id, values=values, id=id_, source="粘贴登记"
        )
    else:
        made = records.create(by=by, org=row.org, kind=kind.full_id, values=values, id=id_, note="粘贴登记")
    return made.id


@transaction.atomic
def discard(*, by: User, paste: Paste | str) -> None:
    """Throw the pasted lines away; what was recorded from them stays."""
    own(by, paste).delete()


def own(by: User, paste: Paste | str) -> Paste:
    """The person's own paste, for writing. Raises NotFound."""
    pk = paste.pk if isinstance(paste, Paste) else str(paste)
    row = Paste.objects.select_for_update().filter(pk=pk, user=by).first()
    if row is None:
        raise NotFound("没有找到这次粘贴；它可能已经丢弃")
    return row.with_keys()
