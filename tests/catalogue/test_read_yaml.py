"""Plain data with lines, and one friendly problem where a file cannot be read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.catalogue.read_yaml import MOST_VALUES, parse, read


def test_only_the_core_schema_is_read() -> None:
    text = parse(
        "yes_word: yes\nswitch: on\ntrue_word: true\nnothing: null\nempty:\nwhole: 12\ncode: 0123\n"
        "exact: 1.50\nday: 2020-03-05\nquoted: '12'\ntime: 12:30:00\nexponent: 1e5\n",
        "a.yaml",
    )
    assert text.problems == []
    assert text.data == {
        "yes_word": "yes",
        "switch": "on",
        "true_word": True,
        "nothing": None,
        "empty": None,
        "whole": 12,
        "code": "0123",
        "exact": Decimal("1.50"),
        "day": date(2020, 3, 5),
        "quoted": "12",
        "time": "12:30:00",
        "exponent": "1e5",
    }
    assert str(text.data["exact"]) == "1.50"


def test_every_path_has_its_line() -> None:
    text = parse("a: 1\nb:\n  - x\n  - c:\n      d: 2\n", "a.yaml")
    assert text.line(("a",)) == 1
    assert text.line(("b", 1)) == 4
    assert text.line(("b", 1, "c", "d")) == 5
    assert text.line(("b", 1, "c", "absent")) == 4
    assert text.line(("nowhere",)) == 1


def test_a_key_given_twice_is_told_at_the_second() -> None:
    (problem,) = parse("a:\n  b: 1\n  b: 2\n", "a.yaml").problems
    assert (problem.line, problem.field, problem.found) == (3, "a.b", "“b”写了两遍")


@pytest.mark.parametrize(
    ("source", "line", "found"),
    [
        ("a: 1\nb: x: y\n", 2, "这里不应再出现“名称: 值”"),
        ("a:\n\t- 1\n", 2, "制表符"),
        ("a: [1, 2\nb: 3\n", 2, "括号没有写完整"),
        ('a: "x\n', 1, "引号没有收尾"),
        ("a: *b\n", 1, "没有定义过的锚点"),
        ("", 1, "文件是空的"),
        ("a: 1\n---\nb: 2\n", 2, "两份内容"),
        ("a: !!python/object/apply:os.getcwd []\n", 1, "标签"),
        ("a: 2020-02-30\n", 1, "不是日历上有的日子"),
    ],
)
def test_a_broken_file_is_told_by_line(source: str, line: int, found: str) -> None:
    (problem,) = parse(source, "a.yaml").problems
    assert (problem.file, problem.line) == ("a.yaml", line)
    assert found in problem.found


def test_anchors_cannot_swell_a_file() -> None:
    layers = ["a0: &a0 [1,1,1,1,1,1,1,1,1,1]"]
    layers += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    text = parse("\n".join(layers), "a.yaml")
    assert len(text.lines) <= MOST_VALUES + 100
    assert [problem.found for problem in text.problems] == ["锚点引用过多或引用了自己"]


def test_an_anchor_within_itself_is_refused() -> None:
    text = parse("a: &a\n  b: *a\n", "a.yaml")
    assert [problem.found for problem in text.problems] == ["锚点引用过多或引用了自己"]


def test_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes("ab: 1\ntitle: 名称\n".encode("gbk"))
    (problem,) = read(file, "a.yaml").problems
    assert problem.line == 2
    assert "UTF-8" in problem.found
