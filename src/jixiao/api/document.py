"""The OpenAPI document: the library's, with every kind of the packs spelt out as a resource with schemas of its own."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from jixiao.api import filters, shapes
from jixiao.api.answers import Refusal
from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.columns import Column
from jixiao.catalogue.kinds import Kind

ANY_KIND = "/records/{pack}/{kind}"
COMPONENTS = "#/components/schemas/"
REFUSED = {"application/json": {"schema": {"$ref": f"{COMPONENTS}Refusal"}}}


def with_kinds(document: dict[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """Put a path per kind in the place of the one that stands for all, its schemas among the components, and say how
    refusals look.
    """
    paths: dict[str, Any] = {}
    for address, operations in document["paths"].items():
        if address.endswith(ANY_KIND):
            start = address.removesuffix(ANY_KIND)
            for kind in catalogue.kinds.values():
                paths[f"{start}/records/{kind.full_id}"] = dict(_operations(operations, kind))
        else:
            paths[address] = operations
    for operations in paths.values():
        for one in operations.values():
            one["responses"]["4XX"] = {"description": "说明和各字段的问题", "content": REFUSED}
    document["paths"] = paths
    document["components"]["schemas"]["Refusal"] = Refusal.model_json_schema()
    for kind in catalogue.kinds.values():
        document["components"]["schemas"] |= _schemas(kind, catalogue)
    return document


def component(kind: Kind, part: str = "") -> str:
    """The name of a kind's schema: cases.complaint, cases.complaint.typed, cases.complaint.record."""
    return ".".join(filter(None, (kind.pack, kind.id, part)))


def _operations(operations: Mapping[str, Any], kind: Kind) -> Iterator[tuple[str, Any]]:
    for method, general in operations.items():
        one = copy.deepcopy(general)
        one["operationId"] = f"{method}_{kind.pack}_{kind.id}"
        one["summary"] = f"{kind.title}：{general['summary']}"
        one["tags"] = [kind.title]
        one["parameters"] = [
            parameter for parameter in one["parameters"] if parameter["name"] not in ("pack", "kind")
        ]
        if method == "get":
            one["parameters"] += _parameters(kind)
            _answer(one, 200, _page_of(kind))
        else:
            one["requestBody"]["content"]["application/json"]["schema"] = {
                "allOf": [{"$ref": f"{COMPONENTS}NewRecord"}, _values_are(kind, "typed")]
            }
            _answer(one, 201, {"$ref": COMPONENTS + component(kind, "record")})
        yield method, one


def _answer(operation: dict[str, Any], status: int, schema: Mapping[str, Any]) -> None:
    operation["responses"][status]["content"]["application/json"]["schema"] = schema


def _page_of(kind: Kind) -> dict[str, Any]:
    items = {"type": "array", "items": {"$ref": COMPONENTS + component(kind, "record")}}
    return {"allOf": [{"$ref": f"{COMPONENTS}Page"}, {"type": "object", "properties": {"items": items}}]}


def _values_are(kind: Kind, part: str) -> dict[str, Any]:
    return {"type": "object", "properties": {"values": {"$ref": COMPONENTS + component(kind, part)}}}


def _schemas(kind: Kind, catalogue: Catalogue) -> dict[str, Any]:
    record = {
        "title": f"{kind.title}记录",
        "allOf": [{"$ref": f"{COMPONENTS}RecordAnswer"}, _values_are(kind, "")],
    }
    return {
        component(kind): shapes.exact(kind, catalogue),
        component(kind, "typed"): shapes.typed(kind, catalogue),
        component(kind, "record"): record,
    }


def _parameters(kind: Kind) -> list[dict[str, Any]]:
    found = []
    if kind.states:
        states = [{"const": state, "title": spec.title} for state, spec in kind.states.items()]
        found.append(_parameter("state", "状态", {"type": "array", "items": {"oneOf": states}}))
    for column in filters.columns(kind).values():
        for name in filters.names_of(column):
            found.append(_parameter(name, _title(column, name), {"type": "string"}))
    return found


def _title(column: Column, name: str) -> str:
    ends = {f"{column.name}.from": "，自", f"{column.name}.to": "，至"}
    return column.title + ends.get(name, "")


def _parameter(name: str, title: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "in": "query",
        "name": name,
        "required": False,
        "description": title,
        "schema": {"title": title, **schema},
    }
