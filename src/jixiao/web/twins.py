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

from jixiao.formulas import harmless


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> HttpResponse:
    """A .csv download named `name`."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(title) for title in header])
    writer.writerows(["" if cell is None else harmless(cell) for cell in row] for row in rows)
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
