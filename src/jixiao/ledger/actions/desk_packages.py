"""Packages taken in at the bureau's desk, and whose one is that named nobody.

Taking in is idempotent on the content: the same files again change nothing. Nothing that came in is ever dropped.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from jixiao.catalogue.desks import Desk
from jixiao.errors import FieldErrors, StepNotLegal
from jixiao.ledger import clock, evidence_store, permissions
from jixiao.ledger.actions.desk import STATE, desk_of, expect, open_desk, open_package
from jixiao.ledger.desk.bundles import Bundle, bundles_of, completed, joined, owners
from jixiao.ledger.desk.examine import Examined, examine
from jixiao.ledger.desk.parts import Part
from jixiao.ledger.desk.reports import ReportRead, read_reports
from jixiao.ledger.models import Expected, Org, Submission
from jixiao.ledger.rules import catalogue as rules

ORIGINAL = "原件"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one bundle; `is_new` is false where the same files had come before."""

    submission: Submission
    is_new: bool


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
        examined = (
            Examined()
            if bundle.trouble
            else examine(bundle.taken, reports, self.desk, self.titles, self.year)
        )
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
            trouble=bundle.trouble or ("" if owner else _nobody(bundle, found)),
            is_late=_is_late(owner, self.day),
            summary=examined.summary,
            forms=examined.forms,
            findings=examined.findings,
            received_by=self.by.username,
            received_at=clock.now(),
        )


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


def _nobody(bundle: Bundle, found: Sequence[Expected]) -> str:
    """Why a package is nobody's: what it says of itself."""
    units = "、".join(f"“{one}”" for one in bundle.taken.units)
    told = (
        f"文件名是“{bundle.name}”，里面写的单位是{units}"
        if units
        else f"文件名是“{bundle.name}”，里面没有写单位"
    )
    if found:
        return f"{told}；可能是{'、'.join(one.title for one in found)}"
    return f"{told}；应报名单里没有"


def _next_version(owner: Expected) -> int:
    last = Submission.objects.filter(expected=owner).order_by("-version").values_list("version", flat=True)
    return (last.first() or 0) + 1


def _is_late(owner: Expected | None, day: date) -> bool:
    return owner is not None and owner.due_on is not None and day > owner.due_on


@transaction.atomic
def claim(*, by: permissions.Actor, submission: str, expected: str) -> Submission:
    """Say whose a package is that named nobody or several. Raises NotFound, NotAllowed, StepNotLegal."""
    row = open_package(submission, by)
    if row.state != STATE.UNPLACED:
        raise StepNotLegal("这份报送件已经有单位了", ("认错了的，请单位重新报送一份",))
    owner = Expected.objects.filter(pk=expected, bureau=row.bureau, year=row.year).first()
    if owner is None:
        raise FieldErrors({"expected": "请选择这份报送件是哪个单位的"})
    row.expected, row.version, row.state, row.trouble = owner, _next_version(owner), STATE.REPORTED, ""
    row.is_late = _is_late(owner, row.received_at.date())
    row.save()
    return row
