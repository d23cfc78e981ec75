"""Files opened, units and years recognised, districts compared: without a database."""

from __future__ import annotations

import io
import random
import zipfile
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.packages import foreign, form, leaves, make, pack, self_evaluation, title_of

from jixiao.catalogue import load
from jixiao.errors import BadInput
from jixiao.formulas import harmless
from jixiao.ledger.desk import charts, compare
from jixiao.ledger.desk.charts import Bar
from jixiao.ledger.desk.manifest import manifest_of
from jixiao.ledger.desk.parts import Part, unpack
from jixiao.ledger.desk.recognise import recognise


def test_names_packed_on_chinese_windows_are_readable() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo("abcdefg.xlsx")
        archive.writestr(entry, b"x")
    content = stream.getvalue().replace(b"abcdefg.xlsx", "自评表_".encode("gbk") + b".xlsx")
    assert unpack("a.zip", content)[0].path == "自评表_.xlsx"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("空.zip", b"", "空文件"),
        ("坏.zip", b"PK\x03\x04 not a zip", "打不开"),
        ("包.rar", b"Rar!", "不是 zip"),
    ],
)
def test_what_cannot_be_opened_is_told(name, content, told) -> None:
    with pytest.raises(BadInput, match=told):
        unpack(name, content)


def test_a_zip_that_unfolds_beyond_reason_is_not_opened() -> None:
    with pytest.raises(BadInput, match="压缩比例"):
        unpack("炸弹.zip", pack([("零.txt", b"\0" * 5_000_000)]))


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"org": 7, "year": "x", "files": [1], "evidence": {}}', "\ud83d"]
)
def test_a_manifest_that_makes_no_sense_harms_nobody(text) -> None:
    found = manifest_of([Part("package.json", text.encode(errors="replace"))])
    assert found is None or (found.title, found.year, found.evidence) == ("", 0, ())


def test_a_strangers_workbook_gives_form_unit_and_year() -> None:
    filled = self_evaluation("", 100, Decimal(95), leaves(1), {}, 2020)
    taken = recognise(
        [Part("表.xlsx", foreign(filled, "示例局"))], None, [form("self_evaluation"), form("base_data")]
    )
    assert ([one.form.id for one in taken.forms], taken.units, taken.years) == (
        ["self_evaluation"],
        ["示例局"],
        [2020],
    )


def test_the_generator_gives_the_same_bytes_twice() -> None:
    assert make(1)[0].files == make(1)[0].files
    assert title_of(1) == "示例第01局"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=30))
def test_a_distribution_counts_everybody_once_in_their_band(scores) -> None:
    bands = compare.distribution({str(n): score for n, score in enumerate(scores)})
    assert sorted(one for band in bands for one in band.departments) == sorted(map(str, range(len(scores))))
    for band in bands:
        for one in band.departments:
            assert int(band.key) <= scores[int(one)] < int(band.key) + (5 if band.key != "100" else 1)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.fractions(), min_size=1, max_size=15))
def test_half_lie_on_either_side_of_the_median(values) -> None:
    middle = compare.median(values)
    assert sum(value < middle for value in values) * 2 <= len(values)
    assert sum(value > middle for value in values) * 2 <= len(values)


def test_peers_are_three_at_least() -> None:
    leaf = [{"key": "满意率", "points": "10", "score": "9"}]
    assert compare.medians([leaf, leaf]) == {}
    assert compare.medians([leaf, leaf, leaf]) == {"满意率": (Fraction(9, 10), 3)}


def test_a_sample_depends_on_the_seed_and_not_on_the_order() -> None:
    titles = [title_of(number) for number in range(1, 81)]
    shuffled = random.Random(1).sample(titles, len(titles))
    assert compare.sample("a", titles, 10) == compare.sample("a", shuffled, 10)
    assert compare.sample("a", titles, 10) != compare.sample("b", titles, 10)


@pytest.mark.parametrize("draw", [charts.columns, charts.rows])
def test_a_chart_is_sound_xml_whatever_its_words(draw) -> None:
    drawn = draw([Bar('<b>"&', 3, "?only=a&b"), Bar("零", 0)], "题<目")
    root = ElementTree.fromstring(drawn)
    assert len(root.findall(".//{http://www.w3.org/2000/svg}rect")) == 2
    assert "&lt;b&gt;" in drawn


@pytest.mark.parametrize(
    ("cell", "written"), [("=1+1", "'=1+1"), ("-5", "-5"), ("-cmd", "'-cmd"), ("完成", "完成")]
)
def test_no_cell_begins_as_a_formula(cell, written) -> None:
    assert harmless(cell) == written


def test_what_cannot_be_a_score_has_no_grade_and_a_band_apart() -> None:
    bands = compare.distribution({"a": Decimal("104.1"), "b": Decimal(100), "c": Decimal(98)})
    assert [(band.title, band.departments) for band in bands] == [
        ("95—100", ["c"]),
        ("100", ["b"]),
        ("100以上", ["a"]),
    ]
    desk = load(["finance"]).desks["finance/self_evaluations"]
    assert [compare.grade_of(Decimal(score), desk) for score in ("104.1", "100", "-1")] == ["", "优", ""]
