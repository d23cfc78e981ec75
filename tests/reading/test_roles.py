"""Which part each quantity plays in its sentence, and where it stands."""

from __future__ import annotations

import pytest

from jixiao.reading import read
from jixiao.reading.contexts import context_of
from jixiao.values import Statement


def statements(text: str) -> dict[str, Statement]:
    return {one.text: one for one in read(text.encode(), "a.txt").statements}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("联系企业35家，其中帮扶6家、走访29家。", {"35家": "total", "6家": "part", "29家": "part"}),
        ("征集提案50件，立案48件，立案率96%。", {"50件": "denominator", "48件": "numerator", "96%": "rate"}),
        ("全年目标20次，实际22次。", {"20次": "target", "22次": "actual"}),
        ("接待费年初预算3.20万元，支出决算1.60万元。", {"3.20万元": "budget", "1.60万元": "final"}),
        ("受理120件，比上年的100件增长20%。", {"100件": "previous", "20%": "growth"}),
    ],
)
def test_a_quantity_knows_its_part(text: str, roles: dict[str, str]) -> None:
    told = statements(text)
    assert {word: told[word].role for word in roles} == roles


def test_a_quantity_knows_its_clause_section_and_period() -> None:
    text = "一、办理情况\n2023年，共收到来信80件，上年为70件。办结75件。"
    reading = read(text.encode(), "a.txt")
    around = {one.text: context_of(reading, one) for one in reading.statements}
    assert around["80件"].clause == "共收到来信"
    assert around["80件"].section == "一、办理情况"
    assert [around[word].period for word in ("80件", "70件", "75件")] == ["2023年", "上年", "上年"]


def test_the_words_of_a_sentence_speak_of_the_same_statements() -> None:
    reading = read("联系企业35家，其中帮扶6家、走访29家。".encode(), "a.txt")
    (sentence,) = reading.sentences
    assert [term.statement for term in sentence.terms] == list(reading.statements)
    assert all(term.statement.role for term in sentence.terms)
