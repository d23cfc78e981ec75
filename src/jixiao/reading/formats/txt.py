"""Plain text. Offsets are characters of the decoded text: newlines stay, the byte-order mark is dropped."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from jixiao.errors import BadInput
from jixiao.reading.document import LONGEST_TEXT, Block, Document, TextTooLong

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
_MOST_LINES = 1_000_000
_LINE = re.compile(r"[^\r\n]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read(data: bytes, name: str) -> Document:
    text = decode(data, name)
    if len(text) > LONGEST_TEXT:
        raise TextTooLong
    if text.count("\n") + text.count("\r") > _MOST_LINES:
        raise BadInput(f"{name}：超过 {_MOST_LINES // 10_000} 万行，请拆分后再试")
    lines = enumerate(re.split(r"\r\n|\r|\n", text), start=1)
    numbers = [number for number, line in lines if line]
    blocks = [
        Block(match.start(), match.end(), f"第{number}行")
        for number, match in zip(numbers, _LINE.finditer(text), strict=True)
    ]
    return Document(name, "txt", text, tuple(blocks))


def decode(data: bytes, name: str) -> str:
    """Bytes → text: UTF-8, UTF-16 or GB18030, found out from the mark or by trying."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :], encoding, name)
    candidates = ["utf-16-le", "utf-16-be"] if len(data) % 2 == 0 else []
    if 0 not in data[:_SAMPLE]:
        with suppress(BadInput):
            return _checked(data, "utf-8", name)
        candidates.insert(0, "gb18030")
    best = max(candidates, key=lambda encoding: _looks_chinese(data, encoding), default="utf-8")
    return _checked(data, best, name)


def _looks_chinese(data: bytes, encoding: str) -> float:
    """The share of characters that everyday Chinese texts are made of."""
    sample = data[:_SAMPLE].decode(encoding, "replace")
    return sum(map(_is_common, sample)) / max(1, len(sample))


def _is_common(character: str) -> bool:
    if character < "\x7f":
        return character >= " " or character in "\t\r\n"
    try:
        return 0xA1 <= character.encode("gb2312")[0] <= 0xD7  # signs and the frequent characters
    except UnicodeEncodeError:
        return False


def _checked(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\x00"
    if _CONTROL.search(text):
        raise BadInput(f"{name}：这不是文本文件，或者编码无法识别，请另存为 UTF-8 编码的 .txt 后再试")
    return text
