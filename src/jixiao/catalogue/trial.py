"""A scheme as text and back: a rule under discussion is read like a pack file, without being put into a pack."""

from __future__ import annotations

import yaml
from pydantic import ValidationError

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.checks.schemes import check_scheme
from jixiao.catalogue.pieces import Complaint
from jixiao.catalogue.read_yaml import Text, field_name, parse
from jixiao.catalogue.schemes import Scheme
from jixiao.catalogue.translate import complaints
from jixiao.errors import PackErrors, Problem

SHOWN = "草案"


def written(scheme: Scheme) -> str:
    """The scheme as the text of a file, to be changed and read again."""
    left_out = {"pack", "id", "examples", "sample"}
    plain = scheme.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=left_out)
    return str(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=110))


def read_scheme(source: str, of: Scheme, catalogue: Catalogue) -> Scheme:
    """A draft of the scheme `of`, as YAML text. Raises PackErrors with every problem, by line.

    A draft speaks of the same subjects as the rule it would take the place of.
    """
    text = parse(source, SHOWN)
    if text.problems:
        raise PackErrors(text.problems)
    if not isinstance(text.data, dict):
        raise PackErrors([Problem(SHOWN, 1, "文件", "最外层不是“名称: 值”的形式", "如 title: 名称")])
    data = {"source": [one.model_dump() for one in of.source], **text.data, "pack": of.pack, "id": of.id}
    data.pop("versions", None)
    try:
        draft = Scheme.model_validate(data)
    except ValidationError as error:
        raise PackErrors([_problem(text, one) for one in complaints(error, Scheme, data)]) from None
    if draft.subjects is not None and of.subjects is not None:
        kind = of.subjects.kind
        draft = draft.model_copy(update={"subjects": draft.subjects.model_copy(update={"kind": kind})})
    if problems := [_problem(text, one) for one in check_scheme(draft, catalogue)]:
        raise PackErrors(problems)
    return draft


def _problem(text: Text, complaint: Complaint) -> Problem:
    path, found, expected = complaint
    return Problem(text.file, text.line(path), field_name(path), found, expected)
