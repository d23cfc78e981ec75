"""Whether a clerk's new wording of a clause may stand: its slots must survive, and no others may come in."""

from __future__ import annotations

from jixiao.catalogue.outlines import Clause
from jixiao.catalogue.slots import Slot, slots
from jixiao.reports.printable import UNPRINTABLE


def check_rewrite(clause: Clause, new_text: str) -> list[str]:
    """What is wrong with the new text, in Chinese; empty when it may replace the clause's text."""
    if not clause.text:
        return ["本条是表，由系统生成，不能改写文字"]
    if not new_text.strip():
        return ["改写稿是空的；不需要本条时，请在提纲中调整"]
    if UNPRINTABLE.search(new_text):
        return ["改写稿含有不能打印的控制字符，请删去后再保存"]
    if clause.heading and "\n" in new_text.strip():
        return ["标题只能是一行"]
    try:
        kept, original = _figures(new_text), _figures(clause.text)
    except ValueError as refused:
        return [str(refused)]
    problems = [f"缺少数据位 {slot.text}，请放回文中" for slot in _in_order(original - kept)]
    problems += [f"数据位 {slot.text} 不是本条原有的，请删去" for slot in _in_order(kept - original)]
    return problems


def _figures(text: str) -> set[Slot]:
    """The slots that place figures; plain words (year, org) may come and go."""
    return {slot for slot in slots(text) if slot.sort in ("figure", "filed")}


def _in_order(found: set[Slot]) -> list[Slot]:
    return sorted(found, key=lambda slot: slot.text)
