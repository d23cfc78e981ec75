"""A checked document for people: its findings with what was said of them, as page, workbook and Word comments."""

from jixiao.reading.marked.checked import Checked, Finding, check, checked_of
from jixiao.reading.marked.opinions import (
    Opinion,
    Saying,
    fingerprint,
    read_opinions,
    saying_of,
    write_opinions,
)

__all__ = [
    "Checked",
    "Finding",
    "Opinion",
    "Saying",
    "check",
    "checked_of",
    "fingerprint",
    "read_opinions",
    "saying_of",
    "write_opinions",
]
