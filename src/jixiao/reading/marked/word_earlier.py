"""Comments that an earlier check left in a .docx: taken out before new ones are set, so that each stands once.

A comment of ours that somebody answered or marked as done stays, since theirs hangs on it. Whatever else is
commented stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jixiao.reading.checks.tally import WORDS

_COMMENT = re.compile(
    r"<(?P<prefix>[\w.-]+):comment\b(?P<rest>[^>]*)>(?P<body>.*?)</(?P=prefix):comment\s*>", re.DOTALL
)
_NUMBER = re.compile(r"\bid\s*=\s*[\"'](\d{1,9})[\"']")
_ENDED = r"\bid\s*=\s*[\"'](?P<id>\d{1,9})[\"'][^>]*?(?:/>|>\s*</[\w.-]+:comment[A-Za-z]+\s*>)"
_ANCHOR = re.compile(rf"<[\w.-]+:comment(?:RangeStart|RangeEnd|Reference)\s[^>]*?{_ENDED}")
_REFERENCE_RUN = re.compile(
    r"<(?P<prefix>[\w.-]+):r(?:\s[^>]*)?>"
    r"(?:<(?P=prefix):rPr\s*/>|<(?P=prefix):rPr>(?:(?!<(?P=prefix):r[\s>]).)*?</(?P=prefix):rPr>)?\s*"
    rf"<(?P=prefix):commentReference\s[^>]*?{_ENDED}\s*</(?P=prefix):r\s*>",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_HEAD = re.compile(rf"\s*【(?:{'|'.join(WORDS.values())})】第 (\d+) 条")
_PARAGRAPH = re.compile(r"\bparaId\s*=\s*[\"']([0-9A-Fa-f]{1,8})[\"']")
_ROW = re.compile(r"<[\w.-]+:commentEx\b[^>]*>")
_PARENT = re.compile(r"\bparaIdParent\s*=\s*[\"']([0-9A-Fa-f]{1,8})[\"']")
_IS_DONE = re.compile(r"\bdone\s*=\s*[\"'](?:1|true|on)[\"']")


@dataclass(frozen=True, slots=True)
class Earlier:
    """What stands in the file of ours: `gone` may be taken out, `kept` are the words of those that stay."""

    gone: frozenset[str]
    kept: frozenset[str]


def earlier(comments: str, extended: str, author: str) -> Earlier:
    """The comments of `author` in the part that holds them; `extended` tells which were answered or done."""
    held = _held(extended)
    gone, kept = set[str](), set[str]()
    for one in _COMMENT.finditer(comments):
        words = _TAG.sub("", one["body"])
        number = _NUMBER.search(one["rest"])
        if (
            number is None
            or not _HEAD.match(words)
            or not re.search(rf"\bauthor\s*=\s*[\"']{author}[\"']", one["rest"])
        ):
            continue
        if held.isdisjoint(_PARAGRAPH.findall(one["body"])):
            gone.add(number[1])
        else:
            kept.add(without_number(words))
    return Earlier(frozenset(gone), frozenset(kept))


def without_number(words: str) -> str:
    """The words of a comment without the number of its finding, which changes from check to check."""
    return "".join(_HEAD.sub("", words, count=1).split())


def without_comments(comments: str, gone: frozenset[str]) -> str:
    """The part that holds the comments, without those."""

    def keep(one: re.Match[str]) -> str:
        number = _NUMBER.search(one["rest"])
        return "" if number and number[1] in gone else one[0]

    return _COMMENT.sub(keep, comments)


def without_anchors(body: str, gone: frozenset[str]) -> str:
    """The body without the anchors of those comments, and without the runs that held nothing else."""

    def keep(one: re.Match[str]) -> str:
        return "" if one["id"] in gone else one[0]

    return _ANCHOR.sub(keep, _REFERENCE_RUN.sub(keep, body)) if gone else body


def _held(extended: str) -> frozenset[str]:
    """The paragraphs that an answer hangs on, or that are marked as done."""
    held = set[str]()
    for row in _ROW.finditer(extended):
        held.update(_PARENT.findall(row[0]))
        if _IS_DONE.search(row[0]):
            held.update(_PARAGRAPH.findall(row[0]))
    return frozenset(held)
