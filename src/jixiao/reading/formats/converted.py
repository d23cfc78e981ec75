"""Older formats (.doc, .wps, .rtf) by way of LibreOffice, where it is installed.

Each run has a private profile, a time limit and a directory of its own that is gone afterwards.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from jixiao.errors import BadInput

ENDINGS = (".doc", ".wps", ".rtf")
_SECONDS = 60
_LARGEST = 64 * 1024 * 1024


def convert(data: bytes, name: str) -> bytes:
    """The file as .docx; raises BadInput with what to do where that cannot be had."""
    ending = Path(name).suffix.lower()
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise BadInput(
            f"{name}：读取 {ending} 文件要用到 LibreOffice，本机没有安装；请用 Word 或 WPS 打开，另存为 .docx 后再试"
        )
    with TemporaryDirectory(prefix="jixiao-") as folder:
        source = Path(folder, f"source{ending}")
        source.write_bytes(data)
        _run([program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"], source, name)
        made = Path(folder, "source.docx")
        if not made.is_file() or not 0 < made.stat().st_size <= _LARGEST:
            raise BadInput(
                f"{name}：无法打开，可能加了密码或已损坏；请用 Word 或 WPS 打开，另存为 .docx 后再试"
            )
        return made.read_bytes()


def _run(program: list[str], source: Path, name: str) -> None:
    command = [*program, "--headless", "--norestore", "--convert-to", "docx", "--outdir", str(source.parent)]
    environment = {**os.environ, "HOME": str(source.parent)}
    # A session of its own: LibreOffice starts a child that must end with it.
    process = subprocess.Popen(
        [*command, str(source)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise BadInput(
            f"{name}：{_SECONDS} 秒内没有转换完，请用 Word 或 WPS 打开，另存为 .docx 后再试"
        ) from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
