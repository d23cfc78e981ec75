"""The pages over an office at work: Django's client, signed in, and what their forms post."""

from __future__ import annotations

import pytest
from tests.office import MODEL_BACKEND, _office_hours, case, clerk, django_db_setup, head, org, stranger

__all__ = ["_office_hours", "case", "clerk", "django_db_setup", "head", "org", "stranger"]

PASSWORD = "demo-only-示例"


@pytest.fixture
def browse(client):
    """A client signed in as somebody."""

    def as_(user):
        client.force_login(user, backend=MODEL_BACKEND)
        return client

    return as_


def new_case(**values):
    """What the form for a new case posts."""
    return {"title": "路灯不亮", "received_on": "2020-03-02", "do": "save"} | values


def form_id_of(page: str) -> str:
    """The hidden id of the form on a page."""
    return page.split('name="form_id" value="')[1].split('"')[0]
