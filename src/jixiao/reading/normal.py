"""The normal form of a text, for comparing an issued report with what is read back from any of its formats.

Two texts with one normal form say the same to a person: white space, line breaks, full-width forms,
compatibility characters, soft hyphens, quotation styles and page numbers are folded away. Nothing else is.
"""

from __future__ import annotations

import re
import unicodedata

_SPACE = r"[ \t\u3000\xa0]*"
_PAGE_NUMBER = re.compile(
    rf"^{_SPACE}[-—–－―]{{1,2}}{_SPACE}[0-9０-９]{{1,4}}{_SPACE}[-—–－―]{{1,2}}{_SPACE}$", re.MULTILINE
)
_FOLDED = {
    **dict.fromkeys("“”„‟〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛＇`´", "'"),
    **dict.fromkeys("—–―─‒", "-"),
    **dict.fromkeys("·・•‧∙⋅", "·"),
    "⋯": "...",
    "∶": ":",
    "～": "~",
    "∼": "~",
    "〜": "~",
    "−": "-",
    "‐": "-",
    "‑": "-",
}
_TABLE = str.maketrans(_FOLDED)


def normalise(text: str) -> str:
    """Fold away what layout and format decide, keep every character that says something.

    >>> normalise("收到 ３０余篇，\\n— 1 —\\n满意率100%")
    '收到30余篇,满意率100%'
    """
    folded = _fold(text)
    while (again := _fold(folded)) != folded:  # what was apart may combine once silent characters are gone
        folded = again
    return folded


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", _PAGE_NUMBER.sub("", text).translate(_TABLE)).translate(_TABLE)
    return "".join(character for character in folded if not _is_silent(character))


def _is_silent(character: str) -> bool:
    """White space, control and format characters: soft hyphen, zero-width space, direction marks."""
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp", "Cn")
