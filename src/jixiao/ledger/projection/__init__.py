"""The projection: one typed table per kind, all that indicators see, written in the transaction of the
record.

It is derived: it can be dropped and rebuilt from the records at any time.
"""

from jixiao.ledger.projection.engine import DjangoEngine, engine
from jixiao.ledger.projection.rebuild import ensure, gone, rebuild, unreadable
from jixiao.ledger.projection.rows import (
    filed_images,
    images,
    link_images,
    remove,
    remove_filed,
    remove_link,
    write,
    write_filed,
    write_links,
)
from jixiao.ledger.projection.tables import Change, Plan, plan

__all__ = [
    "Change",
    "DjangoEngine",
    "Plan",
    "engine",
    "ensure",
    "filed_images",
    "gone",
    "images",
    "link_images",
    "plan",
    "rebuild",
    "remove",
    "remove_filed",
    "remove_link",
    "unreadable",
    "write",
    "write_filed",
    "write_links",
]
