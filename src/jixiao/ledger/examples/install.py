"""Install an example org: org, packs, periods, people, records, filed values, reasons. Doing it again changes
nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from jixiao.catalogue.dates import read_date
from jixiao.errors import BadInput
from jixiao.ledger import projection
from jixiao.ledger.actions import filed, orgs, people, records, scores
from jixiao.ledger.actions.opening import bound_packs
from jixiao.ledger.examples.folders import folder_of, read
from jixiao.ledger.examples.tables import NAMESPACE, Tables
from jixiao.ledger.models import Membership, Org, Period, User
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.rules import catalogue as rules

Progress = Callable[[str, int, int], None]  # what, done, of how many


@dataclass(frozen=True, slots=True)
class Installed:
    """What there is now. `logins` are (username, name, the password it was given first)."""

    org: Org
    records: int
    logins: tuple[tuple[str, str, str], ...]


@transaction.atomic
def install(
    name: str | Path, *, passwords: Callable[[str], str] | None = None, progress: Progress | None = None
) -> Installed:
    """Install the example org of this id (or in this folder), all or nothing.

    `passwords` makes a password for a username the file gives none for. Raises NotFound, BadInput,
    PackErrors.
    """
    folder = name if isinstance(name, Path) else folder_of(name)
    about = read(folder / "org.yaml", {})
    projection.ensure(rules())
    with told("org.yaml"):
        org = _org(about)
        logins = tuple(account(org, person, passwords) for person in about.get("people", []))
    tables = Tables(org.pk, rules(), bound_packs(org.pk, rules()), about.get("notice", "示例数据"))
    tables.read(folder / "records")
    total = len(tables.rows)
    records.backfill_all(
        by=SYSTEM,
        org=org,
        cases=tables.pasts(),
        progress=progress and (lambda done: progress("台账记录", done, total)),
    )
    with told("org.yaml"):
        for person in about.get("people", []):
            _speak(org, person)
    with told("filed.yaml"):
        for value in read(folder / "filed.yaml", []):
            _file(org, value)
    with told("reasons.yaml"):
        _reasons(org, about, read(folder / "reasons.yaml", {}))
    return Installed(org, total, logins)


class told:
    """Turns what a data file left out or wrote wrongly into a message naming the file."""

    def __init__(self, file: str) -> None:
        self._file = file

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, KeyError):
            raise BadInput(f"{self._file} 缺少 {error.args[0]}") from error
        if isinstance(error, (BadInput, ValueError)):
            raise BadInput(f"{self._file}：{error}") from error


def _org(about: Mapping[str, Any]) -> Org:
    start = read_date(about["valid_from"])
    for other in about.get("other_orgs", []):
        made = orgs.create(
            by=SYSTEM,
            id=other["id"],
            title=other["title"],
            valid_from=read_date(other.get("valid_from", start)),
            is_example=True,
        )
        for pack in other.get("packs", ()):
            orgs.bind_pack(by=SYSTEM, org=made, pack=pack, from_on=made.valid_from)
    org = orgs.create(
        by=SYSTEM, id=about["id"], title=about["title"], short_title=about.get("short_title", ""),
        region_code=str(about.get("region_code", "")), valid_from=start, is_example=True,
        notice=about.get("notice", ""),
    )  # fmt: skip
    for pack in about["packs"]:
        orgs.bind_pack(by=SYSTEM, org=org, pack=pack, from_on=start)
    for period in about["periods"]:
        orgs.set_period(
            by=SYSTEM, org=org, basis=period["basis"], label=str(period["label"]), year=period["year"],
            from_on=read_date(period["from"]), to_on=read_date(period["to"]),
        )  # fmt: skip
    return org


def account(
    org: Org, person: Mapping[str, Any], passwords: Callable[[str], str] | None
) -> tuple[str, str, str]:
    """An example person with their roles; gives (username, name, first password)."""
    username = person["username"]
    password = str(person.get("password") or (passwords(username) if passwords else ""))
    if not password:
        raise BadInput(f"people 中的 {username} 没有 password")
    user = User.objects.filter(username=username).first()
    if user is None:
        user = people.create(
            by=SYSTEM, org=org, username=username, display_name=person["name"], password=password,
            is_demonstration=True,
        )  # fmt: skip
    for membership in person.get("memberships", []):
        place, role = membership.get("org", org.pk), rules().role(membership["role"]).full_id
        held = user.memberships.filter(org=place, role=role)
        if not held.exists():  # what was ended or moved since stays so
            begin = read_date(membership.get("from", org.valid_from))
            people.join(by=SYSTEM, user=user, org=place, role=role, from_on=begin)
    return username, person["name"], password


def _speak(org: Org, person: Mapping[str, Any]) -> None:
    """For whom the person speaks: `subject` is the key of a record in the register the role speaks for."""
    for given in person.get("memberships", []):
        if "subject" in given:
            role = rules().role(given["role"])
            key = f"{org.pk}/{role.speaks_for}/{given['subject']}"
            place = given.get("org", org.pk)
            held = Membership.objects.filter(user__username=person["username"], org=place, role=role.full_id)
            for one in held:
                people.speak_for(by=SYSTEM, membership=one, subject=str(uuid.uuid5(NAMESPACE, key)))


def _file(org: Org, value: Mapping[str, Any]) -> None:
    label, basis = str(value["label"]), value.get("basis", "calendar_year")
    period = Period.objects.filter(org=org, basis=basis, label=label).first()
    if period is None:
        raise BadInput(f"{value['item']}：没有期间“{basis} {label}”，请先在 org.yaml 的 periods 中写明")
    stated_on = read_date(value["stated_on"])
    key = f"{org.pk}/filed/{value['item']}/{basis}/{label}/{stated_on}"
    filed.file(
        by=SYSTEM, org=org, item=value["item"], value=str(value["value"]), stated_on=stated_on, period=period,
        source=value["source"], qualifier=value.get("qualifier", "exact"),
        invented=bool(value.get("invented")),
        id=str(uuid.uuid5(NAMESPACE, key)),
    )  # fmt: skip


def _reasons(org: Org, about: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    """`leaf: reason`, or `pack/scheme: {leaf: …}`; a leaf may also say {reason, judgement,
    not_applicable}.
    """
    year = int(found.get("year", max(period["year"] for period in about["periods"])))
    for name, said in found.items():
        if name == "year":
            continue
        if "/" in name:
            for leaf, inner in said.items():
                _note(org, name, year, leaf, inner)
        else:
            _note(org, _scheme_with(org, name), year, name, said)


def _scheme_with(org: Org, leaf: str) -> str:
    packs = bound_packs(org.pk, rules())
    for scheme in rules().schemes.values():
        if scheme.pack in packs and any(node.id == leaf for node in scheme.leaves):
            return scheme.full_id
    raise BadInput(f"没有一个评价方案有评分项“{leaf}”")


def _note(org: Org, scheme: str, year: int, leaf: str, said: Any) -> None:
    given = {"reason": said} if isinstance(said, str) else dict(said)
    scores.note(by=SYSTEM, org=org, scheme=scheme, year=year, leaf=leaf, **given)
