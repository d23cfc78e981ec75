"""The indicators of a pack: how each is counted, on what basis, how it is printed, on whose authority."""

from __future__ import annotations

from scripts.reference.chinese import sources, versions
from scripts.reference.markdown import anchored, bullets

from jixiao.catalogue import Catalogue, describe
from jixiao.catalogue.indicators import Indicator
from jixiao.catalogue.meanings import meaning
from jixiao.indicators import explain
from jixiao.values import RATIO

BETTER = {"higher": "越高越好", "lower": "越低越好", "near": "越接近目标越好", "none": ""}
TOLD_HERE = ("依据", "取整")


def indicator(found: Indicator, catalogue: Catalogue) -> str:
    """One indicator in words."""
    theme = catalogue.theme(found.theme)
    facts = [
        *((label, text) for label, text in explain.words(catalogue, found) if label not in TOLD_HERE),
        ("单位", "百分比" if found.unit == RATIO else found.unit),
        ("口径", describe.basis(found.basis)),
        ("性质", meaning(found.role) + (f"，{BETTER[found.better]}" if BETTER[found.better] else "")),
        ("书写", describe.printing(found) or "按原数书写"),
        ("主题", theme.title if theme else found.theme),
        ("另一种算法", "；".join(one.title for one in found.alternatives)),
        ("别称", "、".join(found.aliases)),
        ("说明", found.note),
        ("依据", sources(found.source)),
        ("版本", versions(found, catalogue)),
    ]
    heading = anchored(3, f"{found.title} `{found.id}`", f"indicator-{found.id}")
    return f"{heading}\n\n{bullets(facts)}"
