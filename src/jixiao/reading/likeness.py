"""How alike two texts are, by the pairs of characters they share, rare pairs counting more; and which words they share.

No dictionary and no model: what is rare is learnt from the texts at hand. Alike is symmetric, 1 for the same text, and does
not ask in which order the clauses stand. A high number is a reason to look, never a proof.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

TEXT_SHARE = 0.7  # where the texts are more alike than the titles; the rest is the titles'
SHORTEST_TEXT = 12  # pairs; what is shorter tells nothing: 无
MOST_WORDS = 4
SHORTEST_WORD = 2
COMMONPLACE = 0.05
UNSEEN = 10  # other texts are supposed beside those at hand: in two alone nothing could be rare
FEW = 3  # texts; what so few have in common is never commonplace

STOCK = re.compile(
    r"^\s*关于|的(?:建议|提案|意见|议案|报告|请示|情况|函)\s*$"
)  # how official titles begin and end

Grams = frozenset[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A titled text; `key` is whose it is."""

    key: str
    title: str
    text: str = ""

    @property
    def subject(self) -> str:
        """The title without the words that every official title has."""
        return STOCK.sub("", self.title) or self.title


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a passage is to the one asked for, and the words that say so, the most telling first."""

    key: str
    score: float
    title_score: float
    text_score: float | None
    words: tuple[str, ...]


class Weights:
    """How telling a pair of characters is among so many texts: the rarer the more; what all have, next to nothing."""

    def __init__(self, texts: Collection[Grams]) -> None:
        self._known = Counter(gram for grams in texts for gram in grams)
        self._count = len(texts)

    def of(self, gram: str) -> float:
        return max(COMMONPLACE, math.log((UNSEEN + self._count) / (1 + self._known[gram])))

    def is_common(self, gram: str) -> bool:
        """Whether so many texts have it that it tells nothing: 关于, 建议."""
        return self._known[gram] > max(FEW, self._count / 4)

    def all(self, grams: Iterable[str]) -> float:
        return math.fsum(self.of(gram) for gram in grams)


def grams(text: str) -> Grams:
    """The pairs of neighbouring letters and digits; a letter that stands alone is a pair of its own."""
    return frozenset(pair for run in runs(text) for pair in _pairs(run))


def runs(text: str) -> list[str]:
    """The stretches of letters and digits between everything else, in one form of writing."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign if sign.isalnum() else " " for sign in plain).split()


def alike(one: Grams, other: Grams, weights: Weights) -> float:
    """From 0 (nothing shared) to 1 (the same pairs); two empty texts share nothing."""
    both = weights.all(one) + weights.all(other)
    return min(1.0, 2 * weights.all(one & other) / both) if both else 0.0


def nearest(asked: Passage, titles: Sequence[tuple[str, str]], most: int) -> list[str]:
    """The keys of the titles most alike to the one asked for, out of many thousands; those that share nothing are left out."""
    wanted = grams(asked.subject)
    known = [(key, grams(Passage(key, title).subject)) for key, title in titles]
    weights = Weights([found for _, found in known])
    scored = [(alike(wanted, found, weights), key) for key, found in known if not wanted.isdisjoint(found)]
    return [key for _, key in sorted(scored, key=lambda one: (-one[0], one[1]))[:most]]


def likest(asked: Passage, others: Sequence[Passage], least: float = 0.0) -> list[Likeness]:
    """Those alike at least so much, the most alike first; ties by key."""
    title, text = grams(asked.subject), grams(asked.text)
    known = [(one, grams(one.subject), grams(one.text)) for one in others]
    by_title = Weights([title, *(found for _, found, _ in known)])
    by_text = Weights([text, *(found for _, _, found in known)])
    both = Weights([title | text, *(first | second for _, first, second in known)])
    found = []
    for one, its_title, its_text in known:
        in_title = alike(title, its_title, by_title)
        has_text = min(len(text), len(its_text)) >= SHORTEST_TEXT
        in_text = alike(text, its_text, by_text) if has_text else None
        score = in_title if in_text is None else _joint(in_title, in_text)
        if score >= least:
            words = shared_words(asked, one, both)
            found.append(Likeness(one.key, score, in_title, in_text, words))
    return sorted(found, key=lambda one: (-one.score, one.key))


def shared_words(one: Passage, other: Passage, weights: Weights) -> tuple[str, ...]:
    """The longest stretches both have, the most telling first; what most texts have is left out."""
    its = runs(f"{other.subject}。{other.text}")
    within = frozenset(pair for run in its for pair in _pairs(run))
    told: dict[str, float] = {}
    for run in runs(f"{one.subject}。{one.text}"):
        for stretch in _stretches(run, within):
            for word in _in_both(stretch, its):
                pairs = _pairs(word)
                if not all(weights.is_common(pair) for pair in pairs):
                    told[word] = weights.all(pairs)
    chosen: list[str] = []
    for word in sorted(told, key=lambda word: (-told[word], word)):
        if not any(word in longer for longer in chosen):
            chosen.append(word)
        if len(chosen) == MOST_WORDS:
            break
    return tuple(chosen)


def _joint(in_title: float, in_text: float) -> float:
    """Titles that are alike tell enough; a text may tell more, never less."""
    return max(in_title, TEXT_SHARE * in_text + (1 - TEXT_SHARE) * in_title)


def _pairs(run: str) -> list[str]:
    return [first + second for first, second in pairwise(run)] or [run]


def _stretches(run: str, within: Grams) -> Iterable[str]:
    """The parts of a run all of whose pairs stand in the other text too."""
    start = 0
    for place in range(1, len(run)):
        if run[place - 1 : place + 1] not in within:
            yield run[start:place]
            start = place
    yield run[start:]


def _in_both(stretch: str, its: Sequence[str]) -> Iterable[str]:
    """The parts of a stretch that the other text has in one piece, each as long as can be."""
    start = 0
    while len(stretch) - start >= SHORTEST_WORD:
        end = len(stretch)
        while end - start >= SHORTEST_WORD and not any(stretch[start:end] in run for run in its):
            end -= 1
        if end - start >= SHORTEST_WORD:
            yield stretch[start:end]
        start = max(end - 1, start + 1) if end < len(stretch) else end
