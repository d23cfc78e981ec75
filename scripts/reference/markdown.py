"""Small pieces of Markdown: tables, headings with an anchor of their own, one closing newline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

GENERATED = "<!-- Written by `make docs`. Edit the definitions, not this page. -->"


def cell(found: object) -> str:
    """Text that stays inside one cell of a table."""
    text = "" if found is None else str(found)
    return " ".join(text.replace("|", "\\|").split())


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; empty where it would have no rows. Columns in which no row says anything are left out."""
    body = [[cell(one) for one in row] for row in rows]
    if not body:
        return ""
    kept = [place for place in range(len(head)) if any(row[place] for row in body)]
    lines = [[head[place] for place in kept], ["---"] * len(kept)]
    lines += [[row[place] for place in kept] for row in body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def anchored(level: int, title: str, anchor: str) -> str:
    """A heading that can be linked to by an English anchor, whatever its words."""
    return f'<a id="{anchor}"></a>\n{"#" * level} {title}'


def bullets(pairs: Iterable[tuple[str, str]]) -> str:
    """Labelled sentences as a list; empty ones left out."""
    return "\n".join(f"- {label}：{text}" for label, text in pairs if text)


def code(text: object) -> str:
    return f"`{text}`" if text not in (None, "") else ""


def page(*parts: str) -> str:
    """The parts with a blank line between them, under the note that the page is generated."""
    title, *rest = [part.strip("\n") for part in parts if part]
    return "\n\n".join([title, GENERATED, *rest]) + "\n"
