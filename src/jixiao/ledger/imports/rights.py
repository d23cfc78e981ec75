"""What the person who brings a file in may do with its rows; each right is asked once for all rows."""

from __future__ import annotations

from jixiao.catalogue.kinds import Kind
from jixiao.errors import BadInput, NotAllowed
from jixiao.ledger import permissions

WITHOUT_KIND = ("backfill",)


class Rights:
    """The rights of one person in one org."""

    def __init__(self, by: permissions.Actor, org: str) -> None:
        self._by, self._org = by, org
        self._known: dict[tuple[str, str], bool] = {}

    def allow(self, act: str, kind: Kind) -> bool:
        """Whether the person may do the act on records of the kind."""
        key = act, kind.full_id
        if key not in self._known:
            self._known[key] = permissions.can(self._by, act, org=self._org, kind=_kind(act, kind))
        return self._known[key]

    def require(self, act: str, kind: Kind) -> None:
        """Raises BadInput, naming who may."""
        if not self.allow(act, kind):
            raise BadInput(self.refused(act, kind))

    def refused(self, act: str, kind: Kind) -> str:
        """Why the person may not, in the words of the permission itself; empty where they may."""
        try:
            permissions.require(self._by, act, org=self._org, kind=_kind(act, kind))
        except NotAllowed as error:
            return f"步骤日期只在补录时填写：{error}" if act == "backfill" else str(error)
        return ""


def _kind(act: str, kind: Kind) -> str:
    return "" if act in WITHOUT_KIND else kind.full_id
