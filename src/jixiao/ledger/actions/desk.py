"""The bureau's desk: say whom it expects, take packages in, say whose one is, return, review and publish it.

Taking in is idempotent on the content: the same files again change nothing. Nothing that came in is ever dropped.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction

from jixiao.catalogue.desks import Desk
from jixiao.errors import BadInput, FieldErrors, NotFound, StepNotLegal
from jixiao.ledger import clock, evidence_store, permissions
from jixiao.ledger.actions import opening, records
from jixiao.ledger.desk.bundles import Bundle, bundles_of, completed, joined, owners
from jixiao.ledger.desk.examine import BROKEN, Examined, examine
from jixiao.ledger.desk.parts import Part
from jixiao.ledger.desk.reports import ReportRead, read_reports
from jixiao.ledger.models import DeskDecision, Expected, Org, Submission
from jixiao.ledger.rules import catalogue as rules

DESK = "desk"
STATE = Submission.State
MOST_EXPECTED = 2_000
ORIGINAL = "原件"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one bundle; `is_new` is false where the same files had come before."""

    submission: Submission
    is_new: bool


def desk_of(bureau: Org, year: int) -> Desk:
    """The rules by which this bureau takes packages of a year in. Raises NotFound where its packs have none."""
    catalogue = rules()
    packs = opening.bound_packs(bureau.pk, catalogue)
    found = [one for one in catalogue.desks.values() if one.pack in packs and one.is_of(year)]
    if not found:
        raise NotFound(f"{bureau.title}启用的规则包里没有{year}年度的汇总规则；请启用带汇总规则的规则包")
    return found[0]


def open_desk(bureau: Org | str, by: permissions.Actor) -> Org:
    """Raises NotFound for a stranger's bureau, NotAllowed without the right to its desk."""
    place = opening.open_org(bureau, by)
    permissions.require(by, DESK, org=place.pk)
    return place


@transaction.atomic
def expect(
    *,
    by: permissions.Actor,
    bureau: Org | str,
    year: int,
    titles: Iterable[str] = (),
    due_on: date | None = None,
    secret: Iterable[str] | None = None,
) -> list[Expected]:
    """Put departments on the list (by title; one known to the ledger is joined to its org), or all orgs below the bureau
    where none is named. What is on the list stays; `due_on` is set for all of them, and `secret`, where given, says which
    are the secret ones.
    """
    place = open_desk(bureau, by)
    named = list(dict.fromkeys(title.strip() for title in titles if title.strip()))
    orgs = {one.title: one for one in Org.objects.filter(title__in=named)}
    if not named:
        below = Org.objects.filter(parent=place).order_by("title")
        orgs = {one.title: one for one in below if one.existed_on(min(date(year, 12, 31), clock.today()))}
        named = list(orgs)
    if not named and not Expected.objects.filter(bureau=place, year=year).exists():
        raise BadInput(f"{place.title}下面没有登记下级单位；请把应报单位的名称逐行写上")
    if len(named) > MOST_EXPECTED or any(len(title) > 120 for title in named):
        raise BadInput(f"应报单位最多 {MOST_EXPECTED} 个，名称最多 120 个字；请核对名单")
    start = Expected.objects.filter(bureau=place, year=year).count()
    for number, title in enumerate(named, start=start + 1):
        org = orgs.get(title)
        Expected.objects.get_or_create(
            bureau=place,
            year=year,
            title=title,
            defaults={
                "id": str(uuid.uuid4()),
                "org": org,
                "short_title": org.short_title if org else "",
                "place": number,
                "added_by": by.username,
                "added_at": clock.now(),
            },
        )
    listed = Expected.objects.filter(bureau=place, year=year)
    if due_on is not None:
        listed.update(due_on=due_on)
    if secret is not None:
        hidden = set(secret)
        listed.filter(title__in=hidden).update(is_secret=True)
        listed.exclude(title__in=hidden).update(is_secret=False)
    return list(listed)


def take(
    *,
    by: permissions.Actor,
    bureau: Org | str,
    year: int,
    files: Sequence[tuple[str, bytes]],
    received_on: date | None = None,
) -> list[Outcome]:
    """Take files in: zips, folders (a path with a folder belongs to it) and bare files, as many departments as they are of.

    Raises NotFound, NotAllowed. A file that cannot be opened, is of another year or of nobody known is kept with its trouble.
    """
    place = open_desk(bureau, by)
    desk = desk_of(place, year)
    if not Expected.objects.filter(bureau=place, year=year).exists():
        expect(by=by, bureau=place, year=year)
    expected = list(Expected.objects.filter(bureau=place, year=year))
    forms = [rules().form(one.form) for one in desk.forms]

    def owner(bundle: Bundle) -> str:
        found = owners(bundle, expected)
        return found[0].id if len(found) == 1 else ""

    bundles = joined(bundles_of(files, forms), owner, forms)
    for bundle in bundles:
        if bundle.is_bare and (key := owner(bundle)):
            completed(bundle, _bare_before(key), forms)
    taker = _Taker(by, place, year, desk, expected, received_on or clock.today())
    return taker.take(bundles)


def _bare_before(expected: str) -> list[Part]:
    """The files of the department's newest package where that came as bare files; a zip is whole and lends nothing."""
    last = Submission.objects.filter(expected=expected, version__gt=0).order_by("-version").first()
    if last is None or any(not one["raw"] or "/" in str(one["path"]) for one in last.files):
        return []
    if any(one["role"] == ORIGINAL for one in last.files):
        return []
    return [Part(str(one["path"]), evidence_store.read(str(one["raw"]))) for one in last.files]


class _Taker:
    """Reads the reports of all new bundles in one go, then writes one submission after the other."""

    def __init__(
        self,
        by: permissions.Actor,
        bureau: Org,
        year: int,
        desk: Desk,
        expected: Sequence[Expected],
        day: date,
    ) -> None:
        self.by, self.bureau, self.year, self.desk, self.expected = by, bureau, year, desk, expected
        self.day = day
        self.titles = {one.form: rules().form(one.form).title for one in desk.forms}

    def take(self, bundles: Sequence[Bundle]) -> list[Outcome]:
        known = {
            one.content: one
            for one in Submission.objects.filter(bureau=self.bureau, year=self.year).defer("forms")
        }
        fresh = [one for one in bundles if one.content not in known]
        for bundle in fresh:
            bundle.trouble = bundle.trouble or self._trouble(bundle)
        reports = [part for one in fresh if not one.trouble for part in one.taken.reports]
        read = iter(read_reports(reports))
        outcomes = []
        for bundle in bundles:
            if bundle.content in known:
                outcomes.append(Outcome(known[bundle.content], False))
                continue
            told = [] if bundle.trouble else [next(read) for _ in bundle.taken.reports]
            made = self._write(bundle, told)
            known[bundle.content] = made
            outcomes.append(Outcome(made, True))
        return outcomes

    def _trouble(self, bundle: Bundle) -> str:
        """Why a bundle that could be opened is not taken; nothing where it is."""
        years = bundle.taken.years
        if years and self.year not in years:
            told = "、".join(f"{year}年度" for year in years)
            has_desk = any(one.is_of(years[0]) for one in rules().desks.values())
            there = f"，或到{years[0]}年度的汇总页收下" if has_desk else ""
            return (
                f"这是{told}的材料，现在收的是{self.year}年度；请让单位换成{self.year}年度的重新报送{there}"
            )
        if not bundle.taken.forms and not bundle.taken.reports:
            refused = "；".join(why for _, why in bundle.taken.refused)
            return refused or "里面没有认得出的报表或报告；请按规定的表样和报告重新报送"
        return ""

    @transaction.atomic
    def _write(self, bundle: Bundle, reports: Sequence[ReportRead]) -> Submission:
        Org.objects.select_for_update().get(pk=self.bureau.pk)  # versions are given one after the other
        found = owners(bundle, self.expected)
        owner = found[0] if len(found) == 1 else None
        examined = Examined() if bundle.trouble else self._examined(bundle, reports)
        state = STATE.REFUSED if bundle.trouble else STATE.REPORTED if owner else STATE.UNPLACED
        return Submission.objects.create(
            id=str(uuid.uuid4()),
            bureau=self.bureau,
            year=self.year,
            expected=owner,
            version=_next_version(owner) if owner and state == STATE.REPORTED else 0,
            content=bundle.content,
            file_name=bundle.name[:255],
            files=_kept(bundle),
            state=state,
            trouble=bundle.trouble,
            is_late=_is_late(owner, self.day),
            summary=examined.summary,
            forms=examined.forms,
            findings=examined.findings,
            received_by=self.by.username,
            received_at=clock.now(),
        )

    def _examined(self, bundle: Bundle, reports: Sequence[ReportRead]) -> Examined:
        found = examine(bundle.taken, reports, self.desk, self.titles)
        for one in bundle.taken.forms:
            if one.year and one.year != self.year:
                _add(found, f"这张表是{one.year}年度的，请换成{self.year}年度的", one.form.title)
        return found


def _add(found: Examined, reason: str, where: str) -> None:
    title = "表的年度不对"
    found.findings.append(
        {
            "id": str(len(found.findings) + 1),
            "code": "form_year",
            "title": title,
            "where": where,
            "reason": reason,
            "computed": "",
            "level": BROKEN,
        }
    )
    found.summary["defects"][title] = found.summary["defects"].get(title, 0) + 1


def _kept(bundle: Bundle) -> list[dict[str, object]]:
    """Every file as it came goes into the store; what lay in a zip is listed with what it was taken for."""
    raw = [
        {"path": one.path, "raw": evidence_store.keep(one.content), "size": len(one.content), "role": ""}
        for one in bundle.raw
    ]
    if len(raw) == len(bundle.parts):
        return [{**one, "role": bundle.taken.roles.get(str(one["path"]), "")} for one in raw]
    inner = [
        {"path": one.path, "raw": "", "size": len(one.content), "role": bundle.taken.roles.get(one.path, "")}
        for one in bundle.parts
    ]
    return [{**one, "role": ORIGINAL} for one in raw] + inner


def _next_version(owner: Expected) -> int:
    last = Submission.objects.filter(expected=owner).order_by("-version").values_list("version", flat=True)
    return (last.first() or 0) + 1


def _is_late(owner: Expected | None, day: date) -> bool:
    return owner is not None and owner.due_on is not None and day > owner.due_on


@transaction.atomic
def claim(*, by: permissions.Actor, submission: str, expected: str) -> Submission:
    """Say whose a package is that named nobody or several. Raises NotFound, NotAllowed, StepNotLegal."""
    row = _open(submission, by)
    if row.state != STATE.UNPLACED:
        raise StepNotLegal("这份报送件已经有单位了", ("认错了的，请单位重新报送一份",))
    owner = Expected.objects.filter(pk=expected, bureau=row.bureau, year=row.year).first()
    if owner is None:
        raise FieldErrors({"expected": "请选择这份报送件是哪个单位的"})
    row.expected, row.version, row.state = owner, _next_version(owner), STATE.REPORTED
    row.is_late = _is_late(owner, row.received_at.date())
    row.save()
    return row


@transaction.atomic
def send_back(
    *, by: permissions.Actor, submission: str, rows: Iterable[str] = (), reason: str = ""
) -> DeskDecision:
    """Return a package with the findings chosen (by their ids) and words of one's own; one of both is needed."""
    row = _open(submission, by)
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
    row = _open(submission, by)
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


def _open(submission: str, by: permissions.Actor) -> Submission:
    row = Submission.objects.select_for_update().filter(pk=submission).first()
    if row is None:
        raise NotFound("没有这份报送件，或者您无权查看")
    open_desk(row.bureau_id, by)
    return row


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
        reason=reason.strip(),
        rows=list(rows),
        record=record,
        decided_by=by.username,
        decided_at=clock.now(),
    )
    row.state = state
    row.save(update_fields=["state"])
    return made
