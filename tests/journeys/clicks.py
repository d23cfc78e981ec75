"""A click ends when the page it leads to has come.

Playwright's click ends when the browser has taken it, which may be before the browser asks for the next page;
a journey that reads a heading at once would now and then read the old page's. One way to wait serves every
journey, so none of them needs to know which of its clicks lead away.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps

from playwright.sync_api import BrowserContext, Locator, Page

HEARD = 40  # milliseconds in which a browser has told of the navigation that a click began
PATIENCE = 60  # seconds; what has not come by then fails where the journey looks for it


def watch(context: BrowserContext) -> None:
    """Keep account of the pages this context's pages have asked for and not yet had."""

    def asked(request):
        if request.is_navigation_request():
            request.frame.page.under_way.add(request)

    def answered(request):
        if request.is_navigation_request():
            request.frame.page.under_way.discard(request)

    context.on("page", lambda page: setattr(page, "under_way", set()))
    context.on("request", asked)
    context.on("requestfinished", answered)
    context.on("requestfailed", answered)


@contextmanager
def that_arrive() -> Iterator[None]:
    """Within this, every click of a watched page ends when the page it leads to has come."""
    plain = Locator.click

    @wraps(plain)
    def click(self, **options):
        plain(self, **options)
        _settle(self.page)

    Locator.click = click
    try:
        yield
    finally:
        Locator.click = plain


def _settle(page: Page) -> None:
    if not hasattr(page, "under_way"):
        return
    page.wait_for_timeout(HEARD)
    until = time.monotonic() + PATIENCE
    while page.under_way and time.monotonic() < until:
        page.wait_for_timeout(HEARD)
    page.wait_for_load_state("domcontentloaded")
