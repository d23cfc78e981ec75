"""Is a PDF heavier than reports are? Told before PDFium opens it, from its streams as they lie in the file.

A small file may unpack to gigabytes, or draw a form that draws ten forms that draw ten forms. What looks
like that, and what cannot be seen through, is read in a process of its own with limits.
"""

from __future__ import annotations

import re
import zlib

_MOST_BYTES = 24 * 1024 * 1024
_MOST_TEXTS = 200_000
_CHUNK = 1024 * 1024
_LOOK_BACK = 4_000
_UNUSUAL = re.compile(
    rb"/(?:LZW|LZWDecode|RL|RunLengthDecode|A85|ASCII85Decode|AHx|ASCIIHexDecode|Crypt)\b"
    rb"|/F(?:ilter)?\s*\d+\s+\d+\s+R|FlateDecode\s*/\s*FlateDecode|/[A-Za-z]*#[0-9A-Fa-f]{2}"
)


def is_heavy(data: bytes) -> bool:
    """Whether a PDF should be read apart."""
    if b"/Encrypt" in data:
        return True
    size = texts = 0
    end = 0
    while (start := data.find(b"stream", end)) >= 0:
        head = data[max(end, start - _LOOK_BACK) : start]
        head = head[head.rfind(b" obj") + 1 :]
        begin, end = start + len(b"stream"), data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        if _UNUSUAL.search(head):
            return True
        is_form = b"Form" in head
        for piece in _unpacked(data[begin:end].lstrip(b"\r\n"), _MOST_BYTES - size):
            size += len(piece)
            texts += piece.count(b"Tj") + piece.count(b"TJ")
            draws_again = is_form and re.search(rb"\bDo\b", piece)
            if draws_again or size >= _MOST_BYTES or texts > _MOST_TEXTS:
                return True
        end += len(b"endstream")
    return False


def _unpacked(content: bytes, room: int) -> list[bytes]:
    """The content of a stream in pieces, no more of it than there is room for."""
    if content[:1] != b"\x78" and content[:1] not in (b"\x48", b"\x58", b"\x68"):
        return [content]
    unpack, pieces = zlib.decompressobj(), list[bytes]()
    try:
        while room > 0 and (piece := unpack.decompress(content, _CHUNK)):
            pieces.append(piece)
            content = unpack.unconsumed_tail
            room -= len(piece)
    except zlib.error:
        pieces.append(content)
    return pieces
