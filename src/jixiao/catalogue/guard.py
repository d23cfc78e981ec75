"""Guards the boundary: work done is recorded, people are not. Which words and columns may not describe a
person.

Bans ethnicity, religion, political opinion and party, health, whereabouts, overseas ties and a member's
sector at `about: person` level (and below it). Organisations, places and titles may bear such words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from jixiao.catalogue.kinds import About, Kind
from jixiao.catalogue.registers import CodeTable

if TYPE_CHECKING:
    from jixiao.catalogue.catalogue import Catalogue
    from jixiao.catalogue.pieces import Complaints

BANNED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "民族": ("民族", "族别", "族裔", "ethnic", "ethnicity", "nationality", "race"),
        "宗教信仰": (
            "宗教",
            "信仰",
            "信教",
            "教派",
            "教职",
            "religion",
            "religious",
            "faith",
            "belief",
            "creed",
        ),
        "政治观点和党派": (
            "政治面貌",
            "政治观点",
            "政治倾向",
            "政治立场",
            "政治态度",
            "党派",
            "党籍",
            "党员",
            "党龄",
            "入党",
            "party",
            "partisan",
            "political",
            "politics",
        ),
        "健康": (
            "健康",
            "疾病",
            "病史",
            "病情",
            "残疾",
            "残障",
            "血型",
            "health",
            "illness",
            "disease",
            "disability",
        ),
        "行踪": (
            "行踪",
            "轨迹",
            "定位",
            "住址",
            "居住地",
            "去向",
            "whereabouts",
            "trajectory",
            "residence",
            "geolocation",
        ),
        "海外关系": (
            "海外",
            "境外关系",
            "国外关系",
            "侨",
            "港澳台关系",
            "出国",
            "出境",
            "护照",
            "overseas",
            "abroad",
            "passport",
        ),
        "界别": ("界别", "sector"),
    }
)

_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])"
)
_IDENTITY_OLD = re.compile(r"(?<!\d)[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)")


def banned(name: str) -> str | None:
    """Which banned attribute a title or id speaks of, if any. English words count only as whole words.

    >>> banned("政治面貌"), banned("member_religion"), banned("department"), banned("participants")
    ('政治观点和党派', '宗教信仰', None, None)
    """
    apart = re.sub(r"([a-z])([A-Z])", r"\1_\2", name)
    tokens = set(re.split(r"[^a-z]+", apart.lower()))
    for attribute, words in BANNED.items():
        for word in words:
            if (word in tokens) if word.isascii() else (word in name):
                return attribute
    return None


def banned_columns(header: Sequence[str]) -> dict[int, str]:
    """The positions of columns in an imported header that speak of a banned attribute, and of which."""
    return {place: attribute for place, title in enumerate(header) if (attribute := banned(str(title or "")))}


def check_kind(kind: Kind, codes: Mapping[str, CodeTable] = MappingProxyType({})) -> list[str]:
    """Why a kind about persons may not stand: one Chinese sentence for each field or link that crosses
    the boundary.
    """
    return [found for _, found in _crossings(kind, codes)] if kind.about is About.PERSON else []


def complaints(kind: Kind, catalogue: Catalogue) -> Complaints:
    """The loader's form of `check_kind`; it also covers kinds below a kind about persons."""
    if any(one.about is About.PERSON for one in _line(kind, catalogue)):
        for path, found in _crossings(kind, catalogue.codes):
            yield path, found, "删去：不记录个人的这类情况；机关做了什么，可记在活动或事项里"


def warnings(text: str) -> list[str]:
    """What in free text looks like personal data, in Chinese; nothing is changed or refused here."""
    found = []
    if _IDENTITY.search(text) or _IDENTITY_OLD.search(text):
        found.append("文字中像有身份证号码，请删去")
    if _PHONE.search(text):
        found.append("文字中像有手机号码，请删去")
    return found


def looks_personal(text: str) -> bool:
    """True for an identity-card or telephone number."""
    return bool(warnings(text))


def _line(kind: Kind, catalogue: Catalogue) -> Iterable[Kind]:
    seen: set[str] = set()
    here: Kind | None = kind
    while here is not None and here.full_id not in seen:
        seen.add(here.full_id)
        yield here
        here = catalogue.kinds.get(here.parent) if here.parent else None


def _crossings(kind: Kind, codes: Mapping[str, CodeTable]) -> Iterable[tuple[tuple[str | int, ...], str]]:
    for name, field in kind.fields.items():
        table = codes.get(field.codes) if field.codes else None
        told = [name, field.title, *([table.id, table.title] if table else [])]
        if attribute := next((one for word in told if (one := banned(word))), None):
            yield ("fields", name), f"“{field.title}”涉及个人的{attribute}"
    for role, link in kind.links.items():
        if attribute := banned(role) or banned(link.title):
            yield ("links", role), f"“{link.title}”涉及个人的{attribute}"
