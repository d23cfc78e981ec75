"""One act on a record, before it is an event: what the actions make and the journal writes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jixiao.ledger.models import Record


@dataclass(slots=True)
class Act:
    """One act on a record. `changes` maps facts to [old, new]."""

    record: Record
    act: str
    changes: Mapping[str, Any]
    happened_on: date
    step: str = ""
    note: str = ""
    undoes: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
