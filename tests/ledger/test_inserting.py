"""Rows inserted together are what saving them one by one would have made of them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from jixiao.ledger.actions import imports, records
from jixiao.ledger.inserting import insert_all
from jixiao.ledger.models import Import, ImportRow, Record


def test_rows_read_back_as_they_were_given(clerk, org):
    made = records.create(by=clerk, org=org, kind="case", values={"title": "甲", "received_on": "2020-03-02"})
    row = Record.objects.get(pk=made.pk)
    twin = Record.objects.get(pk=made.pk)
    twin.pk = twin.root_id = "twin"
    insert_all([twin])
    assert (twin._state.adding, twin._state.db) == (False, "default")
    back = Record.objects.get(pk="twin")
    assert model_to_dict(back) | {"id": row.pk, "root": row.pk} == model_to_dict(row)
    assert (back.created_at, back.data, back.dues) == (row.created_at, row.data, row.dues)


def test_a_key_may_be_the_databases_to_give(clerk, org):
    staged = imports.begin(by=clerk, org=org, content="标题\n甲".encode(), name="甲.csv", kind="case")
    ImportRow.objects.filter(staged=staged).delete()
    outcome = ImportRow.Outcome.WRONG
    insert_all(
        [
            ImportRow(staged=staged, place=place, kind="trial/case", number=2, outcome=outcome)
            for place in (0, 1)
        ]
    )
    found = ImportRow.objects.filter(staged=Import.objects.get(pk=staged.pk)).order_by("place")
    assert [(one.place, one.outcome, one.cells, one.warnings) for one in found] == [
        (place, "wrong", {}, []) for place in (0, 1)
    ]


def test_what_the_database_refuses_is_refused_whole(clerk, org):
    made = records.create(by=clerk, org=org, kind="case", values={"title": "甲", "received_on": "2020-03-02"})
    fresh = Record.objects.get(pk=made.pk)
    fresh.pk = fresh.root_id = "fresh"
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_all([fresh, Record.objects.get(pk=made.pk)])
    assert not Record.objects.filter(pk="fresh").exists()
