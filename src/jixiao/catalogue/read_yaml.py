"""Reads one YAML file into plain data and remembers on which line each value stands.

Only the core schema: true/false, null, whole numbers, plain decimals (as Decimal), dates, text. No
yes/no/on, no octal, no tags, no merge keys; a key given twice is a problem, and anchors cannot swell a
file without bound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from jixiao.errors import Problem

Keys = tuple[str | int, ...]  # the way to a value: ("fields", "amount", "nature")

MOST_VALUES = 100_000
_TEXT_TAG = "tag:yaml.org,2002:str"
_PLAIN_TAGS = {_TEXT_TAG, "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes only; scalars are resolved here and not by YAML 1.1's table."""

    yaml_implicit_resolvers: dict[str, Any] = {}


@dataclass(slots=True)
class Text:
    """What one file holds: `data` as plain values, and the line of every path in it."""

    file: str
    data: Any = None
    lines: dict[Keys, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Keys) -> int:
        """The line of `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(path: Path, shown: str) -> Text:
    """Read the file; what is wrong with it stands in `problems`, told under the name `shown`."""
    try:
        source = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return Text(shown, problems=[Problem(shown, line, "文件", "不是 UTF-8 编码", "请另存为 UTF-8 编码")])
    except OSError:
        return Text(shown, problems=[Problem(shown, 1, "文件", "无法读取", "可读取的 YAML 文件")])
    return parse(source, shown)


def parse(source: str, shown: str) -> Text:
    """Read YAML given as text; see `read`."""
    text = Text(shown)
    loader = _Loader(source)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        text.problems.append(_broken(error, source, shown))
        return text
    finally:
        loader.dispose()
    if node is None:
        text.problems.append(Problem(shown, 1, "文件", "文件是空的", "“名称: 值”形式的内容"))
        return text
    reader = _Reader(text)
    text.data = reader.value(node, ())
    return text


def _broken(error: yaml.YAMLError, source: str, shown: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = min(mark.line, source.rstrip().count("\n")) + 1 if mark is not None else 1
    told = str(getattr(error, "problem", "") or error)
    if _SLOT_FIRST.search(source.splitlines()[line - 1] if source else ""):
        return Problem(
            shown, line, "文件", "值以花括号的空位开头而没有加引号", 'text: "{org}……" 这样用引号括起'
        )
    for words, found, expected in _TOLD:
        if words in told:
            return Problem(shown, line, "文件", found, expected)
    return Problem(
        shown, line, "文件", "不合 YAML 写法，读到这里无法继续", "检查本行及上一行的缩进、冒号、引号和括号"
    )


_SLOT_FIRST = re.compile(
    r":\s+\{[a-z_.=:/]+\}\s*[^\s,}]"
)  # text: {org}2020年…, which YAML takes for a mapping
_TOLD = (
    (
        "mapping values are not allowed",
        "这里不应再出现“名称: 值”",
        "值中有冒号时用引号括起；下级内容另起一行并缩进",
    ),
    ("'\\t'", "用了制表符（Tab）", "缩进用空格"),
    (
        "found character that cannot start",
        "行首或值首有不能这样用的字符（如制表符、@、`）",
        "缩进用空格；特殊字符用引号括起",
    ),
    ("expected ',' or", "方括号或花括号没有写完整", "各项以英文逗号分开，并有收尾的括号"),
    ("could not find expected ':'", "名称后面缺少冒号", "“名称: 值”，冒号用英文半角且后面空一格"),
    ("end of stream", "引号没有收尾", "成对的引号"),
    ("undefined alias", "引用了没有定义过的锚点（*名称）", "先以 &名称 定义，或直接写出内容"),
    ("did not find expected", "缩进或结构不一致", "同级内容缩进相同，列表各项都以“- ”开头"),
    ("found another document", "一个文件里有两份内容（---）", "一个文件只写一份内容"),
)


class _Reader:
    """Turns nodes into plain values, noting lines and problems as it goes."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.count = 0
        self.above: set[int] = set()

    def value(self, node: yaml.Node, path: Keys) -> Any:
        self.count += 1
        line = node.start_mark.line + 1
        self.text.lines.setdefault(path, line)
        if self.count > MOST_VALUES or id(node) in self.above:
            if self.count <= MOST_VALUES + 1:
                self.problem(line, path, "锚点引用过多或引用了自己", "直接写出内容")
            self.count = max(self.count, MOST_VALUES + 1)
            return None
        if node.tag not in _PLAIN_TAGS:
            self.problem(line, path, f"用了标签 {node.tag}", "不写标签")
            return None
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, path, line)
        self.above.add(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
            return self.mapping(node, path)
        finally:
            self.above.discard(id(node))

    def mapping(self, node: yaml.Node, path: Keys) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problem(line, path, "名称是一个列表或映射", "一个词")
                continue
            key = self.scalar(key_node, path, line)
            key = key_node.value if key is None or isinstance(key, bool | Decimal) else key
            if key in found:
                self.problem(line, (*path, str(key)), f"“{key}”写了两遍", "只写一遍")
                continue
            below = (*path, key if isinstance(key, str | int) else key.isoformat())
            self.text.lines[below] = line
            found[key] = self.value(value_node, below)
        return found

    def scalar(self, node: yaml.ScalarNode, path: Keys, line: int) -> Any:
        written: str = node.value
        if node.style:  # quoted or block: text, whatever it looks like
            return written
        if written in _WORDS:
            return _WORDS[written]
        if _WHOLE.fullmatch(written):
            return int(written)
        if _DECIMAL.fullmatch(written):
            return Decimal(written)
        if _DATE.fullmatch(written):
            try:
                return date.fromisoformat(written)
            except ValueError:
                self.problem(line, path, f"{written} 不是日历上有的日子", "真实的日期，如 2020-03-05")
                return None
        return written

    def problem(self, line: int, path: Keys, found: str, expected: str) -> None:
        self.text.problems.append(Problem(self.text.file, line, field_name(path), found, expected))


def field_name(path: Keys) -> str:
    """A path as people read it: fields.amount.nature, versions[2].title.

    >>> field_name(("versions", 1, "title"))
    'versions[2].title'
    """
    name = ""
    for part in path:
        name += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if name else part)
    return name or "文件"
