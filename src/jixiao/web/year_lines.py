"""The year's figures as lines of tables: printed and exact, target, last year, records, and how each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from jixiao.catalogue import Catalogue
from jixiao.catalogue.schemes import TargetLeaf
from jixiao.ledger.queries import YearView
from jixiao.ledger.queries.filed import written
from jixiao.values import Figure, Score, Status, Verdict
from jixiao.web.numbers import exact_beside, number_of


@dataclass(frozen=True)
class YearLines:
    """What the tables of a year need beside the figures themselves."""

    view: YearView
    catalogue: Catalogue
    before: Mapping[str, Figure] = field(default_factory=dict)

    def themes(self) -> list[dict[str, Any]]:
        """Themes with their lines; the period most figures share is said once, on top."""
        found = []
        for theme in self.view.themes:
            labels = Counter(figure.period.label for figure in theme.figures)
            shared = labels.most_common(1)[0][0] if labels else ""
            found.append(
                {
                    "title": theme.title,
                    "note": shared,
                    "lines": [self.line(figure, shared) for figure in theme.figures],
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
            "tags": list(self._tags(figure)),
        }

    @property
    def targets(self) -> dict[str, str]:
        """The target of each indicator that a scheme of the org holds against one."""
        return targets_of(self.catalogue, {one.scheme for one in self.view.scores})

    @property
    def has_targets(self) -> bool:
        return bool(self.targets)

    def _tags(self, figure: Figure) -> Iterator[dict[str, str]]:
        if figure.status is Status.NOT_REPORTED:
            yield {"tone": "none", "text": "未填报"}
            return
        if figure.status is Status.NONE:
            yield {"tone": "none", "text": "无可计算"}
            return
        if figure.indicator in self._broken:
            yield {"tone": "bad", "text": "勾稽不符"}
        score = self._scores.get(figure.indicator)
        if score is not None and score.earned is not None:
            reached = score.earned == score.points
            yield {"tone": "ok", "text": "达成"} if reached else {"tone": "warn", "text": "未达目标"}
        indicator = self.catalogue.indicators[figure.indicator]
        if indicator.rows is None:
            yield {"tone": "plain", "text": "单位填报"}
        elif figure.records and self.catalogue.kinds[indicator.rows.kind].evidence:
            if lacking := self._lacking[indicator.rows.kind]:
                yield {"tone": "warn", "text": f"台账缺佐证 {lacking}"}
            elif indicator.rows.dated or indicator.rows.latest:  # only the year's own records were looked through
                yield {"tone": "ok", "text": "有佐证"}

    @property
    def _broken(self) -> set[str]:
        return {one for finding in self.view.findings if finding.verdict is Verdict.BROKEN for one in finding.subjects}

    @property
    def _lacking(self) -> Counter[str]:
        return Counter(row.kind for row in self.view.without_evidence)

    @property
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
            if isinstance(leaf.leaf, TargetLeaf) and leaf.leaf.indicator and (
                text := target_text(leaf.leaf, catalogue.indicators[leaf.leaf.indicator].unit)
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
