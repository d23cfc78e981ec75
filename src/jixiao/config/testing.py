"""Settings of the test suite: cheap password hashing, a home of its own; JIXIAO_DATABASE picks the database."""

from __future__ import annotations

import os
import tempfile

# A browser driven in the same process keeps an event loop running; Django would then refuse every query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
os.environ["JIXIAO_HOME"] = os.environ.get("JIXIAO_TEST_HOME") or tempfile.mkdtemp(prefix="jixiao-test-")

from jixiao.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CHECKS_PER_MINUTE = 100_000
