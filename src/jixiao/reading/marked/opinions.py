"""What a person said of a finding: it is wrong indeed, it was misread, it is known and accepted.

An opinion is kept under the fingerprint of its finding: the type, the figures and the words beside them, no offsets.
A report that was edited elsewhere keeps its opinions; where a figure of the finding changes, the opinion is gone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from jixiao.errors import BadInput
from jixiao.reading.checks import Outcome
from jixiao.reading.document import Document

LONGEST_NOTE = 500
MOST_OPINIONS = 20_000
LENGTH = 16  # hexadecimal digits of a fingerprint
_BESIDE = (
    4,
    2,
)  # characters before and after a figure; few, so that rewording a little way off disturbs nothing
_WINDOW = 16
_STUB = 40
_BEFORE = re.compile(r"[^\W\d_]*\Z")
_AFTER = re.compile(r"[^\W\d_]*")
_FINGERPRINT = re.compile(rf"[0-9a-f]{{{LENGTH}}}")


class Saying(StrEnum):
    WRONG = "wrong"
    MISREAD = "misread"
    ACCEPTED = "accepted"


WORDS = {Saying.WRONG: "确有错误", Saying.MISREAD: "读法不对（误报）", Saying.ACCEPTED: "已知，可接受"}
_SHORT = {"错误": Saying.WRONG, "误报": Saying.MISREAD, "读法不对": Saying.MISREAD, "可接受": Saying.ACCEPTED}
DISMISSED = frozenset({Saying.MISREAD, Saying.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Opinion:
    """`about` is the finding's message at the time: for people who read the file, compared with nothing."""

    fingerprint: str
    verdict: Saying
    note: str = ""
    about: str = ""
    by: str = ""
    at: str = ""

    @property
    def words(self) -> str:
        """The opinion and its note: 已知，可接受：口径不同."""
        return WORDS[self.verdict] + (f"：{self.note}" if self.note else "")


def fingerprint(document: Document, outcome: Outcome) -> str:
    """What stays the same of a finding while the text around it moves."""
    told = [outcome.type, *(_words_of(document.text, span) for span in outcome.spans)]
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def _words_of(text: str, span: tuple[int, int]) -> str:
    """The figure between the words that touch it; in the row of a table also the words the row begins with."""
    start, end = span
    line = text.rfind("\n", max(0, start - 2_000), start) + 1
    stub, tab, _ = text[line:start].partition("\t")
    parts = (stub[:_STUB] if tab else "", _before(text, start), text[start:end], _after(text, end))
    return "|".join("".join(part.split()) for part in parts)


def _before(text: str, start: int) -> str:
    """The letters that touch a figure, whatever lines they were broken into."""
    near = "".join(text[max(0, start - _WINDOW) : start].rpartition("\t")[2].split())
    found = _BEFORE.search(near)
    return found[0][-_BESIDE[0] :] if found else ""


def _after(text: str, end: int) -> str:
    near = "".join(text[end : end + _WINDOW].partition("\t")[0].split())
    found = _AFTER.match(near)
    return found[0][: _BESIDE[1]] if found else ""


def saying_of(words: str) -> Saying:
    """`wrong`, `misread`, `accepted` or their Chinese words. Raises BadInput for anything else."""
    plain = words.strip()
    for saying, title in WORDS.items():
        if plain in (saying, title):
            return saying
    if plain in _SHORT:
        return _SHORT[plain]
    raise BadInput(f"没有意见“{plain[:20]}”，可用：{'、'.join(f'{one}（{WORDS[one]}）' for one in Saying)}")


def read_opinions(text: str, name: str) -> dict[str, Opinion]:
    """A file of opinions, one JSON object a line; a later line replaces an earlier one of the same finding.

    Raises BadInput naming the line that cannot be read.
    """
    found: dict[str, Opinion] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            opinion = _opinion(line, f"{name} 第{number}行")
            found[opinion.fingerprint] = opinion
        if len(found) > MOST_OPINIONS:
            raise BadInput(f"{name}：意见超过 {MOST_OPINIONS} 条，请拆分后再试")
    return found


def _opinion(line: str, where: str) -> Opinion:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        raise BadInput(f"{where}：不是 JSON 对象；意见文件每行一个对象，由核查页面或 --say 写出") from None
    if not isinstance(told, Mapping) or not _FINGERPRINT.fullmatch(str(told.get("fingerprint", ""))):
        raise BadInput(f"{where}：缺少 fingerprint（{LENGTH} 位小写十六进制）")
    try:
        saying = saying_of(str(told.get("verdict", "")))
    except BadInput as wrong:
        raise BadInput(f"{where}：{wrong}") from None
    words = {key: str(told.get(key) or "")[:LONGEST_NOTE] for key in ("note", "about", "by", "at")}
    return Opinion(str(told["fingerprint"]), saying, **words)


def write_opinions(opinions: Iterable[Opinion]) -> str:
    """The lines of a file of opinions, in the order of their fingerprints."""
    ordered = sorted(opinions, key=lambda one: one.fingerprint)
    return "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in ordered)
