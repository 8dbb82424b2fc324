"""Settings: one file; places differ by environment only (`.env.example` explains each variable)."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

BASE_DIR = Path(__file__).resolve().parent.parent


def _env(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def _flag(name: str, default: bool) -> bool:
    return _env(name, "1" if default else "0").lower() in ("1", "true", "yes", "on", "ja")


def _list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in _env(name, default).split(",") if item.strip()]


DEBUG = _flag("DEBUG", True)
SECRET_KEY = _env("SECRET_KEY", "development-only-not-a-secret" if DEBUG else "")
SECRET_KEY_FALLBACKS = _list("SECRET_KEY_FALLBACKS")
SITE_URL = _env("SITE_URL", "http://127.0.0.1:8000" if DEBUG else "").rstrip("/")
ALLOWED_HOSTS = _list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]" if DEBUG else "")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []

if not DEBUG:
    needed = {"SECRET_KEY": SECRET_KEY, "ALLOWED_HOSTS": ALLOWED_HOSTS, "SITE_URL": SITE_URL}
    missing = [name for name, value in needed.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"DEBUG=0 braucht diese Umgebungsvariablen: {', '.join(missing)}.")
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS=* ist im Betrieb nicht erlaubt: Bitte die Namen nennen.")

INSTALLED_APPS = [
    "towns",
    "formats",
    "foundation.moderation",
    "foundation.search",
    "foundation.topics",
    "foundation.schedule",
    "foundation.notices",
    "foundation.people",
    "foundation.kit",
    "allauth",
    "allauth.account",
    "taggit",
    "akademie",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "akademie.middleware.RequestLog",
    "akademie.middleware.OddInput",
    "foundation.kit.pagecache.PageCache",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "akademie.middleware.FriendlyErrors",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

if not DEBUG:  # development serves static files by Django's own finders
    MIDDLEWARE.insert(5, "whitenoise.middleware.WhiteNoiseMiddleware")
ROOT_URLCONF = "akademie.urls"
WSGI_APPLICATION = "akademie.wsgi.application"

_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    }
]

# Database: SQLite tuned for a web site, or whatever DATABASE_URL names.
_DATABASE = dj_database_url.parse(
    _env("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'akademie.sqlite3'}"),
    conn_max_age=None,
    conn_health_checks=True,
)
DATABASES = {"default": _DATABASE}
if _DATABASE["ENGINE"].endswith("postgresql"):
    _DATABASE.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
else:
    _DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
        " PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;",
    }

# One cache for all processes: limits counted in one process alone would not hold.
_CACHE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}
_CACHE["OPTIONS"] = {"MAX_ENTRIES": 100_000}  # or strangers could crowd out the log-in limits
if _env("CACHE_URL"):
    _CACHE = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _env("CACHE_URL")}
CACHES = {"default": _CACHE}
PAGE_CACHE = _flag("PAGE_CACHE", not DEBUG)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# People and log-in.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
]
ACCOUNT_ADAPTER = "foundation.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.partition(":")[0]
_FORMS = """login signup add_email change_password set_password reset_password reset_password_from_key
reauthenticate request_login_code confirm_login_code confirm_email_verification_code
confirm_password_reset_code"""
ACCOUNT_FORMS = {  # login_code → foundation.people.forms.LoginCodeForm
    name: f"foundation.people.forms.{name.title().replace('_', '')}Form" for name in _FORMS.split()
}
ACCOUNT_CHANGE_EMAIL = True  # one address per person
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a mail when password or address changes
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # password again before the address changes
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60  # all codes live as long as pages and mails say
ALLAUTH_TRUSTED_PROXY_COUNT = int(_env("TRUSTED_PROXY_COUNT", "0"))
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# Mail: without a server, mails are laid down in var/mail and shown at /entwicklung/post/.
MAIL_FOLDER = BASE_DIR / "var" / "mail"
_SMTP = {
    "host": _env("EMAIL_HOST"),
    "port": int(_env("EMAIL_PORT", "587")),
    "username": _env("EMAIL_HOST_USER"),
    "password": _env("EMAIL_HOST_PASSWORD"),
    "use_tls": _flag("EMAIL_USE_TLS", True),
    "timeout": 10,
}
_KIND, _OPTIONS = ("smtp", _SMTP) if _SMTP["host"] else ("filebased", {"file_path": MAIL_FOLDER})
MAILERS = {"default": {"BACKEND": f"django.core.mail.backends.{_KIND}.EmailBackend", "OPTIONS": _OPTIONS}}
DEFAULT_FROM_EMAIL = _env("DEFAULT_FROM_EMAIL", "Kleinstadtakademie <akademie@localhost>")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "akademie.views.errors.csrf_failure"

LANGUAGE_CODE = "de"  # and only German
TIME_ZONE = "Europe/Berlin"

# Static files: KERN, fonts and htmx come from npm and pip, nothing is vendored.
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "foundation.kit.bundle.AppFinder",
    "foundation.kit.bundle.PackageFinder",
]
_NPM = BASE_DIR / "node_modules"
_FIRA = "fira-sans-latin-{}-normal.woff2"
STATIC_PACKAGES = {  # address below /static/ → file
    "kern/kern.min.css": _NPM / "@kern-ux/native/dist/kern.min.css",
    f"fira/{_FIRA.format(400)}": _NPM / "@fontsource/fira-sans/files" / _FIRA.format(400),
    f"fira/{_FIRA.format(600)}": _NPM / "@fontsource/fira-sans/files" / _FIRA.format(600),
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = Path(_env("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))
MEDIA_URL = "/dateien/"
MEDIA_ACCEL_PREFIX = _env("MEDIA_ACCEL_PREFIX")
_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC if DEBUG else "foundation.kit.bundle.BundledStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Security: nothing from elsewhere, nothing inline.
_OURS = ["script-src", "style-src", "font-src", "connect-src", "media-src", "manifest-src", "form-action"]
SECURE_CSP = {
    "default-src": [CSP.NONE],
    **{directive: [CSP.SELF] for directive in _OURS},
    "img-src": [CSP.SELF, "data:"],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
if SITE_URL.startswith("https://"):
    SECURE_SSL_REDIRECT = _flag("SECURE_SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^gesund/$"]
    SECURE_HSTS_SECONDS = int(_env("SECURE_HSTS_SECONDS", "31536000"))
    SECURE_HSTS_INCLUDE_SUBDOMAINS = _flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

# Logging: one line per request, plain for people or JSON for machines.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "akademie.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": _env("LOG_FORMAT", "plain")}},
    "root": {"handlers": ["console"], "level": _env("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"handlers": [], "propagate": False},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

TAGGIT_CASE_INSENSITIVE = True
FOUR_EYES = _flag("FOUR_EYES", True)  # who wrote a Steckbrief is not who releases it
