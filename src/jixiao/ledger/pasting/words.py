"""By which words does a line of chat tell what kind of record it speaks of?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from jixiao.catalogue import Catalogue
from jixiao.catalogue.kinds import Kind

_GAP = "…"
_BETWEEN = "[^，。；,;]{1,14}?"
_HAN = re.compile(r"[\u4e00-\u9fff]")


class Words:
    """The words by which lines tell what they are about: what packs say chat calls a kind, the titles of kinds, and
    of the indicators that count them. A kind without a date of its own is a list of names, never a thing that happened.
    """

    def __init__(self, kinds: Sequence[Kind], catalogue: Catalogue) -> None:
        self.kinds = kinds
        self._words: dict[str, dict[str, int]] = {}
        self._spoken: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
        for kind in (one for one in kinds if one.date or one.parent):
            self._spoken[kind.full_id] = [_pattern(one) for one in kind.spoken]
            found = self._words.setdefault(kind.full_id, {})
            for piece in _pieces(kind.title):
                found[piece] = max(found.get(piece, 0), 3 * len(piece))
        for one in catalogue.indicators.values():
            if one.rows and one.rows.kind in self._words:
                for alias in (one.title, *one.aliases):
                    for piece in _pieces(re.sub(r"(次数|件数|数量|数|率)$", "", alias)):
                        found = self._words[one.rows.kind]
                        found[piece] = max(found.get(piece, 0), len(piece))
        self._shared = Counter(word for words in self._words.values() for word in words)

    @property
    def every(self) -> frozenset[str]:
        spoken = (piece for one in self.kinds for said in one.spoken for piece in said.split(_GAP))
        return frozenset((*(word for words in self._words.values() for word in words), *spoken))

    def kind_of(self, text: str) -> str:
        """The kind a text speaks of most plainly; what is named early in it counts up to twice. Empty where none."""
        best = max(((self._plainness(kind, text), kind) for kind in self._words), default=(0.0, ""))
        return best[1] if best[0] >= 2 else ""

    def _plainness(self, kind: str, text: str) -> float:
        told = {word: weight for word, weight in self._words[kind].items() if word in text}
        early = {word: 2 - text.index(word) / len(text) for word in told}
        plain = sum(early[word] * weight / self._shared[word] for word, weight in told.items())
        spoken = ((weight, one.search(text)) for weight, one in self._spoken[kind])
        return plain + max(
            (weight * (2 - one.start() / len(text)) for weight, one in spoken if one), default=0
        )


def _pattern(spoken: str) -> tuple[int, re.Pattern[str]]:
    """How much it tells, and what to look for: what a pack says chat calls a kind outweighs words of its title."""
    pieces = spoken.split(_GAP)
    return 6 * sum(map(len, pieces)), re.compile(_BETWEEN.join(map(re.escape, pieces)))


def _pieces(title: str) -> Iterator[str]:
    """A title and its halves of two characters at the ends: 企业走访 is told by 走访 too."""
    plain = "".join(_HAN.findall(title))
    if len(plain) >= 2:
        yield plain
    if len(plain) >= 4:
        yield plain[-2:]
        yield plain[:2]
