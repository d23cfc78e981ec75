"""JSON Schema of a kind's values, from the catalogue alone: titles, units and codes are those of the packs.

`exact` is what the interface gives out; `typed` is what it takes: the same, or text as office people type it.
"""

from __future__ import annotations

from typing import Any

from jixiao.catalogue import describe
from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.fields import LONGEST_TEXT
from jixiao.catalogue.kinds import FieldSpec, FieldType, Kind
from jixiao.values import Qualifier

Schema = dict[str, Any]

EXAMPLES: dict[FieldType, list[Any]] = {
    FieldType.DATE: ["2020-03-05", "2020年3月5日"],
    FieldType.MONEY: ["730000", "73万元", "1,200.50"],
    FieldType.STATED: ["30余", "约300", "300以上"],
    FieldType.BOOLEAN: [True, "是"],
}
NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.STATED)


def exact(kind: Kind, catalogue: Catalogue) -> Schema:
    """The values of a record as they are given out; an absent one is null."""
    properties = {
        name: {"title": spec.title, "description": _words(spec, catalogue)}
        | _or_null(_exact(spec, catalogue))
        for name, spec in kind.fields.items()
    }
    return {
        "type": "object",
        "title": kind.title,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def typed(kind: Kind, catalogue: Catalogue) -> Schema:
    """The values as they are taken for a new record; a number the program gives is not asked for."""
    numbered = kind.number.field if kind.number else ""
    properties = {
        name: {"title": spec.title, "description": _words(spec, catalogue)} | _typed(spec, catalogue)
        for name, spec in kind.fields.items()
        if name != numbered
    }
    return {
        "type": "object",
        "title": f"{kind.title}（填写）",
        "properties": properties,
        "required": [name for name in properties if kind.fields[name].required],
        "additionalProperties": False,
    }


def _exact(spec: FieldSpec, catalogue: Catalogue) -> Schema:
    match spec.type:
        case FieldType.DATE:
            return {"type": "string", "format": "date"}
        case FieldType.INTEGER:
            return {"type": "integer"}
        case FieldType.DECIMAL:
            return {"type": "string", "pattern": rf"^-?\d+(\.\d{{1,{max(spec.places, 1)}}})?$"}
        case FieldType.MONEY:
            return {"type": "string", "pattern": r"^-?\d+(\.\d{1,2})?$"}
        case FieldType.BOOLEAN:
            return {"type": "boolean"}
        case FieldType.STATED:
            return _stated()
        case FieldType.CODE:
            return {"oneOf": _codes(spec, catalogue)}
        case FieldType.REF:
            return {"type": "string", "format": "uuid"}
        case FieldType.TEXT:
            return {"type": "string", "maxLength": LONGEST_TEXT}
        case FieldType.FORM:
            return _form()
    return {"type": "string"}


def _typed(spec: FieldSpec, catalogue: Catalogue) -> Schema:
    found = [_exact(spec, catalogue)]
    if spec.type in (*NUMBERS, FieldType.DATE, FieldType.BOOLEAN, FieldType.CODE):
        found.append({"type": "string"})
    if spec.type in NUMBERS:
        found.append({"type": "number"})
    if not spec.required:
        found.append({"type": "null"})
    examples = {"examples": EXAMPLES[spec.type]} if spec.type in EXAMPLES else {}
    return examples | ({"anyOf": found} if len(found) > 1 else found[0])


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _stated() -> Schema:
    return {
        "type": "object",
        "properties": {"value": {"type": "integer"}, "qualifier": {"enum": [one.value for one in Qualifier]}},
        "required": ["value", "qualifier"],
        "additionalProperties": False,
    }


def _form() -> Schema:
    """Texts by cell address, and the rows of lists; see `catalogue.form_values`."""
    texts = {"type": "object", "additionalProperties": {"type": "string"}}
    rows = {"type": "object", "additionalProperties": {"type": "array", "items": texts}}
    return {
        "type": "object",
        "properties": {"entries": texts, "lists": rows},
        "additionalProperties": False,
    }


def _codes(spec: FieldSpec, catalogue: Catalogue) -> list[Schema]:
    table = catalogue.codes[spec.codes or ""]
    return [{"const": code, "title": one.title} for code, one in table.codes.items()]


def _words(spec: FieldSpec, catalogue: Catalogue) -> str:
    unit = "元" if spec.type is FieldType.MONEY else spec.unit
    parts = [describe.field(spec, catalogue), f"单位{unit}" if unit else "", spec.hint]
    return "；".join(part for part in parts if part)
