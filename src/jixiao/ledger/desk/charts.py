"""Bars as inline SVG, without script: each bar links to what is behind it. Always beside a table with the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

HEIGHT, BASE, GAP = 90, 118, 14
_INK, _BAR, _LINE, _PALE = "#1a2330", "#17497a", "#d5d9d1", "#a9bccd"
_ROW, _LABEL, _LONG = 26, 176, 96  # together as wide as a phone


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    count: int
    href: str = ""


def columns(bars: Sequence[Bar], title: str) -> str:
    """Upright bars in the order given."""
    if not bars:
        return ""
    width = max(46, min(62, 640 // len(bars)))
    highest = max(one.count for one in bars) or 1
    body = []
    for place, one in enumerate(bars):
        x = place * width + GAP // 2
        tall = round(one.count / highest * HEIGHT)
        middle = x + (width - GAP) // 2
        shape = f'<rect x="{x}" y="{BASE - tall}" width="{width - GAP}" height="{tall}" fill="{_BAR}"/>'
        shape += _text(middle, BASE - tall - 5, str(one.count), "middle")
        shape += _text(middle, BASE + 16, one.label, "middle")
        body.append(_linked(shape, one))
    whole = len(bars) * width
    body.append(f'<line x1="0" y1="{BASE}" x2="{whole}" y2="{BASE}" stroke="{_LINE}"/>')
    return _svg(whole, BASE + 24, title, bars, body)


@dataclass(frozen=True, slots=True)
class Pair:
    """The same thing in two years: shares of a whole between 0 and 1, None where nothing is known, and their words."""

    label: str
    now: float | None
    before: float | None
    now_text: str
    before_text: str


def pairs(found: Sequence[Pair], title: str, names: tuple[str, str]) -> str:
    """Two upright bars side by side for each pair, this year's dark, last year's light, on one scale to the whole."""
    if not found:
        return ""
    width = max(84, min(110, 640 // len(found)))
    body = []
    for place, one in enumerate(found):
        x, half = place * width + GAP // 2, (width - GAP) // 2
        for start, share, text, ink in (
            (x, one.before, one.before_text, _PALE), (x + half, one.now, one.now_text, _BAR),
        ):  # fmt: skip
            tall = 0 if share is None else round(max(0.0, min(1.0, share)) * HEIGHT)
            body.append(
                f'<rect x="{start}" y="{BASE - tall}" width="{half - 3}" height="{tall}" fill="{ink}"/>'
            )
            shown = "—" if share is None else text.partition("/")[0]  # the table has the words
            body.append(_text(start + (half - 3) // 2, BASE - tall - 5, shown, "middle"))
        label = one.label if len(one.label) <= 6 else f"{one.label[:5]}…"
        body.append(_text(x + half, BASE + 16, label, "middle"))
    whole = len(found) * width
    body.append(f'<line x1="0" y1="{BASE}" x2="{whole}" y2="{BASE}" stroke="{_LINE}"/>')
    told = "，".join(f"{one.label} {names[0]}{one.now_text} {names[1]}{one.before_text}" for one in found)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {whole} {BASE + 24}" width="{whole}" '
        f'height="{BASE + 24}" role="img" aria-label="{escape(f"{title}：{told}")}">{"".join(body)}</svg>'
    )


def rows(bars: Sequence[Bar], title: str) -> str:
    """Lying bars with long labels, in the order given."""
    if not bars:
        return ""
    highest = max(one.count for one in bars) or 1
    body = []
    for place, one in enumerate(bars):
        y = place * _ROW
        long = max(1, round(one.count / highest * _LONG)) if one.count else 0
        label = one.label if len(one.label) <= 14 else f"{one.label[:13]}…"
        shape = _text(_LABEL - 6, y + 17, label, "end")
        shape += f'<rect x="{_LABEL}" y="{y + 4}" width="{long}" height="{_ROW - 8}" fill="{_BAR}"/>'
        shape += _text(_LABEL + long + 6, y + 17, str(one.count), "start")
        body.append(_linked(shape, one))
    return _svg(_LABEL + _LONG + 32, len(bars) * _ROW, title, bars, body)


def _svg(width: int, height: int, title: str, bars: Sequence[Bar], body: Sequence[str]) -> str:
    told = escape(f"{title}：" + "，".join(f"{one.label} {one.count}" for one in bars))
    role = "group" if any(one.href for one in bars) else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="{role}" aria-label="{told}">{"".join(body)}</svg>'
    )


def _linked(shape: str, bar: Bar) -> str:
    if not bar.href or not bar.count:
        return f"<g>{shape}</g>"
    told = escape(f"{bar.label}：{bar.count}")
    return f'<a href="{escape(bar.href)}" aria-label="{told}">{shape}</a>'


def _text(x: int, y: int, words: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="12" fill="{_INK}" text-anchor="{anchor}">{escape(words)}</text>'
