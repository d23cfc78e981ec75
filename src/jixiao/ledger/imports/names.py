"""What people call records and orgs, in both directions: a name that two bear calls neither."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from jixiao.catalogue.nearest import nearest
from jixiao.ledger import permissions
from jixiao.ledger.models import Org, Record

MOST_LIKELY = 2000  # names among which a mistyped one is looked for


class Names:
    """Ids by every name they go by, and for each id the first of its names that it alone bears."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._by_name: dict[str, set[str]] = {}
        self._called: dict[str, tuple[str, ...]] = {}
        self._near: dict[str, list[str]] = {}

    def add(self, id: str, *names: str) -> None:
        """`id` goes by these names, the best one first."""
        kept = tuple(name.strip() for name in names if name.strip())
        self._called[id] = (*self._called.get(id, ()), *kept)
        for name in (id, *kept):
            self._by_name.setdefault(name, set()).add(id)

    def find(self, text: str) -> str:
        """The id meant. Raises ValueError, saying what would be right."""
        found = self._by_name.get(text, set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise ValueError(f"有 {len(found)} 个{self.what}叫“{text}”；请改写编号，或“记录编号”一列的内容")
        if is_id(text):
            return text.lower()
        near = f"是否想填 {'、'.join(likely)}；" if (likely := self._likely(text)) else ""
        raise ValueError(f"没有找到{self.what}“{text}”；{near}请核对名称，或先登记、先导入")

    def _likely(self, text: str) -> list[str]:
        """Names like a mistyped one; asked once for each text, and not among masses."""
        if len(self._called) > MOST_LIKELY:
            return []
        if text not in self._near:
            self._near[text] = nearest(text, (name for name in self._by_name if name not in self._called), 2)
        return self._near[text]

    def has(self, id: str) -> bool:
        return id in self._called

    def call(self, id: str) -> str:
        """The name by which `find` finds this id again; the id itself where there is none."""
        own = (
            name for name in self._called.get(id, ()) if len(self._by_name[name]) == 1 and "；" not in name
        )
        return next(own, id)

    def offered(self, most: int) -> list[tuple[str, str]]:
        """(name, id) pairs for a drop-down."""
        return [(self.call(id), id) for id in list(self._called)[:most]]


def records_of(user: permissions.Actor, kind: str, title: str, org: str) -> Names:
    """The records of a kind in an org; empty for who may not read them."""
    names = Names(title)
    if permissions.can(user, "read", org=org, kind=kind):
        rows = Record.objects.filter(kind=kind, org_id=org, voided=False).order_by("created_at", "id")
        for id_, number, label in rows.values_list("id", "number", "label").iterator(2000):
            names.add(id_, number, label)
    return names


def orgs() -> Names:
    """Every org: names of offices are no secret between offices."""
    names = Names("单位")
    for id_, title, short in Org.objects.order_by("title").values_list("id", "title", "short_title"):
        names.add(id_, title, short)
    return names


def several(names: Names, texts: Iterable[str]) -> list[str]:
    """The ids of several names. Raises ValueError for the first that calls nothing."""
    return [names.find(text) for text in texts]


def is_id(text: str) -> bool:
    """Whether a text is written as the id of a record."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
