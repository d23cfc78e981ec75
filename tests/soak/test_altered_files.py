"""Thousands of single edits to an issued report: every one that changes what is read is found."""

from __future__ import annotations

import os
import random
import re

import pytest
from tests.processes import run_in

from jixiao.reading import normalise, read
from jixiao.reports import seal

ORG = "demo-cppcc"
EDITS = int(os.environ.get("JIXIAO_EDITS", "2000"))

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("issued")
    assert run_in(folder / "home", "demo", "--no-serve", "--out", str(folder / "out")).returncode == 0
    return (folder / "out" / f"{ORG}-2020.html").read_text(encoding="utf-8")


def outcome(page: str) -> seal.Outcome:
    content = page.encode()
    reading = read(content, "report.html")
    carried = seal.extract(content)
    assert carried is not None
    record = seal.load(carried)
    figures = seal.figures_read(reading.statements, reading.document.marks, record)
    return seal.verify(record, figures, normalise(reading.document.text)).outcome


def test_every_altered_character_of_the_body_is_found(issued: str) -> None:
    body = re.search(r"<main.*?</main>", issued, re.DOTALL)
    assert body
    places = [
        body.start() + match.start(1) + offset
        for match in re.finditer(r">([^<>]+)<", body.group())
        for offset, character in enumerate(match.group(1))
        if not character.isspace()
    ]
    seed = random.randrange(2**32)
    print(f"seed {seed}, {EDITS} edits of {len(places)} places")
    draw = random.Random(seed)
    missed = []
    for _ in range(EDITS):
        place = draw.choice(places)
        other = draw.choice([one for one in "0123456789甲乙" if one != issued[place]])
        forged = issued[:place] + other + issued[place + 1 :]
        if outcome(forged) is seal.Outcome.CONSISTENT_ONLY and normalise(other) != normalise(issued[place]):
            missed.append((place, issued[place], other, issued[place - 20 : place + 20]))
    assert outcome(issued) is seal.Outcome.CONSISTENT_ONLY
    assert missed == []
