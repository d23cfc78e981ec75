"""Where a document told a thing before: terms by what they count, for words that refer back."""

from __future__ import annotations

from dataclasses import dataclass, field

from jixiao.reading.terms import Role, Term

_MOST = 4
_SHORTEST = 4


@dataclass(slots=True)
class Places:
    """The terms told so far. Holds the last few of each subject only."""

    terms: dict[str, list[Term]] = field(default_factory=dict)

    def add(self, term: Term) -> None:
        """Take note of a term that stands for itself."""
        if not term.is_amount or len(term.full) < _SHORTEST or term.role is Role.PREVIOUS:
            return
        self._keep(term.full, term)
        if term.subject != term.full and len(term.subject) >= _SHORTEST:
            self._keep(term.subject, term)

    def _keep(self, name: str, term: Term) -> None:
        kept = self.terms.get(name)
        if kept is None:
            self.terms[name] = [term]
            return
        kept.append(term)
        if len(kept) > _MOST:
            del kept[0]

    def of(self, name: str) -> list[Term]:
        """The terms told under exactly this name, oldest first."""
        return list(self.terms.get(name, ()))
