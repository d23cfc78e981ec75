"""Numbers that belong to a person or an account, found in free text: identity cards, telephones, bank cards and accounts.

Reads full-width and parted digits. What stands before a number decides where digits alone cannot: a project code is no
identity card, a sum of money no account. Does not see a number written in words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Sort = Literal["identity", "mobile", "landline", "bank"]

_GAP = r"[ \-–—·]?"
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z.])[1-9](?:{_GAP}\d){{16}}{_GAP}[0-9Xx](?![0-9A-Za-z])")
_IDENTITY_OLD = re.compile(
    r"(?<![0-9A-Za-z.])[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])"
)
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.])(?:\+?86[ -]?)?(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|1[ -][3-9](?:[ -]\d){9})(?![0-9A-Za-z])"
)
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z.\-])[（(]?0\d{2,3}[）)]?[ \-—]{0,2}[2-9]\d{2,3}[ -]?\d{4}(?![0-9A-Za-z])"
)
_SHORT_LANDLINE = re.compile(r"(?<![0-9A-Za-z.\-])[2-9]\d{2,3}[ -]?\d{4}(?![0-9A-Za-z])")
_CARD = re.compile(rf"(?<![0-9A-Za-z.])(?:62|60|9558|3|4|5)(?:{_GAP}\d){{12,17}}(?![0-9A-Za-z])")
_ACCOUNT = re.compile(r"(?<![0-9A-Za-z.])\d(?:[ \-]?\d){7,28}(?![0-9A-Za-z])")

_AMOUNT_AFTER = re.compile(r"\s*(?:[.]\d|[万亿]?元|平方|公里|吨|[件人户条次份家])")
_IDENTITY_BEFORE = re.compile(r"(?:身份证|证件号?|证号|公民身份)[^，。；0-9]{0,8}$")
_TELEPHONE_BEFORE = re.compile(r"(?:电话|手机|座机|传真|联系方式|热线|Tel)[^，。；0-9]{0,8}$", re.IGNORECASE)
_ACCOUNT_BEFORE = re.compile(
    r"(?:账号|帐号|账户|帐户|卡号|银行卡|一卡通|存折)[^，。；0-9]{0,10}$|开户[行银][^，。；0-9]{0,24}$"
)
_CODE_BEFORE = re.compile(
    r"(?:编码|编号|代码|文号|单号|流水号|序列号|条码|项目号|合同号|发票号?码?|信用代码|登记号|索引号|预算码)[^，。；0-9]{0,6}$"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LOOKED_BACK = 40


@dataclass(frozen=True, slots=True)
class Found:
    """A number as it stands in the normalised text."""

    sort: Sort
    text: str


def numbers_in(text: str, label: str = "") -> list[Found]:
    """Every such number, each place once, the surest sort first. `label` is what names the text: the head of its column.

    >>> [(one.sort, one.text) for one in numbers_in("电话１３８ ００００ １２３４，项目编码430600202003050012")]
    [('mobile', '138 0000 1234')]
    """
    before = unicodedata.normalize("NFKC", f"{label}：") if label else ""
    plain = before + unicodedata.normalize("NFKC", text)
    taken: list[tuple[int, int]] = []
    found = []
    for sort, start, end in _candidates(plain):
        if end <= len(before) or any(start < last and first < end for first, last in taken):
            continue
        taken.append((start, end))
        found.append((start, Found(sort, plain[start:end].strip())))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _candidates(plain: str) -> Iterator[tuple[Sort, int, int]]:
    for match in _IDENTITY.finditer(plain):
        if _is_identity(match[0], _told(plain, match.start())):
            yield "identity", *match.span()
    for match in _ACCOUNT.finditer(plain):
        if _ACCOUNT_BEFORE.search(_told(plain, match.start())):
            yield "bank", *match.span()
    for match in _CARD.finditer(plain):
        digits = _digits(match[0])
        if 15 <= len(digits) <= 19 and luhn(digits) and not _is_code(plain, match):
            yield "bank", *match.span()
    for match in _MOBILE.finditer(plain):
        if not _is_code(plain, match) and not _AMOUNT_AFTER.match(plain, match.end()):
            yield "mobile", *match.span()
    for match in _LANDLINE.finditer(plain):
        if not _is_code(plain, match):
            yield "landline", *match.span()
    for match in _SHORT_LANDLINE.finditer(plain):
        if _TELEPHONE_BEFORE.search(_told(plain, match.start())):
            yield "landline", *match.span()
    for match in _IDENTITY_OLD.finditer(plain):
        if _IDENTITY_BEFORE.search(_told(plain, match.start())):
            yield "identity", *match.span()


def _is_identity(text: str, told: str) -> bool:
    """A day of birth, and either the right last sign or words that say so; a code by name is none."""
    digits = _digits(text)
    if _IDENTITY_BEFORE.search(told):
        return True
    if _CODE_BEFORE.search(told) or _ACCOUNT_BEFORE.search(told):
        return False
    return _has_birthday(digits) and digits[-1] == check_sign(digits[:17])


def check_sign(digits: str) -> str:
    """The last sign of an identity number from its first seventeen digits (GB 11643, ISO 7064 mod 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def luhn(digits: str) -> bool:
    """Whether the digits end with their check digit as bank cards do (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _has_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2099


def _is_code(plain: str, match: re.Match[str]) -> bool:
    return bool(_CODE_BEFORE.search(_told(plain, match.start())))


def _told(plain: str, start: int) -> str:
    return plain[max(0, start - _LOOKED_BACK) : start]


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum()).upper()
