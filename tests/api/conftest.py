"""The REST interface over an office at work: the ledger's small pack, its people, Django's client."""

from __future__ import annotations

import json

import pytest
from tests.ledger.conftest import TODAY, TRIAL, make_case, make_org, make_person

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
ROOT = "/api/v1"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from jixiao.ledger import projection

    with django_db_blocker.unblock():
        projection.ensure(TRIAL)


@pytest.fixture(autouse=True)
def _office_hours(db, settings, tmp_path, monkeypatch):
    from django.core.cache import cache

    from jixiao.ledger import clock, rules

    cache.clear()
    settings.HOME = tmp_path
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with rules.working_under(TRIAL):
        yield


@pytest.fixture
def org():
    return make_org("office", "示例街道办")


@pytest.fixture
def clerk(org):
    return make_person("clerk", org, "clerk")


@pytest.fixture
def head(org):
    return make_person("head", org, "head")


@pytest.fixture
def stranger():
    return make_person("stranger", make_org("elsewhere", "另一示例办公室"), "clerk")


@pytest.fixture
def case(clerk, org):
    return make_case(clerk, org)


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
