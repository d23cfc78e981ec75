"""Characters nobody sees do not part numbers, and places stay those of the text as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.reading.quantities import find
from jixiao.reading.silent import without_silent

SILENT = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"]


@pytest.mark.parametrize("silent", SILENT)
def test_a_number_with_a_silent_character_inside_is_one(silent: str) -> None:
    text = f"收到12{silent}3{silent}件，办结3件"
    first, second = find(text)
    assert (str(first.quantity.value), str(second.quantity.value)) == ("123", "3")
    assert (first.text, second.text) == (f"12{silent}3{silent}件", "3件")
    assert text[first.start : first.end] == first.text
    assert text[second.start : second.end] == second.text


@settings(max_examples=50, deadline=None)
@given(st.text(st.sampled_from(["甲", "1", *SILENT]), max_size=30))
def test_every_character_knows_where_it_stood(text: str) -> None:
    shown, places = without_silent(text)
    assert shown == "".join(character for character in text if character not in SILENT)
    assert all(text[places[index]] == character for index, character in enumerate(shown))
