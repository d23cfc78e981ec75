"""Documents handed in on a page of the office: chosen files, else those the page carried, each read within bounds."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from jixiao.errors import BadInput, FieldErrors
from jixiao.reading import Reading, read
from jixiao.web import carried, strangers
from jixiao.web.uploads import MIB

LARGEST = 20 * MIB
MOST_FILES = 8
MOST_STATEMENTS = 20_000
ACCEPTED = ".docx,.xlsx,.pdf,.html,.htm,.txt,.md,.doc,.wps,.rtf,.xls,.et"
NAME = "file"


@dataclass(frozen=True, slots=True)
class Given:
    """A document with its name, and the field in which it travels on (empty where it is too large)."""

    name: str
    reading: Reading
    carried: str


def documents_given(request: HttpRequest, what: str, most: int = MOST_FILES) -> list[Given]:
    """The documents of a form, read. Raises FieldErrors for none, too many or too large, BadInput for an unreadable one."""
    contents = _chosen(request, most) or _carried(request, most)
    if not contents:
        raise FieldErrors({NAME: f"请选择{what}"})
    found, room = [], carried.MOST
    for name, content in contents:
        reading = strangers.read(name, read, content, name)
        if not reading.statements:
            raise BadInput(f"{name}：没有读到带单位的数据，不像是一份报告；请确认选对了文件")
        if len(reading.statements) > MOST_STATEMENTS:
            raise BadInput(
                f"{name}：有 {len(reading.statements)} 处数据，超过 {MOST_STATEMENTS // 10_000} 万处；请拆成几份"
            )
        field = carried.packed(content)
        room -= len(field)
        found.append(Given(name, reading, field if room > 0 else ""))
    return found


def _chosen(request: HttpRequest, most: int) -> list[tuple[str, bytes]]:
    files = request.FILES.getlist(NAME)
    if len(files) > most:
        raise FieldErrors({NAME: f"选了 {len(files)} 份文件，一次最多 {most} 份"})
    for file in files:
        if file.size > LARGEST:
            raise FieldErrors(
                {NAME: f"{file.name} 有 {file.size // MIB} MB，超过 {LARGEST // MIB} MB；请确认选对了文件"}
            )
    return [(file.name, file.read()) for file in files]


def _carried(request: HttpRequest, most: int) -> list[tuple[str, bytes]]:
    found = []
    for number in range(most):
        if field := request.POST.get(f"carried-{number}"):
            name = request.POST.get(f"carried_name-{number}", "")[:200] or f"文件{number + 1}.txt"
            found.append((name, carried.unpacked(field, LARGEST)))
    return found
