"""Characters nobody sees, inside numbers too: zero-width blanks and joiners, soft hyphens, marks of order.

They are passed over while numbers are read; places stay those of the text as it is.
"""

from __future__ import annotations

import re

_SILENT = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")


def without_silent(text: str) -> tuple[str, list[int]]:
    """The text without them, and where each of its characters stood; the list is empty where nothing is silent."""
    if not _SILENT.search(text):
        return text, []
    places: list[int] = []
    pieces: list[str] = []
    last = 0
    for match in _SILENT.finditer(text):
        pieces.append(text[last : match.start()])
        places.extend(range(last, match.start()))
        last = match.end()
    pieces.append(text[last:])
    places.extend(range(last, len(text)))
    return "".join(pieces), places
