"""A page that is one form: it shows its boxes, acts once, and comes back with everything typed when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jixiao.errors import FieldErrors, JixiaoError, NotAllowed, NotFound, Stale, StepNotLegal
from jixiao.ledger.queries import names
from jixiao.ledger.queries.names import RecordRow
from jixiao.ledger.rules import catalogue as in_force
from jixiao.web import entries as boxes
from jixiao.web import once, words
from jixiao.web.entries import Entry, ErrorItem, Errors

REFUSED = 422
CONFLICT = 409


class FormPage:
    """`extra` is what the template needs beside heading, button, boxes and the way back."""

    template = "web/records/form.html"

    def __init__(
        self,
        request: HttpRequest,
        heading: str,
        button: str,
        entries: list[Entry],
        back_url: str,
        **extra: Any,
    ) -> None:
        self.request, self.heading, self.button = request, heading, button
        self.entries, self.back_url, self.extra = entries, back_url, extra
        self.ways: Callable[[], list[dict[str, str]]] = list  # where a refused step is put right

    def refill(self) -> None:
        boxes.refill(self.entries, self.request.POST)

    def values(self, fields: Iterable[Entry], others: Iterable[Entry] = ()) -> dict[str, Any]:
        """The values of the fields; raises FieldErrors with every message of fields and others together."""
        read, rest = list(fields), list(others)
        found = boxes.values(read)
        boxes.values(rest)
        wrong = {entry.name: entry.error for entry in [*read, *rest] if entry.error}
        if wrong:
            raise FieldErrors(wrong)
        return found

    def do(self, act: Callable[[], str], title: str, row: RecordRow | None = None) -> HttpResponse:
        """Run `act` once and go where it says; a refusal becomes the error summary of this page."""
        try:
            return once.do(self.request, act)
        except (NotFound, NotAllowed):
            raise
        except FieldErrors as wrong:
            return self.show(boxes.summary(title, self.entries, wrong.errors), REFUSED)
        except Stale as late:
            return self._stale(late, row)
        except StepNotLegal as early:
            reasons = early.reasons or (str(early),)
            self.extra["mend_ways"] = self.ways()
            return self.show(Errors(title, [ErrorItem(reason) for reason in reasons]), CONFLICT)
        except JixiaoError as refused:
            return self.show(Errors(title, [ErrorItem(str(refused))]), REFUSED)

    def show(self, errors: Errors | None = None, status: int = 200) -> HttpResponse:
        later = [entry for entry in self.entries if entry.is_later]
        context = {
            "heading": self.heading,
            "button": self.button,
            "entries": self.entries,
            "later": later,
            "is_later_open": any(entry.error or entry.raw for entry in later),
            "back_url": self.back_url,
            "errors": errors,
            "form_id": once.fresh(),
            "has_file": any(entry.widget in ("file", "files") for entry in self.entries),
            "seen": None,
            **self.extra,
        }
        return render(self.request, self.template, context, status=status)

    def _stale(self, late: Stale, row: RecordRow | None) -> HttpResponse:
        """Both versions side by side; a box this person had not touched takes the other's value."""
        if row is None:
            return self.show(Errors("在您填写时，别人改过", [ErrorItem(str(late))]), CONFLICT)
        catalogue = in_force()
        kind = catalogue.kind(row.kind)
        before = names.data_at(self.request.user, row, int(self.request.POST.get("seen", "0") or 0))
        row.refresh_from_db()
        called = names.labels(str(new) for new in late.changes.values())
        mine = {entry.name: entry for entry in self.entries}
        compared = []
        for name, new in late.changes.items():
            entry = mine.get(name)
            theirs = words.fact(kind, name, new, catalogue, called)
            line = {"title": words.fact_title(kind, name), "theirs": theirs, "mine": "—"}
            if entry is not None and entry.spec is not None:
                line["mine"] = _mine(entry)
                if entry.raw == boxes.typed(entry.spec, before.get(name), catalogue):
                    line["mine"] = "没有改，已换成左边的"
                    entry.raw = boxes.typed(entry.spec, new, catalogue)
            compared.append(line)
        self.extra |= {"theirs": compared, "seen": row.version}
        return self.show(Errors("在您填写时，别人改过这条记录", [ErrorItem(str(late), "theirs")]), CONFLICT)


def _mine(entry: Entry) -> str:
    """What this person typed, a choice by its title."""
    return next((choice.title for choice in entry.options if choice.is_chosen), entry.raw)
