"""Numbers as office people type them: full-width digits, thousands separators, 万 and 亿, 30余, 约200.

Reads text into exact numbers; ValueErrors say in Chinese what was found and what would be right.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from jixiao.values import SCALES, Qualifier

_NUMBER = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_SCALE_WORDS = tuple(sorted((word for word in SCALES if word), key=len, reverse=True))
_BEFORE = {
    "约": Qualifier.APPROX,
    "大约": Qualifier.APPROX,
    "近": Qualifier.APPROX,
    "超过": Qualifier.OVER,
    "超": Qualifier.OVER,
    "至少": Qualifier.AT_LEAST,
    "不少于": Qualifier.AT_LEAST,
    "不低于": Qualifier.AT_LEAST,
    "至多": Qualifier.AT_MOST,
    "不超过": Qualifier.AT_MOST,
    "不多于": Qualifier.AT_MOST,
}
_BEHIND = {
    "余": Qualifier.OVER,
    "多": Qualifier.OVER,
    "左右": Qualifier.APPROX,
    "以上": Qualifier.AT_LEAST,
    "以下": Qualifier.AT_MOST,
    "以内": Qualifier.AT_MOST,
}


def half_width(text: str) -> str:
    """Digits, letters and signs in their narrow forms, outer blanks gone.

    >>> half_width(" １，２００．５ "), half_width("2020－3－5")
    ('1,200.5', '2020-3-5')
    """
    return unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-").strip()


def read_number(text: str, units: tuple[str, ...] = ()) -> Decimal:
    """An exact number with its multiplier (万, 亿 …) and, at most, one of `units` behind it.

    >>> read_number("73万元", ("元",)), read_number("1,204件", ("件",))
    (Decimal('730000'), Decimal('1204'))
    """
    plain = half_width(text).replace(" ", "").lstrip("¥￥")
    for unit in sorted((half_width(unit) for unit in units if unit), key=len, reverse=True):
        if plain.endswith(unit):
            plain = plain.removesuffix(unit)
            break
    scale = next((word for word in _SCALE_WORDS if plain.endswith(word)), "")
    match = _NUMBER.fullmatch(plain.removesuffix(scale))
    if match is None:
        unit = units[0] if units else ""
        raise ValueError(f"“{text}”不是数字；请填写如 1200、1,200 或 3.5万{unit} 的数")
    sign, whole, part = match.groups()
    return Decimal(f"{sign}{whole.replace(',', '')}{part or ''}") * SCALES[scale]


def read_stated(text: str, units: tuple[str, ...] = ()) -> tuple[Decimal, Qualifier]:
    """A number that may commit itself less than exactly.

    >>> read_stated("20余万字", ("字",)), read_stated("约200")
    ((Decimal('200000'), <Qualifier.OVER: 'over'>), (Decimal('200'), <Qualifier.APPROX: 'approx'>))
    """
    plain = half_width(text).replace(" ", "")
    qualifier = Qualifier.EXACT
    for word in sorted(_BEFORE, key=len, reverse=True):
        if plain.startswith(word):
            plain, qualifier = plain.removeprefix(word), _BEFORE[word]
            break
    for word, meant in _BEHIND.items():
        at = plain.find(word)
        if at > 0 and plain[at - 1] in "0123456789万亿千百" + "".join(units):
            if qualifier is not Qualifier.EXACT:
                raise ValueError(f"“{text}”里有两个约数词；请只写一个，如 30余 或 约30")
            plain, qualifier = plain[:at] + plain[at + len(word) :], meant
            break
    return read_number(plain, units), qualifier
