"""All settings. What differs between installations comes from the environment (twelve-factor)."""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from ombud.lib import database_url, secret_keys

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("OMBUD_DATA", ROOT / "var")).expanduser().resolve()
DEBUG = os.environ.get("OMBUD_DEBUG") == "1"
TESTING = os.environ.get("OMBUD_TESTING") == "1"

SECRET_KEY, *SECRET_KEY_FALLBACKS = secret_keys.keys(os.environ, DATA)
ALLOWED_HOSTS = os.environ.get("OMBUD_HOSTS", "*").split(",")
# Other systems that ladders may call though they stand in a private network: their hosts.
PRIVATE_WEBHOOKS = [host for host in os.environ.get("OMBUD_PRIVATE_WEBHOOKS", "").split(",") if host]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("OMBUD_ORIGINS", "").split(",") if o]
HTTPS = os.environ.get("OMBUD_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked from inside, by machines
CSRF_FAILURE_VIEW = "ombud.doors.office.views.errors.csrf_failed"
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"

# Every room, floor by floor. A feature is taken out with its folder and its line here.
INSTALLED_APPS = [
    "ombud.foundation.events",
    "ombud.foundation.clock",
    "ombud.foundation.people",
    "ombud.foundation.notifications",
    "ombud.foundation.post",
    "ombud.foundation.notice_mail",
    "ombud.foundation.visits",
    "ombud.spine.tickets",
    "ombud.spine.sla",
    "ombud.spine.ladders",
    "ombud.spine.escalations",
    "ombud.features.channels",
    "ombud.features.automation",
    "ombud.features.broadcasts",
    "ombud.features.mornings",
    "ombud.features.simulator",
    "ombud.features.quiet_status",
    "ombud.features.surveys",
    "ombud.features.request_forms",
    "ombud.features.demo",
    "ombud.doors.workspace",
    "ombud.doors.cockpit",
    "ombud.doors.office",
    "ombud.doors.portal",
    "ombud.doors.api",
    "ombud.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ombud.config.middleware.reader_locale",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ombud.config.middleware.first_run",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "ombud.config.urls"
WSGI_APPLICATION = "ombud.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,  # each room's templates stand in its folder jinja2/
        "OPTIONS": {
            "environment": "ombud.ui.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "ombud.config.context.desk",
                "ombud.doors.office.context.threshold",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {"default": database_url.database(os.environ.get("DATABASE_URL"), DATA / "ombud.sqlite3")}
ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
if TESTING:  # a test signs in a hundred people; a safe hash takes a third of a second each
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_ADAPTER = "ombud.config.accounts.OursOnly"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
EMAIL_BACKEND = "ombud.config.mail_backend.Post"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "ombud.config.accounts.who_tries"
AXES_LOCKOUT_CALLABLE = "ombud.doors.office.views.sign_in.locked"
AXES_RESET_ON_SUCCESS = True

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("fr", _("French")), ("zh-hans", _("Chinese"))]
LOCALE_PATHS = [ROOT / "ombud/locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
FILES = DATA / "files"
API_RATE = int(os.environ.get("OMBUD_API_RATE", "6000"))  # requests a minute for each token; 0 is no limit
# The outgoing server of mailboxes without one of their own: smtp://user:password@host:587?security=starttls
SMTP_URL = os.environ.get("OMBUD_SMTP_URL", "")
# Pages that mails to our own people link to, by their names: rooms below the doors do not know them.
NOTICE_PAGE = "office:notice"
HAVE_PAGE = "office:have"  # the page behind “I have it” in a mail
ROOM_PAGE = "portal:room"  # where a customer sees what is done about their request
TICKET_PAGE = "workspace:ticket"
ESCALATION_PAGE = "cockpit:escalation"
NOTICE_WAYS_PAGE = "office:notice_ways"
SURVEY_PAGE = "portal:survey"
SURVEY_REVOKE_PAGE = "office:survey_revoke"
STATUS_PAGE = "office:status"  # the page behind a one-tap answer in a mail
STATUSES_PAGE = "office:statuses"
STATUS_WISHES_PAGE = "office:status_wishes"
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        # Letters keep their own inline styles, in a frame without scripts.
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["err"], "level": os.environ.get("OMBUD_LOG", "WARNING")},
}
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
