"""The demonstration offices behind a real server.

`python -m tests.journeys.server furnish` fills the home of the environment and ends; `… serve` prints its port
and serves that home until killed.
"""

from __future__ import annotations

import os
import sys

EXAMPLE, OTHER = "demo-cppcc", "demo-united-front"


def furnish() -> None:
    """Migrate an empty home and install every office the journeys visit."""
    from django.core.management import call_command
    from tests.journeys import bureau, changing_offices, yearly

    from jixiao.ledger import examples

    call_command("migrate", verbosity=0)
    for org in (EXAMPLE, OTHER):
        examples.install(org, passwords=password_of)
    changing_offices.install(password_of)
    bureau.install(password_of)
    yearly.install(password_of)


def serve() -> None:
    from waitress import create_server

    from jixiao.config.wsgi import application

    server = create_server(application, host="127.0.0.1", port=0, threads=4)
    print(server.effective_port, flush=True)
    server.run()


def password_of(username: str) -> str:
    return f"demo-{username}-2020"


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "jixiao.config.settings"
    os.environ["JIXIAO_CHECKS_PER_MINUTE"] = "10000"  # all the browsers of the suite are one address
    import django

    django.setup()
    {"furnish": furnish, "serve": serve}[sys.argv[1]]()
