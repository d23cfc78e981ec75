"""Say which figure the words of a document speak of; it is remembered for the next document."""

from __future__ import annotations

from django.db import transaction

from jixiao.errors import BadInput
from jixiao.ledger import clock, permissions
from jixiao.ledger.actions import opening
from jixiao.ledger.models import Org, StatementMatch
from jixiao.ledger.rules import catalogue as rules
from jixiao.reading.matching import same_sort

_LONGEST = 300
_HEX = frozenset("0123456789abcdef")


@transaction.atomic
def confirm(
    *, by: permissions.Actor, org: Org | str, fingerprint: str, words: str, unit: str, indicator: str
) -> StatementMatch:
    """Remember that such words speak of an indicator, or of none (an empty `indicator`).

    Raises NotFound, NotAllowed, BadInput for an indicator of another measure word or for words out of nowhere.
    """
    place = opening.open_org(org, by)
    permissions.require(by, "file", org=place.pk)
    if len(fingerprint) != 64 or not _HEX.issuperset(fingerprint) or not words.strip():
        raise BadInput("没有收到要认定的表述；请重新选择文件，再作认定")
    full = ""
    if indicator:
        catalogue = rules()
        packs = opening.bound_packs(place.pk, catalogue)
        found = opening.in_packs(packs, catalogue.indicators, indicator) or catalogue.indicator(indicator)
        if found.pack not in packs:
            raise BadInput(f"{place.title}没有启用指标“{found.title}”所在的规则包；请从列出的指标中选取")
        if not same_sort(found.unit, unit):
            raise BadInput(f"“{found.title}”与这处表述单位不同，不会是同一个数；请另选指标")
        full = found.full_id
    made, _ = StatementMatch.objects.update_or_create(
        org=place, fingerprint=fingerprint,
        defaults={
            "words": words.strip()[:_LONGEST], "unit": unit[:20], "indicator": full,
            "said_by": by.username, "said_at": clock.now(),
        },
    )  # fmt: skip
    return made


@transaction.atomic
def forget(*, by: permissions.Actor, org: Org | str, fingerprint: str) -> bool:
    """Take back what was said of some words; True where anything had been said. Raises NotFound, NotAllowed."""
    place = opening.open_org(org, by)
    permissions.require(by, "file", org=place.pk)
    count, _ = StatementMatch.objects.filter(org=place, fingerprint=fingerprint).delete()
    return bool(count)
