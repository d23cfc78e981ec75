"""What a bureau decides at its desk: packages returned, reviewed with a score and made public, samples drawn.

Every decision is an event in the bureau's chain, with the digest of the package it speaks of.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from jixiao.errors import FieldErrors, StepNotLegal
from jixiao.ledger import clock, journal, permissions
from jixiao.ledger.actions import office_acts, records
from jixiao.ledger.actions.desk import STATE, desk_of, open_desk, open_package
from jixiao.ledger.desk.compare import grade_of, sample
from jixiao.ledger.models import DeskDecision, OfficeAct, Org, Submission

MOST_DRAWN = 500


@transaction.atomic
def send_back(
    *, by: permissions.Actor, submission: str, rows: Iterable[str] = (), reason: str = ""
) -> DeskDecision:
    """Return a package with the findings chosen (by their ids) and words of one's own; one of both is needed."""
    row = open_package(submission, by)
    _require_newest(row)
    if row.state not in (STATE.REPORTED, STATE.REVIEWED):
        raise StepNotLegal(f"现在是“{row.get_state_display()}”，不能退回", ("等单位重新报送后再审",))
    chosen = set(rows)
    told = [one for one in row.findings if one["id"] in chosen]
    if not told and not reason.strip():
        raise FieldErrors({"reason": "请至少勾选一处，或写明退回的意见"})
    return _decide(row, by, STATE.RETURNED, reason, rows=told)


@transaction.atomic
def review(*, by: permissions.Actor, submission: str, score: str, reason: str = "") -> DeskDecision:
    """Give the reviewer's score; one that differs from the self-score needs a reason. Raises FieldErrors."""
    row = open_package(submission, by)
    _require_newest(row)
    if row.state not in (STATE.REPORTED, STATE.REVIEWED):
        raise StepNotLegal(f"现在是“{row.get_state_display()}”，不能复核", ("等单位重新报送后再复核",))
    given = _score(score)
    own = row.summary.get("score")
    if (own is None or Decimal(own) != given) and not reason.strip():
        raise FieldErrors({"reason": "复核得分与自评得分不同，请写明理由"})
    record = _record(row, by, given, reason)
    return _decide(row, by, STATE.REVIEWED, reason, score=f"{given:f}", record=record)


@transaction.atomic
def mark_published(*, by: permissions.Actor, bureau: Org | str, year: int, where: str) -> int:
    """Mark every reviewed package as made public, when the public pages were written; gives how many."""
    place_of = open_desk(bureau, by)
    rows = Submission.objects.filter(bureau=place_of, year=year, state=STATE.REVIEWED).exclude(
        expected__is_secret=True
    )
    marked = 0
    for row in rows:
        if _newest(row) == row.pk:
            last = row.decisions.first()
            _decide(row, by, STATE.PUBLISHED, where, score=last.score if last else "")
            marked += 1
    return marked


@transaction.atomic
def draw(
    *, by: permissions.Actor, bureau: Org | str, year: int, seed: str, count: int, reason: str = ""
) -> OfficeAct:
    """Draw a sample of the departments that have reported and keep it: seed, everybody it was drawn from, who was drawn.

    Raises NotFound, NotAllowed, FieldErrors.
    """
    place = open_desk(bureau, by)
    desk_of(place, year)
    if not seed.strip():
        raise FieldErrors({"seed": "请写抽样的种子，如开会的日期；同一个种子抽出同样的单位"})
    if not 0 < count <= MOST_DRAWN:
        raise FieldErrors({"count": f"请写抽几个，1 到 {MOST_DRAWN}"})
    came = Submission.objects.filter(bureau=place, year=year, version__gt=0)
    among = sorted(came.values_list("expected__title", flat=True).distinct())
    if not among:
        raise FieldErrors({"count": "还没有单位报送，没有可抽的"})
    facts = {"year": year, "seed": seed.strip(), "count": count, "among": among}
    facts["drawn"] = sample(seed.strip(), among, count)
    return office_acts.keep(by=by, org=place.pk, act=OfficeAct.Act.DRAWN, facts=facts, reason=reason.strip())


def facts_of(made: DeskDecision) -> dict[str, Any]:
    """What the chain says of a decision: on which package (by its content), of whom, and everything decided."""
    package = made.submission
    return {
        "package": package.content,
        "department": package.expected.title if package.expected else "",
        "year": package.year,
        "version": package.version,
        "state": made.state,
        "score": made.score,
        "grade": made.grade,
        "reason": made.reason,
        "rows": made.rows,
        "record": made.record,
    }


def _newest(row: Submission) -> str:
    found = Submission.objects.filter(expected=row.expected_id, version__gt=0).order_by("-version")
    return str(found.values_list("pk", flat=True).first())


def _require_newest(row: Submission) -> None:
    if row.expected_id and _newest(row) != row.pk:
        raise StepNotLegal("这份已有新的版本", ("请在最新一版上办理",))


def _score(text: str) -> Decimal:
    try:
        given = Decimal(text.strip())
    except (InvalidOperation, ValueError):
        raise FieldErrors({"score": "请填写复核得分，如 88.5"}) from None
    if not given.is_finite() or not 0 <= given <= 100 or -int(given.as_tuple().exponent) > 2:
        raise FieldErrors({"score": "复核得分应在 0 到 100 之间，最多两位小数"})
    return given


def _record(row: Submission, by: permissions.Actor, score: Decimal, reason: str) -> str:
    """The review as a record of the bureau, where its packs say which; empty where the department has no org."""
    spec = desk_of(row.bureau, row.year).review
    if spec is None or row.expected is None or row.expected.org_id is None:
        return ""
    values = {
        spec.title: f"{row.expected.title}{row.year}年度自评复核",
        spec.year: row.year,
        spec.department: row.expected.org_id,
        spec.day: clock.today().isoformat(),
        spec.score: f"{score:f}",
        spec.reason: reason or "与自评得分一致",
    }
    if row.summary.get("score") is not None:
        values[spec.self_score] = row.summary["score"]
    return str(records.create(by=by, org=row.bureau, kind=spec.kind, values=values).pk)


def _decide(
    row: Submission,
    by: permissions.Actor,
    state: str,
    reason: str,
    *,
    score: str = "",
    rows: Sequence[dict[str, str]] = (),
    record: str = "",
) -> DeskDecision:
    made = DeskDecision.objects.create(
        id=str(uuid.uuid4()),
        submission=row,
        state=state,
        score=score,
        grade=grade_of(Decimal(score), desk_of(row.bureau, row.year)) if score else "",
        reason=reason.strip(),
        rows=list(rows),
        record=record,
        decided_by=by.username,
        decided_at=clock.now(),
    )
    journal.tell(
        made.pk, facts_of(made), org=row.bureau_id, act="decided", by=by.username, now=made.decided_at
    )
    row.state = state
    row.save(update_fields=["state"])
    return made
