"""Reports: rewrite a clause, issue a report. Both are told in the chain; an issued report is kept with its
files.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import transaction

from jixiao.catalogue import Catalogue
from jixiao.catalogue.slots import rewritten
from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger import clock, evidence_store, journal, permissions
from jixiao.ledger.actions import opening
from jixiao.ledger.models import ClauseEdit, Issue, Org
from jixiao.ledger.rules import catalogue as rules

ISSUES = uuid.UUID("0c5b8f1e-7d63-5a54-8c1b-3f6f0b6f6f52")
EDITS = uuid.UUID("7e0a4d3b-52c9-5b1f-9f0e-6a1d8c2b4e97")


@transaction.atomic
def rewrite(
    *, by: permissions.Actor, org: Org | str, outline: str, year: int, clause: str, text: str, reason: str
) -> ClauseEdit:
    """Give a clause new words; its slots must stay. An empty text goes back to the outline's.

    Raises NotFound, NotAllowed, FieldErrors (`text`, `reason`).
    """
    from jixiao.ledger.queries.reports import find_clause
    from jixiao.reports.rewriting import check_rewrite

    place = opening.open_org(org, by)
    permissions.require(by, "rewrite", org=place.pk)
    catalogue = rules()
    packs = opening.bound_packs(place.pk, catalogue)
    found = opening.in_packs(packs, catalogue.outlines, outline) or catalogue.outline(outline)
    old = find_clause(found, clause)
    errors, plain = {}, text.strip()
    if not reason.strip():
        errors["reason"] = "请写明改写的理由"
    if plain:
        plain, wrong = _with_full_ids(plain, catalogue, packs)
        if problems := wrong or check_rewrite(old, plain):
            errors["text"] = "；".join(problems)
    if errors:
        raise FieldErrors(errors)
    about = {"org": place, "outline": found.full_id, "year": year, "clause": clause}
    last = ClauseEdit.objects.select_for_update().filter(**about).order_by("-version").first()
    made = ClauseEdit.objects.create(
        **about, version=last.version + 1 if last else 1, text=plain, reason=reason.strip(),
        edited_by=by.username, edited_at=clock.now(),
    )  # fmt: skip
    journal.tell(
        edit_record(made), edit_facts(made), org=place.pk, act="rewritten", by=by.username, now=made.edited_at
    )
    return made


@transaction.atomic
def issue(
    *, by: permissions.Actor, org: Org | str, outline: str | None = None, year: int, as_of: date | None = None
) -> Issue:
    """Issue a report: its record of issue under one root, its files, an event in the org's chain.

    Issuing the same report again gives the same record. Raises NotFound, NotAllowed, and BadInput naming what
    must be put right first.
    """
    from jixiao.ledger.queries.issued import basis_of
    from jixiao.ledger.queries.reports import report
    from jixiao.reading import normalise
    from jixiao.reports import seal
    from jixiao.reports.document import names_placed

    place = opening.open_org(org, by)
    permissions.require(by, "issue", org=place.pk)
    view = report(by, place, outline, year, as_of)
    permissions.require_names(view.withheld, "这份报告")
    _check_ready(view)
    basis = basis_of(view.bench, names_placed(view.document))
    packs = {
        name: pack.version for name, pack in view.bench.catalogue.packs.items() if name in view.bench.packs
    }
    manifest = seal.manifest(
        view.document, org=place.pk, outline=view.outline.full_id, normal=normalise,
        figures=view.bench.figures, behind=basis.behind, records=basis.records, packs=packs,
        deviations=view.deviations,
    )  # fmt: skip
    there = Issue.objects.filter(root=manifest["root"]).first()
    if there is not None:
        return there
    made = Issue.objects.create(
        root=manifest["root"], org=place, outline=view.outline.full_id, year=year, as_of=view.as_of,
        manifest=dict(manifest), files=_files(view.document, seal.dump(manifest)), issued_by=by.username,
        issued_at=clock.now(),
    )  # fmt: skip
    journal.tell(
        event_record(made.root),
        facts_of(made),
        org=place.pk,
        act="issued",
        by=by.username,
        now=made.issued_at,
    )
    return made


def facts_of(made: Issue) -> dict[str, Any]:
    """What the chain says of an issued report."""
    return {
        "root": made.root,
        "outline": made.outline,
        "year": made.year,
        "as_of": made.as_of.isoformat(),
        "files": made.files,
    }


def event_record(root: str) -> str:
    """The id under which the chain knows an issued report."""
    return str(uuid.uuid5(ISSUES, root))


def edit_facts(made: ClauseEdit) -> dict[str, Any]:
    """What the chain says of a rewritten clause."""
    return {
        "outline": made.outline,
        "year": made.year,
        "clause": made.clause,
        "version": made.version,
        "text": made.text,
        "reason": made.reason,
    }


def edit_record(made: ClauseEdit) -> str:
    """The id under which the chain knows a version of a rewritten clause."""
    about = (made.org_id, made.outline, made.year, made.clause, made.version)
    return str(uuid.uuid5(EDITS, "\n".join(map(str, about))))


def _check_ready(view: Any) -> None:
    """Raises BadInput with everything that stands against issuing."""
    wrong = [f"{one.title}：{one.reason}" for one in view.document.problems]
    scheme = view.outline.scheme
    if scheme and (assessment := view.assessments.get(scheme)):
        wrong += [f"“{score.title}”失分没有写明原因" for score in assessment.unexplained]
    if wrong:
        raise BadInput("还不能签发：" + "；".join(wrong) + "。请改好后再签发")


def _files(document: Any, manifest: bytes) -> dict[str, str]:
    """Write and keep the report in every format this machine can write."""
    from jixiao.reports import write_docx, write_html, write_pdf

    files = {
        "docx": evidence_store.keep(write_docx.write(document, manifest)),
        "html": evidence_store.keep(write_html.write(document, manifest)),
    }
    if not write_pdf.missing_fonts():
        files["pdf"] = evidence_store.keep(write_pdf.write(document, manifest))
    return files


def _with_full_ids(text: str, catalogue: Catalogue, packs: set[str]) -> tuple[str, list[str]]:
    """The text with short ids written in full, or what is wrong with its slots."""

    def full(sort: str, name: str) -> str:
        if sort == "filed":
            return (opening.in_packs(packs, catalogue.filed, name) or catalogue.filed_item(name)).full_id
        return (opening.in_packs(packs, catalogue.indicators, name) or catalogue.indicator(name)).full_id

    try:
        return rewritten(text, full), []
    except (ValueError, BadInput) as error:
        return text, [str(error)]
