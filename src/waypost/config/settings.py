"""Django's settings, all derived from `waypost.config.environment`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from waypost.config.environment import read_environment

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parents[1]

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
WAYPOST_DATA_DIR = ENVIRONMENT.data_dir
WAYPOST_BASE_URL = ENVIRONMENT.base_url
WAYPOST_TEXTS_URL = ENVIRONMENT.texts_url
WAYPOST_TILE_URL = ENVIRONMENT.tile_url
WAYPOST_TILE_CREDIT = ENVIRONMENT.tile_credit
WAYPOST_NONCOMMERCIAL_INSTRUMENTS = ENVIRONMENT.noncommercial_instruments
WAYPOST_TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
WAYPOST_SIGNING_KEY = ENVIRONMENT.signing_key
WAYPOST_SNAPSHOT_SIGNED_BY = ENVIRONMENT.signed_by
WAYPOST_LIVE_URL = ENVIRONMENT.live_url
WAYPOST_ELIGIBILITY: object | None = None  # payers are asked by the private process alone
WAYPOST_PUBLIC_URL = ""  # our own pages are here
WAYPOST_FORMS_TO = ENVIRONMENT.live_url  # the one other place to which a form of ours may be sent

INSTALLED_APPS = [
    "waypost.audit",
    "waypost.directory",
    "waypost.directory.calls",
]

MIDDLEWARE = [
    "waypost.web.middleware.security_headers",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "waypost.web.middleware.language_from_path",
    "waypost.web.middleware.one_address_each",
    "django.middleware.common.CommonMiddleware",
    "waypost.web.doors.doors",
]

ROOT_URLCONF = "waypost.config.urls"
WSGI_APPLICATION = "waypost.config.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web", PACKAGE / "design" / "templates"],
        "OPTIONS": {
            "environment": "waypost.design.environment.environment",
            "auto_reload": DEBUG,
        },
    }
]


def database(url: str, file: Path) -> dict[str, object]:
    """Django's settings of a database: SQLite in ``file``, or the PostgreSQL that ``url`` names."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": file,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


DATABASES = {
    "default": database(ENVIRONMENT.database_url, ENVIRONMENT.data_dir / "waypost.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [("waypost", PACKAGE / "design" / "static")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 31_536_000  # addresses carry the content's digest

SECURE_REFERRER_POLICY = "no-referrer"
DATA_UPLOAD_MAX_MEMORY_SIZE = 262_144  # no form here is larger than a page of text
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "waypost.web.logs.OneEach",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {
        "no_query": {"()": "waypost.web.logs.WithoutQuery"},
        "few_a_minute": {"()": "waypost.web.logs.FewAMinute"},
        "only_faults": {"()": "waypost.web.logs.OnlyFaults"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["no_query", "few_a_minute"],
        }
    },
    "loggers": {
        "django.request": {"filters": ["only_faults"]},
        "django.security.DisallowedHost": {
            "level": "CRITICAL"
        },  # otherwise each forged Host would log a line
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
