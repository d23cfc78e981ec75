"""bands: points by the band a value lies in; `interval` is the same for satisfaction surveys."""

from __future__ import annotations

from jixiao.catalogue.methods import Bands
from jixiao.evaluation.answers import Actual
from jixiao.evaluation.row import NEEDS_JUDGEMENT, Row, measured
from jixiao.values import Score, decimal_text


def bands(row: Row, rule: Bands, actual: Actual) -> Score:
    """The value earns the award of its band; each edge belongs to one band.

    (1) A value that no band covers is left to a person: the rule does not speak of it.
    """
    if actual.value is None:
        return row.unscored("未填报，不计分")
    told = f"实际值{measured(actual.value, actual.unit)}"
    for band in rule.bands:
        if band.interval.contains(actual.value):
            mark = "%" if band.percent and "%" not in band.span else ""
            return row.score(band.award, f"{told}，属{band.span}{mark}档，得{decimal_text(band.award)}分")
    return row.unscored(f"{told}，不在任何评分档内", NEEDS_JUDGEMENT)  # (1)
