"""The WSGI entry for any server; `jixiao serve` uses it with waitress."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.config.settings")
application = get_wsgi_application()
