"""Records of issue: what was issued, what stands behind a report today, and whether a file is still the
issued one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from jixiao.catalogue.kinds import Kind
from jixiao.errors import BadInput, NotFound
from jixiao.ledger import evidence_store
from jixiao.ledger.actions.filed import facts_of
from jixiao.ledger.actions.opening import open_org
from jixiao.ledger.chain import digest
from jixiao.ledger.models import FiledValue, Issue, Org, Record
from jixiao.ledger.permissions import SYSTEM, Actor, closed_to, require_names, roles_in
from jixiao.ledger.queries.figures import rows_behind
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.ledger.rules import catalogue as rules
from jixiao.reports import seal

FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
FILED, FORM = "filed.", "form."


@dataclass(frozen=True, slots=True)
class Verified:
    """The answer for a file; `issue` is None where this ledger did not issue it."""

    verification: seal.Verification
    record: seal.IssueRecord
    issue: Issue | None


@dataclass(frozen=True, slots=True)
class Basis:
    """What a year's figures stand on: record ids by figure, and the digest and label of each record."""

    behind: Mapping[str, tuple[str, ...]]
    records: Mapping[str, seal.RecordEntry]


def issues(user: Actor, org: Org | str) -> QuerySet[Issue]:
    """The org's issued reports, latest first. Raises NotFound."""
    return Issue.objects.filter(org=open_org(org, user))


def issue(user: Actor, root: str) -> Issue:
    """Raises NotFound for a stranger's, NotAllowed where it names records the person may not read."""
    found = Issue.objects.select_related("org").filter(root=root).first()
    if found is None or not (user is SYSTEM or roles_in(user, found.org_id)):
        raise NotFound("没有找到这份定稿，或者您无权查看")
    require_names(_closed(user, found), "这份定稿")
    return found


def issued_file(user: Actor, root: str, form: str) -> bytes:
    """The bytes that were issued in a format (docx, pdf, html). Raises NotFound, NotAllowed, BadInput where
    they were changed.
    """
    found = issue(user, root)
    if form not in found.files:
        raise NotFound(f"定稿时没有生成 {form} 文件；已有：{'、'.join(found.files)}")
    return evidence_store.read(found.files[form])


def verify(content: bytes, name: str, user: Actor | None = None) -> Verified:
    """Whether a file is the issued report. Needs no login: whoever holds the file may ask.

    Raises BadInput for a file that cannot be read or carries no record of issue.
    """
    from jixiao.reading import normalise, read

    reading = read(content, name)
    carried = seal.extract(content)
    if carried is None:
        raise BadInput(
            "文件里没有定稿存证，不能核对；请使用系统签发的原文件（docx、pdf 或 html），不要用转换或重新打印的文件"
        )
    record = seal.load(carried)
    found = Issue.objects.select_related("org").filter(root=record["root"]).first()
    issued = None if found is None else found.manifest
    verification = seal.verify(
        record,
        seal.figures_read(reading.statements, reading.document.marks, issued or record),
        normalise(reading.document.text),
        issued=issued,
        current=_current(found) if found else None,
    )
    return Verified(verification, record, found)


def basis_of(bench: OrgYear, names: Iterable[str] = ()) -> Basis:
    """The records and filed values behind every figure of the year, and the records whose forms are among the
    `names` placed in a document, with what each of them says now.
    """
    behind: dict[str, tuple[str, ...]] = {}
    for indicator in bench.indicators:
        behind[indicator.full_id] = tuple(sorted({row.record_id for row in rows_behind(bench, indicator)}))
    filed = FiledValue.objects.filter(org=bench.org, year=bench.year, superseded_by__isnull=True)
    for value in filed:
        behind.setdefault(FILED + value.item, ())
        behind[FILED + value.item] += (value.id,)
    ids = {one for several in behind.values() for one in several}
    ids |= {name.split(".")[1] for name in names if name.startswith(FORM)}
    return Basis(behind, _entries(bench, ids))


def _closed(user: Actor, found: Issue) -> list[Kind]:
    """The kinds closed to the person of which the record of issue names records."""
    closed = {kind.full_id: kind for kind in closed_to(user, found.org_id, rules().kinds.values())}
    if not closed:
        return []
    rows = Record.objects.filter(org_id=found.org_id, kind__in=closed).values_list("id", "kind")
    named = {kind for id, kind in rows.iterator() if id in found.manifest["records"]}
    return [kind for name, kind in closed.items() if name in named]


def _entries(bench: OrgYear, ids: Iterable[str]) -> dict[str, seal.RecordEntry]:
    wanted = set(ids)
    rows = {row.id: row for row in Record.objects.filter(org=bench.org)}
    children: dict[str, list[str]] = {}
    for row in rows.values():
        if row.parent_id:
            children.setdefault(row.parent_id, []).append(row.id)
    found: dict[str, seal.RecordEntry] = {}
    for name in wanted & set(rows):
        for one in _with_parents(rows, name):
            found[one.id] = {"digest": _family_digest(rows, children, one.id), "label": one.label}
    for value in FiledValue.objects.filter(id__in=wanted - set(rows)):
        item = bench.catalogue.filed.get(value.item)
        found[value.id] = {"digest": digest(facts_of(value)), "label": item.title if item else value.item}
    return found


def _with_parents(rows: Mapping[str, Record], name: str | None) -> Iterable[Record]:
    while name:
        yield rows[name]
        name = rows[name].parent_id


def _family_digest(rows: Mapping[str, Record], children: Mapping[str, list[str]], name: str) -> str:
    """A figure may depend on what a record's children say: their digests belong to its own."""
    below = sorted(_family_digest(rows, children, child) for child in children.get(name, ()))
    return digest([rows[name].digest, *below]) if below else rows[name].digest


def _current(found: Issue) -> dict[str, str]:
    bench = OrgYear.open(SYSTEM, found.org, found.year, found.as_of)
    names = {name for one in found.manifest["placed"] for name in one["figures"]}
    return {name: entry["digest"] for name, entry in basis_of(bench, names).records.items()}
