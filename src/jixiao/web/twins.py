"""Data twins: the same rows as a page, as JSON or CSV, under the same permission and filters.

CSV is written for spreadsheets: with a byte-order mark, and no cell that a spreadsheet would run as a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.http import HttpResponse, JsonResponse

_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?")
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: object) -> object:
    """A cell a spreadsheet shows as text: what could start a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.lstrip().startswith(_STARTS) and not _NUMBER.fullmatch(value.strip()):
        return "'" + value
    return "" if value is None else value


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> HttpResponse:
    """A .csv download named `name`."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(title) for title in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = attachment(name)
    return response


def as_json(data: object) -> JsonResponse:
    return JsonResponse(
        data, safe=False, json_dumps_params={"ensure_ascii": False, "indent": 1, "default": str}
    )


def attachment(name: str) -> str:
    """A Content-Disposition that no file name can break out of (RFC 6266)."""
    kept = re.sub(r'[\x00-\x1f\x7f"\\/:*?<>|;]', "_", name).strip(". ") or "download"
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", kept)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(kept, safe='')}"
