"""What somebody has pasted and not thrown away: their own alone."""

from __future__ import annotations

from django.db.models import QuerySet

from jixiao.errors import NotFound
from jixiao.ledger.actions.pastes import may_paste
from jixiao.ledger.models import Org, Paste, User

__all__ = ["may_paste", "paste", "pastes"]


def pastes(user: User, org: Org) -> QuerySet[Paste]:
    """The last first."""
    return Paste.objects.filter(user=user, org=org)


def paste(user: User, id: str) -> Paste:
    """Raises NotFound for somebody else's."""
    row = Paste.objects.select_related("org").filter(pk=id, user=user).first()
    if row is None:
        raise NotFound("没有找到这次粘贴；它可能已经丢弃")
    return row.with_keys()
