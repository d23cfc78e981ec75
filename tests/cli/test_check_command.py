"""`jixiao read` and `jixiao check` on files of their own: fields, exit codes, folders, files that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

RIGHT = "走访企业35家，其中制造业6家、服务业29家。"
WRONG = "全年收到来信120件，其中A类20件、B类70件、C类33件。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "a.txt").write_text(WRONG, encoding="gb18030")
    return tmp_path


def test_read_tells_every_quantity_with_its_place(jixiao_in, folder: Path) -> None:
    done = jixiao_in(folder / "home", "read", str(folder / "b.txt"), "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [(row["text"], row["value"], row["unit"], row["role"]) for row in rows] == [
        ("35家", "35", "家", "total"),
        ("6家", "6", "家", "part"),
        ("29家", "29", "家", "part"),
    ]
    assert all(RIGHT[row["start"] : row["end"]] == row["text"] for row in rows)
    assert {"file", "qualifier", "kind"} <= rows[0].keys()


def test_check_says_what_holds_and_leaves_with_nought(jixiao_in, folder: Path) -> None:
    done = jixiao_in(folder / "home", "check", str(folder / "b.txt"), "--format", "jsonl")
    (row,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert list(row) == ["file", "type", "verdict", "spans", "stated", "computed", "reading", "message"]
    assert (row["type"], row["verdict"]) == ("sum", "kept")
    assert [RIGHT[start:end] for start, end in row["spans"]] == ["35家", "6家", "29家"]


def test_check_of_a_folder_goes_in_order_and_sums_up(jixiao_in, folder: Path) -> None:
    done = jixiao_in(folder / "home", "check", str(folder))
    assert done.returncode == 1
    assert done.stdout.index("a.txt") < done.stdout.index("b.txt")
    assert "20件 + 70件 + 33件 = 123件" in done.stdout
    assert "合计：数据 7　核对 7　不一致 1　读不了 0" in done.stdout


def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_done(jixiao_in, folder: Path) -> None:
    (folder / "c.docx").write_bytes(b"no document")
    done = jixiao_in(folder / "home", "check", str(folder))
    assert done.returncode == 2
    assert "c.docx" in done.stderr
    assert "不一致 1　读不了 1" in done.stdout


def test_mistakes_get_a_sentence(jixiao_in, folder: Path) -> None:
    done = jixiao_in(folder / "home", "check", str(folder), "--format", "pdf")
    assert (done.returncode, done.stderr.strip()) == (2, "没有格式“pdf”，可用：text、jsonl、html")
    (folder / "empty").mkdir()
    done = jixiao_in(folder / "home", "read", str(folder / "empty"))
    assert done.returncode == 2
    assert "没有文档" in done.stderr
