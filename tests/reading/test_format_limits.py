"""Files made to harm are read or refused in bounded time and memory, with words that say what to do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.reading.hostile_files import HOSTILE

from jixiao.errors import BadInput
from jixiao.reading import bounded
from jixiao.reading.formats.pdf_weight import is_heavy
from jixiao.reading.text import open_document

MOST = 512 * 1024  # KB
READ_ALL = """
import json, multiprocessing, resource, sys
from pathlib import Path
from jixiao.errors import BadInput
from jixiao.reading import bounded
from jixiao.reading.text import open_document
bounded._context = lambda: multiprocessing.get_context("fork")  # children of its own are counted
told = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        open_document(path)
        told[path.name] = ""
    except BadInput as refusal:
        told[path.name] = str(refusal)
# The peak of this process since it began: ru_maxrss would bear what the runner held when it forked.
own = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
peak = max(int(own.split()[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(json.dumps([peak, told]))
"""


def test_hostile_files_are_refused_within_bounds(tmp_path: Path) -> None:
    for name, (make, _) in HOSTILE.items():
        (tmp_path / name).write_bytes(make())
    command = [sys.executable, "-c", READ_ALL, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    peak, told = json.loads(done.stdout)
    assert peak < MOST
    for name, (_, words) in HOSTILE.items():
        assert (words in told[name] and name in told[name]) if words else not told[name], (name, told[name])


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "_APART", 1)
    page = "<html><body><p " + " ".join(f"a{number}=1" for number in range(400_000)) + ">20件</p>"
    with pytest.raises(BadInput, match="没有核查完"):
        open_document(page.encode(), "属性.html")


def test_a_page_of_many_attributes_is_read_all_the_same() -> None:
    page = "<html><body>" + '<p class="a" style="b">收到20件</p>' * 25_000
    assert open_document(page.encode(), "a.html").text.count("20件") == 25_000


def test_reports_are_not_heavy() -> None:
    from tests.reading.typeset import typeset

    assert not is_heavy(typeset("收到来信20件。" * 2000))
