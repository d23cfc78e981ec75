"""Samples anybody can draw again; names of files no system stumbles over."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.ledger.file_names import LONGEST, safe, safe_file
from jixiao.ledger.sampling import at_random, every, greatest

ids = st.lists(st.uuids().map(str), unique=True, max_size=30)


def same(item):
    return item


@settings(max_examples=50, deadline=None)
@given(ids, st.integers(0, 40), st.text(max_size=10), st.randoms(use_true_random=False))
def test_a_random_sample_depends_on_seed_and_ids_alone(items, count, seed, random):
    drawn = at_random(items, count, seed, same)
    shuffled = list(items)
    random.shuffle(shuffled)
    assert set(drawn) == set(at_random(shuffled, count, seed, same))
    assert len(drawn) == min(count, len(items))
    assert drawn == [item for item in items if item in set(drawn)]


def test_another_seed_draws_others():
    items = [str(number) for number in range(100)]
    assert at_random(items, 10, "1", same) != at_random(items, 10, "2", same)
    assert at_random(items, 3, "甲", same) == [
        "8",
        "63",
        "88",
    ]  # as anybody finds with SHA-256 of seed, newline, id


@settings(max_examples=50, deadline=None)
@given(ids, st.integers(1, 9), st.integers(1, 9))
def test_every_nth_takes_each_once_whatever_the_start(items, step, start):
    assert every(items, step, start) == [
        item for place, item in enumerate(items, 1) if place >= start and (place - start) % step == 0
    ]
    parts = [item for first in range(1, step + 1) for item in every(items, step, first)]
    assert sorted(parts) == sorted(items)


def test_the_greatest_come_first_and_what_has_no_amount_is_left_out():
    amounts = {"a": 5, "b": None, "c": 9, "d": 0}
    assert greatest(list(amounts), 2, amounts.get) == ["c", "a"]
    assert greatest(list(amounts), 9, amounts.get) == ["c", "a", "d"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=90))
def test_no_name_leads_out_of_its_folder_or_hurts_a_system(name):
    for found in (safe(name), safe_file(name)):
        assert found
        assert not set(found) & set('\\/:*?"<>|\n\r\t\0')
        assert found.strip() == found
        assert not found.startswith(".")
        assert not found.endswith(".")
        assert len(found) <= LONGEST + 12
    assert safe(safe(name)) == safe(name)


def test_names_people_know_stay_as_they_are():
    assert safe_file("关于答复的函（盖章）.PDF") == "关于答复的函（盖章）.pdf"
    assert safe("../../etc/passwd") == "_.._etc_passwd"
    assert safe("con") == "_con"
    assert safe_file("扫描\u202egnp.exe") == "扫描gnp.exe"
    assert safe_file("...") == "未命名"
