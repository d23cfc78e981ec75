"""The page about the interface, made from its own document: whole without JavaScript, nothing from elsewhere.

The library's own page wants a megabyte of script and images from data addresses, which the page policy forbids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from jixiao.api.refusals import SIGN_IN, told

View = Callable[..., HttpResponse]
MEANINGS = (
    ("400", "请求内容读不出来"),
    ("401", "没有登录"),
    ("403", "没有这个权限，或缺防伪令牌"),
    ("404", "没有，或您无权查看"),
    ("409", "这一步现在不能办（reasons），或别人先改了（theirs、version）"),
    ("422", "填写有误，errors 按字段说明"),
)


class Reference(DocsBase):
    """Renders the addresses of the interface, grouped as the document tags them."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        document = api.get_openapi_schema(path_params=kwargs)
        groups: dict[str, list[dict[str, Any]]] = {}
        for entry in _entries(document):
            groups.setdefault(entry["tag"], []).append(entry)
        context = {
            "title": api.title,
            "lead": api.description,
            "groups": [{"title": tag, "entries": entries} for tag, entries in groups.items()],
            "document_url": self.get_openapi_url(api, kwargs),
            "meanings": MEANINGS,
        }
        return render(request, "api/reference.html", context)


def for_readers(view: View) -> View:
    """Page and document are for people signed in; a page asks for that, the document says so as JSON."""

    @never_cache
    @wraps(view)
    def run(request: HttpRequest, **given: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, **given)
        if request.path.endswith(".json"):
            return JsonResponse(told(SIGN_IN), status=401, json_dumps_params={"ensure_ascii": False})
        return login_required(view)(request, **given)

    return run


def _entries(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for address, operations in document["paths"].items():
        for method, one in operations.items():
            parameters = [part for part in one.get("parameters", ()) if part["in"] == "query"]
            yield {
                "tag": one["tags"][0],
                "method": method.upper(),
                "parts": address.strip("/").split("/"),
                "summary": one["summary"],
                "text": one.get("description", ""),
                "body": [
                    _named(name, schema) for name, schema in _asked(one, document["components"]["schemas"])
                ],
                "parameters": [_named(part["name"], part["schema"]) for part in parameters],
            }


def _named(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "title": schema.get("title", "")}


def _asked(operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The words of a body; the fields of a kind as values.<field>."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        properties = dict(_properties(content["schema"], schemas))
        for name, schema in properties.items():
            inner = list(_properties(schema, schemas))
            yield from ((f"{name}.{field}", one) for field, one in inner) if inner else [(name, schema)]


def _properties(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if "$ref" in schema:
        yield from _properties(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    for part in schema.get("allOf", ()):
        yield from _properties(part, schemas)
    yield from schema.get("properties", {}).items()
