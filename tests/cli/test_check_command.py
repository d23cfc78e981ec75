"""`jixiao read` and `jixiao check` on files of their own: fields, exit codes, folders, files that cannot be read."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.processes import environment

QUANTITY = ["file", "start", "end", "text", "value", "unit", "qualifier", "kind"]
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
    assert [(row["text"], row["value"], row["unit"]) for row in rows] == [
        ("35家", "35", "家"),
        ("6家", "6", "家"),
        ("29家", "29", "家"),
    ]
    assert all(RIGHT[row["start"] : row["end"]] == row["text"] for row in rows)
    assert [list(row) for row in rows] == [QUANTITY] * 3


def test_read_tells_the_upper_end_and_the_direction_where_there_is_one(jixiao_in, tmp_path: Path) -> None:
    words = "比上年下降27.78%，每件用时3至5天，常住人口增加到732万人。"
    (tmp_path / "c.txt").write_text(words, encoding="utf-8")
    done = jixiao_in(tmp_path / "home", "read", str(tmp_path / "c.txt"), "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["value"], row.get("high"), row.get("change")) for row in rows] == [
        ("0.2778", None, "down"),
        ("3", "5", None),
        ("7320000", None, None),
    ]


def test_read_tells_the_words_around_where_they_are_asked_for(jixiao_in, folder: Path) -> None:
    done = jixiao_in(folder / "home", "read", str(folder / "b.txt"), "--format", "jsonl", "--context")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert list(rows[0]) == [*QUANTITY, "role", "place", "clause", "section", "period"]
    assert [(row["role"], row["clause"]) for row in rows] == [
        ("total", "走访企业"),
        ("part", "其中制造业"),
        ("part", "服务业"),
    ]


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


def test_of_many_files_those_are_listed_that_need_a_look(jixiao_in, folder: Path) -> None:
    for number in range(31):
        (folder / f"c{number}.txt").write_text(RIGHT, encoding="utf-8")
    (folder / "d.docx").write_bytes(b"no document")
    done = jixiao_in(folder / "home", "check", str(folder))
    table = done.stdout.partition("共 34 个文件\n")[2].splitlines()
    assert [line.split("　")[0].rpartition("/")[2] for line in table[:2]] == ["a.txt", "d.docx"]
    assert table[2] == "  其余 32 个文件没有发现不一致；要逐个列出，请加 --summary 汇总.xlsx"
    assert table[3].startswith("合计：数据 ")
    assert len(table) == 4


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


def test_pages_go_to_a_folder_and_one_to_the_screen(jixiao_in, folder: Path) -> None:
    done = jixiao_in(folder / "home", "check", str(folder), "--format", "html")
    assert done.returncode == 2
    assert "请用 --out" in done.stderr
    done = jixiao_in(folder / "home", "check", str(folder), "--format", "html", "--out", str(folder / "out"))
    assert done.returncode == 1
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["a.txt.html", "b.txt.html"]
    one = jixiao_in(folder / "home", "check", str(folder / "a.txt"), "--format", "html")
    assert one.stdout == (folder / "out" / "a.txt.html").read_text("utf-8")
    assert "发现 <b" in one.stdout
    done = jixiao_in(folder / "home", "read", str(folder / "b.txt"), "--format", "html")
    assert done.stdout.startswith("<!doctype html>")
    assert "识别 <b>3</b> 处数据" in done.stdout


def test_order_and_processes_change_no_byte(jixiao_in, folder: Path) -> None:
    for number in range(12):
        (folder / f"{number}.txt").write_text(f"{WRONG}第{number}份。{RIGHT}", encoding="utf-8")
    files = sorted(str(path) for path in folder.glob("*.txt"))
    alone = jixiao_in(folder / "home", "check", *files, "--format", "jsonl", "--jobs", "1")
    several = jixiao_in(folder / "home", "check", *files[::-1], files[0], "--format", "jsonl", "--jobs", "3")
    assert alone.returncode == several.returncode == 1
    assert alone.stdout == several.stdout
    assert several.stdout.count('"broken"') == 13
    assert several.stderr == ""


@pytest.mark.parametrize("name", ["汇总.csv", "汇总.xlsx"])
def test_a_summary_table_has_a_row_for_each_file(jixiao_in, folder: Path, name: str) -> None:
    (folder / "c.docx").write_bytes(b"no document")
    done = jixiao_in(
        folder / "home", "check", str(folder), "--format", "jsonl", "--summary", str(folder / name)
    )
    assert done.returncode == 2
    rows = rows_of(folder / name)
    assert rows[0] == ["文件", "结果", "数据", "核对", "不一致", "舍入", "已有意见", "说明"]
    assert [row[1] for row in rows[1:]] == ["有不一致", "未发现不一致", "读不了"]
    assert "c.docx" in rows[3][7]


def rows_of(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        import csv

        return list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_a_slow_file_does_not_stop_the_others(jixiao_in, folder: Path) -> None:
    (folder / "c.txt").write_text("来信30件，" * 400_000, encoding="utf-8")
    done = jixiao_in(folder / "home", "check", str(folder), "--seconds", "0.3")
    assert done.returncode == 2
    assert "c.txt：0.3 秒内没有核查完" in done.stderr
    assert "不一致 1　读不了 1" in done.stdout


def test_an_interrupt_prints_what_was_done(folder: Path) -> None:
    for number in range(40):
        (folder / f"d{number:02}.txt").write_text(f"{RIGHT}" * 2000, encoding="utf-8")
    command = [sys.executable, "-m", "jixiao.cli.main", "check", str(folder), "--jobs", "1"]
    running = subprocess.Popen(
        command, env=environment(folder / "home") | {"PYTHONUNBUFFERED": "1"}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert running.stdout is not None
    first = running.stdout.readline()
    running.send_signal(signal.SIGINT)
    rest, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "a.txt：识别" in first
    assert "没有核对 " in rest.splitlines()[-1]
    assert "已中断，以上是核对完的部分" in told
    assert "Traceback" not in told


def test_a_verdict_survives_the_next_run(jixiao_in, folder: Path) -> None:
    file, verdicts = folder / "a.txt", folder / "意见.jsonl"
    done = jixiao_in(folder / "home", "check", str(file), "--verdicts", str(verdicts))
    assert "意见.jsonl 还没有，按没有意见核对" in done.stderr
    assert done.returncode == 1
    mark = re.search(r"标识：(\w{16})", done.stdout)[1]
    said = ["--verdicts", str(verdicts), "--say", f"{mark}=误报：另有3件属两类"]
    done = jixiao_in(folder / "home", "check", str(file), *said)
    assert done.returncode == 0
    assert "意见：读法不对（误报）：另有3件属两类" in done.stdout
    file.write_text(f"新的一段，来访2批。\n{WRONG}", encoding="utf-8")
    done = jixiao_in(folder / "home", "check", str(file), "--verdicts", str(verdicts), "--format", "jsonl")
    assert done.returncode == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["opinion"], row["note"]) for row in rows if row["verdict"] == "broken"] == [
        ("misread", "另有3件属两类")
    ]
    assert jixiao_in(folder / "home", "check", str(file)).returncode == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--say", "0000000000000000=误报"], "--say 要和 --verdicts 一起用"),
        (["--verdicts", "v.jsonl", "--say", "误报"], "写法不对"),
        (["--verdicts", "v.jsonl", "--say", "0000000000000000=也许"], "没有意见“也许”"),
        (["--verdicts", "v.jsonl", "--say", "0000000000000000=误报"], "没有标识为 0000000000000000 的结果"),
        (["--summary", "汇总.pdf"], "汇总表只能写成 .csv 或 .xlsx"),
        (["--out", "pages"], "--out 只和 --format html 一起用"),
    ],
)
def test_what_cannot_be_meant_is_told(jixiao_in, folder: Path, given: list[str], told: str) -> None:
    done = jixiao_in(folder / "home", "check", str(folder / "b.txt"), *given)
    assert done.returncode == 2
    assert told in done.stderr
    assert not Path("v.jsonl").exists()
