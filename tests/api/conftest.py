"""The REST interface over an office at work: Django's client, speaking JSON."""

from __future__ import annotations

import json

import pytest
from tests.office import MODEL_BACKEND, _office_hours, case, clerk, django_db_setup, head, org, stranger

__all__ = ["_office_hours", "case", "clerk", "django_db_setup", "head", "org", "stranger"]

ROOT = "/api/v1"


@pytest.fixture
def ask(client):
    """Ask as somebody: ask(user, "get", "/orgs") gives (status, what was answered)."""

    def as_(user, method, where, body=None, **query):
        if user is not None:
            client.force_login(user, backend=MODEL_BACKEND)
        given = {"query_params": query} if query else {}
        if body is not None:
            given |= {"data": json.dumps(body), "content_type": "application/json"}
        answer = getattr(client, method)(ROOT + where, **given)
        return answer.status_code, answer.json()

    return as_
