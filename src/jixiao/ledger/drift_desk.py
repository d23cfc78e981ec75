"""Part of the audit: do packages on a bureau's desk stand where the decisions left them, and are their files still theirs?

What a package says is computed from its files; decisions name them by digest.
"""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.errors import BadInput, NotFound
from jixiao.ledger import evidence_store
from jixiao.ledger.models import Submission

Wrong = tuple[str, str]  # subject, reason
UNDECIDED = (Submission.State.UNPLACED, Submission.State.REFUSED, Submission.State.REPORTED)


def packages(org: str) -> Iterator[Wrong]:
    """Packages whose state no decision gave them."""
    for row in Submission.objects.filter(bureau_id=org).prefetch_related("decisions"):
        last = next(iter(row.decisions.all()), None)
        if last is None and row.state not in UNDECIDED:
            yield row.pk, f"报送件“{row}”的状态是“{row.get_state_display()}”，却没有处理过"
        elif last is not None and row.state != last.state:
            yield row.pk, f"报送件“{row}”的状态“{row.get_state_display()}”与最后一次处理不一致"


def files(org: str) -> Iterator[Wrong]:
    """Files of packages that are gone from the disk, or changed on it."""
    for row in Submission.objects.filter(bureau_id=org):
        for one in row.files:
            try:
                if one["raw"]:
                    evidence_store.read(one["raw"])
            except (NotFound, BadInput) as wrong:
                yield row.pk, f"报送件“{row}”的 {one['path']}：{wrong}"
