"""An office at work for the faces: the ledger's small pack, its people and a case, as fixtures to be imported."""

from __future__ import annotations

import pytest
from tests.ledger.conftest import TODAY, TRIAL, make_case, make_org, make_person

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


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
