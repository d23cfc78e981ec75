"""Whatever a document does to its process becomes a message about it; the others go on, and no process stays."""

from __future__ import annotations

import multiprocessing
import sys

import pytest
from tests.reading import mischief

from jixiao.errors import BadInput
from jixiao.reading import bounded
from jixiao.reading.bounded import Task


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch):
    monkeypatch.setattr(bounded, "_GRACE", 0.3)
    monkeypatch.setattr(bounded, "_START", 3.0)
    yield
    assert multiprocessing.active_children() == []


def test_results_come_with_the_index_of_their_task():
    tasks = [Task(f"{number}", mischief.double, (number,)) for number in range(7)]
    done = list(bounded.several(tasks, jobs=2, seconds=5))
    assert {one.index: one.result for one in done} == {number: 2 * number for number in range(7)}


@pytest.mark.parametrize(
    ("work", "message"),
    [
        (mischief.hang, "坏.txt：0.5 秒内没有核查完，已停下；请拆分，或用原来的软件打开后另存一份再试"),
        (mischief.sleep_through_alarms, "坏.txt：0.5 秒内没有核查完"),
        (mischief.die, "坏.txt：读这份文件时程序意外中断"),
        (mischief.fail, "坏.txt：读这份文件时程序出错"),
        (mischief.refuse, "坏.txt：文件是空的"),
        pytest.param(
            mischief.devour,
            "坏.txt：读这份文件要用的内存超过 512 MB",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="只有 Linux 限制得了进程的内存"),
        ),
    ],
)
def test_the_others_go_on(work, message, monkeypatch):
    monkeypatch.setattr(bounded, "_START", 1.0)
    tasks = [Task("a", mischief.double, (1,)), Task("坏.txt", work), Task("b", mischief.double, (2,))]
    done = {one.index: one for one in bounded.several(tasks, jobs=1, seconds=0.5)}
    assert (done[0].result, done[2].result) == (2, 4)
    assert done[1].refusal.startswith(message)


def test_one_task_is_refused_by_raising():
    assert bounded.run(Task("a", mischief.double, (4,)), 5) == 8
    with pytest.raises(BadInput, match=r"坏\.txt：文件是空的"):
        bounded.run(Task("坏.txt", mischief.refuse), 5)


def test_without_processes_it_is_the_same():
    works = (mischief.hang, mischief.fail, mischief.refuse)
    tasks = [Task("坏.txt", work) for work in works] + [Task("a", mischief.double, (3,))]
    here = list(bounded.here(tasks, 0.3))
    there = sorted(bounded.several(tasks, jobs=1, seconds=0.3), key=lambda one: one.index)
    assert here == there
    assert here[-1].result == 6


def test_leaving_early_ends_every_process():
    tasks = [Task("a", mischief.double, (1,))] + [Task("b", mischief.hang)] * 3
    results = bounded.several(tasks, jobs=2, seconds=60)
    assert next(results).result == 2
    results.close()
    assert multiprocessing.active_children() == []


def test_a_tired_process_is_replaced(monkeypatch):
    monkeypatch.setattr(bounded, "_TASKS_EACH", 2)
    tasks = [Task(f"{number}", mischief.double, (number,)) for number in range(5)]
    assert sum(one.result for one in bounded.several(tasks, jobs=1, seconds=5)) == 20
