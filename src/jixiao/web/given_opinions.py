"""Opinions of findings that came with a request: in a file, in the page, in the boxes of the findings.

Who is signed in has those of the office too, and what is said is kept for the office; nobody else's is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from jixiao.errors import BadInput, FieldErrors
from jixiao.ledger.actions import opinions as actions
from jixiao.ledger.queries.opinions import opinions_of
from jixiao.reading.marked.opinions import LENGTH, LONGEST_NOTE, Opinion, read_opinions, saying_of
from jixiao.web.context import frame_of
from jixiao.web.uploads import MIB, read_upload

LARGEST = 2 * MIB
PAGE = "网页里的意见"


@dataclass(slots=True)
class Given:
    """`every` is what counts now, by fingerprint; `said` what the boxes changed, None where it was taken back."""

    org: Any
    every: dict[str, Opinion]
    said: dict[str, Opinion | None] = field(default_factory=dict)
    kept: int = 0

    def about(self, told: Mapping[str, str]) -> None:
        """Note beside each opinion which finding it is about: for people who read the file."""
        for mark, opinion in self.every.items():
            if mark in told:
                self.every[mark] = replace(opinion, about=told[mark])

    def keep(self, request: HttpRequest, told: Mapping[str, str]) -> None:
        """Keep for the office what a signed-in person said of findings of this document."""
        if self.org is None or request.POST.get("do") != "say":
            return
        for mark, opinion in self.said.items():
            if mark in told:
                verdict, note = (opinion.verdict, opinion.note) if opinion else (None, "")
                actions.say(by=request.user, org=self.org.id, fingerprint=mark, verdict=verdict, note=note)
                self.kept += 1


def given_opinions(request: HttpRequest) -> Given:
    """What the office knows, then the page, then the file, then the boxes: the later counts. Raises FieldErrors."""
    frame = frame_of(request)
    org = frame.org if frame.user else None
    every = opinions_of(request.user, org.id) if org is not None else {}
    every |= read_opinions(request.POST.get("opinions_kept", ""), PAGE)
    if "opinions" in request.FILES:
        every |= _from_file(request)
    given = Given(org, every)
    who = str(request.user) if frame.user else ""
    for name, value in request.POST.items():
        if name.startswith("say-") and len(name) == 4 + LENGTH:
            _say(given, name[4:], str(value), str(request.POST.get(f"note-{name[4:]}", "")), who)
    return given


def _from_file(request: HttpRequest) -> dict[str, Opinion]:
    content, name = read_upload(request, "opinions", LARGEST, "意见文件")
    try:
        return read_opinions(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        raise FieldErrors({"opinions": f"{name}：意见文件应为 UTF-8 编码的文本"}) from None
    except BadInput as wrong:
        raise FieldErrors({"opinions": str(wrong)}) from None


def _say(given: Given, mark: str, value: str, note: str, who: str) -> None:
    """Take what one box says, where it differs from what was said before."""
    before = given.every.get(mark)
    plain = " ".join(note.split())[:LONGEST_NOTE]
    if not value:
        if before is not None:
            given.said[mark] = None
            del given.every[mark]
        return
    verdict = saying_of(value)
    if before is None or (before.verdict, before.note) != (verdict, plain):
        made = Opinion(mark, verdict, plain, by=who, at=timezone.localdate().isoformat())
        given.every[mark] = given.said[mark] = made
