"""What goes wrong by nobody's fault is one sentence as well; a defect stays a defect."""

from __future__ import annotations

import errno
import sqlite3

import pytest

from jixiao.cli.mistakes import told


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        sqlite3.OperationalError("database or disk is full"),
    ],
)
def test_a_full_disk_is_told(capsys, error):
    def run():
        raise error

    assert told(run) == 2
    assert capsys.readouterr().err == (
        "磁盘满了，这一次没有写入；已保存的内容不受影响。请腾出空间，再运行一次。\n"
    )


def test_another_failure_is_a_defect():
    def run():
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        told(run)
