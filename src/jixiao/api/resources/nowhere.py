"""Every other address: told as JSON that there is nothing, like everything else here. Must be the last router."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from ninja import Router

router = Router()


@router.api_operation(
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", include_in_schema=False, auth=None
)
def nowhere(request: HttpRequest, rest: str) -> None:
    raise Http404
