"""Confirm that a rule says what its document says, or take that back: a named person, a document, its words, in the chain."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from jixiao.catalogue import basis
from jixiao.catalogue.catalogue import digest
from jixiao.errors import BadInput, FieldErrors, NotAllowed, NotFound
from jixiao.ledger import checking, permissions
from jixiao.ledger.actions import office_acts, opening
from jixiao.ledger.models import OfficeAct, Org
from jixiao.ledger.rules import catalogue as rules

LONGEST_DOCUMENT, LONGEST_TEXT = 120, 2_000


@transaction.atomic
def confirm(
    *,
    by: permissions.Actor,
    org: Org | str,
    source: str,
    definitions: Sequence[str],
    document: str,
    text: str,
    note: str = "",
) -> list[OfficeAct]:
    """Say of `definitions` (folder/pack/id) that they were held against the document `source` names, at its number
    `document`, whose words are `text`. One act each.

    Raises NotFound, NotAllowed, FieldErrors (`definitions`, `document`, `text`, `note`).
    """
    place = opening.open_org(org, by)
    permissions.require(by, "confirm", org=place.pk)
    if isinstance(by, permissions.System):
        raise NotAllowed("核实规则要有署名的人；请用本人的账号办理")
    catalogue = rules()
    found = {rule: basis.find(catalogue, rule) for rule in dict.fromkeys(definitions)}
    errors = _wrong(document, text, note)
    if not found:
        errors["definitions"] = "请至少选一条核实过的规则"
    for rule, definition in found.items():
        rests = [] if definition is None else [basis.text_of(one) for one in basis.sources_of(definition)]
        if source not in rests:
            errors["definitions"] = f"{rule} 已不以“{source}”为依据；规则包可能已更新，请回到待核实清单重选"
    if errors:
        raise FieldErrors(errors)
    said = {
        "source": source,
        "document": document.strip(),
        "text": text.strip(),
        "name": by.display_name or by.username,
    }
    return [
        office_acts.keep(
            by=by, org=place.pk, act="confirmed", reason=note.strip(),
            facts={"rule": rule, "digest": digest(definition), **said},
        )
        for rule, definition in found.items()
        if definition is not None
    ]  # fmt: skip


@transaction.atomic
def revoke(*, by: permissions.Actor, org: Org | str, confirmation: str, reason: str) -> OfficeAct:
    """Take a confirmation back; the rule is 待核实 again. Raises NotFound, NotAllowed, BadInput, FieldErrors (`note`)."""
    place = opening.open_org(org, by)
    permissions.require(by, "confirm", org=place.pk)
    acts = OfficeAct.objects.filter(org=place)
    act = acts.filter(pk=confirmation, act=OfficeAct.Act.CONFIRMED).first()
    if act is None:
        raise NotFound("本单位没有这条核实；上级单位的核实由上级单位撤回")
    if acts.filter(act=OfficeAct.Act.REVOKED, facts__confirmed=act.pk).exists():
        raise BadInput("这条核实已经撤回，不用再办")
    facts = {"rule": act.facts["rule"], "source": act.facts["source"], "confirmed": act.pk}
    why = opening.check_note(reason, "撤回核实")
    return office_acts.keep(by=by, org=place.pk, act="revoked", facts=facts, reason=why)


def _wrong(document: str, text: str, note: str) -> dict[str, str]:
    errors = {}
    if not document.strip():
        errors["document"] = "请写明核对的是哪份文件（文号，没有文号的写文件名和日期）"
    elif len(document.strip()) > LONGEST_DOCUMENT:
        errors["document"] = f"文号或文件名不超过{LONGEST_DOCUMENT}个字"
    if not text.strip():
        errors["text"] = "请抄录文件中的有关原文，别人才能照着再核一遍"
    elif len(text.strip()) > LONGEST_TEXT:
        errors["text"] = f"原文不超过{LONGEST_TEXT}个字；只抄有关的条款"
    for name, words in (("document", document), ("text", text), ("note", note)):
        if checking.is_unprintable(words):
            errors[name] = "不能有看不见的字符"
    return errors
