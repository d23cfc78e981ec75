"""Characters nobody sees, inside numbers too: zero-width blanks and joiners, soft hyphens, marks of order.

They are passed over while numbers are read; places stay those of the text as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

_SILENT = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")


@dataclass(slots=True)
class Places:
    """Where the characters of a text without silent ones stood. False where none were taken out."""

    cuts: list[int] = field(default_factory=list)  # places behind which silent characters stood
    taken: list[int] = field(default_factory=list)  # how many up to there

    def __bool__(self) -> bool:
        return bool(self.cuts)

    def __getitem__(self, place: int) -> int:
        index = bisect_right(self.cuts, place)
        return place + (self.taken[index - 1] if index else 0)


def without_silent(text: str) -> tuple[str, Places]:
    """The text without them, and where each of its characters stood."""
    places, pieces, last, taken = Places(), list[str](), 0, 0
    for match in _SILENT.finditer(text):
        pieces.append(text[last : match.start()])
        places.cuts.append(match.start() - taken)
        taken += match.end() - match.start()
        places.taken.append(taken)
        last = match.end()
    return ("".join(pieces) + text[last:] if places else text), places
