"""What a template left behind: 下降（增长）, XX, ____, 〔 〕, {{…}}, %%. A note, never an alarm; one note for each sort.

(1) Letters that are part of a word or code (XXL, a masked telephone number) are none.
Does not judge whether a part that the template asks for is missing, which is another check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jixiao.reading.checks.outcome import Outcome
from jixiao.reading.read import Reading
from jixiao.values import Verdict

_LEFT = re.compile(
    r"(?:增长|增加|上升|下降|减少|降低)[（(](?:增长|增加|上升|下降|减少|降低)[）)]"
    r"|(?<![A-Za-z0-9])[XxＸ×]{2,12}(?![A-Za-z0-9])|_{2,40}|＿{2,40}|〔[ \u3000]{0,8}〕|\{\{[^{}\n]{0,60}\}\}"
    r"|[（(]请[^（）()\n]{1,30}[）)]|(?<=[0-9])[%％]{2,4}"
)
_BEGINS = re.compile("[增上下减降XxＸ×_＿〔{（(%％]")  # only there the pattern is tried
_MOST = 50  # places one note names


def leftovers(reading: Reading) -> list[Outcome]:
    """Every sort of text that looks unfinished, with all its places."""
    found: dict[str, list[re.Match[str]]] = {}
    for match in _places(reading.document.text):
        found.setdefault(_sort(match[0]), []).append(match)
    return [_note(matches) for matches in found.values()]


def _places(text: str) -> Iterator[re.Match[str]]:
    end = 0
    for place in _BEGINS.finditer(text):
        if place.start() >= end and (match := _LEFT.match(text, place.start())):
            end = match.end()
            yield match


def _sort(text: str) -> str:
    """XX and XXXX are of one sort, and so are blanks of any length."""
    return text if text[0] in "增上下减降{（(" else text[0]


def _note(matches: list[re.Match[str]]) -> Outcome:
    first = matches[0][0]
    places = f"共{len(matches)}处，" if len(matches) > 1 else ""
    return Outcome(
        "leftover",
        Verdict.NOT_APPLICABLE,
        tuple(match.span() for match in matches[:_MOST]),
        first,
        "",
        "读作模板中未改定的文字",
        f"“{first}”{places}疑似模板留下的文字，请改定",
    )
