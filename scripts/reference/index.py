"""docs/reference/README.md: which pages there are."""

from __future__ import annotations

from scripts.reference.markdown import page as whole
from scripts.reference.markdown import table

from jixiao.catalogue import Catalogue


def page(catalogue: Catalogue) -> str:
    """The index; the packs in the order in which they stand on each other."""
    return whole(
        "# Reference",
        "Generated from the definitions, the commands and the example data by `make docs`; "
        "the suite fails when a page is not current.",
        table(
            ["Page", "Says"],
            [
                [
                    "[Vocabulary](vocabulary.md)",
                    "the closed words of conditions, indicators, relations and scoring",
                ],
                ["[Pack format](pack-format.md)", "every file type of a pack, field by field"],
                ["[Command line](command-line.md)", "`--help` of every command"],
                ["[Coverage](coverage.md)", "what answers for each line of the departments' duties"],
                ["[Seeds](seeds.md)", "every figure of the demonstration orgs"],
            ],
        ),
        "## Packs",
        table(
            ["Pack", "Title", "Kinds", "Indicators", "Relations", "Schemes", "Outlines"],
            [
                [
                    f"[{pack}](packs/{pack}.md)",
                    info.title,
                    *(
                        sum(one.pack == pack for one in registered.values())
                        for registered in (
                            catalogue.kinds,
                            catalogue.indicators,
                            catalogue.relations,
                            catalogue.schemes,
                            catalogue.outlines,
                        )
                    ),
                ]
                for pack, info in catalogue.packs.items()
            ],
        ),
    )
