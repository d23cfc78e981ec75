"""Themes, bases and filed items: that each names what exists."""

from __future__ import annotations

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.columns import unknown
from jixiao.catalogue.meanings import BASES
from jixiao.catalogue.pieces import Complaints
from jixiao.catalogue.registers import FiledItem, ThemeTable


def check_theme(theme: str, catalogue: Catalogue) -> Complaints:
    """Themes are looked up over all packs by their short id."""
    themes = [name for name, _ in catalogue.themes_in_order()]
    if theme and theme not in themes:
        yield unknown(("theme",), "主题", theme, themes)


def check_basis(basis: str) -> Complaints:
    if basis not in BASES:
        yield unknown(("basis",), "口径", basis, BASES)


def check_filed(item: FiledItem, catalogue: Catalogue) -> Complaints:
    yield from check_theme(item.theme, catalogue)
    yield from check_basis(item.basis)
    kind = catalogue.kinds.get(item.taken_from.kind) if item.taken_from else None
    if kind is not None and item.taken_from is not None:
        field = kind.fields.get(item.taken_from.field)
        if field is None:
            yield unknown(("taken_from", "field"), f"{kind.title}的字段", item.taken_from.field, kind.fields)
        if kind.date is None:
            yield ("taken_from", "kind"), f"“{kind.title}”没有日期", "取数的记录要有日期，才知道算哪一年"
    if item.unit == "元" and item.places not in {0, 2}:
        yield ("places",), f"金额写了 {item.places} 位小数", "金额存到分，不必写 places"


def check_themes(table: ThemeTable, catalogue: Catalogue) -> Complaints:
    """A theme id means one theme, whatever pack names it."""
    for theme in table.themes:
        for other in catalogue.themes.values():
            if other.full_id < table.full_id and theme in other.themes:
                yield (
                    ("themes", theme),
                    f"主题“{theme}”在 {other.full_id} 里已经有了",
                    "换一个编号，或只写一处",
                )
