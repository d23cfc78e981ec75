"""`package.json`, by which a package of this program says whose it is and what lies in it. All of it is optional here.

    {"format": 1, "org": {"id": "…", "title": "示例局"}, "year": 2020,
     "files": [{"path": "1 报告/自评报告.docx", "kind": "report", "sm3": "…"}, {"path": "2 附表/1 自评表.xlsx", "kind": "form"}],
     "evidence": [{"number": "1-01", "title": "…", "for": "提案办理件数", "grade": "正式文件"}],
     "surveys": [{"title": "…", "method": "问卷", "sent": 20, "back": 18, "valid": 18, "satisfied": 18}]}

`ledger.queries.package` writes it.
A stranger's or an older manifest may lack any of it, and what it says is checked against the files, never trusted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jixiao.ledger.chain import sm3
from jixiao.ledger.desk.parts import Part

NAME = "package.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself; `evidence` are words that name what a piece of evidence is for."""

    org: str = ""
    title: str = ""
    year: int = 0
    kinds: Mapping[str, str] = field(
        default_factory=dict
    )  # path → report, form, form_paper, check, seal, merged …
    digests: Mapping[str, str] = field(default_factory=dict)  # path → SM3
    evidence: tuple[str, ...] = ()
    surveys: tuple[Mapping[str, Any], ...] = ()

    @property
    def reports(self) -> tuple[str, ...]:
        """The files that are the report, in each of its formats."""
        return tuple(path for path, kind in self.kinds.items() if kind == "report")

    def altered(self, parts: Sequence[Part]) -> list[str]:
        """The files that are not what the manifest says, or not there."""
        there = {one.path: one for one in parts}
        return [
            path
            for path, told in self.digests.items()
            if path not in there or sm3(there[path].content) != told.lower()
        ]


def manifest_of(parts: Sequence[Part]) -> Manifest | None:
    """The manifest of a package; None where there is none that can be read."""
    part = next((one for one in parts if one.name == NAME), None)
    if part is None:
        return None
    try:
        told = json.loads(part.content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError):
        return None
    if not isinstance(told, dict):
        return None
    org = told.get("org") or told.get("unit") or {}
    title = org.get("title", "") if isinstance(org, dict) else told.get("title", "")
    return Manifest(
        org=_text(org.get("id") if isinstance(org, dict) else org),
        title=_text(title) or _text(told.get("org_title")),
        year=_year(told.get("year")),
        kinds=_by_path(told.get("files"), "kind"),
        digests=_by_path(told.get("files"), "sm3"),
        evidence=tuple(
            " ".join(words)
            for one in _dicts(told.get("evidence"))
            if (words := [_text(value) for value in one.values() if isinstance(value, str)])
        ),
        surveys=tuple(_dicts(told.get("surveys"))),
    )


def _by_path(files: Any, name: str) -> dict[str, str]:
    return {
        path: word
        for one in _dicts(files)
        if (path := _text(one.get("path"))) and (word := _text(one.get(name)))
    }


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _year(value: Any) -> int:
    return int(value) if str(value).isdigit() and 1990 < int(value) < 2200 else 0
