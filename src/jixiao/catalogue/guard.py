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

from jixiao.catalogue.kinds import About, Kind
from jixiao.catalogue.registers import CodeTable

if TYPE_CHECKING:
    from jixiao.catalogue.catalogue import Catalogue
    from jixiao.catalogue.pieces import Complaints

BANNED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "民族": (
            "民族",
            "族别",
            "族裔",
            "族群",
            "种族",
            "族属",
            "ethnic",
            "ethnicity",
            "minority",
            "race",
            "minzu",
        ),
        "宗教信仰": (
            "宗教",
            "信仰",
            "信教",
            "教派",
            "教职",
            "教徒",
            "信徒",
            "信众",
            "礼拜",
            "皈依",
            "佛教",
            "道教",
            "伊斯兰",
            "穆斯林",
            "天主教",
            "基督",
            "zongjiao",
            "muslim",
            "buddhist",
            "christian",
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
            "政治身份",
            "中共",
            "共青团",
            "团员",
            "民革",
            "民盟",
            "民建会员",
            "民进会员",
            "农工党",
            "致公党",
            "九三学社",
            "台盟",
            "党派",
            "党籍",
            "党员",
            "党龄",
            "入党",
            "communist",
            "dangpai",
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
            "患病",
            "伤残",
            "体检",
            "身体状况",
            "medical",
            "diagnosis",
            "disabled",
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
            "家庭地址",
            "常住地",
            "address",
            "domicile",
            "gps",
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
            "国籍",
            "外籍",
            "绿卡",
            "nationality",
            "visa",
            "overseas",
            "abroad",
            "passport",
        ),
        "界别": ("界别", "sector"),
    }
)

# Traditional signs of the words above, so that a table written in them is no way round.
_TRADITIONAL = "別種屬黨員態進農學殘礙況體檢傷軌跡蹤戶僑護國綠關係麵臺會無眾禮"
_SIMPLIFIED = str.maketrans(_TRADITIONAL, "别种属党员态进农学残碍况体检伤轨迹踪户侨护国绿关系面台会无众礼")
_OTHER_PARTY = {"third", "contract", "contracting", "parties"}
_PEOPLE = re.compile(r"(?!家族|亲族|上班族)[\u4e00-\u9fff]{1,5}族")

_PEOPLES = (
    "汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|"
    "珞巴|基诺"
)
_TOLD = {
    "民族": re.compile(rf"[\u4e00-\u9fff]{{2,4}}[,(\t ](?:[男女][,\t ])?(?:{_PEOPLES})族(?=[,)\t ]|$)", re.M),
    "宗教信仰": re.compile(r"信仰(?:伊斯兰|天主|基督|佛|道)教|信仰:[^无,)\s]"),
    "政治观点和党派": re.compile(r"政治(?:面貌|身份)(?:为|是|:)"),
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
    plain = unicodedata.normalize("NFKC", name)
    apart = re.sub(r"([a-z])([A-Z])", r"\1_\2", plain)
    tokens = set(re.split(r"[^a-z]+", apart.lower()))
    if "party" in tokens and not _OTHER_PARTY & tokens:
        return "政治观点和党派"
    han = _han(name)
    for attribute, words in BANNED.items():
        for word in words:
            if (word in tokens) if word.isascii() else (word in han):
                return attribute
    return None


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
    elif any(one.about is About.PERSON for one in _subjects(kind, catalogue)):
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
        bare = re.sub(r"^(所属|本人|个人|委员|人员|是否)|(状况|情况|类别|名称|等级)$", "", _han(field.title))
        for attribute, words in BANNED.items():
            if bare in words:
                yield ("fields", name), f"“{field.title}”涉及个人的{attribute}"


def _han(text: str) -> str:
    """Without spaces and signs between the characters, in simplified ones."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if sign.isalnum()).translate(_SIMPLIFIED)


def _crossings(kind: Kind, codes: Mapping[str, CodeTable]) -> Iterable[tuple[tuple[str | int, ...], str]]:
    if kind.about is About.PERSON and (attribute := banned(kind.id) or banned(kind.title)):
        yield ("title",), f"“{kind.title}”涉及个人的{attribute}"
    for name, field in kind.fields.items():
        table = codes.get(field.codes) if field.codes else None
        told = [name, field.title, field.hint, field.unit, *([table.id, table.title] if table else [])]
        values = [named_value(code.title) for code in table.codes.values()] if table else []
        if attribute := next((one for one in [*map(banned, told), *values] if one), None):
            yield ("fields", name), f"“{field.title}”涉及个人的{attribute}"
    for place, specs in (("states", kind.states), ("steps", kind.steps)):
        for name, spec in specs.items():
            if attribute := banned(name) or banned(spec.title):
                yield (place, name), f"“{spec.title}”涉及个人的{attribute}"
    for role, link in kind.links.items():
        if attribute := banned(role) or banned(link.title):
            yield ("links", role), f"“{link.title}”涉及个人的{attribute}"
