"""The exceptions raised on purpose.

Each carries one Chinese message that says what was refused and what to do next; faces print it
as it is. Anything else that escapes is a defect of the program, never a user's mistake.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass


class JixiaoError(Exception):
    """Something a person can put right; `str(error)` is the message for that person."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one place of a data file, told so that its author can mend it."""

    file: str
    line: int
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.field}：{self.found}；应为：{self.expected}"


class PackErrors(JixiaoError):
    """A pack cannot be used. Holds every problem found, in file and line order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(
            f"规则包有 {len(self.problems)} 处错误：\n"
            + "\n".join(f"  {problem}" for problem in self.problems)
        )


class BadInput(JixiaoError):
    """Input that cannot be taken as it is: an unknown id, an unreadable file, a wrong value."""


class FieldErrors(BadInput):
    """Values of a form that cannot be taken. `errors` maps a field id to its message."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("；".join(self.errors.values()))


class NotFound(BadInput):
    """No such thing, or none that this person may see: the two are told alike on purpose."""


class NotAllowed(JixiaoError):
    """The person lacks the role; the message says which role may do it."""


class StepNotLegal(JixiaoError):
    """The step cannot be taken now. `reasons` says what is missing, one entry each."""

    def __init__(self, message: str, reasons: tuple[str, ...] = ()) -> None:
        self.reasons = reasons
        super().__init__(message if not reasons else message + "：" + "；".join(reasons))


class Stale(JixiaoError):
    """Somebody else changed the record first. `changes` lists (field, theirs) since `seen`."""

    def __init__(self, message: str, changes: dict[str, object] | None = None) -> None:
        self.changes = dict(changes or {})
        super().__init__(message)


class MixedNatures(JixiaoError):
    """Money of two natures was about to be added (house rule 5)."""


_FULL = (errno.ENOSPC, errno.EDQUOT)
_FULL_WORDS = ("disk is full", "No space left on device")


def is_disk_full(error: BaseException) -> bool:
    """Whether something failed because there was no room left, whoever says so: the system, or a database by its words."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    return any(words in str(error) for words in _FULL_WORDS)
