"""Outlines: clause ids are unique and a slot for several figures binds figures of one unit and nature."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jixiao.catalogue import slots
from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.columns import unknown
from jixiao.catalogue.indicators import Indicator
from jixiao.catalogue.meanings import BASES
from jixiao.catalogue.outlines import Clause, Outline
from jixiao.catalogue.pieces import Complaints
from jixiao.catalogue.read_yaml import Keys

NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+(?:、|[.．](?!\d)))\s*"
)


def check_outline(outline: Outline, catalogue: Catalogue) -> Complaints:
    """Every complaint about one outline."""
    seen: set[str] = set()
    themes = [name for name, _ in catalogue.themes_in_order()]
    for path, clause in _clauses(outline):
        if clause.id in seen:
            yield (*path, "id"), f"条款编号“{clause.id}”重复", "每个条款一个编号"
        seen.add(clause.id)
        if not 0 <= clause.heading <= 4:
            yield (*path, "heading"), f"标题级别写成了 {clause.heading}", "1 至 4；正文写 0 或不写"
        if clause.heading and (number := NUMBERED.match(clause.text)):
            found, rest = number[0].strip(), clause.text[number.end() :]
            yield (*path, "text"), f"标题里写了编号“{found}”，程序会给标题编号，印出来是两个", f"text: {rest}"
        for word, named in (
            ("table", clause.table and clause.table.part),
            ("items", clause.items and clause.items.part),
        ):
            parts = {part.id: part for cycle in catalogue.cycles.values() for part in cycle.parts}
            if named and named not in parts:
                yield unknown((*path, word, "part"), "年度流程的部分", named, parts)
        for word in ("text", "otherwise"):
            yield from _check_slots(getattr(clause, word), catalogue, (*path, word))
        if clause.table:
            for theme in clause.table.themes:
                if theme not in themes:
                    yield unknown((*path, "table", "themes"), "主题", theme, themes)
            if clause.table.of == "scores" and not (clause.table.scheme or outline.scheme):
                yield (*path, "table"), "评分表没有写用哪个评价方案", "scheme: 方案编号"


def _clauses(outline: Outline) -> Iterator[tuple[Keys, Clause]]:
    for place, clause in enumerate(outline.clauses):
        yield ("clauses", place), clause
    for number, attachment in enumerate(outline.attachments):
        for place, clause in enumerate(attachment.clauses):
            yield ("attachments", number, "clauses", place), clause


def _check_slots(text: str, catalogue: Catalogue, path: Keys) -> Complaints:
    try:
        found = slots.slots(text)
    except ValueError:
        return  # told when references were resolved
    for slot in found:
        if slot.sort == "period" and slot.references[0] not in BASES:
            yield unknown(path, "口径", slot.references[0], BASES)
        if slot.sort == "figure":
            figures = [one for name in slot.references if (one := catalogue.indicators.get(name))]
            yield from _check_alike(slot, figures, catalogue, path)


def _check_alike(slot: slots.Slot, figures: list[Indicator], catalogue: Catalogue, path: Keys) -> Complaints:
    for other in figures[1:]:
        first = figures[0]
        if other.unit != first.unit:
            found = f"空位 {slot.text} 中“{first.title}”以{first.unit}计，“{other.title}”以{other.unit}计"
            yield path, found, "一个空位只并列单位相同的指标"
        elif catalogue.nature_of(first) != catalogue.nature_of(other):
            yield path, f"空位 {slot.text} 中两个指标的资金性质不同", "一个空位只并列性质相同的指标"
