"""The bureau's desk as one person may see it: the whole district in one pass, and one department with its peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q

from jixiao.catalogue.desks import Desk
from jixiao.errors import NotFound
from jixiao.ledger import clock
from jixiao.ledger.actions.desk import DESK, desk_of, open_desk
from jixiao.ledger.desk import compare
from jixiao.ledger.desk.compare import Counted, grade_of
from jixiao.ledger.desk.letter import letter as compose
from jixiao.ledger.desk.stored_forms import places_of
from jixiao.ledger.models import DeskDecision, Expected, Membership, OfficeAct, Org, Submission
from jixiao.ledger.permissions import Actor
from jixiao.ledger.rules import catalogue as rules
from jixiao.reports.document import Document

STATE = Submission.State
MISSING = "未报"
STATES = (MISSING, "已报", "已退回", "已复核", "已公开")


@dataclass(slots=True)
class Standing:
    """A department in a year: the package that counts, and the score that holds (the reviewer's once there is one)."""

    expected: Expected
    submission: Submission | None = None
    versions: int = 0
    refused: int = 0
    own_score: Decimal | None = None
    score: Decimal | None = None
    grade: str = ""
    before: Decimal | None = None

    @property
    def id(self) -> str:
        return self.expected.id

    @property
    def state(self) -> str:
        return str(self.submission.get_state_display()) if self.submission else MISSING

    @property
    def is_late(self) -> bool:
        return self.submission is not None and self.submission.is_late

    def summary(self, name: str) -> Any:
        return self.submission.summary.get(name) or {} if self.submission else {}

    @property
    def defects(self) -> int:
        return sum(self.summary("defects").values())

    @property
    def flags(self) -> int:
        return sum(self.summary("flags").values())

    @property
    def alarms(self) -> Sequence[Mapping[str, str]]:
        return self.summary("alarms") or ()


@dataclass(slots=True)
class Overview:
    """The district in a year, every number with the departments behind it."""

    bureau: Org
    year: int
    desk: Desk
    rows: list[Standing]
    unplaced: list[Submission] = field(default_factory=list)
    refused: list[Submission] = field(default_factory=list)
    states: list[Counted] = field(default_factory=list)
    grades: list[Counted] = field(default_factory=list)
    bands: list[Counted] = field(default_factory=list)
    defects: list[Counted] = field(default_factory=list)
    flags: list[Counted] = field(default_factory=list)
    alarms: list[Counted] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    median: Fraction | None = None
    median_before: Fraction | None = None
    sums: dict[str, tuple[Fraction, list[tuple[str, Fraction]]]] = field(default_factory=dict)

    @property
    def reported(self) -> list[Standing]:
        return [row for row in self.rows if row.submission is not None]

    @property
    def missing(self) -> list[Standing]:
        return [row for row in self.rows if row.submission is None]

    def only(self, what: str) -> list[Standing]:
        """The departments behind a number, such as `grade:优` or `defect:缺少自评报告`; all of them for an unknown one."""
        sort, _, key = what.partition(":")
        if sort == "late":
            ids = set(self.late)
        elif sort == "sum":
            ids = {one for one, _ in self.sums.get(key, (None, []))[1]}
        else:
            lists = {
                "state": self.states, "grade": self.grades, "band": self.bands, "defect": self.defects,
                "flag": self.flags, "alarm": self.alarms,
            }.get(sort)  # fmt: skip
            if lists is None:
                return self.rows
            ids = {one for counted in lists if counted.key == key for one in counted.departments}
        return [row for row in self.rows if row.id in ids]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an earlier version was returned for, and whether the version looked at still has it."""

    title: str
    where: str
    version: int
    is_still_there: bool


@dataclass(slots=True)
class Department:
    """One department: a version of its package, the year before, peers and decisions. `answers` hold this version against
    what the one before was returned for.
    """

    overview: Overview
    standing: Standing
    submission: Submission | None
    versions: list[Submission]
    before: dict[str, str]
    medians: dict[str, tuple[Fraction, int]]
    decisions: list[DeskDecision]
    answers: list[Answer] = field(default_factory=list)

    @property
    def is_newest(self) -> bool:
        newest = self.standing.submission
        return self.submission is not None and newest is not None and self.submission.pk == newest.pk


def desk_home(user: Actor, org: str) -> str:
    """The bureau whose desk the person sits at: this org, else the first where they hold a role with a desk; empty without
    one. A role that merely reaches an org gives it no desk.
    """
    today, roles = clock.today(), rules().roles
    held = (
        Membership.objects.filter(user_id=user.pk, from_on__lte=today)
        .filter(Q(to_on__isnull=True) | Q(to_on__gte=today))
        .order_by("org_id")
        .values_list("org_id", "role")
    )
    homes = [home for home, role in held if role in roles and DESK in roles[role].may]
    return org if org in homes else next(iter(homes), "")


def desk_year(bureau: str, year: int | None) -> int:
    """The year in which to open a desk: the one asked for where it has a list, else the last that has one."""
    known = set(Expected.objects.filter(bureau=bureau).values_list("year", flat=True))
    if year is not None and (year in known or not known):
        return year
    return max(known, default=clock.today().year - 1)


def overview(user: Actor, bureau: Org | str, year: int) -> Overview:
    """Raises NotFound for a stranger's bureau or one without a desk, NotAllowed without the right."""
    place = open_desk(bureau, user)
    desk = desk_of(place, year)
    rows, loose = standings_of(place, year, desk)
    before, _ = standings_of(place, year - 1, desk)
    scores_before = {row.expected.title: row.score for row in before}
    for row in rows:
        row.before = scores_before.get(row.expected.title)
    found = Overview(place, year, desk, rows)
    found.unplaced = [one for one in loose if one.state == STATE.UNPLACED]
    found.refused = [one for one in loose if one.state == STATE.REFUSED]
    _count(found)
    known = [Fraction(row.score) for row in before if row.score is not None]
    found.median_before = compare.median(known)
    return found


def standings_of(bureau: Org, year: int, desk: Desk) -> tuple[list[Standing], list[Submission]]:
    """Every expected department with what counts of it, and the submissions that count for nobody. Asks no permission."""
    rows = {one.id: Standing(one) for one in Expected.objects.filter(bureau=bureau, year=year)}
    loose: list[Submission] = []
    came = Submission.objects.filter(bureau=bureau, year=year).defer("forms", "findings", "files")
    for one in came.order_by("version", "received_at"):
        row = rows.get(one.expected_id or "")
        if row is None or one.version == 0:
            loose.append(one)
            if row is not None:
                row.refused += 1
            continue
        row.submission, row.versions = one, one.version
    reviewed = DeskDecision.objects.filter(submission__bureau=bureau, submission__year=year).exclude(score="")
    given = {one.submission_id: one.score for one in reviewed.order_by("decided_at", "id")}
    for row in rows.values():
        if row.submission is None:
            continue
        own = row.submission.summary.get("score")
        row.own_score = Decimal(own) if own is not None else None
        row.score = Decimal(given[row.submission.pk]) if row.submission.pk in given else row.own_score
        row.grade = grade_of(row.score, desk)
    return list(rows.values()), loose


def _count(found: Overview) -> None:
    rows = found.rows
    found.states = compare.by_word({row.id: row.state for row in rows}, STATES)
    names = [name for _, name in found.desk.grades]
    found.grades = compare.by_word({row.id: row.grade for row in rows if row.grade}, names)
    scores = {row.id: row.score for row in rows if row.score is not None}
    found.bands = compare.distribution(scores)
    found.median = compare.median([Fraction(score) for score in scores.values()])
    found.defects = compare.ranked((row.id, row.summary("defects")) for row in rows)
    found.flags = compare.ranked((row.id, row.summary("flags")) for row in rows)
    found.alarms = compare.ranked((row.id, {one["title"]: 1 for one in row.alarms}) for row in rows)
    found.late = [row.id for row in rows if row.is_late]
    for words in found.desk.sums:
        told = [
            (row.id, Fraction(text)) for row in rows if (text := row.summary("sums").get(words)) is not None
        ]
        found.sums[words] = (sum((value for _, value in told), Fraction(0)), told)


def department(user: Actor, expected: str, version: int | None = None) -> Department:
    """Raises NotFound for a department or version that is not there, NotAllowed without the desk."""
    row = Expected.objects.filter(pk=expected).first()
    if row is None:
        raise NotFound("名单里没有这个单位")
    view = overview(user, row.bureau, row.year)
    standing = next(one for one in view.rows if one.id == row.id)
    versions = list(
        Submission.objects.filter(expected=row).defer("forms").order_by("-version", "-received_at")
    )
    wanted = (
        version if version is not None else (standing.submission.version if standing.submission else None)
    )
    chosen = None
    if wanted is not None:
        chosen = Submission.objects.filter(expected=row, version=wanted).order_by("-received_at").first()
        if chosen is None:
            raise NotFound(f"没有第{wanted}版")
    medians = compare.medians(one.summary("leaves") or () for one in view.rows if one.id != row.id)
    decided = DeskDecision.objects.filter(submission__expected=row).select_related("submission")
    decisions = list(decided)
    answers = _answers(chosen, decisions)
    return Department(view, standing, chosen, versions, _year_before(row), medians, decisions, answers)


def _answers(chosen: Submission | None, decisions: Sequence[DeskDecision]) -> list[Answer]:
    """The findings of the last return before this version, each told again or gone. Words of one's own cannot be held."""
    if chosen is None or not chosen.version:
        return []
    returns = [
        one
        for one in decisions
        if one.state == STATE.RETURNED and 0 < one.submission.version < chosen.version
    ]
    if not returns:
        return []
    last = max(returns, key=lambda one: (one.submission.version, one.decided_at))
    now = {(one["code"], one["where"]) for one in chosen.findings}
    return [
        Answer(one["title"], one["where"], last.submission.version, (one["code"], one["where"]) in now)
        for one in last.rows
    ]


def _year_before(row: Expected) -> dict[str, str]:
    """The printed cells of the package that counted the year before, by address."""
    last = (
        Submission.objects.filter(
            bureau=row.bureau, year=row.year - 1, expected__title=row.title, version__gt=0
        )
        .order_by("-version")
        .first()
    )
    return dict(places_of(last.forms)) if last else {}


def submission(user: Actor, id: str) -> Submission:
    """Raises NotFound, NotAllowed."""
    row = Submission.objects.select_related("bureau", "expected").filter(pk=id).first()
    if row is None:
        raise NotFound("没有这份报送件，或者您无权查看")
    open_desk(row.bureau, user)
    return row


def draws(user: Actor, bureau: Org | str, year: int) -> list[OfficeAct]:
    """The samples that were drawn and kept, the latest first. Raises NotFound, NotAllowed."""
    place = open_desk(bureau, user)
    kept = OfficeAct.objects.filter(org=place, act=OfficeAct.Act.DRAWN)
    return [one for one in kept if one.facts["year"] == year]


def letter(user: Actor, decision: str) -> tuple[DeskDecision, Document]:
    """The return opinion that goes with a decision. Raises NotFound, NotAllowed."""
    found = (
        DeskDecision.objects.select_related("submission__bureau", "submission__expected")
        .filter(pk=decision, state=STATE.RETURNED)
        .first()
    )
    if found is None:
        raise NotFound("没有这份退回意见")
    package = found.submission
    open_desk(package.bureau, user)
    return found, compose(found, desk_of(package.bureau, package.year))
