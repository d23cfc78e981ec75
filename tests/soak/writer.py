"""A process that records lectures one after another and says so on standard output: to be killed at any moment.

Usage: python writer.py ORG KIND; JIXIAO_HOME names the home. A line is printed only after the write was acknowledged.
"""

from __future__ import annotations

import os
import sys

import django


def main(org: str, kind: str) -> None:
    """Write until killed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.config.settings")
    django.setup()
    from jixiao.ledger.actions import records
    from jixiao.ledger.permissions import SYSTEM

    number = 0
    while True:
        values = {"title": f"示例讲题{os.getpid()}-{number}", "lectured_on": "2020-06-01"}
        made = records.create(by=SYSTEM, org=org, kind=kind, values=values)
        print(made.pk, flush=True)
        number += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
