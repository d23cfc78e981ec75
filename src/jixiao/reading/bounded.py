"""Work on documents of strangers, bounded in time and memory: in processes that can be ended, or here and now.

What a document does to its process (a hang, a crash, too much memory) becomes a message about that document; the
others go on. Results carry the index of their task, since they come as they are done.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from jixiao.errors import BadInput

T = TypeVar("T")
MIB = 1024 * 1024
_MEMORY = 512 * MIB
_PRIVATE = 464 * MIB  # what processes share of libraries is counted beside it
_APART = 20.0  # seconds for one file that is read apart
_GRACE = 2.0  # seconds in which a process told to end may clean up after itself
_START = 3.0  # a process may take as long to come up; that time is not the document's
_TASKS_EACH = 200  # then the process is replaced: memory does not creep up
_PRELOAD = ["jixiao.reading.marked", "jixiao.reading.formats.docx", "jixiao.reading.formats.pdf"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task(Generic[T]):
    """A call of a function of a module, `name` for messages. What it takes and gives must be picklable."""

    name: str
    work: Callable[..., T]
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What came of a task: a result, or the message why there is none."""

    index: int
    result: T | None = None
    refusal: str = ""


def run(task: Task[T], seconds: float) -> T:
    """Do one task in a process of its own. Raises BadInput where it is refused, takes too long or too much."""
    (done,) = several([task], jobs=1, seconds=seconds)
    if done.refusal:
        raise BadInput(done.refusal)
    assert done.result is not None
    return done.result


def here(tasks: Sequence[Task[T]], seconds: float) -> Iterator[Done[T]]:
    """Do the tasks in this process, one after the other: for a few small files it is quicker."""
    for index, task in enumerate(tasks):
        result, refusal = _answer(task.work, task.arguments, seconds)
        yield Done(index, result, _message(task, refusal, seconds))


def apart(read: Callable[[bytes, str], T], data: bytes, name: str) -> T:
    """Read a file that may harm the process that reads it: here where this process is a bounded one, else in one of
    its own. For libraries in other languages on files made to harm. Raises BadInput.
    """
    if _State.is_bounded:
        return read(data, name)
    try:
        return run(Task(name, read, (data, name)), _APART)
    except BadInput as refusal:
        told = str(refusal)
        raise BadInput(told if name in told else f"{name}：{told}") from None


def several(tasks: Sequence[Task[T]], *, jobs: int, seconds: float) -> Iterator[Done[T]]:
    """Do the tasks in up to `jobs` processes; each result as soon as it is there, in any order.

    Closing the iterator, also by an interrupt, ends every process.
    """
    waiting = iter(enumerate(tasks))
    workers: list[_Worker] = []
    left = len(tasks)
    try:
        while left:
            while len(workers) < jobs and (following := next(waiting, None)) is not None:
                workers.append(_Worker.begin(*following, seconds))
            first_deadline = min(one.deadline for one in workers)
            ready = set(wait([one.channel for one in workers], max(0.0, first_deadline - time.monotonic())))
            for worker in list(workers):
                if worker.channel not in ready and time.monotonic() < worker.deadline:
                    continue
                done: Done[T] = worker.done(worker.channel in ready, seconds)
                left -= 1
                following = next(waiting, None) if worker.is_fresh else None
                if following is not None:
                    worker.take(*following, seconds)
                else:
                    worker.end()
                    workers.remove(worker)
                yield done
    finally:
        for worker in workers:
            worker.end()


@dataclass(slots=True)
class _Worker:
    """A process, the task it is at, and when it must be done."""

    process: BaseProcess
    channel: Connection
    index: int = 0
    task: Task[Any] | None = None
    deadline: float = 0.0
    count: int = 0
    is_lost: bool = False

    @classmethod
    def begin(cls, index: int, task: Task[Any], seconds: float) -> _Worker:
        context = _context()
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        worker = cls(process, ours)
        worker.take(index, task, seconds)
        return worker

    @property
    def is_fresh(self) -> bool:
        return not self.is_lost and self.count < _TASKS_EACH

    def take(self, index: int, task: Task[Any], seconds: float) -> None:
        self.index, self.task, self.count = index, task, self.count + 1
        self.deadline = time.monotonic() + seconds + _GRACE + (0 if self.count > 1 else _START)
        try:
            self.channel.send((task.work, task.arguments, seconds))
        except (BrokenPipeError, OSError):
            self.is_lost = True

    def done(self, has_answer: bool, seconds: float) -> Done[Any]:
        assert self.task is not None
        name = self.task.name
        if not has_answer:
            self.is_lost = True
            return Done(self.index, refusal=_message(self.task, _LATE, seconds))
        try:
            result, refusal = self.channel.recv()
        except (EOFError, OSError):
            self.is_lost = True
            words = "读这份文件时程序意外中断，内容可能已损坏或异常庞大；请用原来的软件打开后另存一份再试"
            return Done(self.index, refusal=f"{name}：{words}")
        self.is_lost = refusal == _MUCH
        return Done(self.index, result, _message(self.task, refusal, seconds))

    def end(self) -> None:
        """Ask the process to end, so that programs it started end too; then make it."""
        self.channel.close()
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(_GRACE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


class _State:
    """Of this process: is it one that may be ended and has bounds?"""

    is_bounded = False


_LATE, _MUCH, _BROKEN = "late", "much", "broken\n"


def _context() -> Any:
    """Processes forked from a small clean one where there is such a thing: quick, and safe beside threads."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOAD)
        return context
    return multiprocessing.get_context("spawn")


def _serve(channel: Connection) -> None:
    """In the worker: do task after task until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started us decides
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    _bound_memory()
    _State.is_bounded = True
    while True:
        try:
            work, arguments, seconds = channel.recv()
        except (EOFError, OSError):
            return
        channel.send(_answer(work, arguments, seconds))


def _answer(work: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> tuple[Any, str]:
    import traceback

    try:
        with _alarm(seconds):
            return work(*arguments), ""
    except _Late:
        return None, _LATE
    except BadInput as wrong:
        return None, str(wrong)
    except MemoryError:
        return None, _MUCH
    except Exception:
        return None, _BROKEN + traceback.format_exc()


def _bound_memory() -> None:
    """The private memory of this process, where the system can bound it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (_PRIVATE, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _Late(BaseException):
    """The time is up. Nothing on the way may take it for an ordinary error."""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise _Late in this thread after so many seconds, where the system can."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _message(task: Task[Any], refusal: str, seconds: float) -> str:
    """What to tell the person of a document that came to nothing."""
    if refusal == _LATE:
        return f"{task.name}：{seconds:g} 秒内没有核查完，已停下；请拆分，或用原来的软件打开后另存一份再试"
    if refusal == _MUCH:
        return f"{task.name}：读这份文件要用的内存超过 {_MEMORY // MIB} MB，内容异常庞大；请拆分后再试"
    if refusal.startswith(_BROKEN):
        log.error("%s: %s", task.name, refusal.removeprefix(_BROKEN))
        return f"{task.name}：读这份文件时程序出错，没有核查完；请用原来的软件打开后另存一份再试"
    return refusal


def processors() -> int:
    """How many processes may run at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
