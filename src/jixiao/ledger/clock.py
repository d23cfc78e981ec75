"""Today and now, asked in one place so that a test can set the day."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from jixiao.ledger.one_reading import once


@once
def today() -> date:
    """The day in the office's time zone."""
    return timezone.localdate()


def now() -> datetime:
    return timezone.now()
