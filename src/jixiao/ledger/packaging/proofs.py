"""The papers of a year, numbered by what they stand behind: which go into the package as files, where, and why others do not.

Internal papers go in only when asked for; a paper known by its number alone, and a stored file that is gone or altered, is
told in the contents. Names with marks of secrecy never came into the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath

from jixiao.errors import BadInput, NotFound
from jixiao.ledger import evidence_store, permissions
from jixiao.ledger.file_names import safe, safe_file
from jixiao.ledger.models import EvidenceUse, Org
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.cycle import records_of
from jixiao.ledger.queries.cycle_told import parts_of
from jixiao.ledger.queries.proofs import evidence_of
from jixiao.ledger.rules import catalogue as rules

FOLDER = "3 佐证材料"
INTERNAL, OFFICIAL = "internal", "official"


class Enclose(StrEnum):
    """Which files of evidence go into the package."""

    NONE = "none"
    OPEN = "open"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Proof:
    """A paper in the contents of evidence. `path` is where its file lies in the package; without one, `why` tells."""

    number: str
    what: str
    record: str
    title: str
    grade: str
    grade_title: str
    document: str
    content: str
    file_name: str
    size: int
    path: str = ""
    why: str = ""

    @property
    def place(self) -> str:
        """What the contents say of where it is."""
        return self.path or self.why


def proofs_of(user: Actor, org: Org, year: int) -> list[Proof]:
    """Every paper once: behind the year's own records first, then behind the figures; nothing is enclosed yet."""
    groups: dict[str, list[Proof]] = {}
    seen: set[str] = set()
    for what, proof, use in [*_of_cycle(user, org, year), *_of_figures(user, org, year)]:
        if use not in seen:
            seen.add(use)
            groups.setdefault(what, []).append(proof)
    return [
        replace(proof, number=f"{group}-{number:02d}")
        for group, papers in enumerate(groups.values(), 1)
        for number, proof in enumerate(papers, 1)
    ]


def _of_cycle(user: Actor, org: Org, year: int) -> Iterator[tuple[str, Proof, str]]:
    for part in parts_of(org):
        if not permissions.among(user, "read", [rules().kind(part.kind)], org=org.pk):
            continue
        ids = [row.pk for row in records_of(org, part, year)]
        uses = EvidenceUse.objects.filter(record_id__in=ids).select_related("record", "evidence")
        for use in uses.order_by("added_at", "id"):
            size = use.evidence.size if use.evidence is not None else 0
            yield (
                part.title,
                Proof(
                    "", part.title, use.record.label, use.title or use.file_name, use.grade,
                    use.get_grade_display(), use.document_number, use.evidence_id or "", use.file_name, size,
                ),
                use.pk,
            )  # fmt: skip


def _of_figures(user: Actor, org: Org, year: int) -> Iterator[tuple[str, Proof, str]]:
    for one in evidence_of(user, org, year).records.values():
        what = "、".join(one.figures) or one.kind.title
        for paper in one.papers:
            yield (
                what,
                Proof(
                    "", what, f"{one.number} {one.label}".strip(), paper.title or paper.file_name, paper.grade,
                    paper.grade_title, paper.document_number, paper.content, paper.file_name, paper.size,
                ),
                paper.id,
            )  # fmt: skip


def enclosed(proofs: Sequence[Proof], choice: Enclose) -> list[Proof]:
    """The same papers with their places in the package. The same content lies there once."""
    places: dict[str, tuple[str, str]] = {}
    folders = _folders(proofs)
    found = []
    for one in proofs:
        why = _kept_out(one, choice)
        if not why and one.content not in places:
            places[one.content] = _checked(one, folders[one.number.split("-")[0]])
        path, told = ("", why) if why else places[one.content]
        found.append(replace(one, path=path, why=told))
    return found


def _kept_out(one: Proof, choice: Enclose) -> str:
    if not one.content:
        return "只登记了文号" if one.document else "只登记了名称"
    if choice is Enclose.NONE:
        return "没有随包，备查"
    if one.grade == INTERNAL and choice is not Enclose.ALL:
        return "内部材料，没有随包，备查"
    return ""


def _checked(one: Proof, folder: str) -> tuple[str, str]:
    """(path, why not): the stored file must be there as it was stored."""
    try:
        evidence_store.read(one.content)
    except (NotFound, BadInput) as gone:
        return "", f"没有放入：{gone}"
    extension = PurePosixPath(one.file_name).suffix
    title = one.title.removesuffix(extension) if extension else one.title
    return f"{FOLDER}/{folder}/{safe_file(f'{one.number} {title}{extension}')}", ""


def _folders(proofs: Sequence[Proof]) -> Mapping[str, str]:
    """Group number → folder."""
    return {
        group: f"{group} {safe(one.what)[:30].strip()}"
        for one in reversed(proofs)
        for group in [one.number.split("-")[0]]
    }


def size_of(proofs: Sequence[Proof]) -> int:
    """How many bytes the files of these papers are together, each content once."""
    return sum({one.content: one.size for one in proofs if one.content}.values())
