"""The private process: accounts, the desk, and a database that the public process never opens."""

from __future__ import annotations

from operator import attrgetter
from typing import Any
from urllib.parse import unquote, urlsplit

from waypost.config.live import live_settings
from waypost.config.private_environment import read_private_environment
from waypost.config.settings import *  # noqa: F403 - the public settings apply to both
from waypost.config.settings import ALLOWED_HOSTS, DATABASES, ENVIRONMENT, PACKAGE, database

PRIVATE = read_private_environment(ENVIRONMENT.data_dir)
SECRET_KEY = PRIVATE.secret_key
WAYPOST_KEYRING = PRIVATE.keyring  # seals what is a person's; only actions and queries use it
WAYPOST_DESK_URL = PRIVATE.base_url
WAYPOST_CALLS = PRIVATE.calls
WAYPOST_TEXTING = PRIVATE.texting  # accounts with carriers, limits, how long texts are kept
WAYPOST_ELIGIBILITY = live_settings(PRIVATE)
# The pages of a live question stand here, and lead back to those of the public site.
WAYPOST_PUBLIC_URL = WAYPOST_FORMS_TO = ENVIRONMENT.base_url
ADDRESS = urlsplit(PRIVATE.base_url)
SECURE = ADDRESS.scheme == "https"
ALLOWED_HOSTS = [*ALLOWED_HOSTS, *([ADDRESS.hostname] if ADDRESS.hostname else [])]
CSRF_TRUSTED_ORIGINS = [f"{ADDRESS.scheme}://{ADDRESS.netloc}"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "waypost.audit",
    "waypost.directory",
    "waypost.directory.calls",
    "waypost.accounts",
    "waypost.texting",
    "waypost.treatment.records",
    "waypost.treatment.minors",
    "waypost.treatment.consents",
    "waypost.treatment.intake",
    "waypost.treatment.plans",
    "waypost.treatment.own_page",
    "waypost.treatment.timetable",
    "waypost.treatment.attendance",
    "waypost.treatment.drug_tests",
    "waypost.treatment.progress",
    "waypost.desk",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

# The one-way queue: what visitors leave for staff is in the public process's database, which this
# process reads and decides on; nothing private goes the other way except through a publish.
DATABASES = {
    "queue": DATABASES["default"],
    "default": database(PRIVATE.database_url, PRIVATE.folder / "private.sqlite3"),
}
if not PRIVATE.database_url:  # to open the file anew for each webhook costs more than to store it
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASE_ROUTERS = ["waypost.config.databases.Router"]

MIDDLEWARE = [
    "waypost.desk.middleware.private_headers",
    "waypost.personal.texts.carriers.carriers_first",
    "waypost.web.middleware.language_from_path",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "waypost.desk.middleware.use_noted",
    "waypost.desk.middleware.who_asks",
    "waypost.desk.middleware.no_nul",
    "waypost.desk.middleware.keys_fit",
    "waypost.desk.program.clock.program_clock",
    "waypost.desk.typed.middleware.typed_stays",
]
ROOT_URLCONF = "waypost.config.private_urls"
WSGI_APPLICATION = "waypost.config.private_wsgi.application"

TEMPLATES: list[dict[str, object]] = [  # type: ignore[no-redef]
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "pages",
        "DIRS": [
            PACKAGE / "desk",
            PACKAGE / "personal",
            PACKAGE / "design" / "templates",
            PACKAGE / "web",
        ],
        "OPTIONS": {"environment": "waypost.design.environment.environment"},
    },
    {  # the pages of allauth, in our frame
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "sign_in",
        "DIRS": [PACKAGE / "desk" / "allauth"],
        "APP_DIRS": True,  # and its own templates where we have none
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "waypost.desk.frame.for_sign_in_pages",
            ]
        },
    },
]

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "waypost.desk.sign_in.passwords.NotGuessedFirst"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# A name that begins with __Host- binds a cookie to this exact host. Browsers accept it only over
# TLS, so on a loopback address without TLS the plain name is used.
SESSION_COOKIE_NAME = "__Host-waypost-desk" if SECURE else "waypost-desk"
CSRF_COOKIE_NAME = "__Host-waypost-csrf" if SECURE else "waypost-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 15 * 60  # seconds without use; `desk.middleware.use_noted` notes the use
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Django's usual storage keeps what was done in a cookie of its own, which has another name.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Under the public site's "no-referrer", a browser sends "Origin: null" with a form, which the check
# against forged posts must refuse.
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "waypost.desk.errors.forged"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0

CACHES = {  # limits on signing in are shared by every worker
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/start"  # the first place that the person may open
ACCOUNT_ADAPTER = "waypost.desk.sign_in.adapter.Invited"
SOCIALACCOUNT_ADAPTER = "waypost.desk.sign_in.adapter.InvitedElsewhere"
ACCOUNT_USER_DISPLAY = attrgetter("name")
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = (
    "none"  # the invitation was sent to the address, so its link is proof enough
)
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = PRIVATE.ask_again * 60  # seconds
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = ADDRESS.scheme
MFA_ADAPTER = "waypost.desk.sign_in.factors.SealedFactors"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Waypost"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE and ADDRESS.hostname in ("localhost", "127.0.0.1")
USERSESSIONS_TRACK_ACTIVITY = True
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
ISSUER = urlsplit(PRIVATE.openid_issuer)
WAYPOST_OPENID_ORIGIN = f"{ISSUER.scheme}://{ISSUER.netloc}" if PRIVATE.openid_issuer else ""
WAYPOST_OPENID_ACR = PRIVATE.openid_acr
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"APPS": []}}
if PRIVATE.openid_issuer:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "organization",
            "name": "your organization",
            "client_id": PRIVATE.openid_client,
            "secret": PRIVATE.openid_secret,
            "settings": {"server_url": PRIVATE.openid_issuer, "oauth_pkce_enabled": True},
        }
    )

DEFAULT_FROM_EMAIL = SERVER_EMAIL = PRIVATE.mail_from
if PRIVATE.smtp_url:
    MAIL = urlsplit(PRIVATE.smtp_url)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = MAIL.hostname, MAIL.port or 587
    EMAIL_HOST_USER = unquote(MAIL.username or "")
    EMAIL_HOST_PASSWORD = unquote(MAIL.password or "")
    EMAIL_USE_TLS = MAIL.scheme == "smtp"
    EMAIL_USE_SSL = MAIL.scheme == "smtps"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = PRIVATE.folder / "mail"
