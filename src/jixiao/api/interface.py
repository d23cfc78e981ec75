"""The interface as a whole: what it calls itself, how it writes JSON, that nothing of it is cached, and its document."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from jixiao.api.document import with_kinds
from jixiao.ledger.rules import catalogue as in_force


class ChineseJson(JSONRenderer):
    """Characters as they are, so that a person can read an answer too."""

    json_dumps_params = {"ensure_ascii": False}


class Interface(NinjaAPI):
    def create_response(self, request: HttpRequest, data: Any, **given: Any) -> HttpResponse:
        response = super().create_response(request, data, **given)
        add_never_cache_headers(response)
        return response

    def get_openapi_schema(self, **given: Any) -> Any:
        """Made anew for each asking: a local pack may have changed the kinds."""
        return with_kinds(super().get_openapi_schema(**given), in_force())
