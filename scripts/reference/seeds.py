"""docs/reference/seeds.md: every figure of the demonstration orgs, computed from their files through the ledger."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml
from scripts.reference.markdown import code, table
from scripts.reference.markdown import page as whole

from jixiao.values import RATIO, Figure, decimal_text


def page() -> str:
    """The page, from a temporary ledger that is gone afterwards. Starts Django: not for a process that has."""
    with tempfile.TemporaryDirectory(prefix="jixiao-reference-") as home:
        os.environ |= {"JIXIAO_HOME": home, "DJANGO_SETTINGS_MODULE": "jixiao.config.testing"}
        os.environ["JIXIAO_TEST_HOME"] = home
        os.environ.pop("JIXIAO_DATABASE", None)
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0, interactive=False)
        try:
            return _computed()
        finally:
            with suppress(Exception):
                connection.close()


def _computed() -> str:
    from jixiao.ledger import examples

    return whole(
        "# Seeds",
        "The figures of the demonstration orgs, from the example data of the packs: what is printed, what was counted, on "
        "which period, from how many records. All of it is invented. `jixiao figures` prints the same. Rows are those of the two "
        "published reports whose figures the examples reach; making this page fails when one differs.",
        *(part for name in examples.available() for part in _org(name)),
    )


def _org(name: str) -> list[str]:
    from jixiao.ledger import examples, queries
    from jixiao.ledger.permissions import SYSTEM

    installed = examples.install(name)
    parts = [f"## {installed.org.title} `{name}`"]
    printed = examples.folder_of(name) / "printed.yaml"
    for year in queries.years_for(SYSTEM, name):
        view: Any = queries.year(SYSTEM, name, year)
        periods = [
            [basis, span.label, span.from_on, span.to_on] for basis, span in sorted(view.periods.items())
        ]
        parts += [
            f"### {year}\n\nAs of {view.as_of}; {len(view.figures)} figures, {len(view.missing)} not reported, "
            f"{installed.records} records.",
            table(["Basis", "Period", "From", "To"], periods),
            *_by_row(printed, {figure.indicator: figure for figure in view.figures}),
            "#### Every figure",
            table(
                ["Figure", "Indicator", "Printed", "Exact", "Unit", "Basis", "Records"],
                [_row(figure) for figure in view.figures],
            ),
        ]
    return parts


def _by_row(printed: Path, figures: Mapping[str, Figure]) -> list[str]:
    """The rows of the published report. Raises SystemExit for a figure that is not what the report prints."""
    if not printed.exists():
        return []
    rows, wrong = [], []
    for stated in yaml.safe_load(printed.read_text(encoding="utf-8")):
        figure = figures[stated["indicator"]]
        value = None if figure.value is None else decimal_text(figure.value)
        if (value, figure.unit, figure.qualifier) != (stated["value"], stated["unit"], stated["qualifier"]):
            wrong.append(f"{stated['row']} {stated['indicator']}: {figure.text}, printed {stated}")
        rows.append([stated["row"], *_row(figure)])
    if wrong:
        raise SystemExit("\n".join(wrong))
    return [
        f"#### Rows of the published report ({len(rows)})",
        table(["Row", "Figure", "Indicator", "Printed", "Exact", "Unit", "Basis", "Records"], rows),
    ]


def _row(figure: Figure) -> list[object]:
    return [
        figure.title,
        code(figure.indicator),
        figure.text,
        _exact(figure),
        "%" if figure.unit == RATIO else figure.unit,
        figure.period.basis,
        figure.records,
    ]


def _exact(figure: Figure) -> str:
    """The whole numbers of a rate as a quotient, anything else as it was counted."""
    if figure.exact is None:
        return "—"
    return f"{figure.top}/{figure.bottom}" if figure.bottom is not None else decimal_text(figure.exact)
