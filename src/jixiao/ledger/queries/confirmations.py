"""Which documents behind the rules a named person has confirmed, and what is still 待核实.

What was confirmed in an org holds for the org and those below it. It holds for the definition as it was: once that
changes, somebody must look again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from jixiao.catalogue import basis
from jixiao.catalogue.catalogue import digest
from jixiao.catalogue.definition import Named, Source
from jixiao.errors import NotFound
from jixiao.ledger.models import OfficeAct, Org
from jixiao.ledger.one_reading import once
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.orgs import org_for
from jixiao.ledger.rules import catalogue as rules
from jixiao.reports.context import date_words

UNCONFIRMED = "待核实"
ACTS = (OfficeAct.Act.CONFIRMED, OfficeAct.Act.REVOKED)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who held a definition against which document. `digest` is the definition's at that time."""

    id: str
    org: str
    rule: str
    source: str
    digest: str
    document: str
    text: str
    note: str
    name: str
    at: datetime

    @property
    def words(self) -> str:
        return f"已核实（{self.name}，{date_words(timezone.localtime(self.at).date())}，{self.document}）"


@dataclass(frozen=True, slots=True)
class Confirmations:
    """What stands for one org, by definition and document."""

    standing: Mapping[tuple[str, str], Confirmation] = field(default_factory=dict)

    def of(self, definition: Named, source: Source) -> Confirmation | None:
        """The confirmation in force; None where there is none or the definition has changed since."""
        found = self.standing.get((basis.rule_of(definition), basis.text_of(source)))
        return found if found and found.digest == digest(definition) else None

    def outdated(self, definition: Named, source: Source) -> Confirmation | None:
        """A confirmation that the changed definition has left behind."""
        found = self.standing.get((basis.rule_of(definition), basis.text_of(source)))
        return found if found and found.digest != digest(definition) else None

    def mark(self, definition: Named, source: Source) -> str:
        """待核实, 已核实（…）, or nothing where the pack itself vouches for the document."""
        if source.verified:
            return ""
        found = self.of(definition, source)
        return found.words if found else UNCONFIRMED

    def told(self, definition: Named) -> str:
        """The documents of a definition as a report notes them; empty where the pack vouches for all of them."""
        if all(source.verified for source in definition.source):
            return ""
        marks = [(basis.text_of(one), self.mark(definition, one)) for one in definition.source]
        said = "；".join(
            f"{text}（{mark.removesuffix('）').replace('（', '：', 1)}）" if mark else text
            for text, mark in marks
        )
        return f"依据：{said}。"


@dataclass(frozen=True, slots=True)
class Line:
    """One definition under a document: confirmed, confirmed before it changed, or neither."""

    definition: Named
    confirmed: Confirmation | None
    outdated: Confirmation | None

    @property
    def rule(self) -> str:
        return basis.rule_of(self.definition)


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a pack with the definitions that rest on it; `key` stands in addresses."""

    pack: str
    text: str
    lines: tuple[Line, ...]

    @property
    def key(self) -> str:
        return key_of(self.text)

    @property
    def waiting(self) -> list[Line]:
        return [one for one in self.lines if one.confirmed is None]


def key_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@once
def confirmations(org: Org | str | None) -> Confirmations:
    """What stands for an org: confirmed there or above it, and not revoked since."""
    if org is None:
        return Confirmations()
    acts = OfficeAct.objects.filter(org__in=_up(org), act__in=ACTS).order_by("done_at", "id")
    revoked = {act.facts["confirmed"] for act in acts if act.act == OfficeAct.Act.REVOKED}
    found: dict[tuple[str, str], Confirmation] = {}
    for act in acts:
        if act.act == OfficeAct.Act.CONFIRMED and act.pk not in revoked:
            one = confirmation_of(act)
            found[one.rule, one.source] = one
    return Confirmations(found)


def confirmation_of(act: OfficeAct) -> Confirmation:
    said = act.facts
    return Confirmation(
        act.pk, act.org_id, said["rule"], said["source"], said["digest"], said["document"], said["text"],
        act.reason, said["name"], act.done_at,
    )  # fmt: skip


def documents(user: Actor, org: Org | str, pack: str) -> list[Document]:
    """The documents of a pack that are not confirmed in the pack itself, with what rests on them. Raises NotFound."""
    place = org_for(user, org)
    catalogue = rules()
    if pack not in catalogue.packs:
        raise NotFound(f"没有规则包“{pack}”")
    standing = confirmations(place)
    found: dict[str, list[Line]] = {}
    for one in basis.unverified(catalogue, pack):
        line = Line(
            one.definition,
            standing.of(one.definition, one.source),
            standing.outdated(one.definition, one.source),
        )
        found.setdefault(basis.text_of(one.source), []).append(line)
    return [Document(pack, text, tuple(lines)) for text, lines in found.items()]


def document(user: Actor, org: Org | str, pack: str, key: str) -> Document:
    """Raises NotFound."""
    found = next((one for one in documents(user, org, pack) if one.key == key), None)
    if found is None:
        raise NotFound("没有这份待核实的依据；规则包可能已更新，请回到待核实清单")
    return found


def revoked(user: Actor, org: Org | str) -> list[OfficeAct]:
    """Confirmations taken back in the org, latest first. Raises NotFound."""
    return list(OfficeAct.objects.filter(org=org_for(user, org), act=OfficeAct.Act.REVOKED)[:50])


def _up(org: Org | str) -> list[str]:
    """The org and those above it."""
    parents = dict(Org.objects.values_list("id", "parent_id"))
    found: list[str] = []
    here: str | None = org.pk if isinstance(org, Org) else org
    while here and here not in found:
        found.append(here)
        here = parents.get(here)
    return found
