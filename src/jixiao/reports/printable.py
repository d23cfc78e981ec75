"""Text without what neither XML nor a printer can take: control characters, surrogates, non-characters."""

from __future__ import annotations

import re

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def printable(text: str) -> str:
    return UNPRINTABLE.sub("", text)


def one_line(text: str) -> str:
    """Printable text on one line: for cells, names and titles that come from records."""
    return printable(" ".join(text.split()))
