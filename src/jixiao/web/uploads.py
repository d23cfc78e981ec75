"""Files people hand in to be read once: their size is checked before a byte is read, and nothing is kept."""

from __future__ import annotations

from django.http import HttpRequest

from jixiao.errors import FieldErrors

MIB = 1024 * 1024


def read_upload(request: HttpRequest, name: str, largest: int, what: str) -> tuple[bytes, str]:
    """The bytes and the name of an uploaded file. Raises FieldErrors where there is none or it is too large."""
    found = request.FILES.get(name)
    if found is None:
        raise FieldErrors({name: f"请选择{what}"})
    if found.size > largest:
        raise FieldErrors(
            {name: f"文件有 {found.size // MIB} MB，超过 {largest // MIB} MB；请确认选对了文件"}
        )
    return found.read(), found.name
