"""A document that travels in the page and comes back with the next form: downloads work, and the server keeps nothing."""

from __future__ import annotations

import base64
import binascii
import zlib

from jixiao.errors import BadInput

MOST = 3_500_000  # characters in the page; the limit for posted fields is above it
GONE = "网页里带的文件不完整，请重新选择文件再核查"


def packed(content: bytes) -> str:
    """The document as a form field; empty where it is too large to travel."""
    found = base64.b64encode(zlib.compress(content, 6)).decode()
    return found if len(found) <= MOST else ""


def unpacked(field: str, largest: int) -> bytes:
    """The document that was in a form field. Raises BadInput for what is none, or larger than allowed."""
    try:
        reader = zlib.decompressobj()
        content = reader.decompress(base64.b64decode(field, validate=True), largest + 1)
    except (binascii.Error, zlib.error, ValueError):
        raise BadInput(GONE) from None
    if not reader.eof or not 0 < len(content) <= largest:
        raise BadInput(GONE)
    return content
