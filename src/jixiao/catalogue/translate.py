"""Turns pydantic's complaints about a definition into Chinese: what was found and what would be right."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from jixiao.catalogue.meanings import meaning
from jixiao.catalogue.nearest import listed, nearest
from jixiao.catalogue.pieces import Complaint
from jixiao.catalogue.read_yaml import Keys

_ID_PATTERN = "^[a-z][a-z0-9_]{0,47}$"

_TYPES = {
    "string_type": "文字",
    "int_type": "整数",
    "int_parsing": "整数",
    "int_from_float": "整数",
    "bool_type": "true 或 false",
    "bool_parsing": "true 或 false",
    "date_type": "日期，如 2020-03-05",
    "date_parsing": "日期，如 2020-03-05",
    "date_from_datetime_parsing": "日期，如 2020-03-05",
    "decimal_type": "数字",
    "decimal_parsing": "数字",
    "list_type": "列表（每项一行，以“- ”开头）",
    "tuple_type": "列表（每项一行，以“- ”开头）",
    "mapping_type": "“名称: 值”形式的内容",
    "dict_type": "“名称: 值”形式的内容",
    "model_type": "“名称: 值”形式的内容",
    "model_attributes_type": "“名称: 值”形式的内容",
}


def complaints(error: ValidationError, model: type[BaseModel], data: Any) -> list[Complaint]:
    """Every error of one definition, each with the path in the file it belongs to."""
    found = [_complaint(detail, model, data) for detail in error.errors(include_url=False)]
    seen: dict[tuple[Keys, str], Complaint] = {}
    for one in found:  # a union complains once per branch: one is enough
        seen.setdefault((one[0], one[1]), one)
    return list(seen.values())


def _complaint(detail: ErrorDetails, model: type[BaseModel], data: Any) -> Complaint:
    location = tuple(part for part in detail["loc"] if part != "[key]")
    path = _path_in(data, location)
    kind = detail["type"]
    context = detail.get("ctx", {})
    given = detail["input"]
    if kind == "missing":
        word = str(location[-1])
        return (*path, word) if path[-1:] != (word,) else path, "没有写", f"写上 {word}{_hint(word)}"
    if kind == "extra_forbidden":
        return _unknown_word(path, location, model)
    if kind == "value_error":
        return path, *_told(str(context.get("error", detail["msg"])))
    if kind in {"enum", "literal_error"}:
        return (
            path,
            f"{_shown(given)}不在可选之列",
            _allowed(_annotation_at(model, location), str(given), context),
        )
    if kind == "string_pattern_mismatch":
        return path, f"“{given}”的写法不对", _pattern(str(context.get("pattern", "")))
    if kind in {"too_short", "string_too_short"}:
        return path, "是空的", "至少写一项" if kind == "too_short" else "不能为空的文字"
    if kind in {"greater_than_equal", "less_than_equal", "greater_than", "less_than"}:
        return path, f"{given} 超出范围", _range(kind, context)
    if kind == "invalid_key":
        return path, f"名称{_shown(location[-1])}不是文字", "文字；像数字的名称用引号括起"
    if kind in _TYPES:
        return path, f"写成了{_shown(given)}", _TYPES[kind]
    if kind in {"union_tag_not_found", "union_tag_invalid"}:
        return path, _tag_found(context), _tags(context)
    return path, f"{_shown(given)}不能这样写", "规则包参考中这一项的写法"


def _told(message: str) -> tuple[str, str]:
    """A validator's own sentence, cut into what was found and what would be right."""
    found, _, expected = message.partition("；")
    if expected:
        return found, expected.removeprefix("应")
    must = "应为" if "应为" in message else "应"
    return ("写得不对", message.replace(must, "", 1)) if must in message else (message, "按此改正")


def _hint(word: str) -> str:
    return {
        "title": "（中文名称）",
        "source": "（依据：文件名称，条款写在 clause）",
        "unit": "（单位，如 件、次、元；比率写 ratio）",
        "about": "（记录的是什么：office 机关工作、organisation 单位、place 地方、person 个人）",
        "shape": "（形态，如 case、activity）",
        "label": "（列表中用来称呼一条记录的字段）",
        "theme": "（主题）",
        "rows": "（数哪一类记录）",
        "roles": "（哪些角色可以办理）",
        "gives": "（应得出的准确值）",
    }.get(word, "")


def _path_in(data: Any, location: tuple[Any, ...]) -> Keys:
    """The part of pydantic's location that exists in the data; names of union branches fall out.

    Such a name may also be a key (`target` is both), so of all readings the one that reaches the end is taken.
    """
    return max(_readings(data, location), key=lambda reading: (reading[1], len(reading[0])))[0]


def _readings(data: Any, location: tuple[Any, ...]) -> Iterator[tuple[Keys, bool]]:
    if not location:
        yield (), True
        return
    part, rest = location[0], location[1:]
    inside = isinstance(data, Mapping) and part in data
    if inside or (isinstance(data, list) and isinstance(part, int) and part < len(data)):
        key = part.isoformat() if isinstance(part, date) else part
        for path, reaches in _readings(data[part], rest):
            yield (key, *path), reaches
    if rest:
        yield from _readings(data, rest)
    else:
        yield (), False


def _unknown_word(path: Keys, location: tuple[Any, ...], model: type[BaseModel]) -> Complaint:
    word = str(location[-1])
    owner = _annotation_at(model, location[:-1])
    models = _models_in(owner)
    words = [
        field.alias or name for one in models for name, field in one.model_fields.items() if name != "pack"
    ]
    near = nearest(word, words, 1)
    expected = f"是否想写 {near[0]}；" if near else ""
    return path, f"不认得“{word}”", f"{expected}可用：{listed(dict.fromkeys(words), 24)}"


def _allowed(annotation: Any, given: str, context: Mapping[str, Any]) -> str:
    for one in _branches(annotation):
        if isinstance(one, type) and issubclass(one, StrEnum):
            values = [member.value for member in one]
            words = [
                f"{member.value}（{meaning(member)}）" if meaning(member) else member.value for member in one
            ]
            break
        if get_origin(one) is Literal:
            values = words = [str(value) or "（空）" for value in get_args(one)]
            break
    else:
        return str(context.get("expected", ""))
    near = nearest(given, values, 1)
    return (f"是否想写 {near[0]}；" if near else "") + f"可用：{'、'.join(words)}"


def _pattern(pattern: str) -> str:
    if pattern == _ID_PATTERN:
        return "以小写英文字母开头，只含小写字母、数字、下划线，最多48个"
    if "/" in pattern:
        return "编号（如 proposal），或“规则包/编号”；只含小写英文字母、数字、下划线"
    return f"合于 {pattern}"


def _range(kind: str, context: Mapping[str, Any]) -> str:
    words = {
        "greater_than_equal": "不小于",
        "less_than_equal": "不大于",
        "greater_than": "大于",
        "less_than": "小于",
    }
    return words[kind] + str(next(iter(context.values()), ""))


def _tag_found(context: Mapping[str, Any]) -> str:
    tag = context.get("tag")
    return f"不认得“{tag}”" if tag else f"没有写 {_discriminator(context)}"


def _tags(context: Mapping[str, Any]) -> str:
    known = str(context.get("expected_tags", "")).replace("'", "").replace(", ", "、")
    return f"可用：{known}" if known else f"写上 {_discriminator(context)}"


def _discriminator(context: Mapping[str, Any]) -> str:
    return str(context.get("discriminator", "")).strip("'")


def _shown(given: Any) -> str:
    if given is None:
        return "空值"
    if isinstance(given, bool):
        return f"是否值 {str(given).lower()}"
    if isinstance(given, int | Decimal):
        return f"数字 {given}"
    if isinstance(given, date):
        return f"日期 {given.isoformat()}"
    if isinstance(given, Mapping):
        return "“名称: 值”形式的内容"
    if isinstance(given, list):
        return "列表"
    text = str(given)
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"


def _annotation_at(model: type[BaseModel], location: tuple[Any, ...]) -> Any:
    """Follow a location through the annotations of the definitions; None where it cannot be followed."""
    here: Any = model
    for part in location:
        step = [found for branch in _branches(here) if (found := _below(branch, part)) is not None]
        here = Union[tuple(step)] if step else here  # noqa: UP007 (built at run time)
    return here


def _below(branch: Any, part: Any) -> Any:
    if isinstance(branch, type) and issubclass(branch, BaseModel):
        for name, field in branch.model_fields.items():
            if part in {name, field.alias}:
                return field.annotation
        return None
    origin, arguments = get_origin(branch), get_args(branch)
    if isinstance(origin, type) and issubclass(origin, Mapping) and len(arguments) == 2:
        return arguments[1]
    if origin in {tuple, list} and isinstance(part, int) and arguments:
        return arguments[0]
    return None


def _branches(annotation: Any) -> list[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _branches(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        return [branch for one in get_args(annotation) for branch in _branches(one)]
    return [annotation]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    return [one for one in _branches(annotation) if isinstance(one, type) and issubclass(one, BaseModel)]
