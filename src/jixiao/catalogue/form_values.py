"""What a record keeps of a form: the texts people typed, by address, and the rows of its lists. Numbers are read from them
when the form is filled; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LONGEST = 2_000
MOST_ENTRIES = 2_000
MOST_ROWS = 500
ROW_ID = "id"  # what a row of a list is known by, whatever its words become


def read(raw: object) -> dict[str, Any] | None:
    """The stored form of `{"entries": {address: text}, "lists": {name: [{column: text}]}}`, blanks left out.

    Raises ValueError in Chinese for anything else, and for more than a form can hold.
    """
    if not isinstance(raw, Mapping):
        raise ValueError("报表请在报表页填写，或上传该表的 Excel 文件")
    entries = _texts(raw.get("entries") or {}, MOST_ENTRIES)
    lists: dict[str, list[dict[str, str]]] = {}
    for name, rows in (raw.get("lists") or {}).items():
        if not isinstance(rows, list | tuple) or len(rows) > MOST_ROWS:
            raise ValueError(f"表中的行超过{MOST_ROWS}行；请分成几张表填报")
        kept = [_texts(row, MOST_ENTRIES) for row in rows if isinstance(row, Mapping)]
        lists[str(name)] = [row for row in kept if set(row) - {ROW_ID}]
    if not entries and not any(lists.values()):
        return None
    return {"entries": entries, "lists": {name: rows for name, rows in lists.items() if rows}}


def _texts(found: object, most: int) -> dict[str, str]:
    if not isinstance(found, Mapping) or len(found) > most:
        raise ValueError(f"报表超过{most}格；请核对上传的是不是这张表")
    texts = {str(name): str(text).strip() for name, text in found.items() if str(text).strip()}
    for text in texts.values():
        if any(character < " " and character not in "\n\t" for character in text):
            raise ValueError("有一格含有不可显示的控制字符；请删除后重新输入")
        if len(text) > LONGEST:
            raise ValueError(f"有一格超过{LONGEST}字；请缩短，细节另附材料")
    return dict(sorted(texts.items()))


def told(stored: Mapping[str, Any]) -> str:
    """How much of a form is filled: 已填12格、4行."""
    rows = sum(len(one) for one in stored.get("lists", {}).values())
    cells = len(stored.get("entries", {}))
    return "已填" + "、".join([f"{cells}格", *([f"{rows}行"] if rows else [])])
