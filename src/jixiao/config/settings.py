"""Django settings, strict from the first day.

Read from the environment: JIXIAO_HOME (database and evidence), JIXIAO_SECRET_KEY, JIXIAO_HOSTS (comma separated),
JIXIAO_DEBUG, JIXIAO_HTTPS, JIXIAO_CHECKS_PER_MINUTE, JIXIAO_REMIND_DAYS, and JIXIAO_DATABASE (empty: SQLite in the home; else postgres://user:password@host:port/name).
Without a secret key one is made in the home on first use and kept there.
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from jixiao.config.databases import database_settings
from jixiao.config.secret import secret_key

HOME = Path(os.environ.get("JIXIAO_HOME") or "home").expanduser().resolve()
DEBUG = os.environ.get("JIXIAO_DEBUG") == "1"
SECRET_KEY = os.environ.get("JIXIAO_SECRET_KEY") or secret_key(HOME)
ALLOWED_HOSTS = [
    host for host in os.environ.get("JIXIAO_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host
]
HTTPS = os.environ.get("JIXIAO_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "jixiao.ledger",
    "jixiao.web",
    "jixiao.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jixiao.web.bodies.LargeBodies",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "jixiao.config.urls"
WSGI_APPLICATION = "jixiao.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jixiao.web.context.page",
            ],
        },
    }
]

DATABASES = {"default": database_settings(os.environ.get("JIXIAO_DATABASE", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "ledger.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "web:login"
LOGIN_REDIRECT_URL = "web:tasks"
LOGOUT_REDIRECT_URL = "web:login"

# Lock-out: five wrong passwords for one name from one address, half an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "web/session/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

SESSION_ENGINE = "jixiao.config.sessions"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "jixiao.web.views.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Open pages read documents of strangers: so many a minute from one address, counted in this process.
CHECKS_PER_MINUTE = int(os.environ.get("JIXIAO_CHECKS_PER_MINUTE") or 30)

# Deadlines that do not say it themselves are reminded of so many days before they are due.
JIXIAO_REMIND_DAYS = int(os.environ.get("JIXIAO_REMIND_DAYS") or 7)

_IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _IN_MEMORY},
    "visitors": {"BACKEND": _IN_MEMORY, "LOCATION": "visitors", "OPTIONS": {"MAX_ENTRIES": 20_000}},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
# The look of a checked document belongs to the reader, whose pages also stand alone.
STATICFILES_DIRS = [("jixiao", Path(__file__).resolve().parents[1] / "reading" / "marked" / "style")]
WHITENOISE_USE_FINDERS = True  # served straight from the package: an office PC needs no collectstatic
WHITENOISE_AUTOREFRESH = DEBUG

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
