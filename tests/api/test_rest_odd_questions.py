"""Whatever stands in an address, the answer is JSON with a sentence, never a defect."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.api.conftest import MODEL_BACKEND, ROOT
from tests.ledger.conftest import TRIAL, make_case

from jixiao.api import filters

LISTS = ("/records/trial/case", "/records/trial/talk", "/records/trial/firm")
NAMES = sorted(
    {
        name
        for kind in TRIAL.kinds.values()
        for column in filters.columns(kind).values()
        for name in filters.names_of(column)
    }
)
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "2020-02-30",
            "0001-01-01",
            "9999年12月31日",
            "-1",
            "1e400",
            "٣",
            "73万亿亿",
            "%",
            "'; --",
            "\x00",
            "约",
            "NaN",
        ]
    ),
    st.integers(-(10**30), 10**30).map(str),
    st.dates().map(str),
)
QUERIES = st.lists(st.tuples(st.sampled_from([*NAMES, *filters.OWN, "as_of", "x"]), TEXTS), max_size=5)
ADDRESSES = st.one_of(
    st.sampled_from(
        [*LISTS, "/kinds", "/kinds/trial/case", "/orgs", "/orgs/office/years", "/session", "/nowhere"]
    ),
    st.builds(
        "/{}/{}/{}".format,
        st.sampled_from(["figures", "scores", "findings"]),
        st.sampled_from(["office", "elsewhere", "办公室"]).map(quote),
        st.sampled_from([0, 1, 2020, 2021, 9999, 10**20]),
    ),
    st.sampled_from(["cases", "filing_rate", "roll", "coordinated", "nothing"]).map(
        "/figures/office/2020/trial/{}".format
    ),
    st.text(st.characters(exclude_categories=("C",)), max_size=10).map(
        lambda text: "/records/" + quote(text, safe="/")
    ),
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def signed_in(client, clerk, org):
    make_case(clerk, org, amount="3万元", readers="30余")
    client.force_login(clerk, backend=MODEL_BACKEND)
    return client


@QUICK
@given(where=ADDRESSES, query=QUERIES)
def test_no_question_is_a_defect(signed_in, where, query):
    answer = signed_in.get(f"{ROOT}{where}?{urlencode(query, errors='surrogatepass')}")
    assert answer.status_code in (200, 404, 422)
    told = answer.json()
    assert answer.status_code == 200 or told["message"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["value", "qualifier"]), inner)
    ),
    max_leaves=4,
)


@QUICK
@given(
    values=st.dictionaries(st.sampled_from([*TRIAL.kind("case").fields, "x", "@state"]), VALUES, max_size=4)
)
def test_no_values_are_a_defect(signed_in, values):
    import json

    body = json.dumps({"org": "office", "values": {"title": "试", "received_on": "2020-03-02"} | values})
    answer = signed_in.post(f"{ROOT}/records/trial/case", body, content_type="application/json")
    assert answer.status_code in (201, 400, 422), answer.content
    assert answer.status_code == 201 or answer.json()["message"]
