"""Official papers of a record, as .docx and .pdf."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jixiao.errors import StepNotLegal
from jixiao.ledger.queries import prints as queries
from jixiao.reports import write_docx
from jixiao.web.gate import gate


@gate()
def download(request: HttpRequest, record: Any, pack: str, paper: str, form: str) -> HttpResponse:
    """The paper; where the record is not so far, back to it with the reason."""
    try:
        found = queries.paper(request.user, str(record), f"{pack}/{paper}")
    except StepNotLegal as early:
        messages.warning(request, f"{early}：{'；'.join(early.reasons)}")
        return redirect("web:record", record)
    if form == "pdf":
        from jixiao.reports import write_pdf  # the typesetter is loaded for those who print

        content, media = write_pdf.write(found.document, None), "application/pdf"
    else:
        content, media = write_docx.write(found.document, None), write_docx.MEDIA_TYPE
    answer = HttpResponse(content, content_type=media)
    name = quote(f"{found.definition.title}.{form}")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer
