"""A report before it has a layout: blocks with slots, what fills the slots, and how the amounts hang together.

A piece is a few blocks that belong together, with slots of its own. A relation names slots in the order of
its arithmetic: total and parts; numerator, denominator, rate; current, previous, increase or growth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.generation.amounts import Amount

Fill = Amount | str
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph or a heading. `late` blocks are put towards the end of the report."""

    template: str
    heading: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. Cells hold templates; `spans` merges cells of the header: (row, column) → (rows, columns)."""

    caption: str
    unit: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    late: bool = False


Block = Prose | Grid


@dataclass(frozen=True, slots=True)
class Relation:
    """`family` is the class it is counted under; `op` its arithmetic.

    `firm` says that the words leave one reading only, so that a breach is an error and not another way to
    read. `words` are slots of words and what would be wrong there. `size` is the number of listed items.
    """

    family: str
    op: str
    slots: tuple[str, ...]
    firm: bool = True
    rising: bool = True
    size: int = 0
    words: tuple[tuple[str, str], ...] = ()
    alter: tuple[str, ...] = ()  # slots an error may be planted in; all amounts where empty


@dataclass(slots=True)
class Piece:
    blocks: list[Block]
    fills: dict[str, Fill]
    relations: list[Relation] = field(default_factory=list)

    @property
    def has_grid(self) -> bool:
        return any(isinstance(block, Grid) for block in self.blocks)


@dataclass(slots=True)
class Report:
    """Pieces and the order of their blocks as (piece, block); fills are looked up by piece."""

    title: str
    pieces: list[Piece]
    order: list[tuple[int, int]]

    def blocks(self) -> Iterator[tuple[int, Block]]:
        for piece, block in self.order:
            yield piece, self.pieces[piece].blocks[block]

    def relations(self) -> Iterator[tuple[int, Relation]]:
        for number, piece in enumerate(self.pieces):
            for relation in piece.relations:
                yield number, relation

    @property
    def has_grids(self) -> bool:
        return any(piece.has_grid for piece in self.pieces)


def fragments(template: str, fills: dict[str, Fill]) -> Iterator[tuple[str, Fill]]:
    """(slot, fill) of a template in order; plain words come with an empty slot."""
    position = 0
    for match in SLOT.finditer(template):
        if match.start() > position:
            yield "", template[position : match.start()]
        yield match[1], fills[match[1]]
        position = match.end()
    if position < len(template):
        yield "", template[position:]
