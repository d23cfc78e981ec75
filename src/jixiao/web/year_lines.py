"""The year's figures as lines of tables: printed and exact, target, last year, records, and how each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse

from jixiao.catalogue import Catalogue
from jixiao.catalogue.schemes import TargetLeaf
from jixiao.ledger.queries import YearView
from jixiao.ledger.queries.filed import written
from jixiao.values import Figure, Score, Status, Verdict
from jixiao.web.numbers import exact_beside, number_of

SILENT, SHORT, AT_ODDS = "未填报", "未达目标", "勾稽不符"
FIRST = 6  # so many figures of a theme stand in the open, whatever their state


@dataclass(frozen=True)
class YearLines:
    """What the tables of a year need beside the figures themselves. `open_kinds`: those whose papers one may see."""

    view: YearView
    catalogue: Catalogue
    before: Mapping[str, Figure] = field(default_factory=dict)
    open_kinds: Collection[str] = ()

    def themes(self) -> list[dict[str, Any]]:
        """Themes with what matters first in `lines` and the `rest` behind a fold, both as the report tells them.

        What matters: figures with a target, figures that are silent or at odds with another, and those the report
        tells first. The period most figures share is said once, on top.
        """
        found = []
        for theme in self.view.themes:
            labels = Counter(figure.period.label for figure in theme.figures)
            shared = labels.most_common(1)[0][0] if labels else ""
            lines = [self.line(figure, shared) for figure in theme.figures]
            first, rest = self._parted(theme.figures, lines)
            found.append(
                {
                    "anchor": f"theme-{theme.id}",
                    "title": theme.title,
                    "note": shared,
                    "count": len(lines),
                    "lines": first,
                    "rest": rest,
                    "tags": list(self._tally(theme.figures, lines)),
                }
            )
        return found

    def line(self, figure: Figure, shared: str) -> dict[str, Any]:
        at = address_of(self.view.org.id, self.view.year, figure.indicator)
        indicator = self.catalogue.indicators[figure.indicator]
        last = self.before.get(figure.indicator)
        counted = indicator.rows is not None and figure.records
        return {
            "anchor": figure.indicator.replace("/", "-"),
            "title": figure.title,
            "period": "" if figure.period.label == shared else figure.period.label,
            "number": number_of(figure),
            "url": at,
            "exact": exact_beside(figure),
            "target": self.targets.get(figure.indicator, ""),
            "last_year": last.text if last is not None and last.stated is not None else "",
            "records": figure.records,
            "records_url": f"{at}#records" if counted else "",
            "lacking": self._lacks(figure),
            "is_evidenced": self._is_evidenced(figure),
            "tags": list(self._tags(figure)),
        }

    @cached_property
    def targets(self) -> dict[str, str]:
        """The target of each indicator that a scheme of the org holds against one."""
        return targets_of(self.catalogue, {one.scheme for one in self.view.scores})

    @property
    def has_targets(self) -> bool:
        return bool(self.targets)

    def _parted(
        self, figures: Iterable[Figure], lines: list[dict[str, Any]]
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """A fold is not worth its click for one or two lines."""
        matters = [number < FIRST or self._matters(figure) for number, figure in enumerate(figures)]
        rest = [line for line, first in zip(lines, matters, strict=True) if not first]
        if len(rest) <= 2:
            return lines, []
        return [line for line, first in zip(lines, matters, strict=True) if first], rest

    def _matters(self, figure: Figure) -> bool:
        is_silent = figure.status is Status.NOT_REPORTED
        return is_silent or figure.indicator in self.targets or figure.indicator in self._broken

    def _tags(self, figure: Figure) -> Iterator[dict[str, str]]:
        if figure.status is Status.NOT_REPORTED:
            yield {"tone": "none", "text": SILENT}
            return
        if figure.status is Status.NONE:
            yield {"tone": "none", "text": "无可计算"}
            return
        if figure.indicator in self._broken:
            yield {"tone": "bad", "text": AT_ODDS}
        score = self._scores.get(figure.indicator)
        if score is not None and score.earned is not None:
            reached = score.earned == score.points
            yield {"tone": "ok", "text": "达成"} if reached else {"tone": "warn", "text": SHORT}
        if self.catalogue.indicators[figure.indicator].rows is None:
            yield {"tone": "plain", "text": "单位填报"}

    def _tally(self, figures: Iterable[Figure], lines: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
        """How many lines of a theme want a look, by their tags; and how many records of its registers want a paper."""
        counted = Counter(tag["text"] for line in lines for tag in line["tags"])
        for text, tone in ((AT_ODDS, "bad"), (SHORT, "warn"), (SILENT, "none")):
            if counted[text]:
                yield {"tone": tone, "text": f"{text} {counted[text]}"}
        registers = {self._register(figure) for figure in figures if self._lacks(figure)}
        if registers:
            yield {"tone": "warn", "text": f"缺佐证 {sum(self._lacking[kind] for kind in registers)} 条"}

    def _register(self, figure: Figure) -> str:
        """The register the figure counts from, where papers usually stand behind its records."""
        rows = self.catalogue.indicators[figure.indicator].rows
        return rows.kind if rows is not None and self.catalogue.kinds[rows.kind].evidence else ""

    def _lacks(self, figure: Figure) -> int:
        """How many records of the figure's register have no paper."""
        return self._lacking[self._register(figure)] if figure.records else 0

    def _is_evidenced(self, figure: Figure) -> bool:
        """Only the year's own records were looked through for papers."""
        rows = self.catalogue.indicators[figure.indicator].rows
        looked_through = rows is not None and bool(rows.dated or rows.latest) and rows.kind in self.open_kinds
        return looked_through and bool(figure.records and self._register(figure)) and not self._lacks(figure)

    @cached_property
    def _broken(self) -> set[str]:
        return {
            one
            for finding in self.view.findings
            if finding.verdict is Verdict.BROKEN
            for one in finding.subjects
        }

    @cached_property
    def _lacking(self) -> Counter[str]:
        return Counter({one.kind: one.count for one in self.view.without_evidence})

    @cached_property
    def _scores(self) -> dict[str, Score]:
        found = {}
        for assessment in self.view.scores:
            leaves = {leaf.id: leaf.leaf for leaf in self.catalogue.schemes[assessment.scheme].leaves}
            for score in assessment.scores:
                leaf = leaves.get(score.leaf)
                if isinstance(leaf, TargetLeaf) and leaf.indicator and leaf.target is not None:
                    found[leaf.indicator] = score
        return found


def targets_of(catalogue: Catalogue, schemes: set[str]) -> dict[str, str]:
    """Indicator → its target in words (≥90%), over some schemes."""
    found = {}
    for name in sorted(schemes):
        for leaf in catalogue.schemes[name].leaves:
            if (
                isinstance(leaf.leaf, TargetLeaf)
                and leaf.leaf.indicator
                and (text := target_text(leaf.leaf, catalogue.indicators[leaf.leaf.indicator].unit))
            ):
                found[leaf.leaf.indicator] = text
    return found


def target_text(leaf: TargetLeaf, unit: str = "") -> str:
    """≥90%, 20件, 10至20件; empty where there is none. `unit` is the indicator's, for a leaf that names none."""
    if leaf.target is None or leaf.op is None:
        return ""
    signs = {">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "=": "", "range": ""}
    value = written(leaf.target, leaf.unit or unit).text
    end = f" 至 {written(leaf.to, leaf.unit or unit).text}" if leaf.to is not None else ""
    return f"{signs[leaf.op.value]}{value}{end}"


def address_of(org: str, year: int, indicator: str) -> str:
    """The address of a figure's page."""
    return reverse("web:figure", args=[org, year, *indicator.split("/")])
