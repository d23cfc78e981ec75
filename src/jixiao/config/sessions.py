"""Sessions in the database that slide without a write for each page, and never hold a reader up behind a long writer.

A session that says nothing new is written at most once a minute, and then only if the database is free: a page that
merely shows something must not wait while somebody else's import is being committed.
"""

from __future__ import annotations

import time
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction

TOUCHED = "_touched"
AT_MOST_EVERY = 60  # seconds
PATIENCE = "PRAGMA busy_timeout=200"


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def save(self, must_create: bool = False) -> None:
        """Write the session; one that only slides may be left for later."""
        if must_create or self.modified or not self.session_key:
            self._write(must_create)
        elif time.time() - float(self.get(TOUCHED, 0)) >= AT_MOST_EVERY:
            self._slide()

    def _write(self, must_create: bool) -> None:
        self._session[TOUCHED] = int(time.time())
        super().save(must_create)

    def _slide(self) -> None:
        if connection.vendor != "sqlite" or connection.in_atomic_block:
            self._write(must_create=False)
            return
        with connection.cursor() as cursor:
            before: Any = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
            cursor.execute(PATIENCE)
            try:
                with transaction.atomic():
                    self._write(must_create=False)
            except DatabaseError:
                pass  # somebody writes at length: the session slides with a later page
            finally:
                cursor.execute(f"PRAGMA busy_timeout={int(before)}")
