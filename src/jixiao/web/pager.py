"""Where one stands in a long list, and the way to its neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page


def pager(page: Page[Any], query: Mapping[str, str]) -> dict[str, Any]:
    """What the pager template needs; `query` is the rest of the address."""

    def url(number: int) -> str:
        return "?" + urlencode({**query, "page": number})

    return {
        "page": page.number,
        "pages": page.paginator.num_pages,
        "previous_url": url(page.previous_page_number()) if page.has_previous() else "",
        "next_url": url(page.next_page_number()) if page.has_next() else "",
    }
