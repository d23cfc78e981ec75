"""What stands around a statement: its clause, its section, and the period it speaks of. Worked out on asking.

The period is the nearest word of time before the quantity in its sentence, else the last one of the sentence
before in the same paragraph; empty where neither names one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jixiao.frozen import quick
from jixiao.reading.read import Reading
from jixiao.values import Statement

_PERIOD = re.compile(
    r"(?:20\d\d|19\d\d)\s?年(?:度|末|底|初)?(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日|末|底|份)?)?|上一?年(?:度|同期|末|底)?|去年(?:同期)?"
    r"|今年(?:以来)?|本年(?:度|末)?|当年|全年|年初|年末|年底|[上下]半年|[第前]?[一二三四]季度|\d{1,2}\s?月(?:末|底|份)?|过去[一二三四五]年|同期"
)


@quick
@dataclass(frozen=True, slots=True)
class Context:
    """The words between the last comma and the quantity, the heading above it, the time it speaks of."""

    clause: str = ""
    section: str = ""
    period: str = ""


_NOWHERE = Context()


def context_of(reading: Reading, statement: Statement) -> Context:
    """Where a statement stands; empty for one in a table, whose heading says what it is."""
    return reading.once(_contexts).get((statement.place.start, statement.place.end), _NOWHERE)


def _contexts(reading: Reading) -> dict[tuple[int, int], Context]:
    found: dict[tuple[int, int], Context] = {}
    text = reading.document.text
    paragraph, period = -1, ""
    for sentence in reading.sentences:
        if sentence.paragraph != paragraph:
            paragraph, period = sentence.paragraph, ""
        start = sentence.start
        for term in sentence.terms:
            for match in _PERIOD.finditer(text, start, term.span[0]):
                period = "".join(match[0].split())
            start = term.span[1]
            found[term.span] = Context(term.clause, sentence.section, period)
    return found
