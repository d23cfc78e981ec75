"""The file of opinions beside `jixiao check`: what persons said of findings survives the next run."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jixiao.reading.marked import Opinion

_SAID = re.compile(r"([0-9a-f]{16})[=＝]([^:：]+)(?:[:：](.*))?", re.DOTALL)


def said(verdicts: Path | None, words: Sequence[str]) -> dict[str, Opinion]:
    """Opinions given on the command line, 标识=误报：附注. Raises BadInput."""
    from jixiao.errors import BadInput
    from jixiao.reading.marked import Opinion, saying_of
    from jixiao.reading.marked.opinions import LONGEST_NOTE

    if words and verdicts is None:
        raise BadInput("--say 要和 --verdicts 一起用：请写明意见文件，如 --verdicts 意见.jsonl")
    found: dict[str, Opinion] = {}
    for one in words:
        match = _SAID.fullmatch(one.strip())
        if match is None:
            raise BadInput(f"--say “{one[:40]}”写法不对，应如：9556b2a34934d121=误报：两处口径不同")
        note = " ".join((match[3] or "").split())[:LONGEST_NOTE]
        found[match[1]] = Opinion(match[1], saying_of(match[2]), note, at=date.today().isoformat())
    return found


def known(verdicts: Path | None, said: Mapping[str, Opinion]) -> dict[str, Opinion] | None:
    """What the file holds and what was said now; None without a file. One that is not there yet is empty."""
    if verdicts is None:
        return None
    if not verdicts.exists() and not said:
        print(f"{verdicts} 还没有，按没有意见核对；提出意见用 --say 标识=误报", file=sys.stderr)
    return {**_stored(verdicts), **said}


def keep(verdicts: Path, said: Mapping[str, Opinion], told: Mapping[str, str]) -> bool:
    """Write what was said of the findings `told`. True where something was said of none of them."""
    from jixiao.cli.documents import write_page
    from jixiao.reading.marked import write_opinions

    about = {mark: replace(one, about=told[mark]) for mark, one in said.items() if mark in told}
    for mark in said.keys() - about.keys():
        print(f"这些文件里没有标识为 {mark} 的结果，意见没有写入；标识见核查结果", file=sys.stderr)
    if about:
        kept = {**_stored(verdicts), **about}
        write_page(verdicts, write_opinions(kept.values()).encode())
    return len(about) < len(said)


def _stored(verdicts: Path) -> dict[str, Opinion]:
    from jixiao.cli.mistakes import why
    from jixiao.errors import BadInput
    from jixiao.reading.marked import read_opinions

    if not verdicts.exists():
        return {}
    try:
        return read_opinions(verdicts.read_text("utf-8"), str(verdicts))
    except OSError as refused:
        raise BadInput(f"{verdicts}：打不开意见文件（{why(refused)}）") from None
    except UnicodeDecodeError:
        raise BadInput(f"{verdicts}：意见文件应为 UTF-8 编码的文本") from None
