"""One search over all an org has: its figures, its registers, its records; nothing the user may not read.

The cost is bounded: of each register a few records are fetched and at most `COUNTED` are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from jixiao.catalogue import Catalogue
from jixiao.catalogue.indicators import Indicator
from jixiao.catalogue.kinds import Kind
from jixiao.ledger import handed, permissions, succession
from jixiao.ledger.actions.opening import bound_packs
from jixiao.ledger.models import Org, Record
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.lists import searched, text_fields
from jixiao.ledger.queries.orgs import kinds_for, org_for
from jixiao.ledger.rules import catalogue as rules

SHORTEST, LONGEST, MOST_WORDS = 2, 60, 5
SHOWN, COUNTED, MOST_ORGS = 5, 100, 10


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found. `field` and `text` say where, if it was not by its name or number."""

    record: Record
    field: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class RegisterHits:
    """What one register holds of the search: the first hits, and how many there are (`COUNTED` at most)."""

    kind: Kind
    hits: tuple[Hit, ...]
    count: int
    is_more: bool


@dataclass(frozen=True, slots=True)
class OrgHit:
    """An org found by a name it bears or bore. `became` says what became of it; `is_open` that one may look into it."""

    org: Org
    became: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Found:
    """`words` is empty where too little was asked."""

    org: Org
    words: tuple[str, ...]
    orgs: tuple[OrgHit, ...] = ()
    figures: tuple[Indicator, ...] = ()
    registers: tuple[Kind, ...] = ()
    records: tuple[RegisterHits, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.orgs or self.figures or self.registers or self.records)


def search(user: Actor, org: Org | str, text: str) -> Found:
    """Find orgs by the names they bear or bore, figures by title, other names and id, registers by title and id, records by name, number and
    text; records of the orgs that went before this one too.

    Every word must occur. Less than two letters find nothing. Raises NotFound for a stranger's org.
    """
    place = org_for(user, org)
    words = words_of(text)
    if not words:
        return Found(place, ())
    catalogue = rules()
    kinds = kinds_for(user, place)
    return Found(
        place,
        words,
        tuple(_orgs(user, words)),
        tuple(_figures(catalogue, bound_packs(place.pk, catalogue), words)),
        tuple(kind for kind in kinds if kind.parent is None and _told([kind.title, kind.full_id], words)),
        tuple(_records(user, place, kinds, words)),
    )


def words_of(text: str) -> tuple[str, ...]:
    """What is asked, word by word; none where it is less than two letters."""
    words = tuple(dict.fromkeys(text[:LONGEST].split()))[:MOST_WORDS]
    return words if sum(len(word) for word in words) >= SHORTEST else ()


def _orgs(user: Actor, words: Sequence[str]) -> Iterable[OrgHit]:
    """Those named by all the words, the living first; names of offices are no secret between offices."""
    found = Org.objects.all()
    for word in words:
        found = found.filter(Q(title__icontains=word) | Q(short_title__icontains=word))
    mine = permissions.orgs_where(user, "read")
    living_first = found.order_by(F("valid_to").desc(nulls_first=True), "title")
    return [OrgHit(one, succession.what_became(one), one.pk in mine) for one in living_first[:MOST_ORGS]]


def _figures(catalogue: Catalogue, packs: set[str], words: Sequence[str]) -> Iterable[Indicator]:
    """Those named by all the words, the ones whose title starts with what was asked first."""
    found = [
        one
        for one in catalogue.indicators.values()
        if one.pack in packs and _told([one.title, *one.aliases, one.full_id], words)
    ]
    return sorted(found, key=lambda one: not one.title.startswith(words[0]))


def _told(texts: Iterable[str], words: Sequence[str]) -> bool:
    said = "\n".join(texts).casefold()
    return all(word.casefold() in said for word in words)


def _records(user: Actor, org: Org, kinds: Iterable[Kind], words: Sequence[str]) -> Iterable[RegisterHits]:
    """The registers that hold something, the fullest first."""
    whose = Q(org__in=succession.lineage(org)) | handed.readable(user, org.pk)
    present = set(Record.objects.filter(whose).values_list("kind", flat=True).distinct())
    found = []
    for kind in kinds:
        if kind.full_id in present:
            rows = _rows(whose, kind, words)
            first = list(rows[: SHOWN + 1])
            if first:
                count = len(first) if len(first) <= SHOWN else rows.order_by()[: COUNTED + 1].count()
                hits = tuple(_hit(kind, row, words) for row in first[:SHOWN])
                found.append(RegisterHits(kind, hits, min(count, COUNTED), count > COUNTED))
    return sorted(found, key=lambda one: -one.count)


def _rows(whose: Q, kind: Kind, words: Sequence[str]) -> QuerySet[Record]:
    """The matching records, those named by the first word before those that only mention it."""
    there = Record.objects.filter(whose, kind=kind.full_id, voided=False, root__voided=False)
    by_name = Case(
        When(label__icontains=words[0], then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return searched(there, kind, words).order_by(by_name, "-updated_at", "id")


def _hit(kind: Kind, row: Record, words: Sequence[str]) -> Hit:
    named = f"{row.number}\n{row.label}".casefold()
    unnamed = [word for word in words if word.casefold() not in named]
    return Hit(row, *_mention(kind, row.data, unnamed)) if unnamed else Hit(row)


def _mention(kind: Kind, data: Mapping[str, object], words: Sequence[str]) -> tuple[str, str]:
    """The title and text of the field with most of the words."""
    texts = {name: str(data.get(name) or "") for name in text_fields(kind)}
    told = {name: sum(word.casefold() in text.casefold() for word in words) for name, text in texts.items()}
    best = max(told, key=lambda name: told[name], default="")
    return (kind.fields[best].title, texts[best]) if told.get(best) else ("", "")
