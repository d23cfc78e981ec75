"""Guards the boundary: work done is recorded, people are not. Which words and columns may not describe a
person.

Bans ethnicity, religion, political opinion and party, health, whereabouts, overseas ties and a member's
sector at `about: person` level (and below it). Organisations, places and titles may bear such words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from jixiao.catalogue.boundary_words import (
    BANNED,
    NAMES_A_PERSON,
    OF_A_PERSON,
    PEOPLES,
    PINYIN,
    STEMS,
)
from jixiao.catalogue.kinds import About, FieldType, Kind
from jixiao.catalogue.registers import CodeTable

if TYPE_CHECKING:
    from jixiao.catalogue.catalogue import Catalogue
    from jixiao.catalogue.pieces import Complaints

# Traditional signs of the words above, so that a table written in them is no way round.
_TRADITIONAL = "別種屬黨員態進農學殘礙況體檢傷軌跡蹤戶僑護國綠關係麵臺會無眾禮"
_SIMPLIFIED = str.maketrans(_TRADITIONAL, "别种属党员态进农学残碍况体检伤轨迹踪户侨护国绿关系面台会无众礼")
_WRITTEN = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.SERIAL)
_OTHER_PARTY = {"third", "contract", "contracting", "parties"}
_ONE_OF_PEOPLES = re.compile(rf"(?:{PEOPLES})族(?![馆箱乡自县州区镇村社学中小])")
_PEOPLE = re.compile(r"(?!家族|亲族|上班族)[\u4e00-\u9fff]{1,5}族")

_SOMEBODY = r"[\u4e00-\u9fff]{2,4}[,(\t ](?:[男女][,\t ])?"
_PARTIES = (
    "中共(?:预备)?党员|共青团员|民革党员|民盟盟员|民[建进]会员|农工党员|致公党员|九三学社社员|无党派(?:人士)?"
)
_TOLD = {
    "民族": re.compile(rf"{_SOMEBODY}(?:{PEOPLES})族(?=[,)\t ]|$)", re.M),
    "宗教信仰": re.compile(r"信仰(?:伊斯兰|天主|基督|佛|道)教|信仰:[^无,)\s]"),
    "政治观点和党派": re.compile(
        rf"政治(?:面貌|身份)(?:为|是|:)|{_SOMEBODY}(?:{_PARTIES})(?=[,)\t ]|$)", re.M
    ),
    "健康": re.compile(
        r"(?:身患|患有|确诊为?)[^,。;\s]{0,12}(?:[病癌症瘤炎]|残疾)|[一二三四]级(?:肢体|视力|听力|智力|精神)残疾"
    ),
    "行踪": re.compile(r"(?:家庭|户籍|居住)地?住?(?:地址|址)(?:为|是|:)|(?:现住|家住)(?:址|地)?[:于在]"),
    "海外关系": re.compile(r"护照号|持有?[^,。;\s]{0,6}(?:绿卡|护照)|有海外(?:关系|亲属)"),
}

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
    apart = re.sub(r"([a-z])([A-Z])", r"\1_\2", _latin(name))
    tokens = set(re.split(r"[^a-z]+", apart.lower()))
    if "party" in tokens and not _OTHER_PARTY & tokens:
        return "政治观点和党派"
    han, joined = _han(name), re.sub(r"[^a-z]+", "", apart.lower())
    for attribute, words in BANNED.items():
        if any((word in tokens) if word.isascii() else (word in han) for word in words):
            return attribute
        if any(token.startswith(STEMS[attribute]) for token in tokens) or PINYIN[attribute].search(joined):
            return attribute
    return "民族" if _ONE_OF_PEOPLES.search(han) else None


def banned_of_person(name: str) -> str | None:
    """The same of what stands beside a person, where more words mean it.

    >>> banned("住院情况"), banned_of_person("住院情况")
    (None, '健康')
    """
    if found := banned(name):
        return found
    plain = _plain(name)
    return next((attribute for attribute, words in OF_A_PERSON.items() if words.search(plain)), None)


def named_value(title: str) -> str | None:
    """Which banned attribute a value to choose from is: one of the peoples, faiths or parties by name."""
    return "民族" if _PEOPLE.fullmatch(_han(title)) else banned(title)


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
        crossings = _crossings(kind, catalogue.codes)
    elif speaks_of_person(kind, catalogue) or _names_a_person(kind):
        crossings = _beside(kind)
    else:
        return
    for path, found in crossings:
        yield path, found, "删去：不记录个人的这类情况；机关做了什么，可记在活动或事项里"


def warnings(text: str) -> list[str]:
    """What in free text looks like personal data, in Chinese; nothing is changed or refused here."""
    text = unicodedata.normalize("NFKC", text)
    found = []
    if _IDENTITY.search(text) or _IDENTITY_OLD.search(text):
        found.append("文字中像有身份证号码，请删去")
    if _PHONE.search(text):
        found.append("文字中像有手机号码，请删去")
    return found


def remarks(text: str) -> list[str]:
    """The warnings of free text, and which banned attribute it seems to tell of somebody.

    >>> remarks("走访张某（回族），了解用工"), remarks("走访示例回族乡，汉族、回族群众参加")
    (['文字中像写了个人的民族，请删去'], [])
    """
    plain = unicodedata.normalize("NFKC", text)
    told = [attribute for attribute, pattern in _TOLD.items() if pattern.search(plain)]
    return warnings(text) + [f"文字中像写了个人的{attribute}，请删去" for attribute in told]


def looks_personal(text: str) -> bool:
    """True for an identity-card or telephone number."""
    return bool(warnings(text))


def speaks_of_person(kind: Kind, catalogue: Catalogue) -> bool:
    """Whether the kind, or one above it, is about persons, or points to one that is."""
    near = [*_line(kind, catalogue), *_subjects(kind, catalogue)]
    return any(one.about is About.PERSON for one in near)


def _names_a_person(kind: Kind) -> bool:
    """Whether a field is somebody's name, whatever the kind says it is about."""
    named = ((name, field) for name, field in kind.fields.items() if field.type in _WRITTEN)
    return any(NAMES_A_PERSON.search(_plain(text)) for name, field in named for text in (name, field.title))


def _line(kind: Kind, catalogue: Catalogue) -> Iterable[Kind]:
    seen: set[str] = set()
    here: Kind | None = kind
    while here is not None and here.full_id not in seen:
        seen.add(here.full_id)
        yield here
        here = catalogue.kinds.get(here.parent) if here.parent else None


def _subjects(kind: Kind, catalogue: Catalogue) -> Iterable[Kind]:
    """The kinds that fields of this one point to."""
    wanted = {field.to for field in kind.fields.values() if field.to}
    return [catalogue.kinds[name] for name in wanted if name in catalogue.kinds]


def _beside(kind: Kind) -> Iterable[tuple[tuple[str | int, ...], str]]:
    """Fields that beside a pointer to a person can only speak of that person: the bare attribute, with nothing
    said of whose it is. 宗教场所 beside a visitor is a place; 宗教信仰 beside one is the visitor's.
    """
    for name, field in kind.fields.items():
        bare = re.sub(
            r"^(所属|本人|个人|委员|人员|是否)|(状况|情况|类别|名称|等级|成份|成分)$", "", _plain(field.title)
        )
        for attribute, words in BANNED.items():
            is_pinyin = bare.isascii() and PINYIN[attribute].search(bare)
            if bare in words or is_pinyin or (bare.isascii() and bare.startswith(STEMS[attribute])):
                yield ("fields", name), f"“{field.title}”涉及个人的{attribute}"


def _plain(text: str) -> str:
    return _han(_latin(text)).lower()


def _latin(text: str) -> str:
    """Wide letters as narrow ones, without accents and signs that are not seen."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if unicodedata.category(sign) not in ("Mn", "Cf"))


def _han(text: str) -> str:
    """Without spaces and signs between the characters, in simplified ones."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if sign.isalnum()).translate(_SIMPLIFIED)


def _crossings(kind: Kind, codes: Mapping[str, CodeTable]) -> Iterable[tuple[tuple[str | int, ...], str]]:
    if kind.about is About.PERSON and (
        attribute := banned_of_person(kind.id) or banned_of_person(kind.title)
    ):
        yield ("title",), f"“{kind.title}”涉及个人的{attribute}"
    for name, field in kind.fields.items():
        table = codes.get(field.codes) if field.codes else None
        told = [name, field.title, field.hint, field.unit, *([table.id, table.title] if table else [])]
        values = (
            [named_value(text) for id, code in table.codes.items() for text in (id, code.title)]
            if table
            else []
        )
        if attribute := next((one for one in [*map(banned_of_person, told), *values] if one), None):
            yield ("fields", name), f"“{field.title}”涉及个人的{attribute}"
    for place, specs in (("states", kind.states), ("steps", kind.steps)):
        for name, spec in specs.items():
            if attribute := banned_of_person(name) or banned_of_person(spec.title):
                yield (place, name), f"“{spec.title}”涉及个人的{attribute}"
    for role, link in kind.links.items():
        if attribute := banned_of_person(role) or banned_of_person(link.title):
            yield ("links", role), f"“{link.title}”涉及个人的{attribute}"
