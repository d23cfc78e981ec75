"""Ten megabytes of report are read and checked, or refused in words, in half a gigabyte of memory."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(
        not Path("/proc/self/status").exists(), reason="only Linux tells a process its own peak"
    ),
]

SIZE = 10_000_000  # bytes
MOST = 512 * 1024  # kilobytes, as the system counts them
PROGRAM = """
import sys
from pathlib import Path
from jixiao.errors import BadInput
from jixiao.reading import read
from jixiao.reading.checks import examine
try:
    reading = read(sys.argv[1])
    print(len(reading.statements), len(examine(reading)))
except BadInput as refusal:
    print("refused")
own = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(own.split()[1])
"""  # its own peak: what the system reports of its resources begins with its parent's
REPORT = (
    "坚持把办好每一件来信作为联系群众的重要渠道，建立领导牵头、分级负责、限时办结的工作机制，推动各承办单位认真研究、及时答复。\n"
    "全年共收到来信1203件，其中民生类452件、经济类501件、其他250件，办结率98.3%。"
    "通过座谈走访、实地调研、集中督办等方式，着力解决群众关心的就学、就医、出行等现实问题，有关做法得到各方面肯定。\n"
    "本年收入合计1234.56万元，比上年增加34.5万元，增长2.87%，主要原因是相关项目按计划实施。\n"
)


def memory_of(path: Path) -> tuple[str, int]:
    """What came of a file, and how much memory its process took."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=True, timeout=600
    )
    came_of_it, taken = done.stdout.splitlines()
    return came_of_it, int(taken)


def test_a_long_report_fits(tmp_path: Path) -> None:
    chance, pieces, size = random.Random(1), list[str](), 0
    while size < SIZE:
        pieces.append(re.sub("[1-9]", lambda _: str(chance.randint(1, 9)), REPORT))
        size += len(pieces[-1].encode())
    path = tmp_path / "report.txt"
    path.write_text("".join(pieces), encoding="utf-8")
    came_of_it, taken = memory_of(path)
    assert came_of_it != "refused"
    assert taken <= MOST


def test_a_report_in_which_no_name_comes_twice_fits(tmp_path: Path) -> None:
    chance = random.Random(1)
    words = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
    pieces, size = list[str](), 0
    while size < SIZE:
        names = ["".join(chance.choices(words, k=5)) for _ in range(2)]
        pieces.append(
            f"{names[0]}收到{names[1]}{chance.randint(1000, 99999)}件{'，，，，。'[len(pieces) % 5]}"
        )
        size += len(pieces[-1].encode())
    path = tmp_path / "report.txt"
    path.write_text("".join(pieces), encoding="utf-8")
    came_of_it, taken = memory_of(path)
    assert came_of_it != "refused"
    assert taken <= MOST


@pytest.mark.parametrize("piece", ["1个", "1万元、", "1\t", "其中1件，", "《1》", "1", "一", "（"])
def test_text_nobody_writes_fits_or_is_refused(piece: str, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(piece * (SIZE // len(piece.encode())), encoding="utf-8")
    assert memory_of(path)[1] <= MOST
