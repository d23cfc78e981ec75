"""The composed report as a page: every placed figure a link to how it was computed, every clause to its rewriting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from jixiao.reports.document import Block, Document, Heading, Paragraph, Placed, Runs, Table, text_of

SHORT = 24
FILED = "filed."
FORM = "form."


@dataclass(frozen=True, slots=True)
class Paper:
    """How links are made: `figure_url` for a figure or filed item, `is_filed` for its sort, `clause_url` for a clause ("" where none may)."""

    figure_url: Callable[[str], str]
    is_filed: Callable[[str], bool]
    clause_url: Callable[[str], str]

    def blocks(self, document: Document) -> Iterator[dict[str, Any]]:
        """The blocks of text and attachments in reading order, ready for the template."""
        outcomes = {state.id: state.outcome for state in document.clauses}
        seen: set[str] = set()
        for block in document.blocks:
            yield self._block(block, outcomes, seen)
        yield {"signature": (document.org, document.date_text)}
        for attachment in document.attachments:
            yield {"attachment": attachment.title, "number": attachment.number}
            for block in attachment.blocks:
                yield self._block(block, outcomes, seen)

    def _block(self, block: Block, outcomes: dict[str, str], seen: set[str]) -> dict[str, Any]:
        if isinstance(block, Table):
            return self._table(block)
        outcome = outcomes.get(block.clause, "text")
        first = block.clause not in seen
        seen.add(block.clause)
        plain = text_of(block.runs)
        shown: dict[str, Any] = {
            "runs": self._runs(block.runs),
            "anchor": f"c-{block.clause}" if first else "",
            "plain": plain[:SHORT] + ("…" if len(plain) > SHORT else ""),
            "edit_url": self.clause_url(block.clause) if first else "",
            "is_rewritten": outcome == "rewritten",
            "is_otherwise": outcome == "otherwise",
        }
        if isinstance(block, Heading):
            shown |= {"heading": f"h{min(block.level + 2, 6)}", "number": block.number}
        else:
            assert isinstance(block, Paragraph)
        return shown

    def _table(self, table: Table) -> dict[str, Any]:
        rows = []
        for row in table.rows:
            cells = [
                {"runs": self._runs(cell), "is_number": column.align == "right"}
                for cell, column in zip(row.cells, table.columns, strict=False)
            ]
            rows.append({"cells": cells, "span": len(table.columns) if row.group else 0})
        return {"caption": table.caption, "unit": table.unit, "columns": table.columns, "rows": rows}

    def _runs(self, runs: Runs) -> list[dict[str, str]]:
        return [{"text": run} if isinstance(run, str) else self._placed(run) for run in runs]

    def _placed(self, run: Placed) -> dict[str, str]:
        name = run.figures[0] if run.figures else ""
        css = "gap" if run.text in ("未填报", "无可计算") else "filed" if self.is_filed(name) else ""
        return {"text": run.text, "url": self.figure_url(name), "css": css, "title": run.label}
