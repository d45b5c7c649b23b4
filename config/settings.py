"""All settings, read from the environment. A bad or missing value stops the start with a clear message.

Values are documented in docs/drift.md. `make run` and the tests set DEMO=1; production never does.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")


def _heltall(navn: str, standard: int, minst: int) -> int:
    """An integer from the environment, at least `minst`."""
    try:
        verdi = env.int(navn, default=standard)
    except ValueError as feil:
        raise ImproperlyConfigured(f"{navn} must be a whole number") from feil
    if verdi < minst:
        raise ImproperlyConfigured(f"{navn} must be at least {minst}, got {verdi}")
    return verdi


def _bryter(navn: str, standard: bool = False) -> bool:
    """A switch from the environment: 1/0, true/false, on/off. Anything else stops the start."""
    raa = env.str(navn, default="1" if standard else "0").strip().lower()
    if raa not in {"1", "0", "true", "false", "on", "off", "yes", "no"}:
        raise ImproperlyConfigured(f"{navn} must be 1 or 0, got {raa!r}")
    return raa in {"1", "true", "on", "yes"}


DEBUG = _bryter("DEBUG")
# DEMO opens for demo logins without a second factor. Refused together with DEBUG off and real hosts.
DEMO = _bryter("DEMO")
# From the environment, else from a file: SECRET_KEY_FIL, or the one `make setup` makes in var/.
_NOKKELFIL = env.path("SECRET_KEY_FIL", default=str(BASE_DIR / "var" / "hemmelig_nokkel"))
SECRET_KEY = env.str("SECRET_KEY", default="") or (
    Path(_NOKKELFIL).read_text(encoding="ascii").strip() if Path(_NOKKELFIL).is_file() else ""
)
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY must be set (a long random string, see docs/drift.md)")
# The key that turns an employee number into a keyed hash. Changing it breaks the link between snapshots.
PERSONNOKKEL = env.str("PERSONNOKKEL", default=SECRET_KEY)
# Without a value the service answers this machine only.
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
LOKALE_VERTER = {"localhost", "127.0.0.1", "[::1]", "testserver"}
if DEMO and not set(ALLOWED_HOSTS) <= LOKALE_VERTER:
    raise ImproperlyConfigured("DEMO=1 is for this machine only: ALLOWED_HOSTS may only name localhost")
BAK_PROXY = _bryter("BAK_PROXY")
if DEMO and BAK_PROXY:
    raise ImproperlyConfigured("DEMO=1 cannot stand behind a proxy: unset DEMO or BAK_PROXY")
if not DEBUG and not DEMO:
    if not ALLOWED_HOSTS or not all(ALLOWED_HOSTS):
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts this service answers to")
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS cannot be * in production: name the hosts")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("SECRET_KEY must be at least 50 characters in production")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
if not all(adresse.startswith(("https://", "http://")) for adresse in CSRF_TRUSTED_ORIGINS):
    raise ImproperlyConfigured("CSRF_TRUSTED_ORIGINS must be whole addresses that begin with https://")

try:
    DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'data.sqlite3'}")}
except (ValueError, KeyError) as feil:
    raise ImproperlyConfigured("DATABASE_URL must be a postgres:// or sqlite:/// address") from feil
MOTOR = DATABASES["default"].get("ENGINE", "nothing").rsplit(".", 1)[-1]
if MOTOR not in {"sqlite3", "postgresql"}:
    raise ImproperlyConfigured(f"DATABASE_URL must be postgres:// or sqlite:///, got {MOTOR}")
if MOTOR == "sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "simple_history",
    "tree_queries",
    "config",
    "felles",
    "organisasjon",
    "analyse",
    "kompetanse",
    "planer",
    "rekruttering",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.SidehodeMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "organisasjon.middleware.TilgangMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["ds"]
CRISPY_TEMPLATE_PACK = "ds"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organisasjon.context_processors.ramme",
            ],
        },
    }
]

AUTH_USER_MODEL = "organisasjon.Bruker"
AUTHENTICATION_BACKENDS = [
    "config.innlogging.Modellbackend",
    "config.innlogging.Kontobackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "organisasjon.kontoadapter.Kontoadapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Kompetanseplan"

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Norsk bokmål")]
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("ds-css", BASE_DIR / "node_modules" / "@digdir" / "designsystemet-css" / "dist"),
    ("ds-tema", BASE_DIR / "node_modules" / "@digdir" / "designsystemet-theme" / "src" / "themes"),
    ("inter/files", BASE_DIR / "node_modules" / "@fontsource" / "inter" / "files"),
    ("bygg", BASE_DIR / "var" / "bygg"),
]
_STATIC_BACKEND = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": _STATIC_BACKEND},
}
WHITENOISE_USE_FINDERS = DEBUG

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = int(timedelta(hours=10).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.views.csrf_feil"
LOGG_NIVAA = env.str("LOGG_NIVAA", default="INFO").upper()
if LOGG_NIVAA not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
    raise ImproperlyConfigured(f"LOGG_NIVAA must be DEBUG, INFO, WARNING, ERROR or CRITICAL, got {LOGG_NIVAA}")

SIKKER = not DEBUG and not DEMO
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SIKKER
SECURE_SSL_REDIRECT = SIKKER and _bryter("SSL_REDIRECT", standard=True)
SECURE_HSTS_SECONDS = _heltall("HSTS_SEKUNDER", 31_536_000, 0) if SIKKER else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SIKKER
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BAK_PROXY else None
# Else everybody behind the proxy shares its address, and a few wrong passwords close the login for all.
ALLAUTH_TRUSTED_PROXY_COUNT = int(BAK_PROXY)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://" if (DEBUG or DEMO) else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("AVSENDER", default="kompetanseplan@localhost")

# Where the service is reached, for links in e-mail.
NETTADRESSE = env.str("NETTADRESSE", default="http://127.0.0.1:8000").rstrip("/")
if not NETTADRESSE.startswith(("https://", "http://")):
    raise ImproperlyConfigured("NETTADRESSE must be a whole address that begins with https://")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Limits for uploaded staffing extracts, and how long person rows are kept.
FILGRENSE_BYTE = _heltall("FILGRENSE_MB", 60, 1) * 1024 * 1024
RADGRENSE = _heltall("RADGRENSE", 400_000, 100)
OPPBEVARING_MAANEDER = _heltall("OPPBEVARING_MAANEDER", 24, 1)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"enkel": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"konsoll": {"class": "logging.StreamHandler", "formatter": "enkel"}},
    "root": {"handlers": ["konsoll"], "level": LOGG_NIVAA},
    # Both narrate every step and every font table; what matters is raised as felles.pdf.PdfFeil.
    "loggers": {navn: {"level": "ERROR"} for navn in ("weasyprint", "weasyprint.progress", "fontTools")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
