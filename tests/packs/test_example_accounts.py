"""Every example account in a role that speaks for a subject is told for whom: one of the example's own register."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml

import jixiao
from jixiao.catalogue import load

EXAMPLES = sorted((Path(jixiao.__file__).parent / "packs").glob("*/examples/*/org.yaml"))
RULES = load(["united_front", "cppcc"])


def keys(folder: Path, register: str) -> set[str]:
    with (folder / "records" / f"{register.partition('/')[2]}.csv").open(encoding="utf-8") as lines:
        return {row["key"] for row in csv.DictReader(lines)}


def bound() -> list[tuple[str, Path, str, str]]:
    found = []
    for path in EXAMPLES:
        for person in yaml.safe_load(path.read_text("utf-8")).get("people", []):
            for held in person.get("memberships", []):
                role = RULES.roles.get(held["role"])
                if role and role.speaks_for:
                    found.append((person["username"], path.parent, role.speaks_for, held.get("subject", "")))
    return found


@pytest.mark.parametrize(
    ("username", "folder", "register", "subject"), bound(), ids=lambda one: str(one)[-20:]
)
def test_an_account_that_speaks_for_a_subject_is_told_for_whom(
    username: str, folder: Path, register: str, subject: str
) -> None:
    assert subject in keys(folder, register)


def test_both_example_offices_have_such_an_account() -> None:
    assert {register for _, _, register, _ in bound()} == {"cppcc/member", "united_front/party_organisation"}
