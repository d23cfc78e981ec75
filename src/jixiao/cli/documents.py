"""The documents a command was given: files as they stand, folders as their files in sorted order."""

from __future__ import annotations

import os
from pathlib import Path

# Also what the reader may refuse: a file that stands in the folder is told of, not passed over.
DOCUMENTS = frozenset(
    {".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".docx", ".doc", ".wps", ".rtf", ".pdf", ".ofd"}
    | {".xlsx", ".xls", ".et"}
)


def files_of(given: list[Path]) -> list[Path]:
    """Every file to read. Raises BadInput for a folder that holds none."""
    from jixiao.errors import BadInput

    found: list[Path] = []
    for path in given:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(_inside(path))
        if not inside:
            raise BadInput(f"{path}：文件夹里没有文档（.docx、.xlsx、.pdf、.html、.txt）")
        found.extend(inside)
    return found


def _inside(folder: Path) -> list[Path]:
    """Documents, leaving out hidden ones and the lock files of office programs."""
    return [
        Path(parent, name)
        for parent, _, names in os.walk(folder)
        for name in names
        if Path(name).suffix.lower() in DOCUMENTS and not name.startswith((".", "~$"))
    ]
