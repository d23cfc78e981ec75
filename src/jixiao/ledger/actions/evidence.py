"""Put a paper behind a record: a file kept by the hash of its content, or a document known by its number."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django.db import transaction

from jixiao.errors import FieldErrors
from jixiao.ledger import checking, clock, evidence_store, fold, handed, journal, permissions
from jixiao.ledger.actions import opening
from jixiao.ledger.acts import Act
from jixiao.ledger.models import Evidence, EvidenceUse, Record
from jixiao.ledger.rules import catalogue as rules


@transaction.atomic
def attach(
    *,
    by: permissions.Actor,
    record: Record | str,
    grade: str,
    title: str,
    file: bytes | None = None,
    name: str = "",
    document_number: str = "",
) -> EvidenceUse:
    """Attach a file (`file` with its `name`), or a document by its number, with a grade.

    Raises NotFound, NotAllowed, FieldErrors, BadInput for a file that may not be kept.
    """
    row = opening.open_record(record, by)
    handed.require(by, "attach", row)
    opening.check_alive(row)
    _check(grade, title, file, name, document_number)
    content = _keep(file, name, by) if file is not None else None
    act_id = str(uuid.uuid4())
    use = EvidenceUse(
        id=str(uuid.uuid4()), record=row, event=act_id, evidence_id=content,
        file_name=name[-255:] if content else "",
        document_number=document_number.strip(), grade=grade,
        title=title.strip() or document_number.strip() or name[-300:], added_by=by.username,
        added_at=clock.now(),
    )  # fmt: skip
    use.save(force_insert=True)
    changes = {fold.EVIDENCE + use.id: [None, fact_of(use)]}
    act = Act(row, "evidence", changes, clock.today(), id=act_id)
    journal.write([act], by=by, catalogue=rules())
    return use


@transaction.atomic
def attach_several(
    *,
    by: permissions.Actor,
    record: Record | str,
    grade: str,
    files: Sequence[tuple[str, bytes]],
    title: str = "",
) -> list[EvidenceUse]:
    """Attach files of one grade, all or none; each bears its own name where there are several, or no title.

    Raises as `attach` does, naming the file.
    """
    made = []
    for name, content in files:
        called = title if title and len(files) == 1 else PurePath(name).stem[-300:]
        called = f"{title} {called}"[:300] if title and len(files) > 1 else called
        made.append(attach(by=by, record=record, grade=grade, title=called, file=content, name=name))
    return made


def fact_of(use: EvidenceUse) -> dict[str, Any]:
    """What the chain says of a paper behind a record."""
    return {
        "content": use.evidence_id,
        "file_name": use.file_name,
        "document_number": use.document_number,
        "grade": use.grade,
        "title": use.title,
    }


def _check(grade: str, title: str, file: bytes | None, name: str, document_number: str) -> None:
    errors = opening.overlong(EvidenceUse, title=title, document_number=document_number)
    if grade not in EvidenceUse.Grade.values:
        errors["grade"] = f"请选择佐证等级：{'、'.join(EvidenceUse.Grade.labels)}"
    if file is None and not document_number.strip() and not title.strip():
        errors["file"] = "请选择文件，或填写文号、名称"
    if checking.is_unprintable(name):
        errors["file"] = f"文件名{checking.UNPRINTABLE}"
    for field, text in (("title", title), ("document_number", document_number)):
        if checking.is_unprintable(text):
            errors[field] = checking.UNPRINTABLE
        if evidence_store.is_marked(text):
            errors[field] = f"带有密级字样，已拒绝。{evidence_store.NOTICE}"
    if errors:
        raise FieldErrors(errors)


def _keep(file: bytes, name: str, by: permissions.Actor) -> str:
    media_type = evidence_store.check(name, file)
    content = evidence_store.keep(file)
    Evidence.objects.get_or_create(
        content=content,
        defaults={
            "size": len(file),
            "media_type": media_type,
            "added_by": by.username,
            "added_at": clock.now(),
        },
    )
    return content
