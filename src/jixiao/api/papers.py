"""A paper behind a record, as the resources give it out."""

from __future__ import annotations

from typing import Any


def paper(use: Any) -> dict[str, Any]:
    """`content` is the hash of the file; None where only the document's number is known."""
    return {
        "title": use.title,
        "document_number": use.document_number,
        "grade": use.grade,
        "content": use.evidence_id,
    }
