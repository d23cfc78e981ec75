"""A page that only shows something writes no session, and waits for nobody."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from jixiao.config import sessions


def writes(queries):
    return [
        one["sql"]
        for one in queries
        if "django_session" in one["sql"] and not one["sql"].startswith("SELECT")
    ]


def test_a_page_that_only_shows_writes_no_session(browse, clerk):
    client = browse(clerk)
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/registers/")
    assert writes(asked.captured_queries) == []


def test_a_session_slides_once_a_minute(browse, clerk, monkeypatch):
    client = browse(clerk)
    client.get("/")
    before = Session.objects.get().expire_date
    later = time.time() + sessions.AT_MOST_EVERY + 1
    monkeypatch.setattr(sessions.time, "time", lambda: later)
    client.get("/registers/")
    assert Session.objects.get().expire_date > before


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has one writer for the whole database")
def test_where_somebody_writes_at_length_the_session_slides_later(monkeypatch):
    store = sessions.SessionStore()
    store["said"] = "something"
    store.save()
    slid = sessions.SessionStore(store.session_key)
    slid.load()
    waited = []

    def locked(self, must_create=False):
        with connection.cursor() as cursor:
            waited.append(cursor.execute("PRAGMA busy_timeout").fetchone()[0])
        raise OperationalError("database is locked")

    monkeypatch.setattr(sessions.DatabaseStore, "save", locked)
    monkeypatch.setattr(sessions.time, "time", lambda: 4_000_000_000)
    slid.save()
    assert waited == [200]
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 20_000
    slid["said"] = "else"
    with pytest.raises(OperationalError):
        slid.save()
