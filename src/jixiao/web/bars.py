"""A few years of one figure as bars: an SVG of plain rectangles, always beside a table with the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from jixiao.values import Figure

MOST = 5
STEP, WIDTH, HEIGHT, BASE = 80, 46, 70, 98


def bars_of(figures: Sequence[Figure]) -> dict[str, Any] | None:
    """Bars for the last years, oldest first; None where fewer than two years have a number."""
    kept = [one for one in figures[-MOST:] if one.value is not None]
    if len(kept) < 2:
        return None
    highest = max(Fraction(one.value) for one in kept if one.value is not None) or Fraction(1)
    items = []
    for place, figure in enumerate(kept):
        height = max(1, int(Fraction(figure.value or 0) / highest * HEIGHT))
        x = 20 + place * STEP
        items.append(
            {
                "x": x,
                "y": BASE - height,
                "height": height,
                "middle": x + WIDTH // 2,
                "text_y": BASE - height - 5,
                "text": figure.text,
                "year": figure.period.year,
            }
        )
    return {
        "items": items,
        "width": 20 + len(kept) * STEP,
        "label": "，".join(f"{one.period.year}年 {one.text}" for one in kept),
    }
