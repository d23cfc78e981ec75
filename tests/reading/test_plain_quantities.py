"""The quick way to read what is plain finds what the thorough way finds, whatever stands around it."""

from __future__ import annotations

import re
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.reading import quantities
from jixiao.reading.units import KIND_OF

_NEVER = re.compile("(?!)")
_AROUND = [
    *"0123456789,.．万亿百千十余多几来约超近上第前日月点分之至到-~～（）(含)及或？。，、“” \n\t\u3000％‰一二两半角",
    *(
        "以上",
        "以下",
        "左右",
        "百分点",
        "千克",
        "千瓦",
        "2024年",
        "3.5",
        "1,204",
        "突破",
        "不少于",
        "级",
        "\n1.",
    ),
]
_PIECE = st.one_of(
    st.sampled_from(_AROUND), st.sampled_from(sorted(KIND_OF)), st.integers(0, 99_999).map(str)
)


@settings(max_examples=400)
@given(st.lists(_PIECE, min_size=2, max_size=14).map("".join))
def test_the_quick_way_finds_what_the_thorough_way_finds(text: str) -> None:
    found = quantities.find(text)
    with mock.patch.object(quantities, "PLAIN", _NEVER):
        assert quantities.find(text) == found


def test_the_quick_way_is_taken() -> None:
    with mock.patch.object(quantities, "QUANTITY", _NEVER):
        found = quantities.find("共收到提案136件，投入资金1,204.5万元，完成97.28%。")
    assert [(one.text, str(one.quantity.value)) for one in found] == [
        ("136件", "136"),
        ("1,204.5万元", "12045000"),
        ("97.28%", "0.9728"),
    ]
