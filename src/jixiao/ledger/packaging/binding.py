"""Several PDFs as one, the same bytes for the same pages; and official documents of the evidence bound with a list of pages.

A paper that is no PDF, is locked or cannot be read is left out of the bound book and told; its own file stays.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from jixiao.ledger import evidence_store
from jixiao.ledger.chain import sm3
from jixiao.ledger.packaging.proofs import OFFICIAL, Proof

MOST_BYTES = 60 * 1024 * 1024  # of PDFs bound in memory
# What saving a PDF makes up anew each time; replaced by as many signs, since places of things in the file must not move.
_FILE_ID = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]{32})>\s*<([0-9A-Fa-f]{32})>\s*\]")
_SAVED_ON = re.compile(rb"(/CreationDate\(D:)\d{14}")
_SAVED = b"19800101000000"


def merged(pages: Sequence[bytes]) -> bytes:
    """Several PDFs as one."""
    import pypdfium2 as pdfium

    book = pdfium.PdfDocument.new()
    try:
        for content in pages:
            one = pdfium.PdfDocument(content)
            book.import_pages(one)
            one.close()
        stream = io.BytesIO()
        book.save(stream)
    finally:
        book.close()
    mark = sm3(b"".join(pages))[:32].upper().encode()
    content = _SAVED_ON.sub(lambda found: found[1] + _SAVED, stream.getvalue())
    return _FILE_ID.sub(lambda found: found[0].replace(found[1], mark).replace(found[2], mark), content)


@dataclass(frozen=True, slots=True)
class Bound:
    """A paper in the book: the page on which it begins, and how many it has."""

    proof: Proof
    begins: int
    pages: int


def official_book(
    proofs: Sequence[Proof], cover: Callable[[Sequence[Bound]], bytes] | None
) -> tuple[bytes | None, list[str]]:
    """The enclosed official documents that are PDFs, behind a cover that lists them; None where there is nothing to bind.

    `cover` writes the list, whose own pages count; the second part tells what was left out.
    """
    contents, bound, told = _readable(proofs)
    if not contents:
        return None, told
    if cover is None:
        return merged(contents), told
    own = _pages(cover(bound))
    moved = [Bound(one.proof, one.begins + own, one.pages) for one in bound]
    return merged([cover(moved), *contents]), told


def _readable(proofs: Sequence[Proof]) -> tuple[list[bytes], list[Bound], list[str]]:
    contents: list[bytes] = []
    bound: list[Bound] = []
    told: list[str] = []
    seen: set[str] = set()
    begins, size = 1, 0
    for one in proofs:
        if one.grade != OFFICIAL or not one.path or one.content in seen:
            continue
        seen.add(one.content)
        content = evidence_store.read(one.content)
        pages = _pages(content) if content.startswith(b"%PDF-") else 0
        if not pages:
            told.append(f"{one.number} {one.title}不是能读的 PDF，没有并入正式文件合订本，原件在佐证材料里")
        elif size + len(content) > MOST_BYTES:
            told.append(
                f"{one.number} {one.title}放不进正式文件合订本（已满 {MOST_BYTES // 2**20} MB），原件在佐证材料里"
            )
        else:
            contents.append(content)
            bound.append(Bound(one, begins, pages))
            begins, size = begins + pages, size + len(content)
    return contents, bound, told


def _pages(content: bytes) -> int:
    """How many pages; 0 for what cannot be opened."""
    import pypdfium2 as pdfium

    try:
        book: Any = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return 0
    try:
        return len(book)
    finally:
        book.close()
