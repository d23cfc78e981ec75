"""Which column of a file is which column of a kind: by id, by title, or as somebody said before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jixiao.catalogue import guard
from jixiao.catalogue.kinds import FieldType
from jixiao.catalogue.nearest import nearest
from jixiao.sheets.columns import PROBLEMS, Column, problems_column

_DAY = re.compile(r"日期|时间|年月日")
IGNORE = "-"  # said of a heading that is to be left out


@dataclass(slots=True)
class Matching:
    """`columns` by position; `unknown` and `ignored` headings by position; `banned` maps a position to (heading,
    attribute); `missing` are required columns that the file lacks; `suggested` maps an unknown heading to column ids.
    """

    columns: dict[int, Column] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    ignored: dict[int, str] = field(default_factory=dict)
    banned: dict[int, tuple[str, str]] = field(default_factory=dict)
    repeated: dict[int, str] = field(default_factory=dict)
    missing: list[Column] = field(default_factory=list)
    suggested: dict[str, list[str]] = field(default_factory=dict)


def match(
    columns: Sequence[Column],
    titles: Sequence[str],
    ids: Sequence[str] = (),
    remembered: Mapping[str, str] | None = None,
    *,
    of_person: bool = False,
) -> Matching:
    """Match a header. `remembered` maps plain headings to column ids (or `IGNORE`); `of_person` where rows speak of persons.

    A heading that speaks of a banned attribute and is no column of the kind is dropped whatever was remembered.
    """
    known = [*columns, problems_column()]
    by_id = {column.id: column for column in known}
    by_title = {plain(column.title): column for column in reversed(known)}
    by_title |= {plain(column.spec.title): column for column in known if column.spec}
    banned = guard.banned_of_person if of_person else guard.banned
    found = Matching()
    taken: set[str] = set()
    for place in range(max(len(titles), len(ids))):
        title = titles[place].strip() if place < len(titles) else ""
        id_ = ids[place].strip() if place < len(ids) else ""
        if not title and not id_:
            continue
        said = (remembered or {}).get(plain(title), "")
        column = by_id.get(id_) or by_id.get(title) or by_title.get(plain(title))
        if column is None and (attribute := banned(title) or banned(id_)):
            found.banned[place] = (title or id_, attribute)
        elif column is None and said == IGNORE:
            found.ignored[place] = title
        elif (column := column or by_id.get(said)) is None:
            found.unknown[place] = title or id_
            found.suggested[title] = _near(title, by_title)
        elif column.id in taken:
            found.repeated[place] = title
        elif column.id != PROBLEMS:
            taken.add(column.id)
            found.columns[place] = column
    found.missing = [column for column in columns if column.required and column.id not in taken]
    days = [column.id for column in found.missing if column.type is FieldType.DATE]
    for title, near in found.suggested.items():
        if not near and len(days) == 1 and _DAY.search(title):
            found.suggested[title] = days  # 发现日期 may well be the one day that is missing
    return found


def plain(title: str) -> str:
    """A heading without signs of must, units in brackets, spaces.

    >>> plain("* 金额（元）"), plain("收到 日期")
    ('金额', '收到日期')
    """
    text = re.sub(r"\([^()]*\)\s*$", "", unicodedata.normalize("NFKC", title))
    return re.sub(r"[\s*:]+", "", text).casefold()


def _near(title: str, by_title: Mapping[str, Column]) -> list[str]:
    wanted = plain(title)
    inside = [name for name in by_title if len(wanted) > 1 and (wanted in name or name in wanted)]
    names = list(dict.fromkeys([*inside, *nearest(wanted, by_title)]))
    return [by_title[name].id for name in names[:3] if by_title[name].id != PROBLEMS]
