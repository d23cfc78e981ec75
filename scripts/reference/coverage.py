"""docs/reference/coverage.md: each line of the departments' duties with what answers for it; no cell is empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scripts.reference.chinese import other
from scripts.reference.markdown import code, table
from scripts.reference.markdown import page as whole

from jixiao.catalogue import Catalogue
from jixiao.catalogue.duties import Duty

HEAD = ["Row", "Duty", "Kinds", "Indicators", "Relations and checks", "Pages", "Tests"]
TOTALS = ["Row", "Kept as", "Attribute refused", "Test that refuses it"]
REFUSING = "test_duties.py"


def page(catalogue: Catalogue) -> str:
    """One table by pack, and one of the lines that concern people and are kept as totals only."""
    parts = []
    for pack, info in catalogue.packs.items():
        duties = [duty for duty in catalogue.duties.values() if duty.pack == pack]
        if duties:
            parts += [f"## {info.title}", table(HEAD, [cells(duty, catalogue) for duty in duties])]
    return whole(
        "# Coverage",
        "Which kinds, indicators, relations, checks, pages and tests answer for each line of the duties of the two "
        "departments. From the `duties/` of the packs; a line with an empty cell fails the suite.",
        *parts,
        "## Lines about people",
        "Kept as totals or tickets; the loader refuses the attribute.",
        table(TOTALS, _totals(catalogue)),
    )


def cells(duty: Duty, catalogue: Catalogue) -> list[str]:
    """The cells of one line, in the order of the head; a cell with nothing to say is empty."""
    return [
        duty.id.upper(),
        duty.title,
        _listed(_linked(duty.kinds, catalogue, "kind")),
        _listed(_linked(duty.indicators, catalogue, "indicator")),
        _listed([*_linked(duty.relations, catalogue, "relation"), *_checks(duty, catalogue)]),
        _listed(code(address) for address in _pages(duty)),
        _listed(code(test) for test in duty.tests),
    ]


def _linked(references: Iterable[str], catalogue: Catalogue, sort: str) -> Iterator[str]:
    tables = {"kind": catalogue.kinds, "indicator": catalogue.indicators, "relation": catalogue.relations}
    for reference in references:
        yield other(reference, tables[sort], "", sort).replace("](", "](packs/")


def _checks(duty: Duty, catalogue: Catalogue) -> Iterator[str]:
    for reference in duty.checks:
        kind, _, name = reference.partition(".")
        yield catalogue.kind(kind).checks[name].title


def _pages(duty: Duty) -> Iterator[str]:
    for kind in duty.kinds:
        yield f"/registers/{kind}/"
    for scheme in duty.schemes:
        yield f"/year/<org>/<year>/points/{scheme}/"
    if duty.outlines:
        yield "/reports/<org>/<year>/"


def _totals(catalogue: Catalogue) -> Iterator[list[str]]:
    for duty in catalogue.duties.values():
        if duty.totals_only:
            kept = catalogue.kind(duty.totals_only.kind).title
            refusing = [code(test) for test in duty.tests if REFUSING in test]
            yield [duty.id.upper(), kept, duty.totals_only.attribute, _listed(refusing)]


def _listed(parts: Iterable[str]) -> str:
    return "、".join(parts)
