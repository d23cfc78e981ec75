"""Reads a file in a process of its own, with limits on memory and time, and hands the document back.

For libraries written in other languages on files that may be made to harm: what ends such a process, or
takes too long in it, is told as a file that cannot be read.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from importlib import import_module

from jixiao.errors import BadInput
from jixiao.reading.document import Document

_MEMORY = 448 * 1024 * 1024
_SECONDS = 20


def read_apart(module: str, data: bytes, name: str) -> Document:
    """What `module.read(data, name)` returns or refuses, asked in another process."""
    command = [sys.executable, "-c", f"from {__name__} import main; main()", module, name]
    try:
        done = subprocess.run(
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise BadInput(
            f"{name}：{_SECONDS} 秒内没有读完，内容异常复杂；请换用原始的 .docx 或 .xlsx，或拆分后再试"
        ) from None
    if done.returncode:
        raise BadInput(
            f"{name}：内容异常庞大或已损坏，已停止读取；请重新导出一份，或换用原始的 .docx 或 .xlsx 后再试"
        )
    answer = pickle.loads(done.stdout)  # written by this module's own process
    if isinstance(answer, Document):
        return answer
    told = str(answer)
    raise BadInput(told if name in told else f"{name}：{told}")


def main() -> None:
    """The other process: bytes on standard input, a pickled document or message on standard output."""
    _limit()
    module, name = sys.argv[1:3]
    data = sys.stdin.buffer.read()
    try:
        answer: Document | str = import_module(module).read_here(data, name)
    except BadInput as refusal:
        answer = str(refusal)
    sys.stdout.buffer.write(pickle.dumps(answer))


def _limit() -> None:
    try:
        import resource
    except ImportError:  # only Unix has limits; the time limit holds everywhere
        return
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
