"""A checked document as a .docx with comments: the file itself where it is one, else its text."""

from __future__ import annotations

from jixiao.reading.marked.checked import Checked
from jixiao.reading.marked.remarks import remarks
from jixiao.reading.marked.word_anchors import NoPlace
from jixiao.reading.marked.word_comments import commented
from jixiao.reading.marked.word_plain import plain_docx


def with_comments(checked: Checked, data: bytes) -> bytes:
    """`data` is the file that was checked. A body that takes no anchors gives its text in a new document."""
    document = checked.reading.document
    told = remarks(checked)
    if document.form == "docx" and data.startswith(b"PK"):
        try:
            return commented(data, checked.name, told)
        except NoPlace:
            if not told:
                return data
    return plain_docx(document, told)
