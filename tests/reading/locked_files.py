"""A PDF under a password, by the oldest of the standard's ways (40 bits), which every reader knows."""

from __future__ import annotations

import hashlib

from tests.reading.hostile_files import pdf_of

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_ALLOWED = (2**32 - 4).to_bytes(4, "little")
_NAME = b"0123456789abcdef"


def locked_pdf(text: str, password: bytes) -> bytes:
    """One page with this text; an empty password opens it and only keeps it from being changed."""
    owner = _mixed(_digest(_padded(b"owner")), _padded(password))
    key = _digest(_padded(password) + owner + _ALLOWED + _NAME)
    user = _mixed(key, _PADDING)
    content = f"BT /F 10 Tf 50 700 Td ({text}) Tj ET".encode("ascii")
    hidden = _mixed(hashlib.md5(key + bytes([5, 0, 0, 0, 0])).digest()[:10], content)  # object 5
    data = pdf_of(b"<</Length %d>>stream\n" % len(hidden) + hidden + b"\nendstream ")
    told = [part.hex().encode() for part in (_NAME, _NAME, owner, user)]
    lock = b"/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % tuple(told)
    return data.replace(b"/Root", lock + b"/Root")


def _padded(password: bytes) -> bytes:
    return (password + _PADDING)[:32]


def _digest(data: bytes) -> bytes:
    return hashlib.md5(data).digest()[:5]


def _mixed(key: bytes, data: bytes) -> bytes:
    """RC4."""
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) & 255])
    return bytes(out)
